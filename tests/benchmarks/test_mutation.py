"""Mutants: what can be put where, which are drawn, and which tests are run for them."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from pathlib import Path

import pytest
from coverage import CoverageData

from benchmarks.mutants import changed, equivalent
from benchmarks.mutation import copies
from benchmarks.mutation.places import Mutant, Places
from benchmarks.mutation.record import Record
from benchmarks.mutation.sample import draw, shared
from benchmarks.mutation.statements import mutants
from benchmarks.mutation.trial import Workshop, finder, works


def made(source: str) -> set[tuple[str, str]]:
    """The kinds of faults, each with the changed line."""
    data = source.encode()
    found = [(mutant, changed(mutant, data)) for mutant in mutants("text/one.py", data)]
    return {(mutant.operator, " ".join(new)) for mutant, (_, new) in found}


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("f(ก < b)", {("boundary", "f(ก <= b)"), ("comparison negated", "f(ก >= b)")}),
        ("x = a not in b", {("comparison negated", "x = a in b")}),
        (
            "x = (a) is not (b)",
            {("comparison negated", "x = (a) is (b)")},
        ),
        (
            "x = (a or b) and c and d",
            {("and, or", "x = ((a or b) or c or d)"), ("and, or", "x = ((a and b)) and c and d")},
        ),
        ("x = not a", {("not removed", "x = (a)")}),
        ("x = y[i + 1]", {("arithmetic", "x = y[i - 1]"), ("number", "x = y[i + 2]")}),
        ("x = 0.4", {("number", "x = 0.8"), ("number", "x = 0.2")}),
        ("x = True", {("truth value", "x = False")}),
        ("x = 'ก'", {("text", "x = '\\u0e01X'")}),
        ("x = b'a'", {("text", "x = b'aX'")}),
        ("os.fsync(f)", {("statement removed", "pass")}),
        ("del a[b]", {("statement removed", "pass")}),
        ("a += b", {("statement removed", "pass"), ("arithmetic", "a -= b")}),
        ("a.b = c", {("statement removed", "pass")}),
        ("raise ValueError('it is not so')", {("raise removed", "pass")}),
        ("x = f(a, b)", {("arguments exchanged", "x = f(b, a)")}),
        ("x = f(a, b=c)", {("keyword dropped", "x = f(a)")}),
        ("x = f(b=c, d=e)", {("keyword dropped", "x = f(d=e)"), ("keyword dropped", "x = f(b=c)")}),
        ("x = html.escape(a)", {("call left out", "x = a")}),
        ("x = a.strip('b')", {("call left out", "x = a"), ("text", "x = a.strip('bX')")}),
        ("while a:\n    break", {("jump", "continue"), ("condition negated", "while not (a):")}),
        ("x = [a for a in b if a.c]", {("condition negated", "x = [a for a in b if not (a.c)]")}),
        ("def f(a=1):\n    return a", {("number", "def f(a=2):"), ("return", "return None")}),
        ("def f() -> bool:\n    return a", {("return", "return not (a)")}),
        ("try:\n    a\nexcept E:\n    b = c", {("error not handled", "raise")}),
        ("fail(ExitCode.MODEL, 'no model')", {("exit status", "fail(ExitCode.OK, 'no model')")}),
        ("match a:\n    case 1:\n        b", {("number", "case 2:")}),
        (
            "@click.option('--a', help='b')\ndef f(): b",
            {("text", "@click.option('--aX', help='b')")},
        ),
    ],
)
def test_faults_are_found(source: str, faults: set[tuple[str, str]]) -> None:
    assert faults <= made(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Docstring."""',
        "x: 'int'",
        "def f(a: Literal[1]) -> Literal['b']: ...",
        "if TYPE_CHECKING:\n    from a import b\n    c = 1",
        "__all__ = ['a']",
        "assert a is not None",
        "x = f'{a + 1}'",
        "x = cast('int', a)",
        "@dataclass(frozen=True)\nclass A: ...",
        "x = str | None",
    ],
)
def test_what_is_never_run_or_only_read_is_left_out(source: str) -> None:
    assert made(source) == set()


def test_a_message_is_no_place() -> None:
    """That an error is raised is tested; its words are read."""
    assert made("def f():\n    warn('a' + b)\n    raise E(f'{a}', 'b')") == {
        ("statement removed", "pass"),
        ("raise removed", "pass"),
    }


def test_all_that_is_found_can_be_compiled() -> None:
    """Of a file with all kinds of statements: the one that finds them."""
    source = Path(inspect.getfile(Places)).read_bytes()
    found = mutants("text/one.py", source)
    assert len(found) > 50
    assert all(works(mutant, source) for mutant in found)


@pytest.mark.parametrize(
    ("path", "source", "at_risk"),
    [
        ("text/one.py", "os.fsync(a)", True),
        ("text/one.py", "raise E", True),
        ("text/one.py", "x = html.escape(a)", True),
        ("text/one.py", "MOST = 3", True),
        ("text/one.py", "def f():\n    x = 3", False),
        ("text/one.py", "x = a < MOST", True),
        ("text/one.py", "x = a < b", False),
        ("text/one.py", "x = f(a, b=c)", False),
        ("text/one.py", "x = Options(profile=profile)", True),
        ("cli/one.py", "x = f(a, b=c)", True),
    ],
)
def test_risk(path: str, source: str, at_risk: bool) -> None:
    assert {mutant.at_risk for mutant in mutants(path, source.encode())} == {at_risk}


def test_lines_are_those_that_are_run_before_the_fault() -> None:
    """Of a default the whole function, whose calls take it; of a constant none."""
    source = b"A = 10\ndef f(b=20):\n if b:\n  return g(\n   30\n  )\n c = 40\n"
    found = {m.replacement: m.lines for m in mutants("text/one.py", source)}
    assert found[b"11"] == ()
    assert found[b"21"] == (3, 4, 5, 6, 7)
    assert found[b"31"] == (4, 5, 6)
    assert found[b"41"] == (7,)
    assert found[b"not (b)"] == (3,)


def test_equivalents_are_faults_of_the_sources_as_they_are() -> None:
    """One whose line has changed since must be judged anew."""
    sources = dict(copies.modules(copies.installed()))
    for path, old, new in equivalent():
        lines = " ".join(line.strip() for line in sources[path].decode().splitlines())
        assert old in lines, (path, old)
        assert old != new


def some(package: str, lines: int, operators: tuple[str, ...] = ("a", "b")) -> list[Mutant]:
    return [
        Mutant(f"{package}/one.py", line, operator, False, 0, 1, b"", (line,))
        for line in range(1, lines + 1)
        for operator in operators
    ]


def test_a_sample_is_the_same_with_the_same_seed() -> None:
    found = some("text", 50) + some("cli", 50)
    assert draw(found, 20, 7) == draw([*found], 20, 7) != draw(found, 20, 8)


def test_packages_are_drawn_by_their_lines_and_no_line_twice() -> None:
    drawn = draw(some("text", 30) + some("cli", 10, ("a",) * 50), 20, 1)
    assert Counter(mutant.package for mutant in drawn) == {"text": 15, "cli": 5}
    assert len({(mutant.path, mutant.line) for mutant in drawn}) == 20


def test_texts_are_drawn_seldom() -> None:
    drawn = draw(some("text", 1000, ("text", "number")), 1000, 1)
    assert 50 < sum(mutant.operator == "text" for mutant in drawn) < 150


@pytest.mark.parametrize(
    ("sizes", "number", "shares"),
    [
        ({"a": 1, "b": 1, "c": 1}, 2, {"a": 1, "b": 1, "c": 0}),
        ({"a": 7, "b": 2, "c": 1}, 5, {"a": 4, "b": 1, "c": 0}),
        ({"a": 2, "b": 1}, 9, {"a": 2, "b": 1}),
    ],
)
def test_shares(sizes: dict[str, int], number: int, shares: dict[str, int]) -> None:
    assert shared(sizes, number) == shares


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two tests of `text` and two of `cli`; one runs line 1, two line 2; all import line 3."""
    tests = {
        "tests/text/test_a.py::one": 3.0,
        "tests/text/test_a.py::two": 1.0,
        "tests/text/test_b.py::three": 0.5,
        "tests/cli/test_c.py::four": 0.1,
        "tests/cli/test_c.py::slow": 99.0,
        "tests/text/test_b.py::broken": 0.1,
    }
    failed = ["tests/text/test_b.py::broken"]
    noted = {"seconds": tests, "failed": failed}
    (tmp_path / "tests.json").write_text(json.dumps(noted), "utf-8")
    data = CoverageData(str(tmp_path / "coverage"))
    path = str(tmp_path / "copy" / "thaifix" / "text" / "one.py")
    lines = {test: {2} for test in (*list(tests)[2:5], *failed)} | {"": {3}}
    for test, run in (lines | {"tests/text/test_a.py::one": {1}}).items():
        data.set_context(test)
        data.add_lines({path: run})
    data.write()
    return Record(tmp_path)


@pytest.mark.parametrize(
    ("lines", "rounds"),
    [
        ((1,), [["a.py::one"], ["b.py::three", "a.py::two"]]),
        ((2,), [["b.py::three"], ["c.py::four"], ["a.py::two", "a.py::one"]]),
        ((3,), [["b.py::three", "a.py::one"], ["c.py::four"], ["a.py::two"]]),
        ((), [["b.py::three", "a.py::one"], ["c.py::four"], ["a.py::two"]]),
    ],
)
def test_rounds(record: Record, lines: tuple[int, ...], rounds: list[list[str]]) -> None:
    """The package's tests that run the line, then others that do, then the package's others.

    Quick ones come first; slow ones are left out, and so are those that fail anyway.
    """
    workshop = object.__new__(Workshop)
    workshop._record, workshop._slow = record, 10.0
    mutant = some("text", 1)[0]._replace(lines=lines)
    found = [[test.rpartition("_")[2] for test in tests] for tests in workshop.rounds(mutant)]
    assert found == rounds


@pytest.mark.parametrize(
    ("output", "test"),
    [
        ("..F\nFAILED tests/a.py::b[1] - assert 0\n1 failed in 2 s\n", "tests/a.py::b[1]"),
        ("FAILED ../../tests/a.py::b - assert 0\n", "tests/a.py::b"),
        ("ImportError while loading conftest\nNameError: x", "NameError: x"),
    ],
)
def test_what_found_a_mutant(output: str, test: str) -> None:
    assert finder(output) == test
