"""What is compared is found by name or id; what does not fit is said."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from thaifix.errors import PairingError
from thaifix.evaluation import DocumentTexts
from thaifix.evaluation.pairing import Paired, Reader

HIPE = [
    {
        "document_metadata": {"document_id": f"d{i}", "language": "th"},
        "ocr_hypothesis": {"transcription_unit": f"ห{i}", "num_tokens": 1, "num_chars": 2},
        "ground_truth": {"transcription_unit": f"ท{i}", "num_tokens": 1, "num_chars": 2},
        "ocr_postcorrection_output": {"transcription_unit": corrected},
    }
    for i, corrected in enumerate(["ท0", "None"])
]


def write(path: Path, content: str | bytes | list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        content = "\n".join(json.dumps(record) for record in content) + "\n"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def folder(path: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        write(path / name, text)
    return path


def read(*paths: Path, **options: Any) -> Paired:
    return Reader(**options).read(list(paths))


def test_files(tmp_path: Path) -> None:
    """Names need not be alike; a byte order mark is not text, line ends are kept."""
    names, texts = ["true.txt", "ocr.md", "a/out", "b/out"], ["\ufeffก\r\n", "ข", "ค", ""]
    paths = [write(tmp_path / name, text) for name, text in zip(names, texts, strict=True)]
    paired = read(*paths)
    assert paired.texts == [DocumentTexts("true.txt", "ก\r\n", "ข", ("ค", ""))]
    assert paired.systems == [str(tmp_path / "a/out"), str(tmp_path / "b/out")]
    assert read(*paths[:3]).systems == ["out"]


def test_folders(tmp_path: Path) -> None:
    """Pages of sub-folders too; other files and hidden ones are none."""
    reference = folder(
        tmp_path / "gold", {"b.txt": "ข", "a/1.x.txt": "ก", "a/1.png": "", ".c.txt": ""}
    )
    hypothesis = folder(tmp_path / "ocr", {"a/1.x.txt": "ก1", "b.txt": "ข1"})
    paired = read(reference, hypothesis)
    assert paired.texts == [DocumentTexts("a/1.x", "ก", "ก1"), DocumentTexts("b", "ข", "ข1")]


def test_folders_with_other_extensions(tmp_path: Path) -> None:
    reference = folder(tmp_path / "gold", {"1.gt": "ก"})
    hypothesis = folder(tmp_path / "ocr", {"1.out": "ข"})
    with pytest.raises(PairingError, match=r"no file is named \*\.txt"):
        read(reference, hypothesis)
    assert read(reference, hypothesis, pattern="*").texts == [DocumentTexts("1", "ก", "ข")]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    pages = folder(tmp_path / "gold", {"1.gt": "ก", "1.txt": "ข"})
    with pytest.raises(PairingError, match=r"1\.gt and .*1\.txt have one name"):
        read(pages, pages, pattern="*")


@pytest.mark.parametrize(
    ("record", "systems", "corrected"),
    [
        ({"id": "p", "gold": "ก", "ocr": "ข"}, [], ()),
        ({"id": "p", "reference": "ก", "hypothesis": "ข", "corrected": "ค"}, ["corrected"], ("ค",)),
        ({"id": "p", "intended": "ก", "observed": "ข", "font": 3}, [], ()),
    ],
)
def test_one_file_of_records(
    tmp_path: Path, record: dict[str, Any], systems: list[str], corrected: tuple[str, ...]
) -> None:
    paired = read(write(tmp_path / "pages.jsonl", [record]))
    assert paired == Paired([DocumentTexts("p", "ก", "ข", corrected)], systems, [])


def test_fields_can_be_named(tmp_path: Path) -> None:
    """Dots lead into objects; a number is an id, too."""
    record = {"meta": {"key": 7}, "texts": {"true": "ก"}, "ocr": "x", "raw": "ข", "gold": "y"}
    fields = {"id": "meta.key", "reference": "texts.true", "hypothesis": "raw"}
    paired = read(write(tmp_path / "pages.jsonl", [record]), fields=fields)
    assert paired.texts == [DocumentTexts("7", "ก", "ข")]


def test_records_without_ids_are_paired_by_line(tmp_path: Path) -> None:
    reference = write(tmp_path / "a.jsonl", [{"gold": "ก"}, {"gold": "ข"}])
    hypothesis = write(tmp_path / "b.jsonl", [{"ocr": "1"}, {"ocr": "2"}])
    assert read(reference, hypothesis).texts == [
        DocumentTexts("1", "ก", "1"),
        DocumentTexts("2", "ข", "2"),
    ]


def test_files_of_records_are_paired_by_id(tmp_path: Path) -> None:
    """In whatever order."""
    reference = write(tmp_path / "a.jsonl", [{"id": 1, "gold": "ก"}, {"id": 2, "gold": "ข"}])
    hypothesis = write(tmp_path / "b.jsonl", [{"id": 2, "ocr": "ข2"}, {"id": 1, "ocr": "ก1"}])
    assert read(reference, hypothesis).texts == [
        DocumentTexts("1", "ก", "ก1"),
        DocumentTexts("2", "ข", "ข2"),
    ]


def test_records_of_hipe_ocrepair(tmp_path: Path) -> None:
    """Its placeholder for no output is a missing page."""
    path = write(tmp_path / "hipe.jsonl", HIPE)
    assert read(path, missing="empty").texts == [
        DocumentTexts("d0", "ท0", "ห0", ("ท0",)),
        DocumentTexts("d1", "ท1", "ห1", ("",)),
    ]
    assert read(path, path, path, missing="skip").texts == [
        DocumentTexts("d0", "ท0", "ห0", ("ท0",))
    ]
    with pytest.raises(PairingError, match=r"jsonl \(corrected\) lacks 1 page \(d1\)"):
        read(path)


def test_missing_pages(tmp_path: Path) -> None:
    """Are named, empty or left out, as is asked for."""
    reference = folder(tmp_path / "gold", {"1.txt": "ก", "2.txt": "ข"})
    hypothesis = folder(tmp_path / "ocr", {"1.txt": "ก"})
    with pytest.raises(PairingError, match=r"ocr lacks 1 page \(2\) that .*gold has"):
        read(reference, hypothesis)
    assert read(reference, hypothesis, missing="empty").texts[1] == DocumentTexts("2", "ข", "")
    assert read(reference, hypothesis, missing="skip") == Paired(
        [DocumentTexts("1", "ก", "ก")], [], ["2"]
    )


@pytest.mark.parametrize("missing", ["error", "empty"])
def test_pages_without_a_reference(tmp_path: Path, missing: str) -> None:
    """Cannot be judged; the message does not list hundreds."""
    reference = folder(tmp_path / "gold", {"1.txt": "ก"})
    hypothesis = folder(tmp_path / "ocr", {f"{i}.txt": "ก" for i in range(1, 15)})
    with pytest.raises(PairingError, match=r"gold lacks 13 pages \(10, 11, .* and 3 more\)"):
        read(reference, hypothesis, missing=missing)
    assert len(read(reference, hypothesis, missing="skip").skipped) == 13


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{\xff}", r"pages\.jsonl: byte 1 is not UTF-8"),
        (b"not json\n", r"pages\.jsonl:1: not JSON"),
        (b'{"gold": ', r"pages\.jsonl:1: not JSON"),
        (b"[1]", r"pages\.jsonl:1: not an object"),
        (b'\n{"ocr": "x"}', r"pages\.jsonl:2: no reference: none of the fields gold, .*--ref"),
        (b'{"gold": 3, "ocr": "x"}', r"pages\.jsonl:1: the field gold is no text but int"),
        (b'{"id": 1, "gold": "x", "ocr": "x"}\n' * 2, r"pages\.jsonl:2: id '1' is that of line 1"),
        (b"", r"nothing to compare"),
        (b"[" * 100_000, r"pages\.jsonl:1: not JSON"),
    ],
)
def test_malformed_records(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(PairingError, match=message):
        read(write(tmp_path / "pages.jsonl", content))


def test_invalid_utf8(tmp_path: Path) -> None:
    """The message says where, and what to do."""
    good, bad = write(tmp_path / "a", "ก"), write(tmp_path / "b", "ก".encode() + b"\xa1")
    with pytest.raises(PairingError, match=r"b: byte 3 is not UTF-8.*iconv"):
        read(good, bad)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "is a PDF. Make its text first: thaifix text '{}' > FILE.txt"),
        (b"PAR1\0", "is a table (Parquet). Make its text first: thaifix text '{}' > FILE.txt"),
        (b"ARROW1\0", "is a table (Arrow). Make its text first: thaifix text '{}' > FILE.txt"),
        (
            gzip.compress(b"x", mtime=0),  # without the time, which workers would not agree on
            "is compressed. Make its text first: thaifix text '{}' > FILE.txt",
        ),
        (b"\x89PNG\r\n\x1a\n", "is an image. Let an OCR engine read it first"),
        (b"PK\3\4\xff", "is a ZIP archive, as .docx, .xlsx, .epub and .odt files are. Save its "
         "text as a file"),
    ],
)  # fmt: skip
def test_what_is_no_text(tmp_path: Path, data: bytes, said: str) -> None:
    """The message says what it is and what to do, not at which byte it is not UTF-8."""
    good, other = write(tmp_path / "a", "ก"), write(tmp_path / "b", data)
    with pytest.raises(PairingError) as error:
        read(good, other)
    assert str(error.value) == f"{other}: {said.format(other)}"


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_name_that_is_wrong_is_named(tmp_path: Path, missing: int) -> None:
    """A folder that is not there is no text."""
    paths = [folder(tmp_path / name, {"1.txt": "ก"}) for name in "abc"]
    paths[missing] = tmp_path / "nope"
    with pytest.raises(FileNotFoundError) as error:
        read(*paths)
    assert str(error.value.filename) == str(tmp_path / "nope")


def test_kinds_do_not_mix(tmp_path: Path) -> None:
    file = write(tmp_path / "1.txt", "ก")
    with pytest.raises(PairingError, match="folder and text do not go together"):
        read(file, tmp_path)
    with pytest.raises(PairingError, match="alone is not enough"):
        read(file)


def test_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "no.txt", tmp_path / "no.txt")


def test_truth_may_be_named_so(tmp_path: Path) -> None:
    """Kraken, OCR-D and tesstrain keep the truth of 1.txt in 1.gt.txt."""
    reference = folder(tmp_path / "gold", {"a/1.gt.txt": "ก"})
    hypothesis = folder(tmp_path / "ocr", {"a/1.txt": "ข"})
    assert read(reference, hypothesis).texts == [DocumentTexts("a/1", "ก", "ข")]


@pytest.mark.parametrize("name", ["tesseract.hocr", "tesseract.xml"])
def test_of_layout_the_text_counts(tmp_path: Path, name: str) -> None:
    """Whatever the file is called; what is damaged is an error."""
    data = Path(__file__).parents[1] / "data"
    file = write(tmp_path / "page.txt", (data / name).read_bytes())
    (page,) = read(write(tmp_path / "gold.txt", "ก"), file).texts
    assert "<" not in page.hypothesis
    assert page.hypothesis.split() == (data / "tesseract.txt").read_text("utf-8").split()
    write(file, file.read_bytes()[:3000])
    with pytest.raises(PairingError, match=r"page\.txt"):
        read(file, file)


@pytest.mark.parametrize("pattern", ["/etc/*.txt", ""])
def test_pattern_that_is_none(tmp_path: Path, pattern: str) -> None:
    folder(tmp_path, {"1.txt": "ก"})
    with pytest.raises(PairingError, match="--pattern"):
        read(tmp_path, tmp_path, pattern=pattern)


def test_a_system_given_twice(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "ก")
    assert read(file, file, file, file).systems == [str(file), f"{file} (2)"]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([{"id": "a", "gold": "ก"}], r":1: no field key\. Name another with --id-field"),
        ([{"key": None, "gold": "ก"}], r":1: no field key"),
        ([{"key": True, "gold": "ก"}], r":1: the id is neither text nor a number"),
        ([{"key": {"n": 1}, "gold": "ก"}], r":1: the id is neither text nor a number"),
    ],
)
def test_ids_that_are_asked_for(tmp_path: Path, records: list[Any], message: str) -> None:
    """Nothing else takes their place."""
    path = write(tmp_path / "a.jsonl", records)
    with pytest.raises(PairingError, match=message):
        read(path, path, fields={"id": "key", "hypothesis": "gold"})


def test_ids_of_some_records(tmp_path: Path) -> None:
    records = [{"id": None, "gold": "ก", "ocr": "ก"}, {"id": "1", "gold": "ข", "ocr": "ข"}]
    with pytest.raises(PairingError, match=r":2: some records have an id, some none"):
        read(write(tmp_path / "a.jsonl", records))


def test_which_text_is_to_be_judged(tmp_path: Path) -> None:
    """A record with a corrected text, too, is not judged by guess."""
    path = write(tmp_path / "hipe.jsonl", HIPE)
    with pytest.raises(PairingError, match=r"hold a corrected text, too\. Judge both with"):
        read(path, path)
    named = read(path, path, fields={"hypothesis": "ocr_hypothesis.transcription_unit"})
    assert [page.hypothesis for page in named.texts] == ["ห0", "ห1"]


def test_utf16(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "ก".encode("utf-16"))
    with pytest.raises(PairingError, match="iconv -f UTF-16 -t UTF-8"):
        read(path, path)


@pytest.mark.parametrize("name", ["pages.jsonl", "PAGES.JSONL", "pages.ndjson"])
def test_json_lines_are_known_by_their_name(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, [{"id": 1, "gold": "ก", "ocr": "ข"}])
    assert read(path).texts == [DocumentTexts("1", "ก", "ข")]


def test_records_of_several_systems(tmp_path: Path) -> None:
    """Each file holds a text of each page, in whatever order; their names are the systems'."""
    gold, ocr, one, two = (
        write(tmp_path / name / "x.jsonl", [{"id": i, field: f"{name}{i}"} for i in order])
        for name, field, order in [
            ("gold", "gold", (1, 2)), ("ocr", "ocr", (2, 1)),
            ("one", "corrected", (1, 2)), ("two", "corrected", (2, 1)),
        ]
    )  # fmt: skip
    paired = read(gold, ocr, one, two)
    assert paired.texts == [
        DocumentTexts(f"{i}", f"gold{i}", f"ocr{i}", (f"one{i}", f"two{i}")) for i in (1, 2)
    ]
    assert paired.systems == [str(one), str(two)]


def test_as_many_names_as_fit_are_listed(tmp_path: Path) -> None:
    """Ten of ten, ten of eleven."""
    reference = folder(tmp_path / "gold", {"x.txt": "ก"})
    for count, end in (10, r"18, 19\)"), (11, r"18, 19 and 1 more\)"):
        pages = {f"{i}.txt": "ก" for i in range(10, 10 + count)}
        hypothesis = folder(tmp_path / f"ocr{count}", {"x.txt": "ก"} | pages)
        with pytest.raises(PairingError, match=rf"lacks {count} pages \(10, 11, .*{end}"):
            read(reference, hypothesis)


def test_hidden_folders_hold_no_pages(tmp_path: Path) -> None:
    """Nor is a folder a page that is named like one."""
    pages = folder(tmp_path, {"1.txt": "ก", ".git/2.txt": "ข", "a/.b/3.txt": "ค", "4.txt/5": "ง"})
    assert [page.id for page in read(pages, pages).texts] == ["1"]


def test_pages_are_in_order(tmp_path: Path) -> None:
    """Of their paths, whatever order the folder has."""
    pages = folder(tmp_path, {f"{name}.txt": "ก" for name in "hbgafdce"})
    assert [page.id for page in read(pages, pages).texts] == list("abcdefgh")


def test_skipped_pages_are_told_once(tmp_path: Path) -> None:
    """Whichever text they lack."""
    gold = folder(tmp_path / "gold", {"1.txt": "", "2.txt": "", "3.txt": ""})
    ocr = folder(tmp_path / "ocr", {"2.txt": "", "3.txt": "", "4.txt": ""})
    mine = folder(tmp_path / "mine", {"1.txt": "", "3.txt": ""})
    paired = read(gold, ocr, mine, missing="skip")
    assert (paired.skipped, [page.id for page in paired.texts]) == (["1", "4", "2"], ["3"])
    with pytest.raises(PairingError, match=r"nothing to compare\. Give at least one page"):
        read(gold, folder(tmp_path / "none", {"9.txt": ""}), missing="skip")


def test_missing_pages_of_a_system_are_empty(tmp_path: Path) -> None:
    gold = folder(tmp_path / "gold", {"1.txt": "ก"})
    mine = folder(tmp_path / "mine", {"1.txt": "ก"})
    other = folder(tmp_path / "other", {"x.md": ""})
    with pytest.raises(PairingError, match=r"no file is named \*\.txt\. See --pattern"):
        read(gold, mine, other)
    more = folder(tmp_path / "gold2", {"1.txt": "ก", "2.txt": "ข"})
    with pytest.raises(PairingError, match=r"gold lacks 1 page \(2\) that .*gold2 has"):
        read(more, gold)
    assert read(more, more, mine, missing="empty").texts[1] == DocumentTexts("2", "ข", "ข", ("",))


def test_three_systems_of_one_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "ก")
    assert read(file, file, *[file] * 3).systems == [str(file), f"{file} (2)", f"{file} (3)"]


def test_tis_620_and_utf_16_are_told_apart(tmp_path: Path) -> None:
    """By the byte order mark, of either order."""
    for data, encoding in [
        ("ก".encode("tis-620"), "TIS-620"),
        ("\ufeffก".encode("utf-16-le"), "UTF-16"),
        ("\ufeffก".encode("utf-16-be"), "UTF-16"),
    ]:
        file = write(tmp_path / "a.txt", data)
        with pytest.raises(PairingError, match=f"byte 0 is not UTF-8.*-f {encoding} -t UTF-8"):
            read(file, file)
