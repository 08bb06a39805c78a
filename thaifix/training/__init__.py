"""Training: from running text and pages read by OCR to a model bundle (`thaifix train`).

`bundle` puts all together: begin there. `language` learns from text, with `letter_model` and
`atoms`; `pairs` learns from pages; `decision` and `terms` calibrate how sure a change must be, both
by `thresholds` and `logistic`. May import all but `archive`, `curate` and `cli`, and is imported by
`cli` alone: correction needs nothing of it. Needs the extra `train`.
"""
