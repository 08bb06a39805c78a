"""The cheapest path through a lattice. Python asks `Decoder.decode`."""
