"""The commands: `thaifix NAME` stands in NAME.py, or in the folder NAME if it has commands itself.

`correct` is the one that goes without its name. A command takes its options apart, calls the
library once and writes what it gives; what several commands need stands in the folder above, and
no command imports another. Add a command's name to the list in `thaifix.cli` and its line to the
help of `correct`; then `tests/test_docs.py` says what the documents lack.
"""
