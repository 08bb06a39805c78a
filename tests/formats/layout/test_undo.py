"""The record that leads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.errors import FormatError
from thaifix.formats.layout.markup import Splice, splice
from thaifix.formats.layout.undo import record, undo

LETTERS = st.text("กข<>?-&\"'\\\r\n\u2028😀", max_size=6)


@given(
    st.text("กข<>?-&\"'\\\r\n", max_size=9),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), LETTERS)),
    st.booleans(),
    st.sampled_from(["", "\ufeff"]),
)
def test_records_lead_back(
    text: str, changes: list[tuple[int, int, str]], is_xml: bool, bom: str
) -> None:
    """Whatever was put where, and whatever signs would end the record."""
    # What was there before may have the same signs; a record's own beginning is no sign of text.
    text, at, splices = bom + text, len(bom), []
    for skip, length, new in changes:
        start = at + skip
        if start + length > len(text):
            break
        splices.append(Splice(start, start + length, new))
        at = start + length
    parts, back = splice(text, splices)
    new = "".join(parts)
    written = record(text.encode(), back, is_xml=is_xml)
    assert undo((new + written).encode(), "file") == text.encode()
    body = written.removesuffix("?>\n" if is_xml else "-->\n")
    assert ("?>" if is_xml else "--") not in body[4:]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<a/>", "has not kept what it was"),
        (b"<a/><?thaifix-undo 2 ?>\n", "was changed after"),
        (b"<b/>" + record(b"<a/>", [(1, 1, "c")], is_xml=True).encode(), "was changed after"),
        (b"<b/>" + record(b"<a/>", [(1, 99, "a")], is_xml=True).encode(), "was changed after"),
        (b"<b/>" + record(b"<a/>", [(1, 1, "a")], is_xml=True).encode() + b" ", "was changed"),
    ],
)
def test_what_does_not_lead_back_is_told(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=f"file: {message}"):
        undo(data, "file")
