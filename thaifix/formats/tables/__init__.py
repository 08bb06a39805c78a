"""Parquet and Arrow: tables of which one column is text.

`base` finds the column, corrects it row by row and writes the table back; `parquet` and `arrow`
only open and write their kind of file. They need pyarrow, which is imported when the first table
comes. May import from `thaifix.formats` and what that may import. Begin with `base`.
"""
