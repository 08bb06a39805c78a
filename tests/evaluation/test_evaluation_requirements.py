"""What an evaluation needs is an extra: all else works without it, and evaluating says so."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.errors import MissingExtraError, ThaifixError
from thaifix.evaluation import DocumentTexts, evaluate, html_report
from thaifix.evaluation.requirements import require

PACKAGES = ["jinja2", "pythainlp", "regex"]
PROJECT = Path(__file__).parents[2] / "pyproject.toml"
SPLIT_AM = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


def hide(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Make packages look as if they were not installed."""
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)


def thaifix(*arguments: str, hidden: list[str], text: str = "") -> tuple[int, str, str]:
    """Run the command where packages are not installed: its status, output and messages."""
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({hidden})); "
        "from thaifix.cli import main; main()"
    )
    command = [sys.executable, "-P", "-c", program, *arguments]
    run = subprocess.run(command, input=text.encode(), capture_output=True, check=False)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def test_evaluating_without_the_extra() -> None:
    """The message says what is missing and what to type, before a file is even looked for."""
    status, output, message = thaifix("evaluate", "no-such-file", "nor-this", hidden=PACKAGES)
    assert (status, output) == (ExitCode.INPUT, "")
    assert message == (
        "thaifix: Evaluation needs pythainlp and regex. Install: pip install 'thaifix[evaluate]'\n"
    )


@pytest.mark.parametrize("hidden", PACKAGES)
def test_one_package_is_missing(monkeypatch: pytest.MonkeyPatch, hidden: str) -> None:
    """It alone is named, and others are not asked for."""
    hide(monkeypatch, hidden)
    with pytest.raises(MissingExtraError, match=rf"^Evaluation needs {hidden}\. Install: pip"):
        require(*PACKAGES)
    require(*(package for package in PACKAGES if package != hidden))


def test_a_page_of_html_needs_jinja(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A table does not, and the report is refused before anything is written."""
    hide(monkeypatch, "jinja2")
    page = tmp_path / "a.txt"
    page.write_text("ก\n", encoding="utf-8")
    report = tmp_path / "report.html"
    arguments = ["evaluate", str(page), str(page), "--resamples", "2"]
    table = CliRunner().invoke(main, arguments)
    assert (table.exit_code, "CER" in table.stdout) == (ExitCode.OK, True)
    refused = CliRunner().invoke(main, [*arguments, "--html", str(report)])
    assert (refused.exit_code, refused.stdout, report.exists()) == (ExitCode.INPUT, "", False)
    assert "Evaluation needs jinja2. Install: pip install 'thaifix[evaluate]'" in refused.stderr


def test_correcting_and_corrupting_need_no_extra() -> None:
    status, output, _ = thaifix(hidden=PACKAGES, text=f"ส{SPLIT_AM}นักงาน\n")
    assert (status, output) == (ExitCode.OK, "สำนักงาน\n")
    clean = "สำนักงานเขตแจ้งว่าจะปิดทำการในวันพุธ\n" * 9
    status, output, _ = thaifix("corrupt", "--rate", "0.2", hidden=PACKAGES, text=clean)
    assert status == ExitCode.OK
    assert output not in ("", clean)


def test_the_library_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """No document is taken before; who catches ImportError catches it, too."""
    documents = iter([DocumentTexts("1", "ก", "ก")])
    with monkeypatch.context() as hidden:
        hide(hidden, "pythainlp")
        with pytest.raises(MissingExtraError, match="pythainlp"):
            evaluate(documents)
    evaluation = evaluate(documents, resamples=2)
    hide(monkeypatch, "jinja2")
    with pytest.raises(MissingExtraError, match=r"jinja2.*thaifix\[evaluate\]"):
        html_report.render(evaluation, title="")
    assert issubclass(MissingExtraError, ThaifixError)
    assert issubclass(MissingExtraError, ImportError)


def test_the_extra_holds_what_is_required() -> None:
    """And the installation of all who only correct does not."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    extra = [line.partition(">")[0] for line in project["optional-dependencies"]["evaluate"]]
    assert extra == PACKAGES
    always = {line.partition(">")[0] for line in project["dependencies"]}
    assert always.isdisjoint(PACKAGES)
