"""The lattice of a window. Python asks `Decoder.decode`."""
