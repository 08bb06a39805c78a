"""hOCR, ALTO and PAGE XML: text in lines and boxes, corrected in place.

A file is read as `markup` (its text with the places of its `tags`), and by its format (`hocr`,
`alto`, `page`) as a `tree` of pages, lines and words, which together are one text. `changes` shares
the correction of that text out among the words; the format's `write_back` says what to splice into
the file. `spaces`, `merging` and `undo` are the rest. May import from `thaifix.formats` and what
that may import. Begin with `base`, which has all these steps in order.
"""
