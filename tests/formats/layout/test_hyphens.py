"""Words of ALTO that are broken over a line end."""

from __future__ import annotations

import pytest
from replacements import corrected, parsed, reverted, text_of


def page(*lines: str) -> bytes:
    """Make a file of lines, without spaces and boxes."""
    inner = "".join(f"<TextLine>{line}</TextLine>" for line in lines)
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page><PrintSpace>'
        f"<TextBlock>{inner}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def part(number: int, text: str, whole: str | None) -> str:
    about = "" if whole is None else f' SUBS_CONTENT="{whole}"'
    return f'<String SUBS_TYPE="HypPart{number}"{about} CONTENT="{text}"/>'


HYP = '<HYP CONTENT="-"/>'


@pytest.mark.parametrize(
    ("lines", "wholes"),
    [
        ([part(1, "คณะ", "คณะกรรม") + HYP, part(2, "กรรม", "คณะกรรม")], ["ฅณะกรรฆ"] * 2),
        ([part(1, "คณะ-", "คณะกรรม"), part(2, "กรรม", "คณะกรรม")], ["ฅณะกรรฆ"] * 2),
        ([part(1, "คณะ", None), part(2, "กรรม", "คณะกรรม")], [None, "ฅณะกรรฆ"]),
        ([part(1, "คณะ", "คณะอื่น"), part(2, "กรรม", "คณะกรรม")], ["คณะอื่น", "ฅณะกรรฆ"]),
        ([part(1, "คณะ", "คณะกรรม") + HYP], ["ฅณะกรรม"]),  # the other is on the next page
        ([part(2, "กรรม", "คณะกรรม")], ["คณะกรรฆ"]),
        ([part(1, "คณะ", "คณะกรรม"), part(1, "คณะ", "คณะ&amp;")], ["ฅณะกรรม", "ฅณะ&"]),
        ([part(1, "นา", "นาที่"), part(2, "ที่", "นาที่")], ["นาที่"] * 2),  # nothing to correct
    ],
)
def test_a_whole_follows_its_parts(lines: list[str], wholes: list[str | None]) -> None:
    """Both, if it was made of them; one that says something else stays."""
    data = page(*lines)
    result, _ = corrected("alto", data, {"ค": "ฅ", "ม": "ฆ"})
    assert [e.get("SUBS_CONTENT") for e in parsed(result).iter("{*}String")] == wholes
    if result != data:
        assert reverted("alto", result) == data


def test_hyphens_are_part_of_their_lines() -> None:
    assert (
        text_of("alto", page(part(1, "คณะ", "คณะกรรม") + HYP, part(2, "กรรม", "")))
        == "คณะ-\nกรรม\n"
    )


def test_merged_letters_keep_wholes_right() -> None:
    """What is taken away has none."""
    letters = "".join(f'<String CONTENT="{letter}"/>' for letter in "แม")
    data = page(letters + part(1, "ว", "วก"), part(2, "ก", "วก"))
    result, _ = corrected("alto", data, {"ก": "ถ"})
    assert [e.get("SUBS_CONTENT") for e in parsed(result).iter("{*}String")][2:] == ["วถ", "วถ"]
