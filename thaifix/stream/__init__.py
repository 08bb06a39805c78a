"""Bytes in, bytes out: streams of text around a corrector.

`filter` corrects files as they come, section by section; `log` writes and reads the log of edits
and flags; `revert` leads back by it; `diff` shows edits to a reader. Nothing here knows which
corrector it is. May import: text, errors. Begin with `filter`.
"""
