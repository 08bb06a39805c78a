"""What engines read for digits, by the profiles of `engines/`.

The confusion model has no digits: letters do not settle them. Where another place proves a digit,
these counts tell whether an engine can have read it so.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from thaifix.model.families import FAMILIES, PROFILES
from thaifix.text.numerals import ARABIC, value_of
from thaifix.text.script import DIGITS

UNSEEN = 0.0005
"""P(observed | intended) of a digit for one of the same script that was never seen. By judgement:
one error in the two thousand digits that were counted."""

OTHER_SCRIPT = 0.01
"""P(observed | intended) of the same digit in the other script, at least. By judgement."""

_SCANNERS = ("tesseract-tha", "tesseract-tha+eng", "tesseract-script-thai")


@cache
def digit_confusions(family: str) -> Mapping[tuple[str, str], float]:
    """P(observed | intended) for Thai and Arabic digits that were misread.

    Args:
        family: One of `families.FAMILIES`; those without a profile of misread letters have that
            of scans.
    Returns:
        By (observed, intended): the intended string is one digit, the observed one none to three
        code points, without white space. Digits of one script that were never seen are `UNSEEN`.
    """
    assert family in FAMILIES
    names = [family] if family in ("vlm", "paddle") else _SCANNERS
    seen: dict[str, float] = defaultdict(float)
    counts: dict[tuple[str, str], float] = defaultdict(float)
    for name in names:
        profile = json.loads(PROFILES.joinpath(f"{name}.json").read_text(encoding="utf-8"))
        for digit in DIGITS + ARABIC:
            seen[digit] += profile["seen"].get(digit, 0)
            for observed, times in profile["letters"].get(digit, {}).items():
                counts["".join(observed.split()), digit] += times
    found = {
        (observed, digit): times / seen[digit]
        for (observed, digit), times in counts.items()
        if observed != digit
    }
    for script, other in ((DIGITS, ARABIC), (ARABIC, DIGITS)):
        for digit in script:
            for observed in script:
                if observed != digit:
                    found[observed, digit] = max(found.get((observed, digit), 0.0), UNSEEN)
            same = other[value_of(digit) or 0]
            found[same, digit] = max(found.get((same, digit), 0.0), OTHER_SCRIPT)
    return found
