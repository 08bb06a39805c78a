"""Numbers that another place of the document proves: the one stage that changes digits.

A rule is a generator of `finding.Finding`s; its name is the reason of its edits. An edit is made
only where another place leaves one reading, and the digits that stand there can be a misreading of
it by what engines are known to do (`channel`). What contradicts itself otherwise is flagged. Begin
with `stage`.

    sums         a sum in digits and in words
    numbering    lists, sections and pages that count, by their `labels`
    years        years beside other years, and both eras
    dates        days of the week
    arithmetic   prices of one and of all; `totals`: columns of a table
    recurring    numbers that stand in several places; check digits
"""
