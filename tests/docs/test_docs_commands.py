"""Every command, option and exit status is documented.

.venv/bin/python tests/docs/test_docs_commands.py    # writes docs/commands.md anew
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
from documents import DOCUMENTS, ROOT, read, spans

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.options import ChosenCorrector

PAGE = ROOT / "docs" / "commands.md"
UNNAMED = ("correct", "run")  # commands that go without their name
CHOSEN = set(ChosenCorrector.__annotations__)


def commands(command: click.Command = main, name: str = "thaifix") -> Iterator[click.Context]:
    """All commands, each in a context that has its full name."""
    context = click.Context(command, info_name=name)
    if not isinstance(command, click.Group):
        yield context
        return
    for child in command.list_commands(context):
        found = command.get_command(context, child)
        assert found
        yield from commands(found, name if child in UNNAMED else f"{name} {child}")


CONTEXTS = dict(sorted((str(c.info_name), c) for c in commands()))
OPTIONS = {
    name: {option for p in context.command.get_params(context) for option in p.opts}
    for name, context in CONTEXTS.items()
}


def page() -> str:
    """What `docs/commands.md` should be."""
    parts = [
        "# Commands\n\nAll commands and their options; `--help` says more. A file that has the name"
        " of a command is\ngiven as `./revert`. This page is written by\n"
        "`.venv/bin/python tests/docs/test_docs_commands.py`.\n"
    ]
    for name, context in CONTEXTS.items():
        command = context.command
        arguments = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "").strip()
        summary = " ".join((command.help or "").split("\n\n")[0].split())
        parts.append(f"\n## {name} {arguments}".rstrip() + f"\n\n{summary}\n")
        options = [p for p in command.params if isinstance(p, click.Option)]
        corrects = {p.name for p in options} >= CHOSEN
        parts.append(_table(p for p in options if not (corrects and p.name in CHOSEN)))
        if corrects:
            parts.append("\nAlso the options that choose a corrector, see below.\n")
    choosing = (p for p in CONTEXTS["thaifix"].command.params if p.name in CHOSEN)
    parts.append("\n## Options that choose a corrector\n" + _table(choosing))
    statuses = "".join(f"| {int(code)} | {code.meaning} |\n" for code in ExitCode)
    parts.append(f"\n## Exit statuses\n\n| status | meaning |\n| --- | --- |\n{statuses}")
    return "".join(parts)


def _table(options: Iterable[click.Parameter]) -> str:
    rows = [f"| `{_usage(p)}` | {_meaning(p)} |\n" for p in options if isinstance(p, click.Option)]
    return "\n| option | what it does |\n| --- | --- |\n" + "".join(rows) if rows else ""


def _usage(option: click.Option) -> str:
    name = option.opts[0]
    if option.is_flag:
        return name
    if isinstance(option.type, click.Choice):
        return f"{name} {'/'.join(option.type.choices)}"
    return f"{name} {option.metavar or option.type.name.split()[0].upper()}"


def _meaning(option: click.Option) -> str:
    said = option.help or ""
    if option.required:
        return f"{said} Required."
    if isinstance(option.show_default, str):
        return f"{said} Default: {option.show_default}."
    if option.show_default:
        return f"{said} Default: `{option.default}`."
    return said


def test_the_page_of_commands_is_what_the_commands_say() -> None:
    """If not, write it anew, see above."""
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("name", CONTEXTS)
def test_every_command_and_option_has_help(name: str) -> None:
    command = CONTEXTS[name].command
    assert command.help
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, option.name


@pytest.mark.parametrize("name", CONTEXTS)
def test_every_command_stands_in_a_document_that_a_person_wrote(name: str) -> None:
    """Not only in the page of all."""
    assert name in "\n".join(read(path) for path in DOCUMENTS if path.name != PAGE.name)


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_options_that_documents_give_to_a_command_are_its_own(document: Path) -> None:
    for span in spans(document):
        words = span.split()
        if words[0] != "thaifix" or "NAME" in words:
            continue
        fits = [name for name in CONTEXTS if words[: name.count(" ") + 1] == name.split()]
        given = {word for word in words if word.startswith("--")}
        assert given <= OPTIONS[max(fits, key=len)] | {"--help"}, span


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
