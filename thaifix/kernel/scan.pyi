"""The likeliest words of a text as it stands. Python asks `Decoder.scan`."""
