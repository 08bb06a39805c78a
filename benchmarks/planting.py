"""Plant errors at known places of correct text, for `benchmarks.substitutions`.

Some lexicon terms that recur in a document are broken: one word of the term becomes another real
word of similar shape, the same one in a third of the term's places, now and then in all but one or
two. Elsewhere 0.3 % of the letters become others, and about one letter in 4,000 becomes one of
another script. With the same seed, words and lexicons, the errors are the same.
"""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from pythainlp.corpus import thai_words
from pythainlp.corpus.tnc import unigram_word_freqs
from pythainlp.tokenize import word_tokenize
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from thaifix import Edit, apply
from thaifix.lexicon.entries import shipped
from thaifix.text.script import LAO_TWINS, LETTERS, MARKS, SARA_AM

_SIZE = 10_000
"""Code points of a document, about: a few pages, in which terms recur. By judgement."""

_TERMS = 6
"""Terms that are broken in one document; by judgement: most of its terms stay as they are."""

_COMMON_WORD = 100
"""How often a word must stand in the Thai National Corpus to take another's place; by judgement:
rarer ones are hardly what a language model writes by mistake."""

_LETTERS = 0.003
"""Share of the letters that become others; by judgement, a page that was read well."""

_FOREIGN = 1 / 4000
"""Letters of another script for each code point; by judgement."""

_ALIKE = "กถ กภ ขช คด คศ งจ ชซ ฎฏ ดต ตค ถภ ทห นม นบ บป ผฝ พฟ รว ลส ใไ ิี ีึ ่้ ุู ั้"
_OTHER_SCRIPTS = {
    "ก": "nп", "ค": "a", "ง": "v", "ด": "a", "ต": "m", "ท": "nп门", "น": "u", "บ": "u",
    "ม": "u", "ย": "e", "ร": "sг拉", "ล": "a", "ว": "oо口", "ส": "a", "ห": "n", "อ": "o", "เ": "i",
}  # fmt: skip


class PlantedDocument(NamedTuple):
    """A document with errors: what is observed, and what undoes each, with its class."""

    name: str
    intended: str
    observed: str
    undoing: tuple[Edit, ...]


def documents(paths: Iterable[Path], part: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Read the documents of the K-th of N parts of the articles, each with its name."""
    for path in paths:
        articles: defaultdict[str, list[str]] = defaultdict(list)
        if path.suffix == ".jsonl":
            seen = set[str]()
            for line in path.read_text(encoding="utf-8").splitlines():
                page = json.loads(line)
                if (text := "".join(page["gold"].split())) not in seen:
                    seen.add(text)
                    articles[page["source"]].append(page["gold"].strip() + "\n")
            ordered = sorted(articles, key=lambda source: (source.split("/")[-1], source))
            texts = ["".join(articles[source]) for source in ordered]
        else:
            text = (lzma.open if path.suffix == ".xz" else open)(path, "rb").read().decode()
            texts = list(_joined(text.splitlines(keepends=True)))
        for number, text in enumerate(_joined(texts[part[0] - 1 :: part[1]]), 1):
            yield f"{path.name}:{number}", text


def _joined(texts: Iterable[str]) -> Iterator[str]:
    """Join neighbours to texts of about the size of a document; a rest that is short is dropped."""
    joined = ""
    for text in texts:
        joined += text
        if len(joined) >= _SIZE:
            yield joined
            joined = ""
    if len(joined) > _SIZE // 2:
        yield joined


@cache
def terms() -> dict[str, tuple[str, ...]]:
    """The lexicons' terms of several words and at least 8 letters, longest first, as words."""
    found = {entry.term: tuple(word_tokenize(entry.term)) for entry in shipped()}
    known = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return {term: words for term, words in known if len(words) > 1 and len(term) >= 8}


@cache
def alike(word: str) -> tuple[list[str], list[float]]:
    """Other real words of similar shape, with weights: the nearer and the oftener, the more."""
    words, often = _words()
    reach = min(3, len(word) // 2)
    near = extract(
        word, words, scorer=Levenshtein.distance, score_cutoff=reach, limit=None
    ) if reach else []  # fmt: skip
    kept = [(w, d) for w, d, _ in near if w != word and abs(len(w) - len(word)) <= 2]
    return [w for w, _ in kept], [often[w] ** 0.5 / d**2 for w, d in kept]


@cache
def _words() -> tuple[list[str], dict[str, int]]:
    counts = dict(unigram_word_freqs())
    often = {
        word: counts[word]
        for word in sorted(thai_words())
        if counts.get(word, 0) >= _COMMON_WORD and len(word) >= 2 and set(word) <= set(LETTERS)
    }
    return list(often), often


def break_terms(text: str, random: Random) -> Iterator[Edit]:
    """Put wrong words into recurring terms of a text."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    inked = [i for i, letter in enumerate(text) if letter != "\n"]
    line = "".join(text[i] for i in inked)  # as one line: a term may go on in the next
    taken = bytearray(len(line))
    for term in terms():
        at = line.find(term)
        while at >= 0:
            if not any(taken[at : at + len(term)]):
                taken[at : at + len(term)] = bytes([1]) * len(term)
                places[term].append(at)
            at = line.find(term, at + 1)
    recurring = sorted(term for term, found in places.items() if len(found) >= 3)
    for term in random.sample(recurring, min(_TERMS, len(recurring))):
        words, found = terms()[term], places[term]
        chosen = random.randrange(len(words))
        others, weights = alike(words[chosen])
        if not others:
            continue
        other = random.choices(others, weights)[0]
        if "".join((*words[:chosen], other, *words[chosen + 1 :])) in terms():
            continue
        most = max(1, len(found) - random.choice((1, 2)))
        offset = len("".join(words[:chosen]))
        where = "first" if not chosen else "last" if chosen == len(words) - 1 else "inner"
        for at in random.sample(found, most if random.random() < 0.15 else len(found) // 3):
            start = inked[at + offset]
            if not text.startswith(words[chosen], start):
                continue  # the word itself goes on in the next line
            reason, word = f"substitution {where}", words[chosen]
            yield Edit(start, start + len(word), other, reason=reason, entry=term, observed=word)


def break_letters(
    text: str, pairs: Sequence[tuple[str, str, int]], taken: Iterable[Edit], random: Random
) -> Iterator[Edit]:
    """Put wrong letters, and letters of other scripts, at places that are not taken."""
    busy = {i for edit in taken for i in range(edit.start - 2, edit.end + 2)}
    letters = [i for i in range(1, len(text) - 2) if text[i] in LETTERS]
    wanted = {"foreign": round(len(text) * _FOREIGN), "letter": round(len(letters) * _LETTERS)}
    by_letter: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for pair in pairs:
        by_letter[pair[0][0]].append(pair)
    often = Counter(text)
    mass = {c: sum(pair[2] for pair in found) / (often[c] or 1) for c, found in by_letter.items()}
    twins = {thai: chr(lao) for lao, thai in LAO_TWINS.items() if thai not in MARKS + SARA_AM}
    while wanted["letter"] or wanted["foreign"]:
        kind = "foreign" if wanted["foreign"] else "letter"
        weights = [mass.get(text[i], 0) for i in letters] if kind == "letter" else None
        for i in random.choices(letters, weights, k=4 * wanted[kind]):
            if kind == "foreign":
                thai, choice = text[i], _OTHER_SCRIPTS.get(text[i], "") + twins.get(text[i], "")
                if not choice or text[i - 1] not in LETTERS or text[i + 1] not in LETTERS:
                    continue
                if text[i + 1] in MARKS + SARA_AM:
                    continue
                other = random.choice(choice)
            else:
                found = by_letter[text[i]]
                thai, other, _ = random.choices(found, [pair[2] for pair in found])[0]
            end = i + len(thai)
            if text[i:end] != thai or busy.intersection(range(i - 1, end + 1)):
                continue
            busy.update(range(i - 1, end + 1))
            script = f" {unicodedata.name(other).split()[0]}" if kind == "foreign" else ""
            yield Edit(i, end, other, reason=kind + script, observed=thai)
            wanted[kind] -= 1
            if not wanted[kind]:
                break


def confusions(path: Path | None) -> list[tuple[str, str, int]]:
    """Pairs of intended and observed letters with counts; a small list without a file."""
    if not path:
        pairs = [(pair[0], pair[1]) for pair in _ALIKE.split()]
        both = [(a, b, 1) for a, b in pairs] + [(b, a, 1) for a, b in pairs]
        return [*both, ("่", "", 2), ("้", "", 2), ("์", "", 1)]
    found = json.loads(path.read_text(encoding="utf-8"))
    return [
        (intended, observed, count)
        for intended, observed, count in found
        if intended and set(intended + observed) <= set(LETTERS) and SARA_AM not in intended
    ]


def make(name: str, text: str, pairs: Sequence[tuple[str, str, int]], seed: int) -> PlantedDocument:
    """Plant the errors of one document."""
    random = Random(f"{seed} {name}")
    planted = list(break_terms(text, random))
    planted = sorted([*planted, *break_letters(text, pairs, planted, random)])
    observed = apply(text, planted)
    grown, undoing = 0, list[Edit]()
    for edit in planted:
        start = edit.start + grown
        grown += len(edit.replacement) - len(edit.observed)
        undoing.append(
            edit._replace(
                start=start, end=start + len(edit.replacement),
                replacement=edit.observed, observed=edit.replacement,
            )
        )  # fmt: skip
    return PlantedDocument(name, text, observed, tuple(undoing))
