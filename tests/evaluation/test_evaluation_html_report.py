"""The report of an evaluation."""

import json
import re
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser import WIDTHS, browse, cut_off, needs_chromium, screenshot
from worked_example import evaluation

from thaifix.evaluation import DocumentTexts, evaluate
from thaifix.evaluation.html_report import render
from thaifix.evaluation.metrics import ErrorRate, Rates
from thaifix.evaluation.significance import Estimate
from thaifix.html import render as pages
from thaifix.text.edit import Correction, Edit, apply

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
    assert (
        f'title="{cer.errors:,} / {cer.total:,}">{100 * cer.rate:.2f}\N{NO-BREAK SPACE}%<' in page
    )
    assert f"<td>{evaluation.systems[0].damage.per_10_000:.2f}</td>" in page
    assert re.search(r"<polyline[^>]* points=\"[\d., ]+\"", page)


def test_marks_stand_on_something(page: str) -> None:
    assert '<td>◌ู</td><td class="text">◌ุ</td><td>1→1</td>' in page


def test_confusions_that_look_alike_are_told_apart() -> None:
    """By their code points."""
    text = DocumentTexts("1", "\u0e41ละ", "\u0e40\u0e40ละ")
    page = render(evaluate([text], resamples=2), title="")
    assert "แ <code>U+0E40 U+0E40 → U+0E41</code></td>" in page


def test_hypotheses_alone() -> None:
    """Without a corrected text there are errors only."""
    alone = DocumentTexts("p", REFERENCE, OBSERVED)
    page = render(evaluate([alone, DocumentTexts("empty", "", "ก")]), title="raw")
    assert "outcomes" not in re.findall(r'<table id="(.*?)"', page)
    regions = data(page)["documents"][0]["regions"][0]
    assert {region[0] for region in regions} == {1}  # all missed


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the template is given of the worked example."""
    values: dict[str, Any] = {}

    def keep(template: str, filters: dict[str, Any], **given: Any) -> str:
        values.update(given | filters | {"template": template})
        return ""

    monkeypatch.setattr(pages, "render", keep)
    render(evaluation(monkeypatch), title="A & B")
    return values


def test_tables_of_the_worked_example(shown: dict[str, Any]) -> None:
    """Columns are the hypothesis and both systems; rows come as they are most frequent."""
    assert shown["classes"] == [("consonant", [2, 2, 1]), ("latin", [0, 0, 1])]
    assert shown["confusions"] == [
        ("X", "ม", [1, 0, 1]),
        ("Y", "จ", [1, 1, 0]),
        ("x", "", [0, 0, 1]),
        ("ด", "ม", [0, 1, 0]),
    ]
    assert shown["rare"] == 0
    ((kind, counts),) = shown["entities"]
    assert (kind, [found.read for found in counts]) == ("province", [1, 1, 0])


def test_charts_of_the_worked_example(shown: dict[str, Any]) -> None:
    """Documents by the rate of the hypothesis, the worst first, with that of the first system."""
    assert shown["by_document"] == [("p1", 2 / 12, 1 / 12), ("p2", 0, 1 / 4)]
    assert shown["before_after"] == [(2 / 12, 1 / 12, "p1"), (0, 1 / 4, "p2")]
    ((name, curve),) = shown["curves"]
    assert (name, [point.applied for point in curve]) == ("one", [2, 1])
    assert [shown["axis"](share) for share in (0, 0.25, 1, 0.0123456)] == [
        *("0 %", "25 %", "100 %", "1.23 %")
    ]  # fmt: skip


def test_what_the_page_says_of_itself(shown: dict[str, Any]) -> None:
    assert (shown["template"], shown["title"]) == ("evaluation.html", "A & B")
    assert shown["segmenter"] == "newmm of PyThaiNLP 1.2.3"
    assert (shown["unit"], shown["resamples"], shown["seed"]) == ("documents", 8, 1)
    assert shown["confidence"] == 0.95
    assert [key for _, key in shown["measures"]] == [field.name for field in fields(Rates)]
    assert shown["outcomes"] == ("repaired", "missed", "wrong", "damaged")
    assert [system.name for system in shown["systems"]] == ["one", "two"]


def test_texts_of_the_worked_example(shown: dict[str, Any]) -> None:
    """All texts of each page, and for each system the regions: outcome, spans in three texts."""
    one, two = shown["data"]["documents"]
    assert shown["data"]["systems"] == ["one", "two"]
    assert one["texts"] == ["กXนค งY\nน่าน", "กมนค งY\nน่าน", "กXนค งจ\nน่xาน"]
    assert one["regions"] == [
        [[0, 1, 2, 1, 2, 1, 2], [1, 6, 7, 6, 7, 6, 7]],
        [[1, 1, 2, 1, 2, 1, 2], [0, 6, 7, 6, 7, 6, 7], [3, 10, 10, 10, 10, 10, 11]],
    ]
    assert two["regions"] == [[[3, 2, 3, 2, 3, 2, 3]], []]


def test_spans_behind_large_code_points_are_shifted() -> None:
    """Of each of the three texts by its own."""
    texts = DocumentTexts("1", "😀กข", "กX", ("😀😀กY",))
    document = data(render(evaluate([texts], ["mine"], resamples=2), title=""))["documents"][0]
    assert document["regions"] == [[[2, 0, 2, 0, 0, 0, 4], [2, 3, 4, 1, 2, 5, 6]]]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("", "∅"),
        (" ", "␣"),
        (" \n", "␣⏎"),
        ("\t", "␣"),
        ("ก ", "ก␣"),
        ("ก\n", "U+0E01 U+000A"),
        ("\x07", "U+0007"),
        ("ก\u200b", "U+0E01 U+200B"),
        ("\u0e48", "◌\u0e48"),
        ("\u0301", "◌\u0301"),
        ("ก\u0e48", "ก\u0e48"),
        ("\u0e33", "\u25cc\u0e33"),
    ],
)
def test_what_cannot_be_seen_is_shown_by_signs(
    shown: dict[str, Any], text: str, visible: str
) -> None:
    assert shown["visible"](text) == visible


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(0.125, 0.1, 0.25), "12.50\N{NO-BREAK SPACE}% (10.00 to 25.00)"),
        (Estimate(0.125, None, None), "12.50\N{NO-BREAK SPACE}%"),
        (Estimate(0.125, 0.1, None), "12.50\N{NO-BREAK SPACE}%"),
        (Estimate(None, None, None), "–"),
    ],
)
def test_intervals_in_the_page(shown: dict[str, Any], estimate: Estimate, text: str) -> None:
    assert shown["interval"](estimate) == text


def test_reductions_in_the_page(shown: dict[str, Any]) -> None:
    """Of no errors there is none."""
    reduced = shown["reduced"]
    assert reduced(ErrorRate(4, 10), ErrorRate(1, 10)) == 3 / 4
    assert reduced(ErrorRate(4, 10), ErrorRate(5, 10)) == -1 / 4
    assert reduced(ErrorRate(0, 10), ErrorRate(1, 10)) is None


def test_two_hundred_confusions_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the column in which they are most frequent; how many are left out is said."""
    letters = [chr(0x4E00 + i) for i in range(203)]
    reference = "".join(f"ก{letter}" for letter in letters) + f"ก{letters[202]}"
    hypothesis = "".join("กx" for _ in range(204))
    values: dict[str, Any] = {}
    monkeypatch.setattr(pages, "render", lambda *args, **given: values.update(given) or "")
    texts = DocumentTexts("1", reference, reference, (hypothesis,))
    render(evaluate([texts], ["mine"], resamples=2), title="")
    assert len(values["confusions"]) == 200
    assert values["confusions"][0] == ("x", letters[202], [0, 2])
    assert values["rare"] == 3


def test_types_of_terms_that_all_have_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are wanted most first."""
    values: dict[str, Any] = {}
    monkeypatch.setattr(pages, "render", lambda *args, **given: values.update(given) or "")
    province, agency = "น่าน", "กรมอุตุนิยมวิทยา"
    texts = DocumentTexts("1", f"{agency} {province} {province}", "", (agency,))
    render(evaluate([texts], ["mine"], resamples=2), title="")
    assert [kind for kind, _ in values["entities"]][:1] == ["province"]
    texts = DocumentTexts("1", "ก", province, ("ก",))
    render(evaluate([texts], ["mine"], resamples=2), title="")
    assert values["entities"] == []


def test_documents_without_a_reference_are_in_no_chart(monkeypatch: pytest.MonkeyPatch) -> None:
    values: dict[str, Any] = {}
    monkeypatch.setattr(pages, "render", lambda *args, **given: values.update(given) or "")
    texts = [
        DocumentTexts("1", "", "ก"),
        DocumentTexts("2", "กข", "ก"),
        DocumentTexts("3", "ก", ""),
    ]
    render(evaluate(texts, resamples=2), title="")
    assert values["by_document"] == [("3", 1, None), ("2", 1 / 2, None)]
    assert (values["before_after"], values["curves"]) == ([], [])
    assert values["outcomes"] == ("missed",)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, page: str) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(page, encoding="utf-8")
    return file


@needs_chromium
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

    def test_signs_that_browsers_draw_as_boxes_have_pictures(self, file: Path) -> None:
        """Where texts agree, where they do not, and in what a pointer shows."""
        text = DocumentTexts("1", "ก\x07ข", "ก\x07ข\0\x08")
        other = file.with_name("pages.html")
        other.write_text(render(evaluate([text], resamples=2), title=""), "utf-8")
        shown = browse(other, "", "--dump-dom")
        lines = shown[shown.index('<div id="lines"') : shown.index('<button id="more"')]
        assert "ก␇ข" in lines
        assert 'title="read ␀␈, meant ∅">␀␈</mark>' in lines

    @pytest.mark.parametrize("width", WIDTHS)
    def test_screenshot(self, file: Path, width: int) -> None:
        """The page is drawn: not one colour, and as large as the window."""
        picture = screenshot(file, width, 2000)
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (width, 2000)
        assert len(picture) > 20_000  # of one colour it has less than 10,000

    @pytest.mark.parametrize("width", WIDTHS)
    def test_nothing_is_cut_off(self, file: Path, width: int) -> None:
        """Tables, legends and charts fit into the window, or scroll within it."""
        assert cut_off(file, width) == []

    def test_what_is_cut_off_is_found(self, file: Path) -> None:
        wide = file.with_name("wide.html")
        wide.write_text("<body><p style='width: 500px'>a<p>b</html>", "utf-8")
        assert len(cut_off(wide, 390)) == 2  # the page and the first paragraph


def test_no_caret_takes_the_mark_behind_it(page: str) -> None:
    """Where a letter is lost a caret is drawn, not written: a mark would stand on it."""
    assert "mark.empty { border-left:" in page
    assert "\\2038" not in page
