"""What can be shown of a target later: provenance, proof, report."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from lxml import etree

from thaifix import Corrector, formats
from thaifix.archive.batch import Batch
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.provenance import METS, PREMIS
from thaifix.archive.report import render, summarise
from thaifix.archive.verification import FileCheck, verify
from thaifix.errors import ArchiveError

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
P = f"{{{PREMIS}}}"
NAME = "ก & ข\n" + os.fsdecode(b"\xff") + ".txt"

PREMIS_ORDER = {
    "premis": "object+ event* agent*",
    "object": "objectIdentifier+ objectCharacteristics+ originalName? storage* relationship* "
    "linkingEventIdentifier*",
    "objectCharacteristics": "fixity* size? format+ creatingApplication*",
    "fixity": "messageDigestAlgorithm messageDigest messageDigestOriginator?",
    "format": "formatDesignation",
    "formatDesignation": "formatName formatVersion?",
    "creatingApplication": "creatingApplicationName? creatingApplicationVersion? "
    "dateCreatedByApplication?",
    "storage": "contentLocation? storageMedium?",
    "contentLocation": "contentLocationType contentLocationValue",
    "relationship": "relationshipType relationshipSubType relatedObjectIdentifier+ "
    "relatedEventIdentifier*",
    "event": "eventIdentifier eventType eventDateTime eventDetailInformation* "
    "eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier*",
    "eventDetailInformation": "eventDetail?",
    "eventOutcomeInformation": "eventOutcome? eventOutcomeDetail*",
    "eventOutcomeDetail": "eventOutcomeDetailNote?",
    "agent": "agentIdentifier+ agentName* agentType? agentVersion? agentNote*",
    "linkingAgentIdentifier": "linkingAgentIdentifierType linkingAgentIdentifierValue "
    "linkingAgentRole*",
    "linkingObjectIdentifier": "linkingObjectIdentifierType linkingObjectIdentifierValue "
    "linkingObjectRole*",
}
"""Elements of the PREMIS 3.0 schema that hold others, with their order and number, as far as they
are used; what else ends in Identifier holds a type and a value.
"""


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with a text that changes, one that does not, and one that is flagged."""
    box = tmp_path / "box"
    box.mkdir()
    (box / NAME).write_text(f"{OBSERVED} <b>\n{OBSERVED}", "utf-8")
    (box / "clean.txt").write_text(INTENDED, "utf-8")
    (box / "flagged.txt").write_text("เวลา ๑๖.๙๙ น.\n", "utf-8")
    return box


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(str(tmp_path / "out"))


@pytest.fixture
def run(box: Path, places: Places, corrector: Corrector) -> Callable[..., None]:
    def run(*, mets: bool = False, overwrite: bool = False) -> None:
        batch = Batch([str(box)], places.target, corrector, overwrite=overwrite)
        batch.run(jobs=1, mets=mets, say=pytest.fail)

    return run


Run = Callable[..., None]


def text(element: etree._Element, path: str) -> str | None:
    return element.findtext(path, namespaces={"p": PREMIS})


def local(element: etree._Element) -> str:
    return etree.QName(element).localname


def test_premis_has_the_order_of_the_schema(run: Run, places: Places) -> None:
    run()
    root = etree.parse(places.premis(1)).getroot()
    assert (root.tag, root.get("version")) == (f"{P}premis", "3.0")
    for element in root.iter():
        children = " ".join(map(local, element)) + " " if len(element) else ""
        order = PREMIS_ORDER.get(local(element))
        if order is None and local(element).endswith("Identifier"):
            order = f"{local(element)}Type {local(element)}Value"
        pattern = re.sub(r"(\w+)([?*+]?) ?", r"(\1 )\2", order or "")
        assert re.fullmatch(pattern, children), (local(element), children)
        assert len(element) or (element.text or "").strip(), local(element)


def test_premis_links_new_objects_to_their_sources(run: Run, places: Places, box: Path) -> None:
    """A copy is derived from an original by an event; both have their checksums."""
    run()
    root = etree.parse(places.premis(1)).getroot()
    with Manifest(places.manifest) as manifest:
        row = manifest.get(f"box/{NAME}")
    assert row is not None
    identifier = "p:objectIdentifier/p:objectIdentifierValue"
    objects = {text(element, identifier): element for element in root.iterfind(f"{P}object")}
    digest = "p:objectCharacteristics/p:fixity/p:messageDigest"
    identifier_of_event = "p:eventIdentifier/p:eventIdentifierValue"
    events = {text(event, identifier_of_event): event for event in root.iterfind(f"{P}event")}
    (copy,) = [
        element for element in objects.values() if text(element, digest) == row.output_sha256
    ]
    relation = "p:relationship/p:related{0}Identifier/p:related{0}IdentifierValue"
    original = objects[text(copy, relation.format("Object"))]
    assert text(original, digest) == row.input_sha256
    place = "p:storage/p:contentLocation/p:contentLocationValue"
    assert text(original, place) == f"file://{box}/%E0%B8%81%20%26%20%E0%B8%82%0A%FF.txt"
    event = events[text(copy, relation.format("Event"))]
    assert text(event, "p:eventType") == "modification"
    assert text(event, "p:eventDateTime") == row.finished
    links = event.iterfind("p:linkingObjectIdentifier", namespaces={"p": PREMIS})
    assert {
        (text(link, "p:linkingObjectRole"), text(link, "p:linkingObjectIdentifierValue"))
        for link in links
    } == {("source", text(original, identifier)), ("outcome", text(copy, identifier))}
    note = text(event, ".//p:eventOutcomeDetailNote")
    assert note is not None
    assert note.startswith("2 edits, 0 flags; log of edits file://")
    assert note.endswith(str(row.log_sha256))
    (agent,) = root.iterfind("p:agent", namespaces={"p": PREMIS})
    assert text(event, "p:linkingAgentIdentifier/p:linkingAgentIdentifierValue") == text(
        agent, "p:agentIdentifier/p:agentIdentifierValue"
    )


def test_premis_names_model_and_version(run: Run, places: Places, corrector: Corrector) -> None:
    run()
    (agent,) = etree.parse(places.premis(1)).iterfind(f"{P}agent")
    with Manifest(places.manifest) as manifest:
        (about,) = manifest.runs()
    assert [text(agent, f"p:agent{name}") for name in ("Name", "Type", "Version")] == [
        "thaifix",
        "software",
        about.version,
    ]
    notes = [note.text for note in agent.iterfind(f"{P}agentNote")]
    assert notes[:2] == [
        f"model SHA-256 {about.model_sha256}",
        f"model, lexicons and options {corrector.stamp}",
    ]
    assert json.loads(str(notes[2]).removeprefix("options "))["profile"] == "normal"


def test_a_copy_without_changes_is_a_replication(run: Run, places: Places) -> None:
    """Modification would say that something else is there now."""
    run()
    root = etree.parse(places.premis(1))
    types = [event.text for event in root.iterfind(f".//{P}eventType")]
    assert sorted(map(str, types)) == ["modification", "replication", "replication"]


def test_every_run_has_its_record(run: Run, places: Places, box: Path) -> None:
    """Also one that was killed; records of earlier runs stay as they are."""
    run()
    first = Path(places.premis(1)).read_bytes()
    os.unlink(places.premis(1))
    (box / "new.txt").write_text(OBSERVED, "utf-8")
    run(mets=True)
    assert Path(places.premis(1)).read_bytes() == first
    objects = etree.parse(places.premis(2)).findall(f"{P}object")
    assert len(objects) == 2
    run()
    assert len(os.listdir(places.provenance)) == 4


def test_mets_names_the_agent_and_points_to_the_premis(run: Run, places: Places) -> None:
    run(mets=True)
    root = etree.parse(places.mets(1)).getroot()
    assert [local(child) for child in root] == ["metsHdr", "amdSec", "structMap"]
    agent = root.find(f"{{{METS}}}metsHdr/{{{METS}}}agent")
    assert agent is not None
    assert dict(agent.attrib) == {
        "ROLE": "OTHER",
        "OTHERROLE": "recognition/post-correction",
        "TYPE": "OTHER",
        "OTHERTYPE": "SOFTWARE",
    }
    assert (agent.findtext(f"{{{METS}}}name") or "").startswith("thaifix ")
    reference = root.find(f".//{{{METS}}}mdRef")
    assert reference is not None
    assert reference.get("{http://www.w3.org/1999/xlink}href") == "run-0001.premis.xml"


def checks(places: Places) -> dict[str, FileCheck]:
    with Manifest(places.manifest) as manifest:
        return {checked.path: checked for checked in verify(manifest, places)}


def test_all_is_as_it_was_written(run: Run, places: Places) -> None:
    run()
    found = checks(places)
    assert len(found) == 3
    for checked in found.values():
        assert (checked.differences, checked.original, checked.undone) == ([], True, True)


def test_without_the_originals_copies_still_lead_back(run: Run, places: Places, box: Path) -> None:
    run()
    (box / NAME).unlink()
    checked = checks(places)[f"box/{NAME}"]
    assert (checked.differences, checked.original, checked.undone) == ([], False, True)


def tamper(path: str) -> None:
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda places, box: tamper(places.copy(f"box/{NAME}")), "the copy is not as it was"),
        (lambda places, box: os.unlink(places.copy(f"box/{NAME}")), "No such file"),
        (lambda places, box: tamper(places.log(f"box/{NAME}")), "the log of edits is not as"),
        (lambda places, box: os.unlink(places.log(f"box/{NAME}")), "No such file"),
        (lambda places, box: tamper(str(box / NAME)), "the original is not as it was read"),
    ],
    ids=["copy", "no copy", "log", "no log", "original"],
)
def test_differences_are_named(
    run: Run,
    places: Places,
    box: Path,
    change: Callable[[Places, Path], None],
    difference: str,
) -> None:
    run()
    change(places, box)
    found = checks(places)
    assert [path for path, checked in found.items() if checked.differences] == [f"box/{NAME}"]
    assert difference in found[f"box/{NAME}"].differences[0]


def test_a_log_that_does_not_make_the_copy(run: Run, places: Places) -> None:
    """Even if someone gave it the checksum that the manifest has."""
    from dataclasses import replace

    from thaifix.archive.fixity import sha256_of_file as digest

    run()
    log = Path(places.log(f"box/{NAME}"))
    log.write_text("".join(log.read_text("utf-8").splitlines(keepends=True)[:1]), "utf-8")
    with Manifest(places.manifest) as manifest:
        row = manifest.get(f"box/{NAME}")
        assert row is not None
        manifest.put([replace(row, log_sha256=digest(str(log)))])
    assert checks(places)[f"box/{NAME}"].differences == [
        "the logged edits do not make the copy of the original",
        "the copy does not lead back to the original",
    ]


def accept(places: Places, path: str) -> None:
    """Give the manifest the checksums of a copy and its log as they are now."""
    from dataclasses import replace

    from thaifix.archive.fixity import sha256_of_file as digest

    with Manifest(places.manifest) as manifest:
        row = manifest.get(path)
        assert row is not None
        log = digest(places.log(path)) if row.log_sha256 else None
        manifest.put([replace(row, output_sha256=digest(places.copy(path)), log_sha256=log)])


def test_what_is_forged_beside_the_text(
    tmp_path: Path, places: Places, corrector: Corrector
) -> None:
    """Even if the manifest has the checksum: what else a copy says is as it was, too."""
    (tmp_path / "box").mkdir()
    alto = FORMATS["alto"].replace("<String ", '<String WC="0.9" ')
    (tmp_path / "box" / "a.xml").write_text(alto, "utf-8")
    table = pa.table({"id": [1, 2], "text": [OBSERVED, "ก"]})
    pq.write_table(table, tmp_path / "box" / "b.parquet")
    options = formats.FormatOptions(originals=False)
    batch = Batch([str(tmp_path / "box")], places.target, corrector, options=options)
    batch.run(jobs=1, mets=False, say=pytest.fail)
    assert not any(checked.differences for checked in checks(places).values())
    page = Path(places.copy("box/a.xml"))
    page.write_text(page.read_text("utf-8").replace("0.9", "0.1"), "utf-8")
    forged = pa.table({"id": [9, 2], "text": [INTENDED, "ก"]})
    pq.write_table(forged, places.copy("box/b.parquet"))
    for path in "box/a.xml", "box/b.parquet":
        accept(places, path)
        found = checks(places)[path].differences
        assert found == ["the logged edits do not make the copy of the original"]


def test_originals_of_a_table_come_back(
    tmp_path: Path, places: Places, corrector: Corrector
) -> None:
    (tmp_path / "box").mkdir()
    pq.write_table(pa.table({"text": [OBSERVED, "ก"]}), tmp_path / "box" / "a.parquet")
    Batch([str(tmp_path / "box")], places.target, corrector).run(
        jobs=1, mets=False, say=pytest.fail
    )
    assert checks(places)["box/a.parquet"] == FileCheck("box/a.parquet", original=True, undone=True)
    copy = pq.read_table(places.copy("box/a.parquet"))
    copy = copy.set_column(1, "text_original", pa.array(["x", None], pa.string()))
    pq.write_table(copy, places.copy("box/a.parquet"))
    accept(places, "box/a.parquet")
    assert (
        "the copy does not lead back to the original" in checks(places)["box/a.parquet"].differences
    )


@pytest.mark.parametrize("line", ["no json\n", "[]\n", "{}\n", '{"source": 1}\n'])
def test_a_damaged_log(run: Run, places: Places, line: str) -> None:
    """Is a difference; the report sends to where it is told."""
    run()
    log = Path(places.log(f"box/{NAME}"))
    log.write_text(line + log.read_text("utf-8"), "utf-8")
    accept(places, f"box/{NAME}")
    assert "line 1 of the log of edits is damaged" in checks(places)[f"box/{NAME}"].differences
    with Manifest(places.manifest) as manifest:
        with pytest.raises(ArchiveError, match="log of edits is missing or damaged"):
            render(manifest, places)
        log.unlink()
        with pytest.raises(ArchiveError, match="log of edits is missing or damaged"):
            render(manifest, places)


def test_a_report_without_a_copy(run: Run, places: Places) -> None:
    """It has the log; only what stands around a change is missing."""
    run()
    Path(places.copy(f"box/{NAME}")).unlink()
    with Manifest(places.manifest) as manifest:
        assert "<h1" in render(manifest, places)


def test_files_that_are_no_copies_are_named(run: Run, places: Places) -> None:
    run()
    Path(places.copy("box/stranger.txt")).touch()
    assert checks(places)["box/stranger.txt"].differences == ["is not in the manifest"]


def test_edits_at_the_very_end_can_be_carried_out_again(
    tmp_path: Path, places: Places, corrector: Corrector
) -> None:
    """What is put in after the last letter belongs to no section that begins there."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text("\ufeffเมื่อ พ.ศ", "utf-8")
    Batch([str(tmp_path / "box")], places.target, corrector).run(
        jobs=1, mets=False, say=pytest.fail
    )
    assert checks(places)["box/a.txt"].differences == []


FORMATS = {
    "alto": '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Places><Page><PrintSpace>'
    f'<TextBlock><TextLine><String CONTENT="{OBSERVED}"/></TextLine></TextBlock></PrintSpace>'
    "</Page></Places></alto>\n",
    "page": '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
    f'<TextRegion id="r"><TextLine id="l"><TextEquiv><Unicode>{OBSERVED}</Unicode></TextEquiv>'
    "</TextLine></TextRegion></Page></PcGts>\n",
    "hocr": '<html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page">'
    f'<span class="ocr_line"><span class="ocrx_word">{OBSERVED}</span></span></div></body></html>',
    "jsonl": f'{{"text": "{OBSERVED}"}}\n{{"text": ""}}\n{{"text": "{OBSERVED}", "n": 1}}\n',
}


@pytest.mark.parametrize("originals", [True, False])
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_can_be_proved(
    tmp_path: Path,
    places: Places,
    corrector: Corrector,
    monkeypatch: pytest.MonkeyPatch,
    format_: str,
    originals: bool,
) -> None:
    """Also by another version, which writes its own name; undone only with the originals."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a").write_text(FORMATS[format_], "utf-8")
    options = formats.FormatOptions(originals=originals)
    batch = Batch([str(tmp_path / "box")], places.target, corrector, options=options)
    batch.run(jobs=1, mets=False, say=pytest.fail)
    with Manifest(places.manifest) as manifest:
        row = manifest.get("box/a")
    assert row is not None
    assert (row.format, row.edits) == (format_, 2 if format_ == "jsonl" else 1)
    undone = True if originals else None
    assert checks(places)["box/a"] == FileCheck("box/a", original=True, undone=undone)
    for name in "alto", "hocr":
        monkeypatch.setattr(f"thaifix.formats.layout.{name}.__version__", "another")
    monkeypatch.setattr("thaifix.formats.layout.page._BY", "thaifix another")
    monkeypatch.setattr("thaifix.archive.verification.__version__", "another")
    assert checks(places)["box/a"] == FileCheck("box/a", original=True, undone=undone)


class Page(HTMLParser):
    """The text of a page, and what it would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)
        if tag in ("dt", "dd", "th", "td", "div", "p"):
            self.texts.append(" ")
        self.loads += [str(value) for name, value in attrs if name in ("src", "href")]
        self.loads += [tag] if tag in ("script", "link", "img", "iframe") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))


@pytest.fixture
def page(run: Run, places: Places) -> Page:
    run()
    with Manifest(places.manifest) as manifest:
        html = render(manifest, places)
    html.encode()
    return Page(html)


def test_the_report_is_well_formed_and_loads_nothing(page: Page) -> None:
    assert page.open == []
    assert page.loads == []


def test_the_report_says_what_was_changed(page: Page) -> None:
    """Totals, the change with its number of places and an example, the flag, odd names."""
    assert "files corrected 3 of these unchanged 2" in page.text
    assert "edits 2 edits per 1,000" in page.text
    assert "\N{DOTTED CIRCLE}\u0e4d\u0e32 → \u0e33 2 1 1.00 join_nikhahit_aa" in page.text
    assert f"ส{INTENDED[1]}คัญ <b>" in page.text
    assert "impossible_time 1 ๑๖.๙๙" in page.text
    assert r"box/ก & ข\x0a\xff.txt:1" in page.text


def test_what_the_report_counts(run: Run, places: Places) -> None:
    """Sums of the logs; the histogram has all edits."""
    run()
    with Manifest(places.manifest) as manifest:
        found = summarise(manifest, places)
        totals = manifest.totals()
    assert sum(found.bins) == found.reasons.total() == totals["edits"] == 2
    assert found.flags.total() == totals["flags"] == 1
    assert {file.row.path: file.doubt for file in found.files}[f"box/{NAME}"] == pytest.approx(0.0)


def test_formats_of_the_manifest_are_known(run: Run, places: Places) -> None:
    run()
    with Manifest(places.manifest) as manifest:
        assert {row.format for row in manifest.rows()} <= set(formats.FORMATS)
