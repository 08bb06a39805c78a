"""Tell how many small faults of the package its tests find, and which they do not.

    python benchmarks mutants [--seed N] [--number N] [--at-risk] [--only PATH] [--jobs N]

Draws faults (mutants) of the Python modules, each package by its lines, puts one after the other
into a copy of the installed package and runs the tests that run the changed line: first those of
its own package, then the others, until one fails. Which test runs which line is recorded first, and
again after each change of package or tests. `benchmarks.mutation` is how.

Prints the faults that no test found, and the share that was found, by package. All that is known
is written to a file in build/mutants, a line for each fault; the same command goes on where it was
stopped. Faults that change nothing a user could see are listed in mutation/equivalent.tsv, one by
one, with the reason; they do not count. The compiled kernel is left out.

With --at-risk only faults are drawn that would hurt users, were they there: calls left out on which
it depends that nothing is lost or broken, errors that are not raised or not handled, exit statuses,
options that are not handed on, constants and what is compared with them.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from benchmarks.mutation import copies
from benchmarks.mutation.places import Mutant
from benchmarks.mutation.record import Record, record
from benchmarks.mutation.sample import draw
from benchmarks.mutation.statements import mutants
from benchmarks.mutation.trial import Workshop, works
from benchmarks.suite.texts import ROOT
from thaifix.text import tsv

FOLDER = ROOT / "build" / "mutants"
EQUIVALENT = Path(__file__).parent / "mutation" / "equivalent.tsv"
FOUND = "killed", "timeout"


def changed(mutant: Mutant, source: bytes) -> tuple[list[str], list[str]]:
    """The lines that a mutant changes, before and after, without indentation."""
    before = source.decode().splitlines()
    after = mutant.put_into(source).decode().splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    parts = [part[1:] for part in matcher.get_opcodes() if part[0] != "equal"]
    old = [line.strip() for i, j, _, _ in parts for line in before[i:j]]
    return old, [line.strip() for _, _, i, j in parts for line in after[i:j]]


def described(mutant: Mutant, source: bytes) -> dict[str, Any]:
    """A mutant as a line of the file of results says it."""
    old, new = changed(mutant, source)
    keys = mutant.package, mutant.path, mutant.line, mutant.operator, mutant.at_risk, old, new
    return dict(
        zip(("package", "path", "line", "operator", "at_risk", "old", "new"), keys, strict=True)
    )


def equivalent() -> set[tuple[str, str, str]]:
    """The faults that change nothing a user could see: path, lines before, lines after."""
    _, *rows = tsv.read(EQUIVALENT.read_text(encoding="utf-8"))
    return {(path, old, new) for _, (path, old, new, reason) in rows if reason}


def joined(result: dict[str, Any]) -> tuple[str, str, str]:
    """A fault as `equivalent` has it."""
    return result["path"], " ".join(result["old"]), " ".join(result["new"])


def recorded(folder: Path, jobs: int) -> Record:
    """Record which test runs which line, if that is not known of these very sources."""
    if not (folder / "tests.json").exists():
        shutil.rmtree(FOLDER / "record", ignore_errors=True)
        folder.mkdir(parents=True)
        print("Recording which test runs which line; this takes some minutes.", file=sys.stderr)
        record(folder, jobs)
    found = Record(folder)
    for test in found.failed:
        print(f"fails without any fault, and is left out: {test}", file=sys.stderr)
    return found


def tried(
    drawn: Sequence[Mutant], sources: dict[str, bytes], record: Record, jobs: int, slow: float
) -> Iterator[dict[str, Any]]:
    """Try mutants, `jobs` at a time; yield each as it is done."""
    free: SimpleQueue[Workshop] = SimpleQueue()
    for number in range(jobs):
        folder = FOLDER / f"workshop-{os.getpid()}-{number}"
        free.put(Workshop(folder, record, slow))

    def try_out(mutant: Mutant) -> dict[str, Any]:
        workshop = free.get()
        try:
            outcome = workshop.try_out(mutant)
        finally:
            free.put(workshop)
        return described(mutant, sources[mutant.path]) | outcome._asdict()

    try:
        with ThreadPoolExecutor(jobs) as pool:
            for done in as_completed([pool.submit(try_out, mutant) for mutant in drawn]):
                yield done.result()
    finally:
        for number in range(jobs):
            shutil.rmtree(FOLDER / f"workshop-{os.getpid()}-{number}", ignore_errors=True)


def report(results: Sequence[dict[str, Any]]) -> None:
    """Print what survived, and the rates."""
    known = equivalent()
    counted = [result for result in results if joined(result) not in known]
    for result in sorted(counted, key=lambda result: (result["path"], result["line"])):
        if result["status"] not in FOUND:
            print(f"thaifix/{result['path']}:{result['line']}: {result['operator']}", end="")
            print(f", {result['tests']} tests" if result["tests"] else ", no test runs it")
            print(*(f"  - {line}" for line in result["old"]), sep="\n")
            print(*(f"  + {line}" for line in result["new"]), sep="\n")
    print(f"\n{'package':12}{'mutants':>9}{'found':>7}{'share':>8}")
    every = Counter(result["package"] for result in counted)
    found = Counter(result["package"] for result in counted if result["status"] in FOUND)
    for package in sorted(every):
        share = found[package] / every[package]
        print(f"{package:12}{every[package]:9}{found[package]:7}{share:8.0%}")
    total = every.total()
    print(f"{'all':12}{total:9}{found.total():7}{found.total() / max(total, 1):8.1%}")
    if len(counted) < len(results):
        print(f"Left out: {len(results) - len(counted)} that change nothing a user could see.")


def main() -> None:
    """Draw, record, try, report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=150, help="mutants; default: 150")
    parser.add_argument("--at-risk", action="store_true", help="only where users would be hurt")
    parser.add_argument("--only", metavar="PATH", help="a folder or file, such as thaifix/archive")
    parser.add_argument("--jobs", type=int, default=2, help="mutants tried at a time; default: 2")
    parser.add_argument(
        "--slow", type=float, default=10.0, metavar="SECONDS",
        help="tests that took more CPU time when recorded are left out; default: 10",
    )  # fmt: skip
    args = parser.parse_args()
    sources = dict(copies.modules(copies.installed()))
    only = (args.only or "").removeprefix("thaifix").strip("/")
    candidates = [
        mutant
        for path, source in sources.items()
        if path == only or path.startswith(f"{only}/" if only else "")
        for mutant in mutants(path, source)
        if mutant.at_risk or not args.at_risk
    ]
    usable = [m for m in draw(candidates, args.number, args.seed) if works(m, sources[m.path])]
    print(f"{len(usable)} of {len(candidates):,} mutants, seed {args.seed}", file=sys.stderr)
    stamp = copies.fingerprint()
    results = known_results(stamp, args)
    done = {json.dumps([result["path"], result["line"], result["new"]]) for result in results}
    open_ = []
    for mutant in usable:
        about = described(mutant, sources[mutant.path])
        if json.dumps([about["path"], about["line"], about["new"]]) not in done:
            open_.append(mutant)
    if open_:
        found = recorded(FOLDER / "record" / stamp, args.jobs)
        with results_file(stamp, args).open("a", encoding="utf-8") as file:
            for result in tried(open_, sources, found, args.jobs, args.slow):
                results.append(result)
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
                file.flush()
                where = f"thaifix/{result['path']}:{result['line']}"
                print(
                    f"{len(results)}: {result['status']} {where} {result['operator']}",
                    file=sys.stderr,
                )
    report(results)


def results_file(stamp: str, args: argparse.Namespace) -> Path:
    """The file that the results of a command go to."""
    risk = "-at-risk" if args.at_risk else ""
    only = f"-{args.only.strip('/').replace('/', '.')}" if args.only else ""
    return FOLDER / f"{stamp}-seed-{args.seed}-number-{args.number}{risk}{only}.jsonl"


def known_results(stamp: str, args: argparse.Namespace) -> list[dict[str, Any]]:
    """What an earlier run of the same command has found before it was stopped."""
    path = results_file(stamp, args)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        return []
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]
