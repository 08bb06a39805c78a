"""Make the tables of `lexicons/` from a folder of candidate facts and from `wordlists/`.

Run by maintainers: `python corpora/lexicons_from_facts.py FACTS`; FACTS holds tables without a
header (term, document frequency, sources), and with one `abbreviation_expansions.tsv` and
`corpus_typos.tsv`. Terms that are attested only by lists under a share-alike licence are left
out, and so are full names. Writes the tables and `sources.toml`.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from lexicon_tables import judge, laws, phrases, positions, words

from thaifix.lexicon.entries import COLUMNS
from thaifix.text import tsv

LEXICONS = Path(__file__).parent.parent / "lexicons"
NEWS = "thaigov-v2 news"
NEWS_LICENCE = "public domain (Thai Copyright Act B.E. 2537, s. 7)"
OURS = "written for thaifix"
FACTS_LICENCE = "public domain (Thai Copyright Act B.E. 2537, s. 7); names as facts; Apache-2.0"

TABLES = {
    "places": (
        words.places,
        "CLDR; pythainlp; two geography lists that agree (kongvut, thailand-geography-json)",
        "Unicode-3.0; CC0-1.0; MIT; names as facts",
    ),
    "international": (phrases.international, OURS, "Apache-2.0"),
    "forms": (phrases.forms, OURS, "Apache-2.0"),
    "agencies": (
        phrases.agencies,
        f"{NEWS}; units of the FY2565 budget; titles of laws; {OURS}",
        FACTS_LICENCE,
    ),
    "laws": (laws.laws, f"titles and years of Thai laws; {NEWS}; {OURS}", FACTS_LICENCE),
    "titles": (phrases.titles, f"{NEWS}; {OURS}", FACTS_LICENCE),
    "positions": (positions.positions, f"{NEWS}; {OURS}", FACTS_LICENCE),
    "terms": (phrases.terms, OURS, "Apache-2.0"),
    "historic": (words.historic, OURS, "Apache-2.0"),
    "codes": (words.codes, OURS, "Apache-2.0"),
    "dialects": (words.dialects, OURS, "Apache-2.0"),
    "informal": (words.informal, OURS, "Apache-2.0"),
    "names": (words.names, NEWS, NEWS_LICENCE),
    "abbreviations": (words.abbreviations, NEWS, NEWS_LICENCE),
}
"""By name of table: its rows, origin and licence. A term of several tables stays in the first."""


def main(folder: Path) -> None:
    """Write every table and the manifest."""
    tables = {name: list(rows(folder)) for name, (rows, _, _) in TABLES.items()}
    tables = judge.settle(tables, folder / "corpus_typos.tsv")
    manifest = []
    for name, rows in sorted(tables.items()):
        lines: list[tuple[str, ...]] = [COLUMNS]
        for row in rows:
            code = hashlib.sha256(row.term.encode()).hexdigest()[:8]
            lists = "|".join(row.aliases), "|".join(row.misreadings)
            cells = (f"{name[:2]}-{code}", row.term, row.type, *lists, row.since, row.until)
            lines.append((*cells, row.source, row.note))
        data = tsv.write(lines).encode()
        (LEXICONS / f"{name}.tsv").write_bytes(data)
        _, origin, licence = TABLES[name]
        manifest.append(
            f'[{name}]\nfile = "{name}.tsv"\nversion = "1"\norigin = "{origin}"\n'
            f'licence = "{licence}"\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
            f'rows = {len(rows)}\ncommand = "python corpora/lexicons_from_facts.py FACTS"\n'
        )
    (LEXICONS / "sources.toml").write_text("\n".join(manifest), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
