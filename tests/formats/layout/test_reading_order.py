"""The order in which the regions of PAGE XML are read."""

from __future__ import annotations

import pytest

from thaifix.formats.layout.markup import parse
from thaifix.formats.layout.reading_order import ranks

REF = '<RegionRefIndexed index="{}" regionRef="{}"/>'


@pytest.mark.parametrize(
    ("order", "regions"),
    [
        ("", []),
        (REF.format(1, "b") + REF.format(0, "a"), ["a", "b"]),
        (REF.format(10, "b") + REF.format(9, "a"), ["a", "b"]),  # numbers, not strings
        (REF.format(0, "a") + REF.format(0, "b") + REF.format(0, "c"), ["a", "b", "c"]),
        ('<RegionRef regionRef="b"/><RegionRef regionRef="a"/>', ["b", "a"]),
        (REF.format("x", "b") + REF.format("", "a"), ["b", "a"]),
        (REF.format(0, "a") + REF.format(1, "b") + REF.format(2, "a"), ["a", "b"]),
        (  # groups have a place among their siblings, and their members among themselves
            f'<G index="2">{REF.format(1, "e")}{REF.format(0, "d")}</G>'
            f'<G index="1"><U>{REF.format(1, "c")}{REF.format(0, "b")}</U></G>'
            + REF.format(0, "a"),
            ["a", "b", "c", "d", "e"],
        ),
        (
            '<G index="0" regionRef="z"/>' + REF.format(1, "a"),
            ["z", "a"],
        ),  # a region that holds others
    ],
)
def test_regions_are_ranked(order: str, regions: list[str]) -> None:
    text = f'<P><ReadingOrder>{order}</ReadingOrder><RegionRef regionRef="after"/></P>'
    markup = parse(text.encode(), "file")
    found = ranks(markup, 1)
    assert list(found) == regions
    assert list(found.values()) == [*range(len(regions))]


def test_groups_may_be_nested_ever_so_deep() -> None:
    text = f"<ReadingOrder>{'<G>' * 5000}{REF.format(0, 'a')}{'</G>' * 5000}</ReadingOrder>"
    assert ranks(parse(text.encode(), "file"), 0) == {"a": 0}
