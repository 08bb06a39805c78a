"""Numbers that another place of the document proves: the one stage that changes digits.

A rule is a generator of `finding.Finding`s, one file each; its name is the reason of its edits. An
edit is made only where another place leaves one reading, and the digits that stand there can be a
misreading of it by what engines are known to do (`channel`). What contradicts itself otherwise is
flagged. Begin with `stage`.
"""
