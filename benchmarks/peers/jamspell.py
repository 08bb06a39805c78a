"""Spelling in context by word trigrams; trained here, since there is no Thai model.

    python benchmarks peers.jamspell MODEL PAGES.jsonl

trains a model on the intended text of the pages and on what pythainlp brings along: the titles of
the Thai Wikipedia, which come nearest to running text, and its words, each once, without which
every word that no title has would be taken for an error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers import installed, nlpo3, normalize, unknown

PIPELINE = (
    "`normalize`, words by nlpo3, `FixFragment`; there is no public model for Thai: trained on "
    "pythainlp's words and titles of the Thai Wikipedia and on the pages of the train split"
)
MODEL = Path(sys.prefix, "jamspell-thai.bin")
_ALPHABET = "".join(
    map(chr, [*range(0x0E01, 0x0E2F), *range(0x0E30, 0x0E3B), *range(0x0E40, 0x0E4F)])
)
# What JamSpell takes for no letter, and no text holds: stands between words, so that the spaces of
# the text can be told from those that were put in.
_JOINT = "\x1f"


def versions() -> str:
    """The packages."""
    return installed("jamspell", "nlpo3", "pythainlp")


def load() -> Callable[[str], str]:
    """Load the model.

    Raises:
        RuntimeError: If there is none.
    """
    import jamspell

    speller = jamspell.TSpellCorrector()
    if not MODEL.exists() or not speller.LoadLangModel(str(MODEL)):
        raise RuntimeError("no model; it is trained when the environment is made")
    normalise, segment = normalize.load(), nlpo3.segmenter()

    def correct(text: str) -> str:
        lines = (_JOINT.join(segment(line)) for line in normalise(text).split("\n"))
        return "\n".join(speller.FixFragment(line).replace(_JOINT, "") for line in lines)

    return correct


def train(model: Path, pages: Path) -> None:
    """Write a model, and load it once, which writes what it needs to be loaded faster.

    Raises:
        RuntimeError: If JamSpell does not.
    """
    import jamspell
    from pythainlp.corpus.wikipedia import thai_wikipedia_titles

    segment = nlpo3.segmenter()
    intended = [json.loads(line)["gold"] for line in pages.open(encoding="utf-8")]
    lines = [line for page in dict.fromkeys(intended) for line in page.split("\n")]
    lines += sorted(thai_wikipedia_titles())
    lines += unknown.known_words()
    with TemporaryDirectory() as folder:
        text, alphabet = Path(folder, "text.txt"), Path(folder, "alphabet.txt")
        text.write_text("\n".join(" ".join(segment(line)) for line in lines), "utf-8")
        alphabet.write_text(_ALPHABET, "utf-8")
        speller = jamspell.TSpellCorrector()
        trained = speller.TrainLangModel(str(text), str(alphabet), str(model))
    if not trained or not speller.LoadLangModel(str(model)):
        raise RuntimeError("JamSpell does not train")


def main() -> None:
    """Train with the files that the command names."""
    model, pages = map(Path, sys.argv[1:])
    train(model, pages)
