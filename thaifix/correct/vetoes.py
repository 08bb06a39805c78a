"""Vetoes: what a proposal must not do, whatever the decision thinks of it.

The decision weighs how likely a proposal is right; here stands what no likelihood excuses. Each
rule protects something that a language model of running text cannot judge: a letter that stands
alone, letters beside something unreadable, signs that structure a text, codes and abbreviations.
Begin with `admitted`; a new rule is added to `_RULES`, with cases in tests/cases/innocent.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from thaifix.correct import closed_class
from thaifix.correct.breaks import is_at_break
from thaifix.correct.proposals import Proposal
from thaifix.text.lazy import pattern
from thaifix.text.script import (
    CONSONANTS,
    DIGITS,
    LETTERS,
    MAIYAMOK,
    MARKS,
    PAIYANNOI,
    SARA_A,
    SARA_AA,
    SARA_AM,
    TONE_MARKS,
)

_THAI = f"{LETTERS}{PAIYANNOI}{MAIYAMOK}"
_LONE = pattern(
    f"(?<![{_THAI}.])(?:[{CONSONANTS}][{TONE_MARKS}]?|{PAIYANNOI}{SARA_A})(?![{_THAI}.,])"
)
_CODE = pattern(
    f"(?<![{_THAI}.])(?:(?<=[0-9{DIGITS}])[{CONSONANTS}]{{1,3}}"
    f"|[{CONSONANTS}]{{1,3}}(?=[ -]{{0,3}}[0-9{DIGITS}]))(?![{_THAI}])"
)
_LONGEST_CODE = 24  # code points to each side that are looked at; by judgement
_SWITCH = pattern(f"[0-9](?=[\\[\\]{CONSONANTS}])|[\\[\\]{CONSONANTS}](?=[0-9])")
_MOST_SWITCHES = 2  # between Arabic digits and letters in a code, at most: plates have two
_SEPARATORS = ",:;"
_BLANKS = " \t\u00a0"
_DIRT = frozenset(".:,'[] \n")
"""Signs that scans show where a page has none. Of 197 signs that went on 218 pages of ours, rightly
nearly always, these were 190; others structure texts more often than scans invent them."""

_UNREADABLE = pattern("[\u0e4f\u0e5a\u0e5b\ufffd\ue000-\uf8ff]")
_DOUBTFUL = pattern("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\u00b7*|\u0300-\u0dff\u0e80-\u1fff]")
_STOPPED = pattern(f"(?<![{_THAI}.])(?:[{CONSONANTS}]{{1,3}}\\.)+[{CONSONANTS}]{{1,3}}$")
_LONGEST_STOPPED = 16  # code points of such an abbreviation; by judgement
_HALF_AM = pattern(f"[{CONSONANTS}][{TONE_MARKS}]? {SARA_AA}")
_NEAR = 12  # code points over which letters belong to an unreadable sign, at most; by judgement
_DOUBLED = frozenset("กจชตทปพส")
"""Letters that words from Pali have twice. Other letters engines read twice: on 218 pages of ours
eleven times `ง`, `ข`, `น`, `บ` or `ม`, and never one of these."""
_MARK_ON_NOTHING = pattern(rf"(?:\s|^)[{MARKS}]")
_MARGIN = 3  # blanks before signs at the edge of a page, at least; by judgement


def admitted(proposal: Proposal, text: str) -> Proposal | None:
    """What is left of a proposal when it has passed all rules.

    Args:
        proposal: Of the decoder.
        text: What it was made for.
    Returns:
        The proposal, perhaps narrower; None if it may not be.
    Time: O(length of the span).
    """
    narrowed = _without_lone_letters(proposal, text)
    if narrowed is not None:
        narrowed = _with_separators(narrowed, text)
    if narrowed is None or narrowed.observed == narrowed.intended:
        return None
    if any(rule(narrowed, text) for rule in _RULES):
        return None
    return narrowed


def _without_lone_letters(proposal: Proposal, text: str) -> Proposal | None:
    """Leave out letters that stand alone at an edge of the span; None if one would change.

    A section's letter, an answer's, a cell's: nothing around them says what they are.
    """
    start, end = proposal.start, proposal.end
    lo, hi = max(0, start - 4), min(len(text), end + 4)
    for match in [*_LONE.finditer(text, lo, hi), *_CODE.finditer(text, lo, hi)]:
        begin, stop = match.span()
        if stop <= start or begin >= end or _keeps(proposal, begin, stop):
            continue
        if _is_rubble(text, begin):
            continue
        if begin <= start:
            rest = text[stop:end]
            start = stop + len(rest) - len(rest.lstrip(_BLANKS))
        elif stop >= end:
            end = start + len(text[start:begin].rstrip(_BLANKS))
        else:
            return None
        if start >= end:
            return None
    if (start, end) == (proposal.start, proposal.end):
        return proposal
    return proposal._replace(start=start, end=end, observed=text[start:end])


def _with_separators(proposal: Proposal, text: str) -> Proposal:
    """Put back the signs that part items, and the blanks behind them: the words beside them are
    misread all the same.
    """
    observed, intended = proposal.observed, proposal.intended
    for at in reversed(range(len(observed))):
        if observed[at] in _SEPARATORS and _parts_items(text, proposal.start + at):
            rest = observed[at + 1 :]
            lost, place = _place(observed[:at], rest, intended)
            if lost:
                blanks = rest[: len(rest) - len(rest.lstrip(_BLANKS))]
                after = intended[place:].lstrip(_BLANKS)
                intended = intended[:place].rstrip(_BLANKS) + observed[at] + blanks + after
    if observed[-1:] in _BLANKS and _is_kept_sign(text[proposal.end : proposal.end + 1]):
        intended = intended.rstrip(_BLANKS) + observed[len(observed.rstrip(_BLANKS)) :]
    if observed[:1] in _BLANKS and _is_kept_sign(text[proposal.start - 1 : proposal.start]):
        blanks = observed[: len(observed) - len(observed.lstrip(_BLANKS))]
        intended = blanks + intended.lstrip(_BLANKS)
    return proposal._replace(intended=intended)


def _is_kept_sign(sign: str) -> bool:
    return sign != "" and _is_sign(sign) and sign not in _DIRT


def _place(before: str, after: str, intended: str) -> tuple[bool, int]:
    """Whether a sign between two strings is lost, and not read as a letter; where it belongs.

    Time: O(length of `intended`) comparisons.
    """
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    apart, place = min(
        (
            Levenshtein.distance(before, intended[:i]) + Levenshtein.distance(after, intended[i:]),
            i,
        )
        for i in range(len(intended) + 1)
    )
    return apart < Levenshtein.distance(f"{before}\0{after}", intended), place


def _parts_items(text: str, at: int) -> bool:
    return text[at] in _SEPARATORS and (_after_word(text, at) or _after_item(text, at))


def _is_rubble(text: str, at: int) -> bool:
    """Whether a letter stands among digits as no code has it. Latin text looks so when an engine
    that knows only Thai has read it.
    """
    lo, hi = max(0, at - _LONGEST_CODE), at + _LONGEST_CODE
    before, after = text[lo:at].split(), text[at:hi].split()
    code = (before[-1] if before and not text[at - 1].isspace() else "") + after[0]
    opened = code.count("[") > code.count("]")
    return len(_SWITCH.findall(code)) + opened > _MOST_SWITCHES


def _keeps(proposal: Proposal, begin: int, stop: int) -> bool:
    """Whether the letters of a span of the text stay, and get no new letters beside them."""
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    lo, hi = begin - proposal.start, stop - proposal.start
    kept = 0
    for block in Levenshtein.opcodes(proposal.observed, proposal.intended):
        if block.tag == "equal":
            kept += max(0, min(hi, block.src_end) - max(lo, block.src_start))
        elif block.tag == "insert" and lo <= block.src_start <= hi:
            new = proposal.intended[block.dest_start : block.dest_end]
            if any(letter in LETTERS for letter in new):
                return False
    return kept == hi - lo


def loses_letters_beside_unreadable(proposal: Proposal, text: str) -> bool:
    """Whether letters would go, or change, in a word that has an unreadable sign in it."""
    before = text[max(0, proposal.start - _NEAR) : proposal.start].rstrip(LETTERS)
    after = text[proposal.end : proposal.end + _NEAR].lstrip(LETTERS)
    beside = before[-1:] + after[:1]
    if _UNREADABLE.search(beside):
        return True
    if _DOUBTFUL.search(beside):
        return _letters(proposal.intended) < _letters(proposal.observed)
    return False


def _letters(text: str) -> int:
    return sum(letter in LETTERS for letter in text)


def loses_structure(proposal: Proposal, text: str) -> bool:
    """Whether a sign would go that is no usual dirt, or stands where texts have it."""
    return any(
        text[at] not in _DIRT or any(rule(text, at) for rule in _STRUCTURE)
        for at in _lost_signs(proposal)
    )


def _lost_signs(proposal: Proposal) -> Iterator[int]:
    """Yield where signs stand that go, and in whose place nothing comes."""
    observed, intended = proposal.observed, proposal.intended
    if all(sign in LETTERS or sign.isspace() for sign in observed):
        return
    from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

    for block in Levenshtein.opcodes(observed, intended):
        if block.tag == "delete":
            for at in range(block.src_start, block.src_end):
                if observed[at] not in LETTERS and not observed[at].isspace():
                    yield proposal.start + at


def _is_sign(letter: str) -> bool:
    return not (letter.isspace() or letter.isalnum() or letter in LETTERS)


def _in_run(text: str, at: int) -> bool:
    """Whether a sign is one of several in a row, and not at the edge of a page."""
    start, end = at, at + 1
    while start > 0 and _is_sign(text[start - 1]):
        start -= 1
    while end < len(text) and _is_sign(text[end]):
        end += 1
    if end - start < 2:
        return False
    before = text[max(0, start - _MARGIN) : start]
    return not (len(before) == _MARGIN and before.isspace() and "\n" not in before)


def _in_number(text: str, at: int) -> bool:
    """Whether a stop begins a decimal fraction."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return text[at] in ".," and after.isdigit() and (not before or before.isspace())


def _after_word(text: str, at: int) -> bool:
    """Whether a colon stands on a word, as after a heading or a label."""
    word = text[max(0, at - 2) : at]
    return (
        text[at] == ":"
        and word != ""
        and word[-1] in LETTERS
        and not _MARK_ON_NOTHING.fullmatch(word)
    )


def _after_item(text: str, at: int) -> bool:
    """Whether a comma stands on a word or a number, as in a list."""
    before = text[max(0, at - 1) : at]
    return text[at] == "," and (before in LETTERS or before.isdigit()) and before != ""


def _after_label(text: str, at: int) -> bool:
    """Whether a colon stands between a label and what it says, a blank on each side: `โทร : 191`"""
    ends = text[max(0, at - 2) : at + 3 : 4]
    if text[at - 1 : at + 2] != " : " or len(ends) < 2:
        return False
    return all(letter in LETTERS or letter.isalnum() for letter in ends)


def _ends_abbreviation(text: str, at: int) -> bool:
    """Whether a stop ends an abbreviation of two letters or more that has a stop inside: `ลบ.ม.`"""
    before = text[max(0, at - _LONGEST_STOPPED) : at]
    return text[at] == "." and _STOPPED.search(before) is not None


def _in_brackets(text: str, at: int) -> bool:
    """Whether a bracket has its partner in the line."""
    if text[at] == "[":
        rest = text[at + 1 : at + _NEAR].partition("\n")[0]
        return "]" in rest and "[" not in rest.partition("]")[0]
    before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
    return text[at] == "]" and "[" in before and "]" not in before.rpartition("[")[2]


_STRUCTURE = (
    _in_run, _in_number, _after_word, _after_item, _after_label, _ends_abbreviation, _in_brackets,
)  # fmt: skip


def changes_abbreviation(proposal: Proposal, text: str) -> bool:
    """Whether a code, a rank or an abbreviation that a lexicon knows would become something else.

    It is as good as a word, and the next one as well: `สปช.` is no misreading of `สนช.`.
    """
    return any(
        start < proposal.end and proposal.start < end and not _keeps(proposal, start, end)
        for start, end in closed_class.members_in(text, proposal.start, proposal.end)
    )


def exchanges_members(proposal: Proposal, text: str) -> bool:
    """Whether a province, month, weekday or ministry would become another one."""
    return closed_class.exchanged(proposal.observed, proposal.intended)


def loses_half_an_am(proposal: Proposal, text: str) -> bool:
    """Whether an aa would go that is half of a sara am, behind a consonant and a space."""
    lo, hi = max(0, proposal.start - 3), proposal.end
    return any(
        proposal.start < match.end() <= proposal.end
        and proposal.intended.count(SARA_AA) + proposal.intended.count(SARA_AM)
        < proposal.observed.count(SARA_AA)
        for match in _HALF_AM.finditer(text, lo, hi)
    )


def cuts_word(proposal: Proposal, text: str) -> bool:
    """Whether letters would change where something cuts a word in two."""
    return is_at_break(proposal.start, proposal.end, proposal.intended, text)


def loses_doubled_letter(proposal: Proposal, text: str) -> bool:
    """Whether one of two equal letters would go that Pali doubles: `โลกุตตร`, `อัปปมาท`."""
    observed, intended = proposal.observed, proposal.intended
    if len(intended) != len(observed) - 1:
        return False
    for i, letter in enumerate(observed):
        if letter in _DOUBLED and observed[:i] + observed[i + 1 :] == intended:
            at = proposal.start + i
            return letter in (text[at - 1 : at], text[at + 1 : at + 2])
    return False


def exchanges_number_word(proposal: Proposal, text: str) -> bool:
    """Whether a number word that stands alone would become another word: `สี่`, `ที่`."""
    return proposal.observed.strip() in _number_words()


@cache
def _number_words() -> frozenset[str]:
    """One to nine, and the powers of ten."""
    from thaifix.text.number_words import MILLION, UNIT_WORDS, spell  # slow to load

    return frozenset([*map(spell, range(1, 10)), *UNIT_WORDS[1:], MILLION])


def joins_line_end(proposal: Proposal, text: str) -> bool:
    """Whether a carriage return and a line feed would come together, which are two line ends."""
    around = text[proposal.start - 1 : proposal.start], text[proposal.end : proposal.end + 1]
    return around == ("\r", "\n") and not proposal.intended.strip()


_RULES = (
    loses_letters_beside_unreadable,
    loses_half_an_am,
    loses_structure,
    changes_abbreviation,
    exchanges_members,
    cuts_word,
    loses_doubled_letter,
    exchanges_number_word,
    joins_line_end,
)
