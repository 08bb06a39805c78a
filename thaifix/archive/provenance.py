"""Who changed what, and when, as archives record it: PREMIS 3 and a METS header, one a run.

Every copy is a new object, derived from its original: PREMIS changes no object, a modification
gives another (PREMIS Data Dictionary 3.0, November 2015). What each field holds, and the section
of the dictionary that defines it, stands in docs/archive.md. Terms are those of the controlled
vocabularies at id.loc.gov/vocabulary/preservation.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import quote_from_bytes

from lxml import etree

from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Row, Run
from thaifix.archive.write import Fresh, sync_folders

PREMIS = "http://www.loc.gov/premis/v3"
METS = "http://www.loc.gov/METS/"
_XLINK = "http://www.w3.org/1999/xlink"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "https://www.loc.gov/standards/premis/v3/premis-v3-0.xsd"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def complete(manifest: Manifest, layout: Layout, *, mets: bool) -> None:
    """Write the records of all runs that have none yet and did anything.

    A run that was killed gets its record when the next one begins.

    Args:
        manifest: Of the target.
        layout: Of the target.
        mets: Whether a METS header is written, too.
    Raises:
        OutputError: If a record cannot be written.
    """
    for run in manifest.runs():
        if next(manifest.rows(status="done", run=run.id), None) is None:
            continue
        if not os.path.exists(layout.premis(run.id)):
            _write(layout, layout.premis(run.id), partial(_premis, run, manifest, layout))
        if mets and not os.path.exists(layout.mets(run.id)):
            _write(layout, layout.mets(run.id), partial(_mets, run, layout))


def _write(layout: Layout, path: str, fill: Callable[[Fresh], None]) -> None:
    with Fresh(layout, path) as fresh:
        fill(fresh)
        fresh.publish(overwrite=True)
    sync_folders([path])


def _premis(run: Run, manifest: Manifest, layout: Layout, fresh: Fresh) -> None:
    """Write objects, then events, then agents, in one pass over the manifest for each kind."""

    def rows() -> Iterator[Row]:
        return manifest.rows(status="done", run=run.id)

    with etree.xmlfile(fresh, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(
            f"{{{PREMIS}}}premis",
            {"version": "3.0", f"{{{_XSI}}}schemaLocation": f"{PREMIS} {_SCHEMA}"},
            nsmap={"premis": PREMIS, "xsi": _XSI},
        ):
            for row in rows():
                original, copy = _files(row, layout)
                file.write(_object(row, original), pretty_print=True)
                file.write(_made(row, run, original, copy), pretty_print=True)
            for row in rows():
                file.write(_event(row, run, layout), pretty_print=True)
            file.write(_agent(run), pretty_print=True)


class _File(NamedTuple):
    """A file as PREMIS sees it: other bytes, or another place, make another object."""

    place: str  # URI
    identity: str  # UUID
    sha256: str | None
    size: int | None
    name: str


def _files(row: Row, layout: Layout) -> tuple[_File, _File]:
    """The original and the copy."""
    source, target = _uri(row.source), _uri(layout.output(row.path))
    return (
        _File(
            source,
            _uuid(f"{source}#{row.input_sha256}"),
            row.input_sha256,
            row.input_size,
            os.path.basename(row.source),
        ),
        _File(
            target,
            _uuid(f"{target}#{row.output_sha256}"),
            row.output_sha256,
            row.output_size,
            row.path,
        ),
    )


def _event_identity(run: Run, copy: _File) -> str:
    return _uuid(f"{copy.place}#run-{run.id}-{run.started}")


def _agent_identity(run: Run) -> str:
    return _uuid(f"thaifix {run.version} {run.model_sha256} {run.stamp}")


def _uuid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _uri(path: str) -> str:
    return "file://" + quote_from_bytes(os.fsencode(path))


def _made(row: Row, run: Run, original: _File, copy: _File) -> etree._Element:
    """The object that is new: what made it, and of what."""
    event = _event_identity(run, copy)
    made = _object(row, copy, run)
    relationship = _sub(made, "relationship")
    _sub(relationship, "relationshipType", "derivation", "relationshipType/der")
    _sub(relationship, "relationshipSubType", "has source", "relationshipSubType/hss")
    _identifier(relationship, "relatedObjectIdentifier", original.identity)
    _identifier(relationship, "relatedEventIdentifier", event)
    _identifier(made, "linkingEventIdentifier", event)
    return made


def _object(row: Row, file: _File, made_by: Run | None = None) -> etree._Element:
    made = etree.Element(
        f"{{{PREMIS}}}object",
        {f"{{{_XSI}}}type": "premis:file"},
        nsmap={"premis": PREMIS, "xsi": _XSI},
    )
    _identifier(made, "objectIdentifier", file.identity)
    characteristics = _sub(made, "objectCharacteristics")
    fixity = _sub(characteristics, "fixity")
    _sub(fixity, "messageDigestAlgorithm", "SHA-256", "cryptographicHashFunctions/sha256")
    _sub(fixity, "messageDigest", file.sha256)
    _sub(fixity, "messageDigestOriginator", "thaifix")
    _sub(characteristics, "size", str(file.size))
    designation = _sub(_sub(characteristics, "format"), "formatDesignation")
    _sub(designation, "formatName", row.format)
    if made_by:
        application = _sub(characteristics, "creatingApplication")
        _sub(application, "creatingApplicationName", "thaifix")
        _sub(application, "creatingApplicationVersion", made_by.version)
        _sub(application, "dateCreatedByApplication", row.finished)
    _sub(made, "originalName", escape(file.name))
    location = _sub(_sub(made, "storage"), "contentLocation")
    _sub(location, "contentLocationType", "URI")
    _sub(location, "contentLocationValue", file.place)
    return made


def _event(row: Row, run: Run, layout: Layout) -> etree._Element:
    original, copy = _files(row, layout)
    event = etree.Element(f"{{{PREMIS}}}event", nsmap={"premis": PREMIS})
    _identifier(event, "eventIdentifier", _event_identity(run, copy))
    if original.sha256 == copy.sha256:
        _sub(event, "eventType", "replication", "eventType/rep")
    else:
        _sub(event, "eventType", "modification", "eventType/mod")
    _sub(event, "eventDateTime", row.finished)
    detail = f"Thai OCR post-correction, run {run.id} of {escape(layout.target)}"
    _sub(_sub(event, "eventDetailInformation"), "eventDetail", detail)
    outcome = _sub(event, "eventOutcomeInformation")
    _sub(outcome, "eventOutcome", "success", "eventOutcome/suc")
    note = f"{row.edits} edits, {row.flags} flags"
    if row.log_sha256:
        note += f"; log of edits {_uri(layout.log(row.path))}, SHA-256 {row.log_sha256}"
    _sub(_sub(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", note)
    agent = _identifier(event, "linkingAgentIdentifier", _agent_identity(run))
    _sub(agent, "linkingAgentRole", "executing program", "eventRelatedAgentRole/exe")
    source = _identifier(event, "linkingObjectIdentifier", original.identity)
    _sub(source, "linkingObjectRole", "source", "eventRelatedObjectRole/sou")
    result = _identifier(event, "linkingObjectIdentifier", copy.identity)
    _sub(result, "linkingObjectRole", "outcome", "eventRelatedObjectRole/out")
    return event


def _agent(run: Run) -> etree._Element:
    agent = etree.Element(f"{{{PREMIS}}}agent", nsmap={"premis": PREMIS})
    _identifier(agent, "agentIdentifier", _agent_identity(run))
    _sub(agent, "agentName", "thaifix")
    _sub(agent, "agentType", "software", "agentType/sof")
    _sub(agent, "agentVersion", run.version)
    for note in _notes(run):
        _sub(agent, "agentNote", note)
    return agent


def _notes(run: Run) -> list[str]:
    return [
        f"model SHA-256 {run.model_sha256}",
        f"model, lexicons and options {run.corrector}",
        f"options {json.dumps(run.options, sort_keys=True)}",
    ]


def _mets(run: Run, layout: Layout, fresh: Fresh) -> None:
    """Write a METS document with a header, whose agent is thaifix, that points to the PREMIS."""
    names: dict[str | None, str] = {"mets": METS, "xlink": _XLINK}
    root = etree.Element(f"{{{METS}}}mets", nsmap=names)
    header = etree.SubElement(root, f"{{{METS}}}metsHdr", CREATEDATE=run.started)
    agent = etree.SubElement(
        header,
        f"{{{METS}}}agent",
        ROLE="OTHER",
        OTHERROLE="recognition/post-correction",
        TYPE="OTHER",
        OTHERTYPE="SOFTWARE",
    )
    etree.SubElement(agent, f"{{{METS}}}name").text = f"thaifix {run.version}"
    for note in _notes(run):
        etree.SubElement(agent, f"{{{METS}}}note").text = _xml(note)
    section = etree.SubElement(root, f"{{{METS}}}amdSec")
    provenance = etree.SubElement(section, f"{{{METS}}}digiprovMD", ID=f"run-{run.id}")
    etree.SubElement(
        provenance,
        f"{{{METS}}}mdRef",
        {
            "LOCTYPE": "URL",
            "MDTYPE": "PREMIS",
            f"{{{_XLINK}}}href": os.path.basename(layout.premis(run.id)),
        },
    )
    structure = etree.SubElement(root, f"{{{METS}}}structMap")
    etree.SubElement(structure, f"{{{METS}}}div", ADMID=f"run-{run.id}")
    fresh.write(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _sub(
    parent: etree._Element, name: str, text: str | None = None, term: str = ""
) -> etree._Element:
    child = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    child.text = None if text is None else _xml(text)
    if term:
        child.set("valueURI", f"{_VOCABULARY}/{term}")
    return child


def _identifier(parent: etree._Element, name: str, value: str) -> etree._Element:
    child = _sub(parent, name)
    _sub(child, f"{name}Type", "UUID")
    _sub(child, f"{name}Value", value)
    return child


def _xml(text: str) -> str:
    """Without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)
