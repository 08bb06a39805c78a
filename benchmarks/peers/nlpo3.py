"""The fastest Thai segmenter, for comparing speeds: it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import installed

PIPELINE = "`nlpo3.segment` on each line, with pythainlp's `words_th`; corrects nothing"


def versions() -> str:
    """The packages."""
    return installed("nlpo3", "pythainlp")


def load() -> Callable[[str], str]:
    """Load the word list.

    Raises:
        RuntimeError: If nlpo3 does not take it.
    """
    segment = segmenter()

    def pass_on(text: str) -> str:
        for line in text.split("\n"):
            segment(line)
        return text

    return pass_on


def segmenter() -> Callable[[str], list[str]]:
    """Load the word list and return the function that cuts a line into words."""
    import nlpo3
    from pythainlp.corpus import thai_words

    with TemporaryDirectory() as folder:
        words = Path(folder, "words.txt")
        words.write_text("\n".join(sorted(thai_words())), "utf-8")
        message, loaded = nlpo3.load_dict(str(words), "words")
    if not loaded:
        raise RuntimeError(message)
    return lambda line: nlpo3.segment(line, "words")
