"""The bundle: what is written is read, and what is wrong is said."""

from __future__ import annotations

import errno
import os
import pickle
from array import array
from pathlib import Path

import pytest

from thaifix.errors import ModelError
from thaifix.model.bundle import Model, default_path, write

ARRAYS = {
    "small": array("B", range(7)),
    "wide": array("I", [1, 2**31, 5]),
    "whole": array("i", [-1]),
}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "m.thaifix"
    write(path, {"recipe": {"ก": 1}}, ARRAYS)
    return path


def test_round_trip(bundle: Path) -> None:
    model = Model(bundle)
    assert model.header == {"recipe": {"ก": 1}}
    for name, values in ARRAYS.items():
        assert list(model.array(name)) == list(values)


def test_equal_arguments_give_equal_bytes(bundle: Path, tmp_path: Path) -> None:
    stamp = write(tmp_path / "again", {"recipe": {"ก": 1}}, ARRAYS)
    assert (tmp_path / "again").read_bytes() == bundle.read_bytes()
    assert stamp == Model(bundle).stamp


def test_a_bundle_is_replaced_whole_or_not_at_all(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk is full, the older one stays, and nothing else is left."""
    before = bundle.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write(bundle, {"recipe": {}}, ARRAYS)
    assert caught.value.filename == str(bundle)
    assert bundle.read_bytes() == before
    assert list(bundle.parent.iterdir()) == [bundle]


def test_missing_section(bundle: Path) -> None:
    with pytest.raises(ModelError, match="no section 'x'"):
        Model(bundle).array("x")


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        Model(tmp_path / "none")


@pytest.mark.parametrize("data", [b"", b"x", b"thaifix\0", b"PK\3\4" * 100])
def test_no_bundle(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(data)
    with pytest.raises(ModelError):
        Model(tmp_path / "bad")


def test_wrong_version(bundle: Path) -> None:
    data = bytearray(bundle.read_bytes())
    data[8] += 1
    bundle.write_bytes(data)
    with pytest.raises(ModelError, match="format 4, this thaifix reads 3"):
        Model(bundle)


def refused_at(bundle: Path, places: range) -> None:
    """Flip a bit at each place in turn: the bundle is refused, and the message names it."""
    data = bundle.read_bytes()
    for place in places:
        bundle.write_bytes(data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1 :])
        with pytest.raises(ModelError, match=r"m\.thaifix: (not a|model format|damaged)"):
            Model(bundle)


def test_every_byte_counts(bundle: Path) -> None:
    """Magic, version, checksum, header and sections."""
    refused_at(bundle, range(16))
    bundle.unlink()
    write(bundle, {"recipe": {"ก": 1}}, ARRAYS)
    refused_at(bundle, range(20, bundle.stat().st_size))


def test_the_headers_length_counts(bundle: Path) -> None:
    refused_at(bundle, range(16, 20))


def test_sections_are_read_only(bundle: Path) -> None:
    with pytest.raises(TypeError):
        Model(bundle).array("small")[0] = 1


def test_a_bundle_is_replaced_as_a_whole(bundle: Path) -> None:
    """An open model keeps what it was opened with, and nothing else is left behind."""
    model = Model(bundle)
    write(bundle, {}, {"small": array("B", [9])})
    assert list(model.array("small")) == list(range(7))
    assert list(Model(bundle).array("small")) == [9]
    assert [path.name for path in bundle.parent.iterdir()] == [bundle.name]


@pytest.mark.parametrize("cut", [False, True])
def test_damage(bundle: Path, *, cut: bool) -> None:
    """A flipped bit and a lost end are noticed."""
    data = bytearray(bundle.read_bytes())
    if cut:
        del data[-1]
    else:
        data[-1] ^= 1
    bundle.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        Model(bundle)


def test_the_bundle_that_ships() -> None:
    """It is small, and says what it was made from."""
    header = Model().header
    assert default_path().stat().st_size <= 12 * 2**20
    assert len(header["origin"]["text"]["sha256"]) == 64
    assert header["origin"]["lexicons"]["names"]["licence"]
    assert header["recipe"]["words"] > 50_000


def test_a_pickled_model_is_opened_once(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From its place, wherever the process is."""
    monkeypatch.chdir(tmp_path)
    data = pickle.dumps(Model(bundle.name))
    monkeypatch.chdir("/")
    model = pickle.loads(data)
    assert list(model.array("small")) == list(ARRAYS["small"])
    assert pickle.loads(data) is model


def test_a_pickle_does_not_say_where_thaifix_is_installed() -> None:
    assert str(default_path().parent).encode() not in pickle.dumps(Model())


def test_another_model_in_the_place_of_a_pickled_one_is_told(bundle: Path) -> None:
    data = pickle.dumps(Model(bundle))
    write(bundle, {"recipe": {}}, ARRAYS)
    with pytest.raises(ModelError, match="put the same model on all machines"):
        pickle.loads(data)
