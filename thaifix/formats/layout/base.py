"""What hOCR, ALTO and PAGE XML have in common: read, correct the text, write back in place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from thaifix.errors import FormatError
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.layout.changes import LeafChange, leaf_changes
from thaifix.formats.layout.markup import Markup, Splice, parse, splice
from thaifix.formats.layout.merging import MergedWord, merged_lines, require_segmenter
from thaifix.formats.layout.spaces import measure, single_letters
from thaifix.formats.layout.tree import PageText, lay_out, leaves
from thaifix.formats.layout.undo import record, undo
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream
from thaifix.text.edit import apply

_WRITTEN = 1 << 16
"""Code points that are encoded and written at a time; by judgement."""


class _OtherFormatError(FormatError):
    """A file could be read as markup, and is of another format than it was said to be."""


class CorrectedPages(NamedTuple):
    """What a format writes back.

    Attributes:
        markup: The file.
        pages: What was read in it.
        changes: The leaves that change, without those of `merged`.
        merged: Lines whose words become others, each as its new words.
        options: What is written.
    """

    markup: Markup
    pages: list[PageText]
    changes: list[LeafChange]
    merged: list[list[MergedWord]]
    options: FormatOptions


class LayoutFormat(Format):
    """A format of lines and boxes; `read` and `write_back` are what differs.

    Attributes:
        title: What the format is called in messages.
        root: The name of the root element, if that tells the format.
        may_be_html: Whether files may be HTML that is not XML.
        segments: Whether merged words are those of a segmenter; else all letters between two
            spaces are one word.
    """

    title = root = ""
    may_be_html = False
    segments = True

    @abstractmethod
    def read(self, markup: Markup) -> list[PageText]:
        """Find the pages in a file."""

    def why_other(self, markup: Markup, pages: list[PageText]) -> str:
        """Say why a file, with these pages, is of another format; "" if it is not."""
        root = markup.tags[0].name
        if root == self.root:
            return ""
        return f"is no {self.title}: its root element is {root}, not {self.root}"

    @abstractmethod
    def write_back(self, corrected: CorrectedPages) -> Iterable[Splice]:
        """Say what to splice into the file; nothing leaves the file as it is."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct a file; its pages are one text.

        Raises:
            FormatError: If it is damaged; or of another format, and then it has been written as
                it is.
        """
        if options.merge_words and self.segments:
            require_segmenter(texts.name)
        data = b"".join(chunks)
        try:
            markup, pages, text = self._open(data, texts.name)
        except _OtherFormatError:
            write(data)
            raise
        edits = texts.correct(text)
        changes = list(leaf_changes(text, edits, leaves(pages)))
        merged: list[list[MergedWord]] = []
        if options.merge_words and single_letters(pages):
            merged = list(merged_lines(markup, pages, text, changes, segments=self.segments))
            done = {id(part.leaves[0]) for line in merged for word in line for part in word.parts}
            changes = [change for change in changes if id(change.leaf) not in done]
        splices = list(self.write_back(CorrectedPages(markup, pages, changes, merged, options)))
        del pages, changes, merged  # of all that is held, the most
        if not splices:
            write(data)
            return
        parts, back = splice(markup.text, splices)
        end = record(data, back, is_xml=markup.is_xml) if options.originals else ""
        encoded = _encoded(parts, markup.encoding)
        if markup.is_xml:
            for part in encoded:
                write(part)
        else:  # an open quote could take in what was added
            written = b"".join(encoded)
            again = self._open(written + end.encode(markup.encoding), texts.name)[2]
            if "".join(again.split()) != "".join(apply(text, edits).split()):
                raise FormatError(
                    f"{texts.name}: HTML too damaged to be written back. "
                    "Repair it, or get another copy"
                )
            write(written)
        write(end.encode(markup.encoding))

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the text of all pages."""
        yield self._open(b"".join(chunks), name)[2]

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Give the file before correction back, byte for byte."""
        write(undo(b"".join(chunks), name))

    def _open(self, data: bytes, name: str) -> tuple[Markup, list[PageText], str]:
        markup = parse(data, name, html=self.may_be_html)
        pages = self.read(markup)
        if why := self.why_other(markup, pages):
            raise _OtherFormatError(f"{name}: {why}. To correct it as plain text: --format text")
        by_boxes = single_letters(pages)
        for page in pages:
            measure(page, force=by_boxes)
        return markup, pages, lay_out(pages)


def _encoded(parts: Iterable[str], encoding: str) -> Iterator[bytes]:
    """Encode a text that comes part by part, small parts together."""
    held: list[str] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= _WRITTEN:
            yield "".join(held).encode(encoding)
            held, length = [], 0
    yield "".join(held).encode(encoding)
