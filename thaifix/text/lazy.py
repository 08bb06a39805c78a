"""Regular expressions that are compiled when they are needed, so that the filter starts fast."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Pattern:
    """Stands for a compiled pattern, and becomes one at the first use."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("finditer", "findall", "fullmatch", "match", "search", "split", "sub"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Make a regular expression that is compiled at its first use.

    For what the filter imports at every start. What is imported only when it is needed is compiled
    by `re.compile`.

    Args:
        source: The expression.
        flags: As `re.compile` takes them.
    Raises:
        re.error: At the first use, if the expression is wrong.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
