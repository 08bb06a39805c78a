"""Correction: from a text to edits and flags.

`corrector` is what users hold; `document` says which stages there are and in which order; `stages/`
holds one file a stage, `flags/` one function a flag. `LettersReader.decide` in `stages.letters`
makes edits of proposals, and `vetoes` says what no proposal may do. A profile is a threshold
(`decision`), and `strict` makes flags of what stages guess (`document`). Options are set by people,
`tuning` comes with the model. Begin with `document`. Imports models, lexicons and text; knows no
file format.
"""
