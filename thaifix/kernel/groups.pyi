"""The changes on the cheapest path, in groups. Python asks `Decoder.decode`."""
