"""Count an engine's noise on pages it has read, for `thaifix corrupt`.

    python corpora/engines_from_pages.py PAGES.jsonl --engine tha --name tesseract-tha

writes `thaifix/model/engines/tesseract-tha.json`. A line of PAGES.jsonl is an object with the
observed text `ocr` and the intended text `gold` with the same line breaks, and with the keys
`engine` and `preset` if pages are to be chosen by them. It needs numpy: `thaifix[train]`.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from thaifix.noise.measure import add_digits, measure

FOLDER = Path(__file__).parent.parent / "thaifix" / "model" / "engines"


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+", type=Path, help="JSON lines")
    parser.add_argument("--name", required=True, help="of the profile")
    parser.add_argument("--engine", help="take only pages of this engine")
    parser.add_argument("--preset", help="take only pages of this preset")
    parser.add_argument("--origin", required=True, help="what the pages are, in a sentence")
    parser.add_argument("--digits", type=Path, help="JSON lines of which only Thai digits count")
    parser.add_argument("--digits-origin", default="", help="what those pages are")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder")
    options = parser.parse_args()
    pages = read(options.pages, options)
    engine = measure(options.name, options.origin, pages)
    if options.digits:
        others = measure(options.name, options.digits_origin, read([options.digits], options))
        engine = add_digits(engine, others)
    engine.write(options.out / f"{options.name}.json")
    print(f"{options.name}: {len(pages)} pages, error rate {engine.rate:.2%}")


def read(files: Iterable[Path], options: argparse.Namespace) -> list[tuple[str, str]]:
    """Read the observed and the intended text of the pages that are wanted."""
    return [
        (page["ocr"], page["gold"])
        for file in files
        for page in map(json.loads, file.read_text("utf-8").splitlines())
        if options.engine in (None, page.get("engine"))
        and options.preset in (None, page.get("preset"))
    ]


main()
