"""The benchmark of thaifix beside its peers, which `bench.py` runs.

entrants    what is measured
texts       what it is measured on
process     an adapter of `peers` in a process of its own
runs        what each entrant made of the texts
judge       corrected texts judged by the texts alone
figures     what comes out: counts
timings     what comes out of `test_speed.py`: times
tables      both as Markdown
machine     what a run was made with
reports     the files that a reader opens
"""
