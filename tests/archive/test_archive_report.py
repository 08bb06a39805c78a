"""The report: what it counts, what it shows, and that nothing in it can act."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import WIDTHS, browse, cut_off, needs_chromium, screenshot

from thaifix.archive import report
from thaifix.archive.fixity import sha256_of
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.report import ReviewedFile, render, summarise
from thaifix.archive.rows import FileRow, RunRow, Status
from thaifix.errors import ArchiveError

NIKHAHIT, AA, AM = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AA}", "ำ"
RUN = RunRow(
    id=0,
    started="2026-01-02T03:04:05Z",
    finished=None,
    version="0.1.0",
    model_sha256="ab" * 32,
    corrector="0123456789abcdef",
    stamp="s",
    options={"profile": "strict", "field": None},
)


class Target:
    """A target whose files, logs and manifest are written by hand."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(str(folder / "out"))
        os.makedirs(self.places.records)
        self.manifest = Manifest(self.places.manifest, create=True)
        self.run(field=None)

    def run(self, **options: object) -> int:
        return self.manifest.begin(
            RunRow(**{**vars_of(RUN), "options": {**RUN.options, **options}})
        )

    def add(
        self,
        path: str,
        text: str | bytes = "",
        records: list[dict[str, Any]] | None = None,
        **columns: Any,
    ) -> None:
        """Add a copy with its log."""
        copy, log = Path(self.places.copy(path)), Path(self.places.log(path))
        data = text.encode() if isinstance(text, str) else text
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(data)
        lines = "".join(json.dumps(record) + "\n" for record in records or [])
        if lines:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(lines, "utf-8")
        row: dict[str, Any] = {
            "run": 1,
            "format": "text",
            "output_size": len(data),
            "edits": sum("flag" not in record for record in records or []),
            "flags": sum("flag" in record for record in records or []),
            "code_points": 1000,
            "invalid_bytes": 0,
            "log_sha256": sha256_of([lines.encode()]) if lines else None,
        }
        self.manifest.put([FileRow(path, f"/{path}", "done", **(row | columns))])


def vars_of(run: RunRow) -> dict[str, Any]:
    return {name: getattr(run, name) for name in run.__slots__}


def edit(
    at: int = 0, observed: str = "x", replacement: str = "y", confidence: float = 1.0, **more: Any
) -> dict[str, Any]:
    return {
        "file": "a",
        "line": 1,
        "source": [at, at + len(observed)],
        "observed": observed,
        "output": [at, at + len(replacement)],
        "replacement": replacement,
        "reason": "letters",
        "margin": None,
        "confidence": confidence,
        "entry": None,
        "model": "",
    } | more


def flag(
    name: str = "odd", observed: str = "๑๖.๙๙", note: str = "", line: int = 1
) -> dict[str, Any]:
    return {
        "file": "a",
        "line": line,
        "source": [0, len(observed)],
        "observed": observed,
        "flag": name,
        "note": note,
        "model": "",
    }


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    target = Target(tmp_path)
    with target.manifest:
        yield target


class Page(HTMLParser):
    """The text of a page, its tables, and what it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.acts: list[str] = []
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.titles: list[str] = []
        self.html = page
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)
        if tag in ("dt", "dd", "th", "td", "div", "p"):
            self.texts.append(" ")
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        self.acts += [name for name, _ in attrs if name in ("src", "href") or name[:2] == "on"]
        self.acts += [tag] if tag in ("script", "link", "img", "iframe", "b") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open and self.open[-1] == "title":
            self.titles.append(data)
        if {"td", "th"} & {*self.open}:
            self.rows[-1][-1] += data

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))

    def table(self, head: str) -> list[list[str]]:
        """The rows below a heading, by its first cell."""
        number = [row[:1] for row in self.rows].index([head])
        body = self.rows[number + 1 :]
        ends = [at for at, row in enumerate(body) if row[:1] in ([name] for name in HEADS)]
        return body[: ends[0]] if ends else body


HEADS = "run", "reason", "change", "file", "flag"


def shown(target: Target) -> Page:
    html = render(target.manifest, target.places)
    html.encode()
    return Page(html)


def test_changes_are_summed_up(target: Target) -> None:
    """By what stood there and what stands there now, over places and files."""
    target.add("a", "y 12y", [edit(0, confidence=0.5), edit(4, confidence=0.75, reason="terms")])
    target.add("b", "  y.z", [edit(2, line=3, confidence=1.0), edit(4, "x", "z")])
    summary = summarise(target.manifest, target.places)
    change = summary.changes["x", "y"]
    assert (change.observed, change.replacement) == ("x", "y")
    assert (change.count, change.files, change.confidence, change.mean) == (3, 2, 2.25, 0.75)
    assert change.reasons == {"letters": 2, "terms": 1}
    assert [(e.row.path, e.line, e.before, e.after) for e in change.examples] == [
        ("a", 1, "", " 12y"),
        ("b", 3, "  ", ".z"),
    ]
    assert (summary.changes["x", "z"].count, len(summary.changes)) == (1, 2)
    assert summary.reasons == {"letters": 3, "terms": 1}


def test_examples_are_of_different_files_and_few(target: Target) -> None:
    for name in "abcd":
        target.add(name, "y y", [edit(0), edit(2), flag(), flag()])
    summary = summarise(target.manifest, target.places)
    assert [example.row.path for example in summary.changes["x", "y"].examples] == ["a", "b", "c"]
    assert summary.changes["x", "y"].files == 4
    assert summary.flags == {"odd": 8}
    assert [(e.row.path, e.line, e.observed, e.note) for e in summary.flagged["odd"]] == [
        ("a", 1, "๑๖.๙๙", ""),
        ("a", 1, "๑๖.๙๙", ""),
        ("b", 1, "๑๖.๙๙", ""),
    ]


def test_the_histogram_has_all_edits(target: Target) -> None:
    """Each in the bin that its confidence lies in; full confidence in the last."""
    confidences = [0.0, 0.049, 0.05, 0.5, 0.949, 0.95, 0.999, 1.0]
    target.add("a", "", [edit(confidence=confidence) for confidence in confidences])
    bins = summarise(target.manifest, target.places).bins
    assert [(at, count) for at, count in enumerate(bins) if count] == [
        (0, 2),
        (1, 1),
        (10, 1),
        (18, 1),
        (19, 3),
    ]
    assert len(bins) == 20


def test_what_is_likely_wrong_in_a_file(target: Target) -> None:
    """What the confidences of its edits lack to 1; flags do not count there."""
    target.add("a", "", [edit(confidence=0.75), edit(confidence=0.5), flag()], code_points=500)
    target.add("b", "", code_points=0)
    first, second = summarise(target.manifest, target.places).files
    assert (first.doubt, first.density) == (0.75, 4.0)
    assert (second.doubt, second.density) == (0.0, 0.0)
    assert ReviewedFile(FileRow("c", "/c", "done", edits=3), 0.0).density == 3000.0


@pytest.mark.parametrize(
    "record",
    [
        *({k: v for k, v in edit().items() if k != name} for name in edit()),
        *({k: v for k, v in flag().items() if k != name} for name in flag() if name != "flag"),
        [],
        1,
    ],
    ids=str,
)
def test_a_log_that_lacks_something_is_refused(target: Target, record: Any) -> None:
    """What else is wrong, `verify` tells."""
    target.add("a\n", "", [edit()])
    Path(target.places.log("a\n")).write_text(json.dumps(record) + "\n", "utf-8")
    with pytest.raises(ArchiveError) as caught:
        render(target.manifest, target.places)
    assert str(caught.value) == (
        "a\\x0a: its log of edits is missing or damaged. See what else is: thaifix archive verify"
    )


def test_a_log_that_is_missing_or_no_log_is_refused(target: Target) -> None:
    target.add("a", "", [edit()])
    Path(target.places.log("a")).write_text("no json", "utf-8")
    with pytest.raises(ArchiveError, match="log of edits is missing or damaged"):
        render(target.manifest, target.places)
    os.unlink(target.places.log("a"))
    with pytest.raises(ArchiveError, match="log of edits is missing or damaged"):
        render(target.manifest, target.places)


def test_the_report_says_what_was_done(target: Target) -> None:
    """Totals, runs, reasons, and files without a copy."""
    target.add("a", "y", [edit(), edit(), flag()], code_points=1500, invalid_bytes=7)
    target.add("b", "y", code_points=500)
    target.manifest.put(
        [
            FileRow("c", "/c", "failed", "it is damaged"),
            FileRow("d", "/d", "skipped", "no text"),
            FileRow("e", "/e", "pending"),
        ]
    )
    target.manifest.finish(1)
    target.run()
    page = shown(target)
    assert page.open == []
    assert page.acts == []
    for told in (
        "files corrected 2 of these unchanged 1 skipped 1 failed 1 not yet done 1",
        "code points 2,000 edits 2 edits per 1,000 1.00 flags 1",
        "7 bytes are not UTF-8 and were passed through",
    ):
        assert told in page.text
    assert page.titles[0] == f"thaifix: {target.places.target}"
    assert "0.95 to 1.00: 2 edits" in page.titles
    (first, second) = page.table("run")
    assert first[:2] == ["1", RUN.started]
    assert first[3:] == ["0.1.0", "strict", "abababababababab", RUN.corrector]
    assert first[2] != "was interrupted"
    assert second[2] == "was interrupted"
    assert page.table("reason") == [["letters", "2", "100.00\N{NO-BREAK SPACE}%"]]
    assert page.table("flag") == [["odd", "1", "๑๖.๙๙ a:1"]]
    assert [row for row in page.rows if row[1:2] in (["failed"], ["skipped"])] == [
        ["c", "failed", "it is damaged"],
        ["d", "skipped", "no text"],
    ]


def test_an_empty_target_has_a_report(target: Target) -> None:
    page = shown(target)
    assert "files corrected 0" in page.text
    assert "edits per 1,000 0.00" in page.text
    assert "Flags None." in page.text
    assert "passed through" not in page.text
    assert "Files without a copy" not in page.text
    assert "Nothing was read: no run has found a file." in page.text


@pytest.mark.parametrize("status", ["skipped", "failed", "pending", "done"])
def test_a_target_without_copies_says_so(target: Target, status: Status) -> None:
    target.manifest.put([FileRow("a", "/a", status, "no text")])
    if status == "done":
        target.add("a")
    page = shown(target)
    assert ("No file has a corrected copy." in page.text) == (status != "done")
    assert "Nothing was read" not in page.text


def test_the_most_frequent_changes_come_first(target: Target) -> None:
    """And the first fifty of them."""
    for number in range(52):
        records = [
            edit(2 * at, f"x{number}", confidence=0.5, output=[2 * at, 2 * at + 1])
            for at in range(1 + number)
        ]
        target.add(f"{number:02}", "y " * (1 + number), records)
    table = shown(target).table("change")
    assert len(table) == 50
    assert [row[:5] for row in table[:2]] == [
        ["x51 → y", "52", "1", "0.50", "letters"],
        ["x50 → y", "51", "1", "0.50", "letters"],
    ]


def test_the_most_frequent_reason_of_a_change_is_shown(target: Target) -> None:
    target.add("a", "y y y", [edit(reason="terms"), edit(2), edit(4)])
    assert shown(target).table("change")[0][4] == "letters"


def test_files_where_review_pays_come_first(target: Target) -> None:
    """By edits that are likely wrong and flags; without files that have neither edit nor flag."""
    target.add("a", "y", [edit(confidence=1.0)])
    target.add("b", "y", [edit(confidence=0.25)])
    target.add("c", "y", [flag()])
    target.add("d", "y")
    assert shown(target).table("file") == [
        ["c", "0.0", "1", "0", "0.0"],
        ["b", "0.8", "0", "1", "1.0"],
        ["a", "0.0", "0", "1", "1.0"],
    ]


def test_the_first_files_where_review_pays_are_listed(target: Target) -> None:
    for number in range(52):
        target.add(f"{number:02}", "", [flag()])
    assert len(shown(target).table("file")) == 50


@pytest.mark.parametrize(
    ("text", "at", "before", "after"),
    [
        ("y", 0, "", ""),
        (f"{'ก' * 30}y{'ข' * 30}", 30, "ก" * 24, "ข" * 24),
        (f"{'ก' * 10}\nกy ข\n{'ข' * 10}", 12, "ก", " ข"),
        # No mark is shown without its letter: the letter of the mark 24 before is 25 before.
        (f"{'ก' * 9}ที่{'ก' * 22}y{'ข' * 23}ที่{'ข' * 9}", 34, "ก" * 22, "ข" * 23),
        (f"ที่{'ก' * 22}y{'ข' * 21}ที่", 25, "ก" * 22, f"{'ข' * 21}ที่"),
    ],
)
def test_what_stands_around_a_change_is_shown(
    target: Target, text: str, at: int, before: str, after: str
) -> None:
    """On its line, up to 24 code points to either side, in whole clusters."""
    assert text[at] == "y"
    target.add("a", text, [edit(at)])
    assert shown(target).table("change")[0][5] == f"{before}y{after} a:1"


@pytest.mark.parametrize("reason", ["long", "gone", "damaged"])
def test_a_copy_that_is_not_read_shows_nothing_around(
    target: Target, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """All else is in the log."""
    target.add("a", "กyข", [edit(1)], format="jsonl" if reason == "damaged" else "text")
    if reason == "gone":
        os.unlink(target.places.copy("a"))
    if reason == "long":
        monkeypatch.setattr(report, "_LONGEST_COPY", 6)  # it has seven bytes
    assert shown(target).table("change")[0][5] == "y a:1"
    if reason == "long":
        monkeypatch.setattr(report, "_LONGEST_COPY", 7)
        assert shown(target).table("change")[0][5] == "กyข a:1"


def test_examples_are_of_the_field_that_was_corrected(target: Target) -> None:
    """As the run was told that did it."""
    run = target.run(field="ocr")
    text = '{"text": "%s", "ocr": "กyข"}\n' % ("ก" * 99)
    target.add("a", text, [edit(1)], format="jsonl", run=run)
    assert shown(target).table("change")[0][5] == "กyข a:1"


def test_odd_letters_can_be_seen(target: Target) -> None:
    """Marks have a letter to stand on, spaces and nothing have a sign."""
    target.add(
        "a",
        f"{AM} 1",
        [edit(0, NIKHAHIT + AA, AM), edit(3, " ", "", output=[2, 2]), flag("f", "a  b", "note")],
    )
    page = shown(target)
    assert [row[0] for row in page.table("change")] == [
        f"\N{DOTTED CIRCLE}{NIKHAHIT}{AA} → \N{DOTTED CIRCLE}{AM} U+0E4D U+0E32 → U+0E33",
        "\N{OPEN BOX} → \N{EMPTY SET}",
    ]
    assert page.table("flag") == [["f", "1", "a\N{OPEN BOX}\N{OPEN BOX}b (note) a:1"]]


def test_a_change_stands_in_its_record(target: Target) -> None:
    """Not beside those before and after it; browsers draw a form feed as a box."""
    records = "".join(f'{{"text": "{text}"}}\n' for text in ["หนึ่ง", "กyข", "สอง"])
    target.add("a", records, [edit(7)], format="jsonl")
    page = shown(target)
    assert page.table("change")[0][5] == "กyข a:1"
    assert "\f" not in page.html


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f"])
def test_signs_that_browsers_draw_as_boxes_have_pictures(target: Target, sign: str) -> None:
    target.add("a", f"ก{sign}y{sign}ข", [edit(2)])
    picture = chr(0x2400 + ord(sign))
    assert shown(target).table("change")[0][5] == f"ก{picture}y{picture}ข a:1"


def test_long_flags_are_cut(target: Target) -> None:
    target.add("a", "", [flag(observed="ก" * 81)])
    assert shown(target).table("flag")[0][2] == f"{'ก' * 80} a:1"


def test_nothing_in_the_report_can_act(target: Target) -> None:
    """Whatever stands in paths, texts, notes and errors."""
    evil = "</td><script>alert(1)</script><b onclick='x'>\"&amp;"
    path = "box/" + evil.replace("/", "_") + os.fsdecode(b"\xff")
    target.add(path, f"{evil}y{evil}", [edit(len(evil), evil, reason=evil), flag(evil, evil, evil)])
    target.manifest.put([FileRow("c", "/c", "failed", evil)])
    page = shown(target)
    assert page.acts == []
    assert page.open == []
    assert evil in page.text
    assert path.replace("\udcff", "\\xff") in page.text


@needs_chromium
def test_the_report_opens_in_a_browser(target: Target, tmp_path: Path) -> None:
    """As it is: a page with its tables, in which nothing is missing."""
    target.add("a", f"ส{AM}คัญ", [edit(1, NIKHAHIT + AA, AM)])
    file = tmp_path / "report.html"
    file.write_text(render(target.manifest, target.places), "utf-8")
    dom = browse(file, "", "--dump-dom")
    assert f"<ins>ส{AM}คัญ</ins> " in dom
    assert dom.count("<table") == 4


@needs_chromium
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(target: Target, tmp_path: Path, width: int) -> None:
    """Tables of long words, reasons and paths fit into a telephone, and the page is drawn."""
    place, long = "เอกสาร/" * 20 + "a", "สำนักงานคณะกรรมการ" * 8
    target.add(place, long, [edit(1, NIKHAHIT + AA, AM, reason="join_nikhahit_aa"), flag()])
    target.manifest.put([FileRow("c" * 200, "/c", "failed", "no_such_word_" * 20)])
    file = tmp_path / "report.html"
    file.write_text(render(target.manifest, target.places), "utf-8")
    assert cut_off(file, width) == []
    assert len(screenshot(file, width, 1600)) > 20_000


@pytest.mark.parametrize(("size", "shown_around"), [(2_000_000, True), (2_000_001, False)])
def test_copies_of_two_million_bytes_are_read(
    target: Target, size: int, shown_around: bool
) -> None:
    """For what stands around a change; longer ones are not worth it."""
    target.add("a", "กyข", [edit(1)], output_size=size)
    assert shown(target).table("change")[0][5] == ("กyข a:1" if shown_around else "y a:1")
