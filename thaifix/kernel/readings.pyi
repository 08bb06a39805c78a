"""The words that can be read in a window. Python asks `Decoder.decode`."""
