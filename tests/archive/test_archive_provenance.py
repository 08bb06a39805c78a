"""Records of provenance, read as an archive would read them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from thaifix.archive.durable import TargetFile
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.provenance import METS, PREMIS, complete, mets_header, premis
from thaifix.archive.rows import FileRow, RunRow

DATA = Path(__file__).parents[1] / "data"
RUN = RunRow(
    id=0,
    started="2026-01-02T03:04:05Z",
    finished=None,
    version="0.1.0",
    model_sha256="ab" * 32,
    corrector="0123456789abcdef",
    stamp="fedcba9876543210",
    options={"profile": "strict", "lexicon": ["คำ & <ข้อ>.tsv"]},
)
CHANGED = FileRow(
    path="box/ก & <ข>\n" + os.fsdecode(b"\xff") + ".txt",
    source="/data/box/ก & <ข>\n" + os.fsdecode(b"\xff") + ".txt",
    status="done",
    run=1,
    stamp=RUN.stamp,
    format="text",
    input_size=30,
    input_sha256="01" * 32,
    output_size=27,
    output_sha256="02" * 32,
    edits=1,
    flags=0,
    log_sha256="03" * 32,
    finished="2026-01-02T03:04:06Z",
)
UNCHANGED = replace(
    CHANGED,
    path="box/clean.xml",
    source="/data/box/clean.xml",
    format="alto",
    output_size=30,
    output_sha256="01" * 32,
    edits=0,
    flags=2,
    log_sha256=None,
)

CHILDREN = {
    "premis": ["object+", "event*", "agent*"],
    "object": [
        "objectIdentifier+",
        "objectCharacteristics+",
        "originalName?",
        "storage*",
        "relationship*",
        "linkingEventIdentifier*",
    ],
    "objectCharacteristics": ["fixity*", "size?", "format+", "creatingApplication*"],
    "fixity": ["messageDigestAlgorithm", "messageDigest", "messageDigestOriginator?"],
    "format": ["formatDesignation"],
    "formatDesignation": ["formatName", "formatVersion?"],
    "creatingApplication": [
        "creatingApplicationName?",
        "creatingApplicationVersion?",
        "dateCreatedByApplication?",
    ],
    "storage": ["contentLocation?", "storageMedium?"],
    "contentLocation": ["contentLocationType", "contentLocationValue"],
    "relationship": [
        "relationshipType",
        "relationshipSubType",
        "relatedObjectIdentifier+",
        "relatedEventIdentifier*",
    ],
    "event": [
        "eventIdentifier",
        "eventType",
        "eventDateTime",
        "eventDetailInformation*",
        "eventOutcomeInformation*",
        "linkingAgentIdentifier*",
        "linkingObjectIdentifier*",
    ],
    "eventDetailInformation": ["eventDetail?"],
    "eventOutcomeInformation": ["eventOutcome?", "eventOutcomeDetail*"],
    "eventOutcomeDetail": ["eventOutcomeDetailNote?"],
    "agent": ["agentIdentifier+", "agentName*", "agentType?", "agentVersion?", "agentNote*"],
    "linkingAgentIdentifier": [
        "linkingAgentIdentifierType",
        "linkingAgentIdentifierValue",
        "linkingAgentRole*",
    ],
    "linkingObjectIdentifier": [
        "linkingObjectIdentifierType",
        "linkingObjectIdentifierValue",
        "linkingObjectRole*",
    ],
} | {
    name: [f"{name}Type", f"{name}Value"]
    for name in (
        "objectIdentifier",
        "eventIdentifier",
        "agentIdentifier",
        "relatedObjectIdentifier",
        "relatedEventIdentifier",
        "linkingEventIdentifier",
    )
}
"""What the PREMIS 3.0 schema lets stand in an element, in that order, as far as it is used here.

One of each; with `?` at most one, with `+` at least one, with `*` any number. Others hold text.
"""

NUMBERS = {"": (1, 1), "?": (0, 1), "+": (1, 999), "*": (0, 999)}


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def fits(element: Element) -> bool:
    """Tell whether an element holds what the schema lets it hold."""
    if local(element) not in CHILDREN:
        return len(element) == 0 and bool((element.text or "").strip())
    names = [local(child) for child in element]
    for allowed in CHILDREN[local(element)]:
        name, sign = re.fullmatch(r"(\w+)([?+*]?)", allowed).groups()  # type: ignore[union-attr]
        least, most = NUMBERS[sign]
        count = 0
        while names[count : count + 1] == [name]:
            count += 1
        if not least <= count <= most:
            return False
        names = names[count:]
    return names == []


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that can be written to."""
    places = Places(str(tmp_path / "out"))
    os.makedirs(places.unfinished)
    return places


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[Manifest]:
    """A manifest with one run, which did two files."""
    with Manifest(str(tmp_path / "manifest.sqlite"), create=True) as manifest:
        manifest.begin(RUN)
        manifest.put([CHANGED, UNCHANGED])
        yield manifest


@pytest.fixture
def record(manifest: Manifest) -> str:
    """The PREMIS record of that run in a target `/archive`."""
    (run,) = manifest.runs()
    return "".join(premis(run, manifest, Places("/archive")))


@pytest.fixture
def root(record: str) -> Element:
    return ElementTree.fromstring(record)


def test_premis_is_written_as_it_was_reviewed(record: str) -> None:
    """Letter by letter; tests/data/archive.premis.xml was checked against the dictionary."""
    assert record == (DATA / "archive.premis.xml").read_text("utf-8")


def test_premis_has_the_order_of_the_schema(root: Element) -> None:
    assert (root.tag, root.get("version")) == (f"{{{PREMIS}}}premis", "3.0")
    assert [local(element) for element in root.iter() if not fits(element)] == []


@pytest.mark.parametrize(
    ("children", "is_right"),
    [
        ("<b/><a/>", False),  # another order
        ("<a/>", False),  # one missing
        ("<a/><b/><b/>", True),
        ("<a/><c/><b/>", False),  # one too many kinds
        ("<a/><a/><b/>", False),
        ("<a/><b/><c/><c/>", False),
        ("<a/><b/><c/>", True),
    ],
)
def test_the_order_is_checked(
    monkeypatch: pytest.MonkeyPatch, children: str, is_right: bool
) -> None:
    """The check itself finds what the schema would not let stand."""
    monkeypatch.setitem(CHILDREN, "x", ["a", "b+", "c?"])
    assert fits(ElementTree.fromstring(f"<x>{children}</x>")) == is_right


def text(element: Element, path: str) -> str | None:
    return element.findtext(path, namespaces={"p": PREMIS})


def all_of(element: Element, path: str) -> list[Element]:
    return element.findall(path, namespaces={"p": PREMIS})


def test_a_copy_is_derived_from_its_original_by_an_event(root: Element) -> None:
    """Identifiers that are named are those of objects, events and agents of the record."""
    objects = {
        text(element, "p:objectIdentifier/p:objectIdentifierValue"): element
        for element in all_of(root, "p:object")
    }
    events = {
        text(element, "p:eventIdentifier/p:eventIdentifierValue"): element
        for element in all_of(root, "p:event")
    }
    (agent,) = all_of(root, "p:agent")
    assert (len(objects), len(events)) == (4, 2)
    related = "p:relationship/p:related{0}Identifier/p:related{0}IdentifierValue"
    copies = [element for element in objects.values() if all_of(element, "p:relationship")]
    for copy in copies:
        identity = text(copy, "p:objectIdentifier/p:objectIdentifierValue")
        original = text(copy, related.format("Object"))
        event = events[text(copy, related.format("Event"))]
        assert original in objects
        assert objects[original] not in copies
        assert text(copy, "p:linkingEventIdentifier/p:linkingEventIdentifierValue") in events
        links = all_of(event, "p:linkingObjectIdentifier")
        assert {
            (text(link, "p:linkingObjectRole"), text(link, "p:linkingObjectIdentifierValue"))
            for link in links
        } == {("source", original), ("outcome", identity)}
        assert text(event, "p:linkingAgentIdentifier/p:linkingAgentIdentifierValue") == text(
            agent, "p:agentIdentifier/p:agentIdentifierValue"
        )
    assert len(copies) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"path": "box/b.txt"},
        {"source": "/data/box/b.txt"},
        {"input_sha256": "04" * 32},
        {"output_sha256": "04" * 32},
    ],
)
def test_another_place_or_other_bytes_make_another_object(
    manifest: Manifest, change: dict[str, str]
) -> None:
    """Of the original or of the copy, whichever it is."""

    def identities() -> list[str]:
        (run,) = manifest.runs()
        record = "".join(premis(run, manifest, Places("/archive")))
        root = ElementTree.fromstring(record)
        return [str(found.text) for found in root.iter(f"{{{PREMIS}}}objectIdentifierValue")]

    manifest.put([], forget=[UNCHANGED.path])
    before = identities()
    manifest.put([replace(CHANGED, **change)], forget=[CHANGED.path])  # type: ignore[arg-type]
    assert len({*before, *identities()}) == 3


def test_what_xml_cannot_hold_is_replaced(manifest: Manifest) -> None:
    """A record that cannot be read would be none."""
    odd = "".join(map(chr, range(32))) + "\x7f\ufffe\uffff\U0001f600"
    manifest.put([replace(CHANGED, format=odd), UNCHANGED])
    (run,) = manifest.runs()
    root = ElementTree.fromstring("".join(premis(run, manifest, Places("/archive"))))
    names = [str(found.text) for found in root.iter(f"{{{PREMIS}}}formatName")]
    allowed = [chr(code) if chr(code) in "\t\n" else "\ufffd" for code in range(32)]
    expected = "".join(allowed) + "\x7f\ufffd\ufffd\U0001f600"
    assert names == ["alto", "alto", expected, expected]


def test_mets_names_the_agent_and_points_to_the_premis(manifest: Manifest) -> None:
    """Letter by letter; tests/data/archive.mets.xml was checked against the schema."""
    (run,) = manifest.runs()
    record = "".join(mets_header(run, Places("/archive")))
    assert record == (DATA / "archive.mets.xml").read_text("utf-8")
    root = ElementTree.fromstring(record)
    assert root.tag == f"{{{METS}}}mets"
    assert [local(child) for child in root] == ["metsHdr", "amdSec", "structMap"]


def test_every_run_that_did_anything_has_its_record(manifest: Manifest, places: Places) -> None:
    """Also one that was killed; not one that only failed."""
    for _ in range(2):
        manifest.begin(RUN)
    manifest.put([replace(UNCHANGED, path="box/b", run=2)])
    manifest.put([replace(UNCHANGED, path="box/c", run=3, status="failed")])
    complete(manifest, places, mets=False)
    assert sorted(os.listdir(places.provenance)) == [
        "run-0001.premis.xml",
        "run-0002.premis.xml",
    ]
    assert len(ElementTree.parse(places.premis(2)).findall(f"{{{PREMIS}}}object")) == 2


def test_records_stay_as_they_are(manifest: Manifest, places: Places) -> None:
    """Those of earlier runs are written once; the METS, which was not asked for, comes later."""
    complete(manifest, places, mets=False)
    before = os.stat(places.premis(1)).st_ino
    complete(manifest, places, mets=True)
    mets = os.stat(places.mets(1)).st_ino
    manifest.put([replace(CHANGED, edits=9)])
    complete(manifest, places, mets=True)
    assert (os.stat(places.premis(1)).st_ino, os.stat(places.mets(1)).st_ino) == (before, mets)
    assert len(os.listdir(places.provenance)) == 2


def test_records_are_xml_in_utf_8(manifest: Manifest, places: Places) -> None:
    complete(manifest, places, mets=True)
    for path in places.premis(1), places.mets(1):
        data = Path(path).read_bytes()
        assert data.startswith(b"<?xml version='1.0' encoding='utf-8'?>\n<")
        ElementTree.fromstring(data)


def test_records_are_on_the_disk(
    manifest: Manifest, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their names, too: a run that is over has its record after a power cut."""
    calls: list[str] = []
    publish = TargetFile.publish

    def record(self: TargetFile, *, overwrite: bool) -> None:
        publish(self, overwrite=overwrite)
        calls.append(f"published {os.path.basename(self.path)}")

    monkeypatch.setattr(TargetFile, "publish", record)
    monkeypatch.setattr(
        "thaifix.archive.provenance.sync_names",
        lambda paths, target: calls.append(f"synced {os.path.basename(*paths)} {target}"),
    )
    complete(manifest, places, mets=False)
    name = "run-0001.premis.xml"
    assert calls == [f"published {name}", f"synced {name} {places.target}"]
