"""Files, options, programs, reasons and names of Python that the documents name exist."""

from __future__ import annotations

import importlib
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from documents import DOCUMENTS, ROOT, blocks, read, spans, table
from test_docs_commands import OPTIONS

from thaifix import Corrector, Options
from thaifix.correct import flags
from thaifix.formats import SKIPPED
from thaifix.text import normalize

README = Path("README.md")
TODAY = [path for path in DOCUMENTS if path.name != "CHANGELOG.md"]  # which names what was
CASES = ROOT / "tests" / "cases"
OF_OCRMYPDF = (
    "--deskew", "--output-type", "--pdf-renderer", "--plugin", "--rotate-pages", "--sidecar",
    "--thaifix-profile", "--thaifix-lexicon",
)  # fmt: skip
ELSEWHERE = {"--psm": "Tesseract", "--strict": "mypy", **dict.fromkeys(OF_OCRMYPDF, "OCRmyPDF")}
SCRIPTS = "\n".join(
    path.read_text("utf-8")
    for folder in ("benchmarks", "corpora", ".ci")
    for path in sorted((ROOT / folder).rglob("*.py"))
)


@pytest.mark.parametrize("document", TODAY, ids=str)
def test_options_exist(document: Path) -> None:
    """Options of commands, of the scripts here, or of the programs named above."""
    known = set().union(*OPTIONS.values(), ELSEWHERE)
    found = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", read(document)))
    assert {name for name in found - known if f'"{name}"' not in SCRIPTS} == set()


@pytest.mark.parametrize("document", TODAY, ids=str)
def test_files_exist(document: Path) -> None:
    folders = r"(?:thaifix|docs|corpora|benchmarks|tests|lexicons|\.ci)"
    found = re.findall(rf"(?<![\w/.\"'-]){folders}/[\w./*+-]*", read(document))
    assert [path for path in found if not [*ROOT.glob(path.rstrip("./"))]] == []


@pytest.mark.parametrize("document", TODAY, ids=str)
def test_names_of_python_exist(document: Path) -> None:
    named = [re.match(r"thaifix(\.[A-Za-z_]\w*)+", span) for span in spans(document)]
    assert [name[0] for name in named if name and not resolves(name[0])] == []


def resolves(dotted: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name, None)
        return found is not None
    return False


def test_targets_of_make_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    code = [line for path in DOCUMENTS for block in blocks(path) for line in block.lines]
    code += [span for path in DOCUMENTS for span in spans(path)]
    named = {found[1] for line in code if (found := re.match(r"make ([a-z-]+)", line))}
    assert {"demo", "test", "lint", "bench"} <= named <= targets


def test_extras_exist() -> None:
    """What `pip install 'thaifix[…]'` names."""
    made = re.findall(r"^([a-z]+) = \[", (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    for document in DOCUMENTS:
        assert set(re.findall(r"thaifix\[([a-z]+)\]", read(document))) <= {*made}


# Reasons. What can be seen from outside is what the code has: a text for each.

TEXTS: list[tuple[str, dict[str, Any]]] = [
    *((case["text"], {}) for case in json.loads((CASES / "facts.json").read_text("utf-8"))),
    *((case["text"], {}) for case in json.loads((CASES / "flags.json").read_text("utf-8"))),
    *((case["text"], {}) for case in json.loads((CASES / "numbers.json").read_text("utf-8"))),
    *((case["observed"], {}) for case in json.loads((CASES / "normalize.json").read_text("utf-8"))),
    ((ROOT / "corpora/nhrct-memo/observed.txt").read_text("utf-8"), {}),
    *(
        (json.loads(line)["ocr"], {})
        for line in (ROOT / "tests/data/pages.jsonl").read_text("utf-8").splitlines()
        if "ผูก นางสาวจารุ" in line  # where a sign is taken away
    ),
    ("ผู้ว่าราชการจัง หวัด", {"options": Options("bold", threshold=0.3)}),
    *((case["text"], {}) for case in json.loads((CASES / "broken.json").read_text("utf-8"))),
    ("เมือวันที ๕ นางสาวกมลวรรญ ศรึสุวรรณ แจ้งเพิมเติมต่อเจ้าหน้าที\n", {}),
    ("เมือวันที ๕ ได้ชีแจงเพิมเติมต่อเจ้าหน้าที\nตาม บ.วิ.อ. มาตรา 12 ศาลสั่ง\n", {}),
    ("บรรดาราษฎรทังหลายทังปวง แลให้เปนการสืบไป", {}),
    (
        "ตามที่กรมชลประทานใหญ่แจ้ง",
        {"lexicons": [["กรม ชลประทานใหญ่"]], "options": Options(threshold=0.3)},
    ),
    ("เมือวันที ๕ นางสาวกมลวรรญ ศรึสุวรรณ แจ้งเพิมเติมต่อเจ้าหน้าที        .        ;\n", {}),
    ("ผู้อำนวยการสำนักสิทธิมนุษยชนระหว่างประเทศ", {"options": Options(threshold=0.0)}),
    (
        "พล.ต.อ.วิชัย แก้วมโนรมย์ เป็นประธาน\nนายวิชัย แก้วมโนรมซ์ กล่าว\n"
        "นายวิชัย แก้วมโนรมย์ ตอบ\nนายวิชัย แก้วมโนรมย์ กล่าวต่อ\n",
        {},
    ),
]


@pytest.fixture(scope="module")
def seen(corrector: Corrector) -> tuple[set[str], set[str]]:
    """The reasons of edits and of flags in all these texts."""
    edits, flagged = set(), {SKIPPED}
    for text, settings in TEXTS:
        found = (Corrector(**settings) if settings else corrector).correct(text)
        edits |= {edit.reason for edit in found.edits}
        flagged |= {flag.reason for flag in found.flags}
    return edits, flagged


def named(head: str) -> list[str]:
    """The code spans in the first column of a table of the README."""
    cells = [row[0] for row in table(README, head)]
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_reasons_of_edits(seen: tuple[set[str], set[str]]) -> None:
    """The README has all of them, and of the rules' names two that exist."""
    rules = {rule.__name__ for rule in normalize.RULES}
    in_readme = {*named("reason of an edit")}
    assert in_readme - rules == seen[0] - rules
    assert len(in_readme & rules) == 2
    assert rules <= seen[0]


def test_reasons_of_flags(seen: tuple[set[str], set[str]]) -> None:
    in_readme = named("reason")
    assert sorted(in_readme) == sorted(seen[1])
    assert {rule.__name__ for rule in flags.RULES} <= set(in_readme)


def shown(head: str) -> list[tuple[set[str], str, bool]]:
    """The texts in the last column of a table of the README: reasons, text, whether it has one.

    What stands behind "not" has none of the reasons of its row. Options, files and names are no
    texts.
    """
    found = []
    for first, last in table(README, head):
        reasons = {*re.findall(r"`(\w+)`", first)}
        for negated, text in re.findall(r"(\bnot )?`([^`]+)`", last):
            if not re.fullmatch(r"[a-z_./-]+", text):
                found.append((reasons, text, not negated))
    return found


def text_alone(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("reasons", "text", "has"), shown("reason"), ids=text_alone)
def test_what_is_shown_as_flagged_is(
    profiles: dict[str, Corrector], reasons: set[str], text: str, has: bool
) -> None:
    """In every profile, and not corrected in any."""
    for corrector in profiles.values():
        correction = corrector.correct(text)
        assert bool(reasons & {flag.reason for flag in correction.flags}) == has
        assert not (has and correction.edits)


@pytest.mark.parametrize(("reasons", "text", "has"), shown("reason of an edit"), ids=text_alone)
def test_what_is_shown_as_corrected_is(
    profiles: dict[str, Corrector], reasons: set[str], text: str, has: bool
) -> None:
    """For one of the reasons of its row."""
    for corrector in profiles.values():
        found = {edit.reason for edit in corrector.correct(text).edits}
        assert (bool(found) and found <= reasons) == has


def test_what_is_shown_as_corrected_instead_is(corrector: Corrector) -> None:
    """Where the README says that a text is not flagged since it is corrected."""
    instead = re.findall(r"not `([^`]+)`, which is corrected", read(README))
    assert instead
    for text in instead:
        assert corrector.correct(text).edits


def test_most_reasons_of_flags_have_a_text() -> None:
    """A reader sees what is meant; the others need a document, or are said in words."""
    with_text = set().union(*(reasons for reasons, _, has in shown("reason") if has))
    assert len(with_text) > len({*named("reason")}) / 2


def test_what_is_a_flag_in_strict() -> None:
    """The rows of the table of reasons from the one that the README names, and no other."""
    rows = [re.findall(r"`(\w+)`", row[0]) for row in table(README, "reason of an edit")]
    (named_row,) = re.findall(r"profile `strict` the rows from `(\w+)` on are flags", read(README))
    first = rows.index([named_row])
    doubtful = {name for row in rows[first:] for name in row}
    strict = Corrector(profile="strict")
    edits, flagged = set(), set()
    for text, settings in TEXTS:
        if not settings:
            found = strict.correct(text)
            edits |= {edit.reason for edit in found.edits}
            flagged |= {flag.reason for flag in found.flags}
    assert doubtful <= flagged
    assert not doubtful & edits
    always = {*named("reason")}  # `foreign_letter` is in both tables
    assert not {name for row in rows[:first] for name in row} & (flagged - always)


def test_switches_have_one_name() -> None:
    """For the field, for the flag, and in the README."""
    values = {"profile", "threshold", "orthography", "engine"}
    switches = {field.name for field in fields(Options)} - values
    assert {f"--no-{name}" for name in switches} <= OPTIONS["thaifix"]
    (call,) = [span for span in spans(README) if span.startswith("Options(")]
    assert set(re.findall(r"(\w+)=False", call)) == switches
    assert switches == {"lexicons", "memory", "adapt", "numbers"}
    assert {f"--{name}" for name in values} <= OPTIONS["thaifix"]


def test_the_memo_is_repaired_as_the_readme_shows() -> None:
    """Each row: that was read, this is written more often than it was read, for that reason."""
    observed = (ROOT / "corpora/nhrct-memo/observed.txt").read_text("utf-8")
    correction = Corrector().correct(observed)
    reasons = {edit.reason for edit in correction.edits}
    for read_, written, why in table(README, "the engine read"):
        for span in re.findall("`([^`]+)`", read_):
            assert all(part.strip("() ") in observed for part in span.split("…")), span
        (span,) = re.findall("`([^`]+)`", written)
        part = max(span.split("…"), key=len).strip("() ")
        assert correction.text.count(part) > observed.count(part), part
        assert set(re.findall("`(\\w+)`", why)) <= reasons
