"""ALTO 2 to 4.4.

What is read are `String`, `SP` and `HYP` of each `TextLine`. A `String` that changes keeps what it
said in `<ALTERNATIVE PURPOSE="thaifix:original">`. The correction becomes a step in the file's
`Description`: from 4.1 on a `Processing` of category `contentModification`, to which the strings
refer by `PROCESSINGREFS`; before, a `postProcessingStep` of an `OCRProcessing`. `Glyph` stays as it
is: the standard says that it tells what the engine saw, and may differ from its `String`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from sys import intern

from thaifix.formats.layout.base import CorrectedPages, LayoutFormat
from thaifix.formats.layout.hyphens import keep_wholes
from thaifix.formats.layout.markup import Markup, Slot, Splice, before_end, prefix
from thaifix.formats.layout.merging import MergedWord
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import Leaf, PageText, Paragraph, TextLine, WordBox
from thaifix.version import __version__

PURPOSE = "thaifix:original"
_NEEDED = ("CONTENT", "HPOS", "WIDTH", "HEIGHT")
_SP = re.compile(r"<(?:[\w.-]+:)?SP\b[^<>]*/>")
_SINCE_4 = re.compile(r"/ns-v[4-9]#")
_4_0 = re.compile(r"""alto-4-0\.xsd|SCHEMAVERSION\s*=\s*["']4\.0""")


class Alto(LayoutFormat):
    """ALTO; see the module."""

    title, root = "ALTO", "alto"

    def read(self, markup: Markup) -> list[PageText]:
        """Find the pages in a file."""
        return _AltoReader(markup).read()

    def write_back(self, corrected: CorrectedPages) -> Iterator[Splice]:
        """Change the letters, and say what they were and who changed them."""
        markup, changes, merged = corrected.markup, corrected.changes, corrected.merged
        if not (changes or merged):
            return
        step = _ProcessingStep(markup, corrected.options.stamp)
        yield from step.splices
        said = [
            (change.leaf.tag, change.text, " " * change.joined + change.leaf.text)
            for change in changes
        ]
        for line in merged:
            yield from _merge(markup, line)
            said += [(word.parts[0].tag, word.text, word.original) for word in line]
        if "SUBS_CONTENT" in markup.text:
            gone = {part.tag for line in merged for word in line for part in word.parts[1:]}
            strings = (tag for tag in markup.tags if tag.name == "String" and tag.opens)
            new = {tag.start: text.strip(" ") for tag, text, _ in said}
            yield from keep_wholes(markup, (tag for tag in strings if tag not in gone), new)
        for tag, text, original in said:
            if (slot := markup.slot(tag, "CONTENT")) and text != markup.read(slot):
                yield markup.replace(slot, text)
            if tag.name != "String" or text == original:
                continue
            if step.can_be_referred_to:
                yield _refer(markup, tag, step.id)
            if corrected.options.originals:
                yield from _keep_original(markup, tag, original)


class _AltoReader:
    """Goes through the tags of a file."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._pages: list[PageText] = []
        self._paragraph = Paragraph([])
        self._line: TextLine | None = None
        self._word: WordBox | None = None
        self._space = False  # an `SP` was there since the last word of the line
        self._has_spaces = any(tag.name == "SP" for tag in markup.tags)

    def read(self) -> list[PageText]:
        for number, tag in enumerate(self._markup.tags):  # the most frequent come first
            if tag.name in ("String", "HYP"):
                if tag.opens and self._line is not None:
                    self._add_word(tag, self._line)
            elif tag.name == "SP":
                self._space = True
            elif tag.name == "TextLine":
                if tag.opens:
                    height = _number(self._markup.values(tag), "HEIGHT")
                    self._line, self._space = TextLine([], height), False
                else:
                    self._end_line()
            elif tag.name == "TextBlock":
                if tag.opens:
                    self._paragraph = Paragraph([])
            elif tag.name == "Page":
                if tag.opens:
                    self._pages.append(PageText())
            elif (
                self._word is not None
                and self._word.original is None
                and (slot := _kept(self._markup, number))
            ):
                self._word.original = self._markup.read(slot)
        return [page for page in self._pages if page.paragraphs]

    def _end_line(self) -> None:
        if self._line is not None and self._line.words and self._pages:
            if not self._paragraph.lines:
                self._pages[-1].paragraphs.append(self._paragraph)
            self._paragraph.lines.append(self._line)
        self._line = None

    def _add_word(self, tag: Tag, line: TextLine) -> None:
        values = self._markup.some(tag, _NEEDED)
        content = values.get("CONTENT")
        if content is None:
            return
        leaf = Leaf(None, intern(self._markup.value(content)), tag)  # most are letters
        left, width = _number(values, "HPOS"), _number(values, "WIDTH")
        right = None if left is None or width is None else left + width
        spaced = self._space if self._has_spaces else None
        height = _number(values, "HEIGHT")
        self._word = WordBox(tag, [leaf], left, right, spaced, height=height)
        if tag.name == "HYP":
            self._word.spaced = False
        elif tag.closes:
            self._word.end = tag.end
        line.words.append(self._word)
        self._space = False


def _kept(markup: Markup, number: int) -> Slot | None:
    """Find the original that an element keeps, if that tag begins an `ALTERNATIVE` of thaifix."""
    tag = markup.tags[number]
    if tag.name != "ALTERNATIVE" or not tag.opens or tag.closes:
        return None
    if markup.values(tag).get("PURPOSE") != PURPOSE:
        return None
    return Slot(tag.end, markup.tags[number + 1].start, "")


def _merge(markup: Markup, line: list[MergedWord]) -> Iterator[Splice]:
    """Give the first part of each word the box of all, and take the others away."""
    before: int | None = None
    for word in line:
        first, last = word.parts[0], word.parts[-1]
        if before is not None and not word.spaced:
            for space in _SP.finditer(markup.text, before, first.tag.start):
                yield Splice(*space.span(), "")
        before = last.end
        if first is last or first.end is None or last.end is None:
            continue
        yield Splice(first.end, last.end, "")
        values = [markup.values(part.tag) for part in word.parts]
        for name, value in _united(values).items():
            if slot := markup.slot(first.tag, name):
                yield Splice(slot.start, slot.end, value)


def _united(values: list[dict[str, str]]) -> dict[str, str]:
    """Give the attributes of one `String` for several: the box around theirs, the lowest of their
    confidences, and their letters' confidences.
    """
    united: dict[str, str] = {}
    for start, size in ("HPOS", "WIDTH"), ("VPOS", "HEIGHT"):
        starts = [_number(value, start) for value in values]
        sizes = [_number(value, size) for value in values]
        spans = [(a, a + b) for a, b in zip(starts, sizes, strict=True) if a is not None and b]
        if spans:
            low, high = min(a for a, _ in spans), max(b for _, b in spans)
            united |= {start: f"{low:.15g}", size: f"{high - low:.15g}"}
    if confidences := [number for value in values if (number := _number(value, "WC")) is not None]:
        united["WC"] = f"{min(confidences):.15g}"
    if all("CC" in value for value in values):
        united["CC"] = "".join(value["CC"] for value in values)
    return united


def _keep_original(markup: Markup, tag: Tag, text: str) -> Iterator[Splice]:
    """Keep what a `String` said, a space before it if that is gone.

    If it has kept what it said before an earlier correction, only such a space is added to that.
    """
    name = prefix(markup, tag)
    element = f'<{name}ALTERNATIVE PURPOSE="{PURPOSE}">{markup.escape(text)}</{name}ALTERNATIVE>'
    if tag.closes:
        yield Splice(tag.end - 2, tag.end, f">{element}</{name}String>")
        return
    first = bisect_left(markup.tags, tag.end, key=lambda other: other.start)
    end = next(at for at in range(first, len(markup.tags)) if markup.tags[at].name == "String")
    kept = next(filter(None, (_kept(markup, at) for at in range(first, end))), None)
    if kept is None:
        at = tag.end
        if markup.tags[first].name == "Shape":
            at = next(t.end for t in markup.tags[first:end] if t.name == "Shape" and t.closes)
        yield Splice(at, at, element)
    elif text.startswith(" ") and not markup.read(kept).startswith(" "):
        yield Splice(kept.start, kept.start, " ")


def _refer(markup: Markup, tag: Tag, id_: str) -> Splice:
    """Let a `String` refer to a processing step."""
    if slot := markup.slot(tag, "PROCESSINGREFS"):
        return Splice(slot.end, slot.end, f" {id_}")
    at = tag.start + 1 + len(prefix(markup, tag)) + len(tag.name)
    return Splice(at, at, f' PROCESSINGREFS="{id_}"')


class _ProcessingStep:
    """The correction among the processing steps of a file; none without a `Description`.

    Attributes:
        id: Of the step.
        can_be_referred_to: Whether `String` can refer to it.
        splices: What puts it into the file.
    """

    def __init__(self, markup: Markup, stamp: str) -> None:
        self.id = _fresh_id(markup.text)
        self.can_be_referred_to = False
        self.splices: list[Splice] = []
        ends = {tag.name: tag for tag in markup.tags if not tag.opens}
        if "Description" not in ends:
            return
        root = markup.tags[0]
        about = markup.text[root.start : root.end]
        old = not _SINCE_4.search(about) or _4_0.search(about)
        category = "" if old else "<processingCategory>contentModification</processingCategory>"
        inner = category + _details(markup, stamp)
        end = ends["Description"]
        if not old:
            element = f'<Processing ID="{self.id}">{inner}</Processing>'
            self.can_be_referred_to = True
        elif "OCRProcessing" in ends:
            end = ends["OCRProcessing"]
            element = f"<postProcessingStep>{inner}</postProcessingStep>"
        else:
            element = (
                f'<OCRProcessing ID="{self.id}"><ocrProcessingStep/>'
                f"<postProcessingStep>{inner}</postProcessingStep></OCRProcessing>"
            )
        element = re.sub(r"<(/?)(?=\w)", rf"<\1{prefix(markup, end)}", element)
        self.splices.append(before_end(markup, end, element))


def _details(markup: Markup, stamp: str) -> str:
    """Say what a step did, how and by whom; content is escaped, so every `<` begins a tag."""
    settings = markup.escape(stamp)
    return (
        "<processingStepDescription>correction of OCR errors</processingStepDescription>"
        + (f"<processingStepSettings>{settings}</processingStepSettings>" if stamp else "")
        + "<processingSoftware><softwareName>thaifix</softwareName>"
        f"<softwareVersion>{__version__}</softwareVersion></processingSoftware>"
    )


def _fresh_id(text: str) -> str:
    """Give an id that the file does not have."""
    number = 1
    while f"thaifix_{number}" in text:
        number += 1
    return f"thaifix_{number}"


def _number(values: dict[str, str], name: str) -> float | None:
    try:
        return float(values[name])
    except (KeyError, ValueError):
        return None
