"""The corrector: what a user makes once, and gives texts to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cached_property, lru_cache
from typing import Any

from thaifix.correct.document import Document, require_text
from thaifix.correct.knowledge import Knowledge
from thaifix.correct.options import Options
from thaifix.correct.revision import moved
from thaifix.errors import ThaifixError
from thaifix.lexicon.entries import Entry, Lexicon
from thaifix.model.bundle import Model
from thaifix.text.blocks import sections
from thaifix.text.edit import Correction, Edit, Flag, apply, shift
from thaifix.text.protect import KeepList
from thaifix.version import __version__

_BESIDE_OPTIONS = ("lexicon", "keep", "model")


class Corrector:
    """A model, lexicons and options, ready to correct. Safe to use from several threads.

    Correctors with the same stamp are equal. Pickled, one takes its entries with it, but not the
    model; a process that is sent the same several times makes it once.

    Attributes:
        options: What was set.
        model: The open bundle.
        lexicon: The user's entries.
        keep: The words never to touch, None without any.
    """

    def __init__(
        self,
        *,
        model: str | os.PathLike[str] | Model | None = None,
        lexicons: Sequence[str | os.PathLike[str] | Iterable[str]] | Lexicon = (),
        keep: Iterable[str] = (),
        profile: str | None = None,
        options: Options | None = None,
    ) -> None:
        """Load the model and the lexicons.

        Args:
            model: A bundle's path or an open bundle; by default the one in the package.
            lexicons: Files (plain text or TSV) or lists of terms, 1 to 100,000 entries; or all as
                one that was read before.
            keep: Words never to be touched.
            profile: "strict", "normal" or "bold"; by default "normal".
            options: All options; the profile is then one of them.
        Raises:
            ModelError: If the bundle cannot be used.
            LexiconError: If a lexicon cannot be used, or a word of `keep` is too long.
            ValueError: If the profile is unknown, or given beside `options`.
            TypeError: If `keep` or `lexicons` is one string, or what is in them is none.
        Time: O(size of the bundle + letters of the lexicons).
        """
        if profile is not None and options is not None:
            raise ValueError(
                f"profile {profile!r} beside options, which have a profile too: "
                f"give Options(profile={profile!r}, ...) alone"
            )
        _refuse_string("keep", keep, "words")
        if not isinstance(lexicons, Lexicon):
            _refuse_string("lexicons", lexicons, "files, or lists of terms")
            lexicons = Lexicon.read(lexicons)
        if options is not None and not isinstance(options, Options):
            raise TypeError(f"options={options!r}: give Options(...)")
        self.options = options or Options(profile or "normal")
        self.model = model if isinstance(model, Model) else Model(model)
        self.lexicon = lexicons
        self._kept = sorted(map(require_text, set(keep)))
        self.keep = KeepList(self._kept) if self._kept else None
        self._knowledge = Knowledge(self.model, self.lexicon, self.options)

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Corrector:
        """Make a corrector of values that JSON has.

        Args:
            options: By their names on the command line: the fields of `Options`, and `lexicon`
                (files or lists of terms), `keep` (words) and `model` (a path).
        Raises:
            TypeError: If it is no mapping, a name is none of these, or a switch not true or false.
            ModelError, LexiconError, ValueError: As above.
        """
        if not isinstance(options, Mapping):
            raise TypeError(f"options={options!r}: give a mapping, such as {{'profile': 'strict'}}")
        usual = {field.name: field.default for field in fields(Options)}
        for name, value in options.items():
            if name not in (*usual, *_BESIDE_OPTIONS):
                known = ", ".join((*usual, *_BESIDE_OPTIONS))
                raise TypeError(f"unknown option {name!r}: use {known}")
            if isinstance(usual.get(name), bool) and not isinstance(value, bool):
                raise TypeError(f"{name}={value!r}: give true or false")
        return cls(
            model=options.get("model"),
            lexicons=options.get("lexicon", ()),
            keep=options.get("keep", ()),
            options=Options(**{name: options[name] for name in usual if name in options}),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        entries, kept = self.lexicon.entries, tuple(self._kept)
        return _restored, (__version__, self.model, entries, kept, self.options)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Corrector) and self.stamp == other.stamp

    def __hash__(self) -> int:
        """The same in every process, which that of a string is not."""
        return int(self.stamp, 16)

    @cached_property
    def stamp(self) -> str:
        """16 hexadecimal digits that stand for model, lexicons and options."""
        import hashlib  # slow to load; a run without a log needs none

        identity = repr((self.model.stamp, self.lexicon.entries, self._kept, asdict(self.options)))
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def correct(self, text: str) -> Correction:
        """Correct a text of one or more documents, divided by form feeds.

        Without anything to change, `Correction.text` is `text` itself.

        Raises:
            TypeError: If it is no `str`.
        Time: O(n), and more for what is suspicious. Memory: O(n) for the result.
        """
        require_text(text)
        edits: list[Edit] = []
        flags: list[Flag] = []
        document = self.document()
        at = 0
        for section in sections([text]):
            if section.first:
                document = self.document()
            part = document.correct(section.text)
            edits += shift(part.edits, at)
            flags += moved(part.flags, at)
            at += len(section.text)
        return Correction(text, apply(text, edits), tuple(edits), tuple(flags))

    def correct_many(self, texts: Iterable[str], *, jobs: int = 1) -> Iterator[Correction]:
        """Correct texts, each for itself, in their order.

        Args:
            texts: Drawn as they are needed.
            jobs: How many processes correct. With more than one, a few texts are drawn ahead, and a
                program must keep what it does at its start behind `if __name__ == "__main__":`, for
                the processes load its file, too.
        Raises:
            ValueError: If `jobs` is below 1.
            TypeError: If a text is no `str`; after those before it.
            ProcessError: If a process is ended from outside.
        Memory: about 80 MB a process.
        """
        if jobs == 1:
            return map(self.correct, texts)
        from thaifix.correct.many import correct_many  # loads what a single process needs not

        return correct_many(self, texts, jobs)

    def document(self) -> Document:
        """A new document, to be corrected section by section."""
        return Document(self._knowledge, self.keep)


@lru_cache(maxsize=8)
def _restored(
    version: str, model: Model, entries: tuple[Entry, ...], kept: tuple[str, ...], options: Options
) -> Corrector:
    """Make a corrector that was pickled.

    Raises:
        ThaifixError: If another version of thaifix has pickled it: it may correct otherwise.
    """
    if version != __version__:
        raise ThaifixError(
            f"a corrector of thaifix {version} was sent to thaifix {__version__}; "
            "install the same version everywhere"
        )
    return Corrector(model=model, lexicons=Lexicon(entries), keep=kept, options=options)


def _refuse_string(name: str, value: object, what: str) -> None:
    """Refuse one string where several are wanted: its letters would be taken for them."""
    if isinstance(value, str | bytes | os.PathLike):
        raise TypeError(f"{name}={value!r}: give a list of {what}, {name}=[{value!r}]")
    if not isinstance(value, Iterable):
        raise TypeError(f"{name}={value!r}: give a list of {what}")
