"""Correction: from a text to edits and flags.

`corrector` is what users hold; `document` says which stages there are and in which order; `stages/`
holds one file a stage, `flags/` one function a flag. An edit of letters is decided in
`stages.letters` by `decision`; what a profile changes stands in `options`, what comes with the
model in `tuning`. Begin with `document`. Imports models, lexicons and text; knows no file format.
"""
