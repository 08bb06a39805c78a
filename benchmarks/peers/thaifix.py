"""thaifix itself, measured like every other."""

from __future__ import annotations

from collections.abc import Callable

import thaifix

PIPELINE = (
    "`Corrector.correct` with the profile named; *letters alone* is without terms, document memory "
    "and adaptation"
)


def versions() -> str:
    """The package."""
    return f"thaifix {thaifix.__version__}"


def load(profile: str = "normal", parts: str = "all") -> Callable[[str], str]:
    """Open the model that ships.

    Args:
        profile: strict, normal or bold.
        parts: `all`, or `letters`: no terms, no document memory, no adaptation.
    """
    options = {
        "all": thaifix.Options(profile=profile),
        "letters": thaifix.Options(profile=profile, lexicons=False, memory=False, adapt=False),
    }
    corrector = thaifix.Corrector(options=options[parts])
    return lambda text: corrector.correct(text).text
