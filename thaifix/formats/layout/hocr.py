"""hOCR, as XHTML or as HTML that is not XML.

What is read are the lines (`ocr_line` and its kin) in their paragraphs and pages, and their words.
Where a word has an element for each letter (`ocrx_cinfo`), white space between these is none; what
else the engine thought of (Tesseract's `lstm_choice_mode`, `<del class="alt">`) is not read.
A word that changes gets the attribute `data-thaifix-original` with what it said before, and the
head gets a `<meta name="ocr-processing">`. The hOCR specification 1.2 has no place for either; both
are valid in HTML5.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from thaifix.formats.layout.base import CorrectedPages, LayoutFormat
from thaifix.formats.layout.markup import Markup, Slot, Splice
from thaifix.formats.layout.merging import MergedWord
from thaifix.formats.layout.tags import Tag
from thaifix.formats.layout.tree import Leaf, PageText, Paragraph, TextLine, WordBox
from thaifix.version import __version__

ORIGINAL = "data-thaifix-original"
_LINES = frozenset(
    ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"]
)
_BLOCKS = frozenset(["ocr_par", "ocr_carea", "ocrx_block"])
_SIGN = re.compile(r"\bocr_page\b|\bocr-(?:system|capabilities)\b")
"""What stands in a tag of every file, be its pages empty."""
_LETTERS = frozenset(["ocrx_cinfo", "ocr_cinfo"])
_WHITE = " \t\r\n\f"
_CONFIDENCE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_BBOX = re.compile(r"\bbbox" + r"\s+(-?\d+(?:\.\d+)?)" * 4)


class Hocr(LayoutFormat):
    """hOCR; see the module."""

    may_be_html = True

    def read(self, markup: Markup) -> list[PageText]:
        """Find the pages in a file."""
        return _HocrReader(markup).read()

    def why_other(self, markup: Markup, pages: list[PageText]) -> str:
        """Look for text, an empty page, or the metadata of hOCR."""
        if pages or any(_SIGN.search(markup.text, tag.start, tag.end) for tag in markup.tags):
            return ""
        return "is no hOCR: no element has the class ocr_page"

    def write_back(self, corrected: CorrectedPages) -> Iterator[Splice]:
        """Change the letters, and say what they were and who changed them."""
        markup, changes, merged = corrected.markup, corrected.changes, corrected.merged
        for change in changes:
            if change.leaf.slot:
                yield markup.replace(change.leaf.slot, change.text)
        for line in merged:
            yield from _merge(markup, line)
        if corrected.options.originals:
            yield from _keep_originals(corrected)
        if changes or merged:
            yield from _processing(markup, corrected.options.stamp)


class _HocrReader:
    """Goes through the tags of a file; elements may overlap or stay open, as HTML allows."""

    def __init__(self, markup: Markup) -> None:
        self.pages: list[PageText] = []
        self._markup = markup
        self._open: list[tuple[str, str]] = []  # names and roles of elements
        self._names = defaultdict[str, int](int)
        self._paragraph: Paragraph | None = None
        self._line: TextLine | None = None
        self._line_tag: Tag | None = None
        self._line_original: str | None = None
        self._word: WordBox | None = None
        self._white = False  # white space was there since the last letter of the line
        self._by_letter = False  # letters have elements of their own, in this word or line
        self._letter: Tag | None = None  # the last tag, if it begins such an element
        self._rejected = 0  # how many elements are open that are not to be read

    def read(self) -> list[PageText]:
        done = 0
        for tag in self._markup.tags:
            if self._line is not None and done < tag.start and not self._rejected:
                self._letters(done, tag.start, whole=self._letter is not None and not tag.opens)
            self._letter = None
            if tag.opens:
                self._begin(tag)
            if tag.closes and self._names[tag.name]:
                self._end(tag)
            done = tag.end
        return [page for page in self.pages if page.paragraphs]

    def _begin(self, tag: Tag) -> None:
        role = ""
        values = self._markup.values(tag)
        if "class" in values:
            role = self._role(tag, values)
        self._open.append((tag.name, role))
        self._names[tag.name] += 1

    def _role(self, tag: Tag, values: dict[str, str]) -> str:
        classes = values["class"].split()
        if "ocrx_word" in classes and self._line is not None:
            box = _BBOX.search(values.get("title", ""))
            self._word = WordBox(tag, [], spaced=self._white, original=self._original(values))
            if box:
                self._word.left, top, self._word.right, bottom = map(float, box.groups())
                self._word.height = bottom - top
            self._line.words.append(self._word)
            self._white = self._by_letter = False
            return "word"
        if self._line is not None and not _LETTERS.isdisjoint(classes):
            self._by_letter, self._letter = True, tag
            title = values.get("title", "")
            return self._reject() if "x_confs" in title and "x_bboxes" not in title else ""
        if "alt" in classes and tag.name == "del":
            return self._reject()
        if not _LINES.isdisjoint(classes):
            self._begin_line(tag, values)
            return "line"
        if "ocr_page" in classes:
            self.pages.append(PageText())
            self._paragraph = self._line = None
        elif not _BLOCKS.isdisjoint(classes):
            self._paragraph = self._line = None
        else:
            return ""
        return "block"

    def _reject(self) -> str:
        self._rejected += 1
        return "rejected"

    def _begin_line(self, tag: Tag, values: dict[str, str]) -> None:
        if not self.pages:
            self.pages.append(PageText())
        if self._paragraph is None:
            self._paragraph = Paragraph([])
        box = _BBOX.search(values.get("title", ""))
        self._line = TextLine([], float(box[4]) - float(box[2]) if box else None)
        self._line_tag, self._line_original = tag, self._original(values)
        self._word, self._white, self._by_letter, self._rejected = None, False, False, 0

    def _end(self, tag: Tag) -> None:
        while True:
            opened, role = self._open.pop()
            self._names[opened] -= 1
            if role == "word" and self._word is not None:
                if not self._word.leaves:
                    end = self._word.tag.end
                    self._word.leaves.append(Leaf(Slot(end, end, ""), "", self._word.tag))
                has_child = self._markup.text.find("<", self._word.tag.end) != tag.start
                if self._word.original is None and not has_child:
                    self._word.end = tag.end
                self._word, self._by_letter = None, False
            elif role == "rejected":
                self._rejected = max(0, self._rejected - 1)
            elif role == "line":
                self._end_line()
            elif role == "block":
                self._paragraph = None
            if opened == tag.name:
                return

    def _end_line(self) -> None:
        if self._line is not None and self._line.words and self._paragraph is not None:
            if not self._paragraph.lines:
                self.pages[-1].paragraphs.append(self._paragraph)
            self._paragraph.lines.append(self._line)
        self._line = self._word = None

    def _letters(self, start: int, end: int, *, whole: bool) -> None:
        """Take up content of a line; `whole` if it is all that the element of a letter has."""
        raw = self._markup.text[start:end]
        inner = raw.strip(_WHITE)
        if not inner:
            self._white |= whole or not self._by_letter
            return
        trailing = False
        if len(inner) < len(raw):
            self._white |= raw[0] in _WHITE
            start += raw.index(inner)
            trailing = start + len(inner) < end
            if self._word is not None and self._markup.text[start + len(inner) : end] == " ":
                inner += " "  # of the word's own, as a correction writes it
        slot = Slot(start, start + len(inner), "")
        text = self._markup.read(slot)
        if not text:  # a comment
            self._white |= trailing
            return
        self._take(slot, text)
        self._white = trailing and not text.endswith(" ")

    def _take(self, slot: Slot, text: str) -> None:
        line, word = self._line, self._word
        assert line is not None
        assert self._line_tag is not None
        if word is None:
            leaf = Leaf(slot, text, self._line_tag)
            line.words.append(
                WordBox(self._line_tag, [leaf], spaced=self._white, original=self._line_original)
            )
            return
        if word.leaves and self._white:
            self._word = word = WordBox(word.tag, [], spaced=True, original=word.original)
            line.words.append(word)
        word.leaves.append(Leaf(slot, text, word.tag))

    def _original(self, values: dict[str, str]) -> str | None:
        return self._markup.value(values[ORIGINAL]) if ORIGINAL in values else None


def _keep_originals(corrected: CorrectedPages) -> Iterator[Splice]:
    """Keep what the elements said that change, a space before it if that is gone.

    If one has kept what it said before an earlier correction, only such a space is added to that.
    """
    markup = corrected.markup
    changed = {change.leaf.tag.start for change in corrected.changes}
    joined = {id(change.leaf) for change in corrected.changes if change.joined}
    texts: dict[Tag, str] = {}
    for word in (word for page in corrected.pages for line in page.lines for word in line.words):
        if word.tag.start not in changed:
            continue
        if word.tag in texts:
            texts[word.tag] += " " * (word.spaced is not False) + word.text
            continue
        space = " " * (id(word.leaves[0]) in joined)
        if word.original is None:
            texts[word.tag] = space + word.text
        elif space and word.original[:1] != space and (slot := markup.slot(word.tag, ORIGINAL)):
            yield Splice(slot.start, slot.start, space)
    for line in corrected.merged:
        for merged in line:
            if merged.text != merged.original:
                texts[merged.parts[0].tag] = merged.original
    for tag, text in texts.items():
        at = tag.end - 1 - markup.text.endswith("/>", tag.start, tag.end)
        value = markup.escape(text, "'")
        yield Splice(at, at, f" {ORIGINAL}='{value}'")


def _merge(markup: Markup, line: list[MergedWord]) -> Iterator[Splice]:
    """Give the first part of each word the letters and the box of all, and take the others away."""
    before: int | None = None
    for word in line:
        first, last = word.parts[0], word.parts[-1]
        assert last.end is not None
        if before is not None:
            between = markup.text[before : first.tag.start]
            if not word.spaced and not between.strip(_WHITE):
                yield Splice(before, first.tag.start, "")
            elif word.spaced and between == between.strip(_WHITE):  # only the boxes had a space
                yield Splice(first.tag.start, first.tag.start, " ")
        before = last.end
        if first is not last:
            end = markup.text.rindex("<", 0, last.end)
            yield Splice(first.tag.end, end, markup.escape(word.text))
            yield from _unite(markup, [part.tag for part in word.parts])
        elif word.text != word.original and (slot := first.leaves[0].slot):
            yield markup.replace(slot, word.text)


def _unite(markup: Markup, tags: list[Tag]) -> Iterator[Splice]:
    """Put the box around all, and the lowest confidence, into the first one's title."""
    slot = markup.slot(tags[0], "title")
    if slot is None:
        return
    titles = [markup.values(tag).get("title", "") for tag in tags]
    boxes = [box.groups() for title in titles if (box := _BBOX.search(title))]
    own = _BBOX.search(markup.text, slot.start, slot.end)
    if own and boxes:
        left, top, right, bottom = zip(*boxes, strict=True)
        numbers = min(left, key=float), min(top, key=float), max(right, key=float)
        yield Splice(*own.span(), f"bbox {' '.join(numbers)} {max(bottom, key=float)}")
    confidence = _CONFIDENCE.search(markup.text, slot.start, slot.end)
    if confidence:
        known = [found[1] for title in titles if (found := _CONFIDENCE.search(title))]
        yield Splice(*confidence.span(1), min(known, key=float))


def _processing(markup: Markup, stamp: str) -> Iterator[Splice]:
    """Say in the head that thaifix was there, behind the other metadata; without a head nowhere."""
    head = [tag for tag in markup.tags if tag.name == "head" and not tag.opens]
    metas = [tag for tag in markup.tags if tag.name == "meta" and tag.opens]
    if not head:
        return
    content = markup.escape(f"thaifix {__version__} {stamp}".strip(), "'")
    element = f"<meta name='ocr-processing' content='{content}' />"
    before = [tag for tag in metas if tag.end <= head[0].start]
    if not before:
        yield Splice(head[0].start, head[0].start, element)
        return
    line = markup.text.rfind("\n", 0, before[-1].start) + 1
    indent = markup.text[line : before[-1].start]
    at = before[-1].end
    yield Splice(at, at, element if indent.strip() else f"\n{indent}{element}")
