"""The language model: word list and counts from running text."""

from __future__ import annotations

import lzma
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from few_words import few_words, write_few_words

from thaifix import Corrector
from thaifix.errors import TrainingError
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, encode
from thaifix.kernel.trie import Trie
from thaifix.lexicon.entries import PHRASES, tables
from thaifix.model import ngram

np = pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import language  # noqa: E402  (it needs numpy)
from thaifix.training.language import RECIPE, WORD_TABLES, Language  # noqa: E402

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
    for name in (*WORD_TABLES, "agencies"):
        text = "\n".join(["id\tterm\ttype", *rows.get(name, [])]) + "\n"
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_text("".join(f"{LINES[i % 3]} {INVENTED}\n" for i in range(110)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def small_vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """While it is in use, models are learned with few words."""
    path = tmp_path_factory.mktemp("words") / "words.txt"
    with few_words(write_few_words(path, "\n".join([*LINES, "ช้าง"]))):
        yield


@pytest.fixture(scope="module")
def learned(text: Path, lexicons: Path, small_vocabulary: None) -> Language:
    return language.learn_language(text, lexicons)


def test_paragraphs_are_normalised(tmp_path: Path) -> None:
    data = "ส\u0e4d\u0e32คัญ\n\nเเผน\n"
    (tmp_path / "a.txt").write_text(data, encoding="utf-8")
    with lzma.open(tmp_path / "a.xz", "wt", encoding="utf-8") as file:
        file.write(data)
    expected = ["สำคัญ", "", "แผน"]
    assert list(language.paragraphs(tmp_path / "a.txt")) == expected
    assert list(language.paragraphs(tmp_path / "a.xz")) == expected


def test_vocabulary(lexicons: Path) -> None:
    """General words and those of some lexicons; no phrases, nothing foreign."""
    words = language.vocabulary(lexicons)
    assert words["โรงเรียน"] == RECIPE["word_floor"]
    assert words["ธนวัฒนาวิมาน"] == words["ก.ซ.ฬ."] == RECIPE["lexicon_floor"]
    assert words["ขอเรียนให้ทราบว่า"] == RECIPE["form_floor"]
    assert words["สำนวนวิมาน"] == RECIPE["lexicon_floor"]
    assert not {"เอ บี", "ABC", "ส\u0e4d\u0e32นวนวิมาน"} & set(words)
    assert not {"มีความยินดียิ่งวิมาน", "กรมพฤกษ์ธาราวิมาน"} & set(words)


def test_every_table_is_of_words_or_of_phrases() -> None:
    """`forms` is both; what only old texts and dialects have is neither, and codes are no words."""
    neither = {"codes", "dialects", "historic"}
    assert {*PHRASES, *WORD_TABLES} | neither == {path.stem for path in tables()}
    assert {*PHRASES} & {*WORD_TABLES} == {"forms"}


def test_one_paragraph_in_a_hundred_is_held_out(learned: Language) -> None:
    """From the eighth on; the others, and only they, are learned from."""
    assert language.held_out(map(str, range(310))) == ["7", "107", "207", "307"]
    assert language.held_out(map(str, range(7))) == []
    assert learned.held_out == [f"{LINES[7 % 3]} {INVENTED}", f"{LINES[107 % 3]} {INVENTED}"]
    lines = [f"{LINES[i % 3]} {INVENTED}" for i in range(110) if i not in (7, 107)]
    assert learned.recipe["paragraphs"] == 108
    assert learned.recipe["code_points"] == sum(map(len, lines))


def test_a_frequent_unknown_string_becomes_a_word(learned: Language) -> None:
    assert INVENTED in learned.recipe["discovered"]
    trie = Trie(*(learned.arrays[name] for name in ("first", "label", "word")))
    assert trie.find(encode(INVENTED)) >= 0
    assert trie.find(encode("ธนวัฒนาวิมาน")) >= 0
    assert trie.nodes > learned.recipe["words"] > len(learned.recipe["discovered"])


def test_the_arrays_fit_together(learned: Language) -> None:
    arrays = learned.arrays
    size = FIRST_WORD + learned.recipe["words"]
    assert len(arrays["cost"]) == len(arrays["backoff"]) == size
    assert len(arrays["letters"]) == 96**3
    model = ngram.load(*(arrays[name] for name in ("cost", "backoff", "pairs", "triples")))
    trie = Trie(*(arrays[name] for name in ("first", "label", "word")))

    def word(term: str) -> int:
        return FIRST_WORD + trie.find(encode(term))

    assert model.cost2(word("มติ"), word("เห็นชอบ")) < model.cost2(word("เห็นชอบ"), word("มติ"))
    assert model.cost2(1, word("ช้าง")) > model.cost2(1, word("เมื่อ"))


def test_the_text_is_cut_twice(
    text: Path, lexicons: Path, small_vocabulary: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First by general counts and with equal classes, then by the text's own counts."""
    calls: list[tuple[list[str], Any, Any]] = []
    decoder = language._unigram_decoder

    def watched(words: list[str], p: Any, classes: Any) -> Any:
        calls.append((words, p, classes))
        return decoder(words, p, classes)

    monkeypatch.setattr(language, "_unigram_decoder", watched)
    monkeypatch.setattr(language, "_general_counts", lambda: Counter({"เมื่อ": 7}))
    found = language.learn_language(text, lexicons)
    (words, p, classes), (more, q, others) = calls
    assert {*more} == {*words, *found.recipe["discovered"]}
    assert words == sorted(words, key=encode)
    assert more == sorted(more, key=encode)
    total = 7 + len(words) / 2
    assert p[words.index("เมื่อ")] == pytest.approx(7.5 / total)
    assert p[words.index("ช้าง")] == pytest.approx(0.5 / total)
    assert len(p) == len(words)
    assert classes.tolist() == [0.01] * FIRST_WORD
    assert sum(q) + sum(others) == pytest.approx(1)
    # "ที่" stands in two of three lines, four times and once; "เห็นชอบ" in one, once.
    assert q[more.index(INVENTED)] > 2 * q[more.index("เห็นชอบ")] > 20 * q[more.index("ช้าง")]
    assert len(others) == FIRST_WORD
    tokens = found.recipe["tokens"]
    assert tokens == 1 + sum(
        len(decoder(more, q, others).scan(encode(line))[0]) + 1
        for line in (f"{LINES[i % 3]} {INVENTED}" for i in range(110) if i not in (7, 107))
    )


def test_the_bundle_that_ships_was_made_by_this_recipe(corrector: Corrector) -> None:
    header = corrector.model.header
    assert header["recipe"].items() >= RECIPE.items()
    assert header["decoder"] == language.DECODER


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
        ({"่กขคง": 30, "กข ง": 30, "กขค1": 30}, {}, []),
        ({f"กขค{vowel}": 30 for vowel in "เแโใไ"}, {}, []),
        ({"กขคะ": 30}, {}, ["กขคะ"]),
        ({"กขคง": 60}, {"กขคจ": 1200}, ["กขคง"]),
        ({"ลขคง": 30, "กขคง": 30}, {}, ["กขคง", "ลขคง"]),
    ],
)
def test_discover(unknown: dict[str, int], known: dict[str, int], found: list[str]) -> None:
    """Frequent, long enough, spelled like a word, and no misspelling of a frequent one."""
    assert language.discover(unknown, known) == found


def test_one_away() -> None:
    """One letter more anywhere, one less, another one; none of another script."""
    letters = language._LETTERS
    assert {*letters} >= {*"กฮะฺเฤๆ่๎"}
    assert not {*letters} & {*"ฯ฿๏๐ a"}
    expected = {
        *(a + x + b for a, b in [("", "กข"), ("ก", "ข"), ("กข", "")] for x in letters),
        *(x + "ข" for x in letters), *("ก" + x for x in letters), "ก", "ข",
    }  # fmt: skip
    assert {*language._one_away("กข")} == expected


# Probabilities


def test_words_have_their_share_of_both_counts() -> None:
    """The text's with a floor of each word's own, general ones with the least; a fifth of these."""
    words, classes = ["ก", "ข", "ค"], np.array([3, 0])
    seen, general = {"ก": 6, "ข": 1}, Counter({"ข": 8, "ง": 99})
    p = language._mix(words, seen, general, {"ค": 2.0}, classes).tolist()
    ours, others = [6.3, 1.3, 2.0], [0.3, 8.3, 0.3]
    both = [0.8 * a / 9.6 + 0.2 * b / 8.9 for a, b in zip(ours, others, strict=True)]
    of_classes = 4 / (4 + 9.6)  # 3.5 and 0.5, beside what words count
    assert p[:2] == pytest.approx([of_classes * 3.5 / 4, of_classes * 0.5 / 4])
    assert p[2:] == pytest.approx([share * (1 - of_classes) for share in both])
    assert sum(p) == pytest.approx(1)


def small_decoder() -> Decoder:
    words = sorted(["กาน", "มาก", "นาม"], key=encode)
    return language._unigram_decoder(words, np.array([0.4, 0.2, 0.1]), np.full(FIRST_WORD, 1e-3))


def test_a_unigram_decoder_s_costs() -> None:
    """A word costs what it is worth, wherever it stands; an unknown one by its letters."""
    starts, words, costs = small_decoder().scan(encode("กานมากกานฮฮ"))
    assert list(starts) == [0, 3, 6, 9, 10]
    assert list(words) == [FIRST_WORD, FIRST_WORD + 2, FIRST_WORD, 0, 0]
    by_words = [-math.log(p) for p in (0.4, 0.1, 0.4)]
    assert list(costs[:3]) == pytest.approx(by_words, abs=0.5 / 12)
    letter = 43 / 12  # 3.6 nats in units of a twelfth
    assert costs[4] == pytest.approx(letter, abs=1e-5)
    assert costs[3] == pytest.approx(-math.log(1e-3) + 3.0 + letter, abs=0.5 / 12)


@pytest.mark.parametrize(
    ("texts", "ids", "unknown"),
    [
        ([], [1], {}),
        ([""], [1, 1], {}),
        (["กานมาก"], [1, 102, 104, 1], {}),
        (["กาน", "มาก"], [1, 102, 1, 104, 1], {}),
        (["ฮฮกาน"], [1, 0, 102, 1], {"ฮฮ": 1}),
        (["กานฮฮ"], [1, 102, 0, 1], {"ฮฮ": 1}),
        (["ฮกานมากฮฬนามกานฮ", "ฮ"], [1, 0, 102, 104, 0, 103, 102, 0, 1, 0, 1], {"ฮ": 3, "ฮฬ": 1}),
        (["กาน มาก"], [1, 102, 2, 104, 1], {}),
    ],
)
def test_texts_become_words(texts: list[str], ids: list[int], unknown: dict[str, int]) -> None:
    """Between boundaries; an unknown string is one word, as long as it goes."""
    counted: Counter[str] = Counter()
    assert language._segment(small_decoder(), texts, counted).tolist() == ids
    assert counted == unknown
    assert language._segment(small_decoder(), texts, None).tolist() == ids


# Bad texts


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", "ก\nข".encode("cp874"), "not UTF-8"),
        ("a.xz", "ก\nข".encode(), "no whole .xz"),
        ("a.xz", lzma.compress("ก\nข".encode())[:-9], "no whole .xz"),
        ("a.xz", lzma.compress("ก\nข".encode("cp874")), "not UTF-8"),
    ],
)
def test_a_text_that_cannot_be_read(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TrainingError) as error:
        list(language.paragraphs(tmp_path / name))
    assert str(error.value).startswith(f"{tmp_path / name}: {message} (")
