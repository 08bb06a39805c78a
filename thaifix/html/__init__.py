"""Pages of HTML that need nothing else: templates, with the styles and scripts they include.

Begin with `render`, the one function; the pages are `templates/archive.html` (a report of a target,
filled in by `thaifix.archive.report`) and `templates/evaluation.html` (by `thaifix.evaluation`).
It imports nothing of the package, and jinja2, which the extras `archive` and `evaluate` install.
"""
