"""Tables whose rows are words of the language model too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lexicon_tables.rows import LISTS, LexiconRow, facts, listed, table, written

WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]*")
ABBREVIATION = re.compile("(?:[\u0e01-\u0e4e]+\\.)+[\u0e01-\u0e4e]*\\.?")
PREFIX = re.compile("^(?:อำเภอ|ตำบล|จังหวัด|เขต|แขวง)")
"""Words for kinds of places, which no place's entry begins with."""

LEAST_DOCUMENTS, LEAST_SHARE = 3, 0.6
"""Documents in which an abbreviation stands in brackets after what it stands for, at least, and the
share of these among all that it stands for: by judgement, where there is hardly a doubt."""


def names(folder: Path) -> Iterator[LexiconRow]:
    """Given names and surnames that government news attest."""
    rejected = set(listed("names_rejected"))
    for term, _, sources in facts(folder / "person_names.tsv"):
        kinds = [k for k in ("given", "surname") if any(k in s.split("+") for s in sources)]
        if term in rejected:
            continue
        if "thaigov" in sources and kinds and len(term) > 2 and WORD.fullmatch(term):
            yield LexiconRow(term, kinds[0], "thaigov")


def places(folder: Path) -> Iterator[LexiconRow]:
    """Countries, provinces, districts, subdistricts, without the word for their kind."""
    for term, _, sources in facts(folder / "places.tsv"):
        bare = PREFIX.sub("", term)
        if len(bare) > 1 and WORD.fullmatch(bare):
            kind, source = sources[-1].split("+")[0], sources[0].split("+")[0]
            yield LexiconRow(bare, kind, source)
            city = re.sub("^(?:เมือง|กรุง|นคร)", "", bare)
            if "city" in kind and len(city) > 2:
                yield LexiconRow(city, kind, source)


def expansions(folder: Path) -> Iterator[tuple[str, str, int]]:
    """Abbreviation, what it stands for, in how many documents; only where most agree."""
    for row in table(folder / "abbreviation_expansions.tsv"):
        if int(row["paren_df"]) >= LEAST_DOCUMENTS and float(row["share"]) >= LEAST_SHARE:
            yield row["abbr"], row["expansion"], int(row["paren_df"])


def abbreviations(folder: Path) -> Iterator[LexiconRow]:
    """Abbreviations with full stops that government text attests."""
    rejected = set(listed("expansions_rejected"))
    stands_for = {abbr: term for abbr, term, _ in expansions(folder) if abbr not in rejected}
    for term, _, sources in facts(folder / "abbreviations.tsv"):
        if "thaigov" in sources and ABBREVIATION.fullmatch(term):
            note = f"expansion={stands_for[term]}" if term in stands_for else ""
            yield LexiconRow(term, "abbreviation", "thaigov", note=note)


def codes(folder: Path) -> Iterator[LexiconRow]:
    """Letter codes, ranks, degrees, units and other abbreviations that are a closed class."""
    yield from written("codes")


def historic(folder: Path) -> Iterator[LexiconRow]:
    """Spellings of older texts, with what is written today.

    `reform`: of the orthography in force from 1942 to 1944 (announcement of the Office of the Prime
    Minister of 29 May 2485), which did without fourteen consonants and sara ai maimuan; `old`: of
    prints before the Royal Institute's dictionaries.
    """
    for row in table(LISTS / "historic.tsv"):
        reform = row["period"] == "reform"
        years = ("2485", "2487") if reform else ("", "2485")
        note = f"modern={row['modern']}"
        yield LexiconRow(
            row["term"], row["period"], "curated", since=years[0], until=years[1], note=note
        )


def dialects(folder: Path) -> Iterator[LexiconRow]:
    """Words of the north, the north-east (`isan`) and the south, with what is said in Bangkok.

    None stands in 14 million characters of news and acts more than a few times.
    """
    for row in table(LISTS / "dialects.tsv"):
        note = f"standard={row['standard']}"
        yield LexiconRow(row["term"], row["region"], "curated", note=note)


def informal(folder: Path) -> Iterator[LexiconRow]:
    """Informal spellings that are meant: words to be left alone."""
    for term in listed("informal"):
        if WORD.fullmatch(term):
            yield LexiconRow(term, "informal", "curated")
