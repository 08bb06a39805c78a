"""What hOCR, ALTO and PAGE XML have in common: read, correct the text, write back in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from thaifix.errors import FormatError
from thaifix.formats.layout.changes import Change, changes
from thaifix.formats.layout.document import Leaf, Page, lay_out
from thaifix.formats.layout.markup import Markup, Splice, parse, splice
from thaifix.formats.layout.merging import Group, groups
from thaifix.formats.layout.spaces import measure, single_letters
from thaifix.formats.layout.undo import record, undo
from thaifix.formats.options import FormatOptions
from thaifix.formats.texts import Texts
from thaifix.stream.filter import DocumentSource, Piece, Stats
from thaifix.text.edit import apply

Reader = Callable[[Markup], list[Page]]
Writer = Callable[
    [Markup, list[Page], list[Change], list[list[Group]], FormatOptions], Iterable[Splice]
]


@dataclass(frozen=True, slots=True)
class Layout:
    """A format of lines and boxes.

    Attributes:
        read: Finds the pages in a file.
        write: Says what is to be changed in it, given what changes of the text, and the lines
            that become whole words.
        html: Whether files may be HTML that is not XML.
        segments: Whether words that are merged are those of a segmenter, or all letters between
            two spaces.
    """

    read: Reader
    write: Writer
    html: bool = False
    segments: bool = True

    def correct(
        self,
        chunks: Iterable[bytes],
        source: DocumentSource,
        write: Callable[[bytes], object],
        *,
        options: FormatOptions,
        name: str,
        watch: Callable[[Piece], object],
    ) -> Stats:
        """Correct a file; see `thaifix.formats.correct`."""
        data = b"".join(chunks)
        markup, pages, text = self._open(data, name)
        texts = Texts(source, name, watch)
        edits = texts.correct(text)
        texts.stats.bytes = len(data)
        found = list(changes(text, edits, _leaves(pages)))
        lines: list[list[Group]] = []
        if options.merge_words and single_letters(pages):
            lines = list(groups(markup, pages, text, found, segments=self.segments))
            done = {id(word.leaves[0]) for line in lines for group in line for word in group.words}
            found = [change for change in found if id(change.leaf) not in done]
        splices = list(self.write(markup, pages, found, lines, options))
        if not splices:
            write(data)
            return texts.stats
        result, back = splice(markup.text, splices)
        if options.originals:
            result += record(data, back, is_xml=markup.is_xml)
        written = result.encode(markup.encoding)
        if not markup.is_xml:  # an open quote could take in what was added
            again = self._open(written, name)[2]
            if "".join(again.split()) != "".join(apply(text, edits).split()):
                raise FormatError(
                    f"{name}: HTML too damaged to be written back. Repair it, or get another copy"
                )
        write(written)
        return texts.stats

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
        """Give the text; see `thaifix.formats.text`."""
        yield self._open(b"".join(chunks), name)[2]

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Give the file before correction back; see `thaifix.formats.revert`."""
        write(undo(b"".join(chunks), name))

    def _open(self, data: bytes, name: str) -> tuple[Markup, list[Page], str]:
        markup = parse(data, name, html=self.html)
        pages = self.read(markup)
        by_boxes = single_letters(pages)
        for page in pages:
            measure(page, force=by_boxes)
        return markup, pages, lay_out(pages)


def _leaves(pages: Sequence[Page]) -> Iterator[Leaf]:
    for page in pages:
        for paragraph in page.paragraphs:
            if paragraph.leaf:
                yield paragraph.leaf
            for line in paragraph.lines:
                if line.leaf:
                    yield line.leaf
                for word in line.words:
                    yield from word.leaves
                    yield from word.parts
