"""The gaps of phrases by the atoms beside them. Python asks `Phrases`."""
