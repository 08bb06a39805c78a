"""The stages of correction, one file each, as `correct.document` runs them.

`letters` reads blocks; `terms`, `misreadings`, `facts`, `codes` and `names` look over sections,
and `numbers`, a folder, over their digits. The rest is what they consist of: `term_finder` and
`term_features`, `memory`, `law_years` and `official_forms`. A stage is a `correct.stage.Stage`:
begin there.
"""
