"""The report of an evaluation."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.html_report import render
from thaifix.text.edit import Correction, Edit, apply

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REFERENCE = "กรมการปกครองแจ้งว่า\nปิดทำการ 😀 วันพุธ\nข้อ ก."
OBSERVED = "กรมการปกครงอแจ้งว่า\nปิดทําการ 😀 วันพูธ\nข้อ ก."


def texts(name: str = "หน้า 1") -> DocumentTexts:
    """A document of which one error is repaired, one missed, and one right letter damaged."""
    at = OBSERVED.index("พูธ") + 1
    edits = (
        Edit(at, at + 1, "ุ", 3.0, 0.9, "respell", None, "ู"),
        Edit(len(OBSERVED) - 2, len(OBSERVED) - 1, "ถ", 1.0, 0.4, "respell", None, "ก"),
    )
    corrected = apply(OBSERVED, edits)
    return DocumentTexts(
        name, REFERENCE, OBSERVED, (corrected,),
        (Correction(OBSERVED, corrected, edits, ()),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> str:
    return render(evaluate([texts(), texts("2</script>")], ["mine"]), title="A & B")


def data(page: str) -> dict[str, Any]:
    """What the viewer reads."""
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    decoded: dict[str, Any] = json.loads(found[1])
    return decoded


def test_nothing_outside_is_named(page: str) -> None:
    """It opens by double click, without a network."""
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|url\(|@import|https?:""", page)


@pytest.mark.parametrize("corrected", [(), ("",), ("ก",)])
@pytest.mark.parametrize("hypothesis", ["", "ก"])
def test_references_without_anything(hypothesis: str, corrected: tuple[str, ...]) -> None:
    """Rates of nothing are not drawn, and harm to nothing is no figure."""
    names = ["mine"] * len(corrected)
    page = render(evaluate([DocumentTexts("1", "", hypothesis, corrected)], names), title="empty")
    assert "No document has a reference with anything in it." in page
    assert "<circle" not in page
    assert not re.search(r"\b(inf|nan)\b", page.partition("<script")[0])


def test_a_bar_shows_how_bad_a_correction_is() -> None:
    """The axis goes as far as the highest bar, before or after."""
    page = render(
        evaluate([DocumentTexts("1", "ก" * 10, "ก" * 9, ("ข" * 5,))], ["mine"]), title="worse"
    )
    chart = page[page.index('aria-label="CER, default view"') :].partition("</svg>")[0]
    heights = [float(height) for height in re.findall(r'<rect .* height="([0-9.]+)"', chart)]
    assert heights == [18.0, 180.0]
    assert "100 %</text>" in chart


def test_texts_are_data_not_markup(page: str) -> None:
    """An id that looks like the end of a script ends nothing."""
    assert "2</script>" not in page
    assert "A &amp; B" in page
    assert [d["id"] for d in data(page)["documents"]] == ["หน้า 1", "2</script>"]


def test_spans_are_counted_as_scripts_count(page: str) -> None:
    """The emoji before the missed error is two units of UTF-16."""
    document = data(page)["documents"][0]
    outcomes = data(page)["outcomes"]
    reference = document["reference"].encode("utf-16-le")
    shown = {
        outcomes[outcome]: reference[2 * start : 2 * end].decode("utf-16-le")
        for outcome, start, end, *_ in document["regions"][0]
        if start < end
    }
    assert shown["repaired"] == "ุ"
    assert shown["damaged"] == "ก"


def test_figures(page: str) -> None:
    """Each figure stands in the page as it stands in the evaluation."""
    evaluation = evaluate([texts(), texts("2</script>")], ["mine"])
    cer = evaluation.hypothesis.rates.cer
    assert f'title="{cer.errors:,} / {cer.total:,}">{100 * cer.rate:.2f} %<' in page
    assert f"{10_000 * evaluation.systems[0].harm.rate:.2f}" in page
    assert re.search(r"<polyline[^>]* points=\"[\d., ]+\"", page)


def test_marks_stand_on_something(page: str) -> None:
    assert '<td>◌ู</td><td class="text">◌ุ</td><td>1→1</td>' in page


def test_hypotheses_alone() -> None:
    """Without a corrected text there are errors only."""
    alone = DocumentTexts("p", REFERENCE, OBSERVED)
    page = render(evaluate([alone, DocumentTexts("empty", "", "ก")]), title="raw")
    assert "outcomes" not in re.findall(r'<table id="(.*?)"', page)
    regions = data(page)["documents"][0]["regions"][0]
    assert {region[0] for region in regions} == {1}  # all missed


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, page: str) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(page, encoding="utf-8")
    return file


def browse(file: Path, fragment: str, *options: str) -> str:
    """Open a page in Chromium and give its document when the scripts are done."""
    assert CHROMIUM
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--virtual-time-budget=5000",
        f"--user-data-dir={file.parent / 'profile'}", *options, f"{file.as_uri()}{fragment}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout.decode()


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (Debian: chromium)")
class TestInABrowser:
    def test_all_lines_are_shown(self, file: Path) -> None:
        shown = browse(file, "", "--dump-dom")
        assert '<p id="shown" role="status">lines: 6</p>' in shown
        assert '<mark class="damaged" title="damaged: read ก, meant ก, is ถ">ถ</mark>' in shown

    def test_the_address_keeps_the_filter(self, file: Path) -> None:
        """Lines with damage in the second document: one, whose other letters are as they were."""
        shown = browse(file, "#texts?document=1&outcome=damaged", "--dump-dom")
        assert '<p id="shown" role="status">lines: 1</p>' in shown
        lines = shown[shown.index('<div id="lines"') : shown.index('<button id="more"')]
        words = unescape(re.sub("<[^>]*>", "", lines))
        assert words.rstrip().endswith("2</script>:3ข้อ ก.ข้อ ก.ข้อ ถ.")

    def test_a_confusion_is_found(self, file: Path) -> None:
        shown = browse(file, "#texts?text=ู→ุ", "--dump-dom")
        assert '<p id="shown" role="status">lines: 2</p>' in shown

    def test_screenshot(self, file: Path) -> None:
        """The page is drawn: not one colour, and as large as the window."""
        picture = file.with_name("report.png")
        browse(file, "", f"--screenshot={picture}", "--window-size=1200,2000")
        head = picture.read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1200, 2000)
        assert picture.stat().st_size > 20_000  # of one colour it has less than 10,000
