"""The laws of the filter, with a corrector that is plain to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from filtering import ZERO_WIDTH_SPACE, FakeCorrector, cut, run, shreds, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.stream.filter import Filter, Stats
from thaifix.text.blocks import BLOCK_SIZE, SECTION_SIZE


@settings(deadline=None)
@given(st.lists(texts | shreds, max_size=3), st.integers(1, 9))
def test_chunk_size_does_not_matter(files: Sequence[bytes], size: int) -> None:
    """Output, log and counts are those of files read in one go."""
    small, large = run([cut(file, size) for file in files]), run([[file] for file in files])
    assert (small.output, small.log) == (large.output, large.log)
    assert small.filter.stats == large.filter.stats


@settings(deadline=None)
@given(st.lists(st.binary(), max_size=3))
def test_bytes_outside_edits_are_unchanged(files: list[bytes]) -> None:
    """Without edits the output is the input; counts are of the input."""
    done = run([[file] for file in files])
    data = b"".join(files)
    if not done.log:
        assert done.output == data
    assert done.filter.stats.bytes == len(data)


@pytest.mark.parametrize(
    ("data", "corrected"),
    [
        (b"", b""),
        ("ผิต".encode(), "ผิด".encode()),
        ("ผิต\r\nผิต\r\n".encode(), "ผิด\r\nผิด\r\n".encode()),
        ("\ufeffผิต\n".encode(), "\ufeffผิด\n".encode()),
        ("\0ผิต\0".encode(), "\0ผิด\0".encode()),
        (b"\xff" + "ผิต".encode() + b"\xe0\xb8", b"\xff" + "ผิด".encode() + b"\xe0\xb8"),
    ],
    ids=["empty", "no line end", "CRLF", "BOM", "NUL", "not UTF-8"],
)
def test_manners(data: bytes, corrected: bytes) -> None:
    """Line ends, marks and undecodable bytes pass through."""
    assert run([[data]]).output == corrected


def test_deletion_does_not_make_a_character_of_shreds() -> None:
    """Taking the space out of E0 B8 | 81 would leave a letter that no log could split again."""
    data = b"\xe0\xb8" + ZERO_WIDTH_SPACE.encode() + b"\x81"
    assert run([[data]]).output == data


def test_character_cut_by_the_end_of_a_file() -> None:
    """Two files make one stream; what the first lacks is reported for the first only."""
    data = "ก".encode()
    done = run([[data[:2]], [data[2:]], [data[:2]], [b"a\xff"]])
    assert done.output == data + data[:2] + b"a\xff"
    assert done.invalid == [2, 0, 2, 1]
    assert done.filter.stats.invalid_bytes == sum(done.invalid)


def test_pieces_say_where_they_stand() -> None:
    """Offsets run through all files, lines begin anew in each."""
    pieces = run([["\ufeffพศ\nพศ".encode()], ["ก\nพศ\n".encode()]], by_line=True).pieces
    assert [piece[:4] for piece in pieces] == [
        ("file-0", 1, 0, 0),
        ("file-0", 1, 1, 1),
        ("file-0", 2, 4, 6),
        ("file-1", 1, 6, 10),
        ("file-1", 2, 8, 12),
    ]


def test_each_file_and_page_is_a_document() -> None:
    """Documents begin with a file and after a form feed."""
    corrector = FakeCorrector()
    filter_ = Filter(corrector, lambda data: None)
    filter_.file("one", ["ก\fก".encode()])
    filter_.file("two", [b"\n"])
    assert corrector.documents == 3


def test_stats() -> None:
    """Counts are of the source; an unfinished last line is a line, in each file."""
    files = ["ผิต\nผิต".encode(), b"\xff", "๑๖.๙๙\n".encode(), b""]
    stats = run([[file] for file in files]).filter.stats
    assert (stats.bytes, stats.code_points, stats.lines) == (19 + 1 + 14, 7 + 1 + 6, 2 + 1 + 1)
    assert (dict(stats.edits), dict(stats.flags)) == ({"repair": 2}, {"doubt": 1})
    assert stats.invalid_bytes == 1
    assert stats.adapted == 2 * 3, "two for each section of a document"
    assert stats.families == {"scan": 3}, "one for each section of a document"


def test_adapted_counts_what_each_section_adds() -> None:
    """A document says how many confusions it has adapted so far."""
    line = b"x" * (SECTION_SIZE // 2) + b"\n"
    assert run([[line * 3 + b"\f" + line]]).filter.stats.adapted == 2 * 3


def test_stats_add_up() -> None:
    """Every count of one is added to that of the other."""
    one = Stats(1, 2, 3, Counter(a=4), Counter(b=5), 6, 7, Counter(e=8))
    one += Stats(10, 20, 30, Counter(a=40, c=1), Counter(d=50), 60, 70, Counter(e=1))
    assert one == Stats(11, 22, 33, Counter(a=44, c=1), Counter(b=5, d=50), 66, 77, Counter(e=9))


@pytest.mark.parametrize("by_line", [False, True])
def test_output_starts_before_input_ends(by_line: bool) -> None:
    """Little more than a section waits, however much comes."""
    written = waiting = 0

    def write(data: bytes) -> None:
        nonlocal written
        written += len(data)

    def chunks() -> Iterator[bytes]:
        nonlocal waiting
        line, given = "ก".encode() * 40 + b"\n", 0
        for _ in range(500):
            waiting = max(waiting, given - written)
            given += 10 * len(line)
            yield 10 * line

    Filter(FakeCorrector(), write, by_line=by_line).file("-", chunks())
    assert written == 500 * 10 * 121
    assert waiting <= (0 if by_line else (SECTION_SIZE + BLOCK_SIZE) * 3)
