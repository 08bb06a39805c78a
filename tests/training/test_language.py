"""Training: word list, counts and letter model from running text."""

from __future__ import annotations

import lzma
from math import exp
from pathlib import Path
from typing import Any

import pytest

from thaifix.kernel.symbols import FIRST_WORD, encode
from thaifix.kernel.trie import Trie
from thaifix.model import ngram

np = pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import language as train  # noqa: E402  (it needs numpy)

LINES = [
    "ที่ประชุมมีมติเห็นชอบตามที่เสนอ และมอบหมายให้หน่วยงานที่เกี่ยวข้องดำเนินการ",
    "เมื่อวันที่ ๕ มีนาคม ๒๕๖๗ คณะกรรมการได้ตรวจเยี่ยมพื้นที่ก่อสร้าง",
    "ชาวบ้านสำปันนากล่าวว่าน้ำท่วมซ้ำซากทุกปี",
]
INVENTED = "ฝูกแฝ่ง"
"""A string that no word list knows."""


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lexicons")
    rows = {
        "places": [
            "1\tธนวัฒนาวิมาน\tplace",
            "4\tเอ บี\tplace",
            "5\tABC\tplace",
            "6\tส\u0e4d\u0e32นวนวิมาน\tplace",
        ],
        "forms": ["2\tขอเรียนให้ทราบว่า\tform", "7\tมีความยินดียิ่งวิมาน\tphrase"],
        "abbreviations": ["3\tก.ซ.ฬ.\tabbreviation"],
        "agencies": ["8\tกรมพฤกษ์ธาราวิมาน\tagency"],
    }
    for name in (*train.WORDS, "agencies"):
        text = "\n".join(["id\tterm\ttype", *rows.get(name, [])]) + "\n"
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_text("".join(f"{LINES[i % 3]} {INVENTED}\n" for i in range(110)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def language(text: Path, lexicons: Path) -> train.Language:
    return train.language(text, lexicons)


def test_paragraphs_are_normalised(tmp_path: Path) -> None:
    data = "ส\u0e4d\u0e32คัญ\n\nเเผน\n"
    (tmp_path / "a.txt").write_text(data, encoding="utf-8")
    with lzma.open(tmp_path / "a.xz", "wt", encoding="utf-8") as file:
        file.write(data)
    expected = ["สำคัญ", "", "แผน"]
    assert list(train.paragraphs(tmp_path / "a.txt")) == expected
    assert list(train.paragraphs(tmp_path / "a.xz")) == expected


def test_vocabulary(lexicons: Path) -> None:
    """General words and those of some lexicons; no phrases, nothing foreign."""
    words = train.vocabulary(lexicons)
    assert words["โรงเรียน"] == train.RECIPE["word_floor"]
    assert words["ธนวัฒนาวิมาน"] == words["ก.ซ.ฬ."] == train.RECIPE["lexicon_floor"]
    assert words["ขอเรียนให้ทราบว่า"] == train.RECIPE["form_floor"]
    assert words["สำนวนวิมาน"] == train.RECIPE["lexicon_floor"]
    assert not {"เอ บี", "ABC", "ส\u0e4d\u0e32นวนวิมาน"} & set(words)
    assert not {"มีความยินดียิ่งวิมาน", "กรมพฤกษ์ธาราวิมาน"} & set(words)


def test_one_paragraph_in_a_hundred_is_held_out(language: train.Language) -> None:
    assert [line.split()[0] for line in language.held_out] == [
        LINES[7 % 3].split()[0],
        LINES[107 % 3].split()[0],
    ]
    assert language.recipe["paragraphs"] == 108


def test_a_frequent_unknown_string_becomes_a_word(language: train.Language) -> None:
    assert INVENTED in language.recipe["discovered"]
    trie = Trie(*(language.arrays[name] for name in ("first", "label", "word")))
    assert trie.find(encode(INVENTED)) >= 0
    assert trie.find(encode("ธนวัฒนาวิมาน")) >= 0


def test_the_arrays_fit_together(language: train.Language) -> None:
    arrays = language.arrays
    size = FIRST_WORD + language.recipe["words"]
    assert len(arrays["cost"]) == len(arrays["backoff"]) == size
    assert len(arrays["letters"]) == 96**3
    model = ngram.load(*(arrays[name] for name in ("cost", "backoff", "pairs", "triples")))
    trie = Trie(*(arrays[name] for name in ("first", "label", "word")))

    def word(term: str) -> int:
        return FIRST_WORD + trie.find(encode(term))

    assert model.cost2(word("มีมติ"), word("เห็นชอบ")) < model.cost2(word("เห็นชอบ"), word("มีมติ"))
    assert model.cost2(1, word("ช้าง")) > model.cost2(1, word("เมื่อ"))


def test_the_same_text_gives_the_same_arrays(
    language: train.Language, text: Path, lexicons: Path
) -> None:
    again = train.language(text, lexicons)
    assert {k: bytes(memoryview(v)) for k, v in again.arrays.items()} == {
        k: bytes(memoryview(v)) for k, v in language.arrays.items()
    }
    assert again[1:] == language[1:]


@pytest.mark.parametrize(
    ("unknown", "known", "found"),
    [
        ({"กขคง": 30}, {}, ["กขคง"]),
        ({"กขคง": 29}, {}, []),
        ({"กขค": 99}, {}, []),
        ({"กขคง": 30}, {"กขคจ": 600}, ["กขคง"]),
        ({"กขคง": 30}, {"กขคจ": 601}, []),
        ({"กขคง": 30}, {"กขค": 601}, []),
        ({"กขคง": 30}, {"กขคงจ": 601}, []),
        ({"กขคง": 30}, {"ฮฮคง": 9999}, ["กขคง"]),
        ({"กขคเ": 30, "่กขคง": 30, "กข ง": 30, "กขค1": 30}, {}, []),
        ({"ลขคง": 30, "กขคง": 30}, {}, ["กขคง", "ลขคง"]),
    ],
)
def test_discover(unknown: dict[str, int], known: dict[str, int], found: list[str]) -> None:
    """Frequent, long enough, spelled like a word, and no misspelling of a frequent one."""
    assert train.discover(unknown, known) == found


def letter(costs: Any, a: int, b: int) -> Any:
    """P(letter | a, b) of all letters."""
    table = costs.reshape(96, 96, 96)
    return np.exp(-table[a, b].astype(float) * ngram.STEP)


def test_letter_costs_add_up_to_about_one() -> None:
    """After every history, seen or not; costs of a byte's end are the least there is."""
    costs = train.letter_costs(["กาน", "กาม", "การ", "มานี", "มานา"])
    least = exp(-255 * ngram.STEP)
    ko, aa = encode("กา")
    for a, b in [(0, 0), (0, ko), (ko, aa), (aa, aa), (95, 95)]:
        p = letter(costs, a, b)
        assert p.sum() == pytest.approx(1, abs=0.06 + 96 * least)


def test_letters_that_were_seen_are_cheaper() -> None:
    costs = train.letter_costs(["กาน", "กาม", "การ"])
    ko, aa, no, kho = encode("กานข")
    assert letter(costs, 0, 0)[ko] > 0.8
    assert letter(costs, ko, aa)[no] > letter(costs, ko, aa)[kho] * 5


def test_letter_costs_do_not_depend_on_the_order() -> None:
    words = ["กาน", "มานี", "การ"]
    assert train.letter_costs(words).tobytes() == train.letter_costs(words[::-1]).tobytes()


def test_confusions_are_counted_after_normalisation() -> None:
    """Sara am in two parts and runs of spaces are no confusion."""
    counted = train.confusions([("ส\u0e4d\u0e32คัญ  มาก ", "สำคัญ มาก"), ("วับนี้", "วันนี้")])
    assert counted.pairs == {("บ", "น"): 1}
