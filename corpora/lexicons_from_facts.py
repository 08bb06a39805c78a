"""Make the tables of `lexicons/` from a folder of candidate facts.

Run by maintainers: `python corpora/lexicons_from_facts.py FACTS`; FACTS holds `person_names.tsv`,
`places.tsv` and `abbreviations.tsv` (term, document frequency, source; no header). Terms that
are attested only by lists under a share-alike licence are left out, and so are full names.
Writes the tables and `sources.toml`.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent.parent / "lexicons"
COLUMNS = "id\tterm\ttype\taliases\tmisreadings\tfrom\tto\tsource\tnote"
WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]*")
ABBREVIATION = re.compile("(?:[\u0e01-\u0e4e]+\\.)+[\u0e01-\u0e4e]*\\.?")
PREFIX = re.compile("^(?:อำเภอ|ตำบล|จังหวัด|เขต|แขวง)")


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Terms and their sources."""
    for line in path.read_text(encoding="utf-8").splitlines():
        term, _, source = line.split("\t")
        yield unicodedata.normalize("NFC", term), source.split(";")


def names(facts: Path) -> Iterator[tuple[str, str, str]]:
    """Given names and surnames that government news attest."""
    for term, sources in rows(facts / "person_names.tsv"):
        kinds = [k for k in ("given", "surname") if any(k in s.split("+") for s in sources)]
        if "thaigov" in sources and kinds and len(term) > 2 and WORD.fullmatch(term):
            yield term, kinds[0], "thaigov"


def places(facts: Path) -> Iterator[tuple[str, str, str]]:
    """Countries, provinces, districts, subdistricts, without the word for their kind."""
    for term, sources in rows(facts / "places.tsv"):
        bare = PREFIX.sub("", term)
        if len(bare) > 1 and WORD.fullmatch(bare):
            kind, source = sources[-1].split("+")[0], sources[0].split("+")[0]
            yield bare, kind, source
            city = re.sub("^(?:เมือง|กรุง|นคร)", "", bare)
            if "city" in kind and len(city) > 2:
                yield city, kind, source


def abbreviations(facts: Path) -> Iterator[tuple[str, str, str]]:
    """Abbreviations with full stops that government text attests."""
    for term, sources in rows(facts / "abbreviations.tsv"):
        if "thaigov" in sources and ABBREVIATION.fullmatch(term):
            yield term, "abbreviation", "thaigov"


def _listed(name: str) -> list[str]:
    path = Path(__file__).parent / "wordlists" / f"{name}.txt"
    return path.read_text(encoding="utf-8").split()


def forms(facts: Path) -> Iterator[tuple[str, str, str]]:
    """Fixed phrases of official letters, memos and minutes."""
    for term in _listed("forms"):
        if len(term) > 3 and WORD.fullmatch(term):
            yield term, "form", "curated"


def informal(facts: Path) -> Iterator[tuple[str, str, str]]:
    """Informal spellings that are meant: words to be left alone."""
    for term in _listed("informal"):
        if WORD.fullmatch(term):
            yield term, "informal", "curated"


TABLES = {
    "forms": (forms, "written for thaifix", "Apache-2.0"),
    "informal": (informal, "written for thaifix", "Apache-2.0"),
    "names": (names, "thaigov-v2 news", "public domain (Thai Copyright Act B.E. 2537, s. 7)"),
    "places": (
        places,
        "CLDR; pythainlp; two geography lists that agree (kongvut, thailand-geography-json)",
        "Unicode-3.0; CC0-1.0; MIT; names as facts",
    ),
    "abbreviations": (
        abbreviations,
        "thaigov-v2 news",
        "public domain (Thai Copyright Act B.E. 2537, s. 7)",
    ),
}


def main(facts: Path) -> None:
    """Write every table and the manifest."""
    manifest = []
    for name, (mine, origin, licence) in TABLES.items():
        found: dict[str, tuple[str, str]] = {}
        for term, kind, source in mine(facts):
            found.setdefault(term, (kind, source))
        lines = [COLUMNS]
        for term in sorted(found):
            kind, source = found[term]
            code = hashlib.sha256(term.encode()).hexdigest()[:8]
            lines.append(f"{name[:2]}-{code}\t{term}\t{kind}\t\t\t\t\t{source}\t")
        data = ("\n".join(lines) + "\n").encode()
        (HERE / f"{name}.tsv").write_bytes(data)
        manifest.append(
            f'[{name}]\nfile = "{name}.tsv"\nversion = "1"\norigin = "{origin}"\n'
            f'licence = "{licence}"\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
            f'rows = {len(found)}\ncommand = "python corpora/lexicons_from_facts.py FACTS"\n'
        )
    (HERE / "sources.toml").write_text("\n".join(manifest), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
