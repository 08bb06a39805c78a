"""Searchable PDF, by way of OCRmyPDF: scanned pages are read, corrected, and given a text layer.

`document` is the format, `pages` tells scanned pages from those that have a text of their own,
`engine` puts a correction between an OCR engine and OCRmyPDF, and `layer` sees to it that sara am
can be found in what OCRmyPDF writes. `thaifix.pipelines.ocrmypdf` uses `engine` and `layer`, too.
Only interfaces of OCRmyPDF for plugins and users are used (version 17 and later). Begin with
`engine`.
"""
