"""A model bundle from text and pages: the work of `thaifix train`.

Text gives the language model (`language`), pages give the confusions (`pairs`), both together the
weights and thresholds of letters (`decision`) and of terms (`terms`); pages, corrected by all that,
those of dirt (`dirt`).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thaifix.correct.tuning import Tuning
from thaifix.model.bundle import Model, write
from thaifix.training import atoms, decision, dirt, terms
from thaifix.training.language import DECODER, Language, held_out, learn_language, paragraphs
from thaifix.training.pairs import confusions, part_of, read_pairs
from thaifix.training.thresholds import Promise

_SECTIONS = ("first", "label", "word", "letters", "cost", "backoff", "pairs", "triples", "least")
"""The sections of a bundle that are its language model."""


def build(
    *,
    pairs: Path,
    text: Path,
    lexicons: Path,
    out: Path,
    language: Path | None = None,
    leave_out: tuple[int, int] | None = None,
) -> str:
    """Build a model bundle. Equal input gives equal bytes.

    Args:
        pairs: Pages, as `read_pairs` takes them.
        text: Clean text, a paragraph a line, plain or .xz.
        lexicons: Folder with the lexicons whose terms are words, and their `sources.toml`.
        out: The bundle to write.
        language: A bundle whose language model is taken over instead of learned.
        leave_out: (k, n): ignore the k-th of n parts of the articles, for cross-validation.
    Returns:
        The bundle's stamp.
    Raises:
        ModelError: If `language` cannot be used.
        TrainingError: If `pairs` or `text` cannot be used.
        OSError: If a file cannot be read or written.
    """
    pages = read_pairs(pairs)
    if leave_out:
        left, parts = leave_out
        pages = [page for page in pages if part_of(page.article, parts) != left]
    learned = _taken_over(Model(language), text) if language else learn_language(text, lexicons)
    header = _header(learned.recipe, _origin(text, pairs, len(pages), lexicons))
    arrays = {**learned.arrays, "cuts": atoms.cuts(learned.arrays)}
    scratch = out.with_name(out.name + ".scratch")
    try:
        write(scratch, header, arrays)
        arrays["phrases"] = terms.packed_phrases(Model(scratch))
        write(scratch, header, arrays)
        model = Model(scratch)
        header["decision"] = decision.calibrate(model, pages, learned.held_out)
        header["terms"] = terms.calibrate(model, learned.held_out)
        header["confusions"] = confusions(pages)
        write(scratch, header, arrays)
        header["dirt"] = dirt.calibrate(scratch, pages)
    finally:
        scratch.unlink(missing_ok=True)
    return write(out, header, arrays)


def _header(recipe: Mapping[str, Any], origin: Mapping[str, Any]) -> dict[str, Any]:
    """All that a bundle's header holds; confusions and decisions are still to be learned."""
    return {
        "recipe": recipe,
        "origin": origin,
        "tuning": Tuning().header(),
        "decoder": DECODER,
        "confusions": [],
        "decision": _undecided(decision.PROMISES),
        "terms": _undecided(terms.PROMISES),
        "dirt": _undecided(dirt.PROMISES),
    }


def _undecided(promises: Mapping[str, Promise]) -> dict[str, Any]:
    """A table of decisions by which nothing is changed."""
    return {"weights": {}, "thresholds": dict.fromkeys(promises, 1.0)}


def _origin(text: Path, pairs: Path, pages: int, lexicons: Path) -> dict[str, Any]:
    """What a bundle says of the data that it comes from."""
    manifest = lexicons / "sources.toml"
    return {
        "text": _digest(text),
        "pairs": _digest(pairs),
        "pages": pages,
        "lexicons": tomllib.loads(manifest.read_text("utf-8")) if manifest.exists() else {},
    }


def _taken_over(base: Model, text: Path) -> Language:
    """The language model of a bundle, with the paragraphs that were kept when it was learned."""
    return Language(
        arrays={name: base.array(name) for name in _SECTIONS},
        held_out=held_out(paragraphs(text)),
        recipe=base.header["recipe"],
    )


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return {"name": path.name, "bytes": file.tell(), "sha256": digest.hexdigest()}
