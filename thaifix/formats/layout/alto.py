"""ALTO 2 to 4.4.

Read are `String`, `SP` and `HYP` of each `TextLine`. A `String` that changes keeps what it said in
`<ALTERNATIVE PURPOSE="thaifix:original">`, and the correction is a step among the file's
`Description`: a `Processing` of category `contentModification` that the strings refer to by
`PROCESSINGREFS` (4.1 and later), a `postProcessingStep` of an `OCRProcessing` before. `Glyph` stays
as it is: the standard says that it tells what the engine saw, and may differ from its `String`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from thaifix.formats.layout.base import Layout
from thaifix.formats.layout.changes import Change
from thaifix.formats.layout.document import Leaf, Line, Page, Paragraph, Word
from thaifix.formats.layout.markup import Markup, Slot, Splice, Tag, before_end, prefix
from thaifix.formats.layout.merging import Group
from thaifix.formats.options import FormatOptions
from thaifix.version import __version__

PURPOSE = "thaifix:original"
_SP = re.compile(r"<(?:[\w.-]+:)?SP\b[^<>]*/>")
_SINCE_4 = re.compile(r"/ns-v[4-9]#")
_4_0 = re.compile(r"""alto-4-0\.xsd|SCHEMAVERSION\s*=\s*["']4\.0""")


def _read(markup: Markup) -> list[Page]:
    pages: list[Page] = []
    paragraph, line, word = Paragraph([]), None, None
    white, has_spaces = False, any(tag.name == "SP" for tag in markup.tags)
    for number, tag in enumerate(markup.tags):
        if tag.name in _CONTAINERS and tag.opens:
            if tag.name == "Page":
                pages.append(Page())
            elif tag.name == "TextBlock":
                paragraph = Paragraph([])
            else:
                line, white = Line([], _number(markup.values(tag), "HEIGHT")), False
        elif tag.name == "TextLine" and line and line.words and pages:
            if not paragraph.lines:
                pages[-1].paragraphs.append(paragraph)
            paragraph.lines.append(line)
            line = None
        elif tag.name == "SP" and tag.opens:
            white = True
        elif tag.name in ("String", "HYP") and tag.opens and line is not None:
            values = markup.some(tag, _NEEDED)
            content = values.get("CONTENT")
            if content is None:
                continue
            spaced = False if tag.name == "HYP" else (white if has_spaces else None)
            left, width = _number(values, "HPOS"), _number(values, "WIDTH")
            right = None if left is None or width is None else left + width
            word = Word(tag, [Leaf(None, markup.value(content), tag)], left, right, spaced)
            word.end = tag.end if tag.closes and tag.name == "String" else None
            line.words.append(word)
            white = False
        elif (
            tag.name == "ALTERNATIVE"
            and tag.opens
            and word
            and word.original is None
            and markup.values(tag).get("PURPOSE") == PURPOSE
        ):
            end = markup.tags[number + 1].start if not tag.closes else tag.end
            word.original = markup.read(Slot(tag.end, end, ""))
    return [page for page in pages if page.paragraphs]


_NEEDED = ("CONTENT", "HPOS", "WIDTH")
_CONTAINERS = frozenset(["Page", "TextBlock", "TextLine"])


def _write(
    markup: Markup,
    pages: list[Page],
    changes: list[Change],
    lines: list[list[Group]],
    options: FormatOptions,
) -> Iterator[Splice]:
    if not (changes or lines):
        return
    id_ = _fresh_id(markup.text)
    step = _Step(markup, id_, options.stamp)
    yield from step.splices
    said = [
        (change.leaf.tag, change.text, " " * change.joined + change.leaf.text) for change in changes
    ]
    for line in lines:
        yield from _merge(markup, line)
        said += [(group.words[0].tag, group.text, group.original) for group in line]
    for tag, text, original in said:
        if (slot := markup.slot(tag, "CONTENT")) and text != markup.read(slot):
            yield markup.replace(slot, text)
        if tag.name != "String" or text == original:
            continue
        if step.can_be_referred_to:
            yield _refer(markup, tag, id_)
        if options.originals:
            yield _alternative(markup, tag, original)


def _merge(markup: Markup, line: list[Group]) -> Iterator[Splice]:
    """Give the first `String` of each group the box of all, and take the others away."""
    before: int | None = None
    for group in line:
        first, last = group.words[0], group.words[-1]
        if before is not None and not group.spaced:
            for space in _SP.finditer(markup.text, before, first.tag.start):
                yield Splice(*space.span(), "")
        before = last.end
        if first is last or first.end is None or last.end is None:
            continue
        yield Splice(first.end, last.end, "")
        values = [markup.values(word.tag) for word in group.words]
        for name, value in _united(values).items():
            if slot := markup.slot(first.tag, name):
                yield Splice(slot.start, slot.end, value)


def _united(values: list[dict[str, str]]) -> dict[str, str]:
    """Give the box around boxes, the lowest confidence, and the letters' confidences."""
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


def _alternative(markup: Markup, tag: Tag, text: str) -> Splice:
    name = prefix(markup, tag) + "ALTERNATIVE"
    element = f'<{name} PURPOSE="{PURPOSE}">{markup.escape(text)}</{name}>'
    if tag.closes:
        return Splice(tag.end - 2, tag.end, f">{element}</{prefix(markup, tag)}String>")
    at = tag.end
    number = bisect_left(markup.tags, tag.start, key=lambda other: other.start)
    if markup.tags[number + 1].name == "Shape":
        at = next(t.end for t in markup.tags[number + 1 :] if t.name == "Shape" and t.closes)
    return Splice(at, at, element)


def _refer(markup: Markup, tag: Tag, id_: str) -> Splice:
    if slot := markup.slot(tag, "PROCESSINGREFS"):
        return Splice(slot.end, slot.end, f" {id_}")
    at = tag.start + 1 + len(prefix(markup, tag)) + len(tag.name)
    return Splice(at, at, f' PROCESSINGREFS="{id_}"')


class _Step:
    """The correction among the processing steps of a file; none without a `Description`."""

    def __init__(self, markup: Markup, id_: str, stamp: str) -> None:
        self.splices: list[Splice] = []
        self.can_be_referred_to = False
        ends = {tag.name: tag for tag in markup.tags if not tag.opens}
        if "Description" not in ends:
            return
        name = prefix(markup, ends["Description"])
        root = markup.tags[0]
        about = markup.text[root.start : root.end]
        old = not _SINCE_4.search(about) or _4_0.search(about)
        inner = "" if old else "<processingCategory>contentModification</processingCategory>"
        inner += "<processingStepDescription>correction of OCR errors</processingStepDescription>"
        if stamp:
            inner += f"<processingStepSettings>{markup.escape(stamp)}</processingStepSettings>"
        inner += (
            "<processingSoftware><softwareName>thaifix</softwareName>"
            f"<softwareVersion>{__version__}</softwareVersion></processingSoftware>"
        )
        if not old:
            end = ends["Description"]
            element = f'<Processing ID="{id_}">{inner}</Processing>'
            self.can_be_referred_to = True
        elif "OCRProcessing" in ends:
            end = ends["OCRProcessing"]
            element = f"<postProcessingStep>{inner}</postProcessingStep>"
        else:
            end = ends["Description"]
            element = (
                f'<OCRProcessing ID="{id_}"><ocrProcessingStep/>'
                f"<postProcessingStep>{inner}</postProcessingStep></OCRProcessing>"
            )
        element = re.sub(r"<(/?)(?=\w)", rf"<\1{name}", element)
        self.splices.append(before_end(markup, end, element))


def _fresh_id(text: str) -> str:
    number = 1
    while f"thaifix_{number}" in text:
        number += 1
    return f"thaifix_{number}"


def _number(values: dict[str, str], name: str) -> float | None:
    try:
        return float(values[name])
    except (KeyError, ValueError):
        return None


_FORMAT = Layout(_read, _write)
correct, text, revert = _FORMAT.correct, _FORMAT.text, _FORMAT.revert
