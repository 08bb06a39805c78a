"""A word list of a size that a test can learn from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def write_few_words(path: Path, text: str) -> Path:
    """Write every fortieth word of pythainlp's list, and those of a text, one a line."""
    from pythainlp.corpus import thai_words

    known = sorted(thai_words())
    path.write_text("\n".join({*known[::40], *(word for word in known if word in text)}), "utf-8")
    return path


@contextmanager
def few_words(path: Path) -> Iterator[None]:
    """Learn models with the words of a file, instead of pythainlp's list."""
    words = frozenset(path.read_text("utf-8").split("\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pythainlp.corpus.thai_words", lambda: words)
        yield
