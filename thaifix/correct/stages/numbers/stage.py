"""The stage: its rules, and what becomes of what they find."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.correct.flags.markup import in_address, markup_spans
from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding
from thaifix.text.edit import Edit, Flag
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import DIGITS

# What a rule begins with: most texts have none of it, and the rule is not even loaded.
_IN_WORDS = pattern("[(][^()]{0,300}(?:สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน|บาท|สตางค์)|บาทถ้วน")
_HYPHENS = pattern(f"-[0-9{DIGITS}]{{4}}-")
_LABELS = pattern(rf"(?:^|\n)[ \t]{{0,40}}\S{{0,12}}[ \t]?[0-9{DIGITS}]")


class Numbers(Stage):
    """Numbers that something else proves. Safe to share between documents and threads."""

    guesses = True

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find numbers that another place proves wrong, and numbers that contradict each other.

        Args:
            text: A section, its letters corrected.
            keep: The user's words; numbers in them stay.
            document: Tells the family of the engine.
        Time: linear; a text without what a rule begins with is only searched.
        """
        channel = DigitChannel(document.families.family())
        found = sorted(self._found(text, channel, document), key=lambda finding: finding.span)
        if not found:
            return Findings()
        kept = [*sorted(keep.spans(text))] if keep else []
        markup = markup_spans(text)
        edits: list[Edit] = []
        flags: list[Flag] = []
        done = 0
        for finding in found:
            start, end = finding.span
            if start < done or touches(kept, start, end) or touches(markup, start, end):
                continue
            if in_address(text, start, end):
                continue
            if finding.replacement is None:
                flags.append(finding.flag())
            else:
                edits.append(finding.edit(text))
            done = end
        return Findings(edits, flags)

    def _found(self, text: str, channel: DigitChannel, document: DocumentState) -> list[Finding]:
        found: list[Finding] = []
        noisy = document.is_noisy
        if _IN_WORDS.search(text):
            from thaifix.correct.stages.numbers.sums import sum_in_words

            found += sum_in_words(text, channel)
        if noisy or "ค.ศ" in text or "ค. ศ" in text:
            found += self._years(text, channel, noisy)
        if noisy and "ละ" in text and "เป็นเงิน" in text:
            from thaifix.correct.stages.numbers.arithmetic import unit_price

            found += unit_price(text, channel)
        if noisy and "รวม" in text:
            from thaifix.correct.stages.numbers.totals import column_total

            found += column_total(text, channel)
        of_person = "เลขประจำตัว" in text or "เลขบัตร" in text or _HYPHENS.search(text)
        if noisy or of_person:
            from thaifix.correct.stages.numbers.recurring import recurring_number, wrong_check_digit

            found += wrong_check_digit(text)
            found += recurring_number(text, channel) if noisy else ()
        if _LABELS.search(text):
            from thaifix.correct.stages.numbers.numbering import list_number, misread_digits

            pairs = [
                pair
                for f in found
                for pair in misread_digits(text[slice(*f.span)], f.replacement or "")
            ]
            found += list_number(text, channel, pairs, noisy=noisy)
        return found

    def _years(self, text: str, channel: DigitChannel, noisy: bool) -> Iterator[Finding]:
        from thaifix.correct.stages.numbers import years
        from thaifix.correct.stages.numbers.dates import date_weekday, dates

        yield from years.other_era(text, channel)
        if noisy:
            known, found = list(dates(text)), years.years(text)
            yield from date_weekday(text, channel, known)
            yield from years.reference_year(text, channel, known)
            yield from years.document_year(text, channel, known, found)
