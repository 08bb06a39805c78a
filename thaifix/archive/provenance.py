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
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from thaifix.archive.durable import TargetFile, sync_names
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.rows import FileRow, RunRow

PREMIS = "http://www.loc.gov/premis/v3"
"""Namespace of PREMIS 3; its prefix is `premis` here."""

METS = "http://www.loc.gov/METS/"
"""Namespace of METS; its prefix is `mets` here."""

_XLINK = "http://www.w3.org/1999/xlink"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "https://www.loc.gov/standards/premis/v3/premis-v3-0.xsd"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
"""Where the terms of PREMIS are defined: the beginning of their addresses."""

_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
_PREMIS_BEGIN = (
    f'<premis:premis xmlns:premis="{PREMIS}" xmlns:xsi="{_XSI}" version="3.0" '
    f'xsi:schemaLocation="{PREMIS} {_SCHEMA}">\n'
)
_PREMIS_END = "</premis:premis>\n"

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, and the carriage return, which its readers make a line feed of."""


def complete(manifest: Manifest, places: Places, *, mets: bool) -> None:
    """Write the records of all runs that have none yet and did anything.

    A run that was killed gets its record when the next one begins.

    Args:
        manifest: Manifest of the target.
        places: Places of the target.
        mets: Whether a METS header is written, too.

    Raises:
        OutputError: If a record cannot be written.
    """
    for run in manifest.runs():
        if next(manifest.rows(status="done", run=run.id), None) is None:
            continue
        if not os.path.exists(places.premis(run.id)):
            _write(places, places.premis(run.id), partial(premis, run, manifest, places))
        if mets and not os.path.exists(places.mets(run.id)):
            _write(places, places.mets(run.id), partial(mets_header, run, places))


def _write(places: Places, path: str, parts: Callable[[], Iterator[str]]) -> None:
    with TargetFile(places, path) as file:
        file.write(_DECLARATION.encode())
        for part in parts():
            file.write(part.encode())
        file.publish(overwrite=True)
    sync_names([path], places.target)


def premis(run: RunRow, manifest: Manifest, places: Places) -> Iterator[str]:
    """Yield the PREMIS record of a run in parts: objects, then events, then the agent.

    Elements are named with their prefix, which the root declares.

    Memory: that of one element; the manifest is read twice.
    """

    def rows() -> Iterator[FileRow]:
        return manifest.rows(status="done", run=run.id)

    yield _PREMIS_BEGIN
    for row in rows():
        original, copy = _files(row, places)
        yield _text(_object(row, original))
        yield _text(_new_object(row, run, original, copy))
    for row in rows():
        yield _text(_event(row, run, places))
    yield _text(_agent(run))
    yield _PREMIS_END


def _text(element: Element) -> str:
    ElementTree.indent(element)
    return ElementTree.tostring(element, "unicode") + "\n"


class _PremisFile(NamedTuple):
    """A file as PREMIS sees it: other bytes, or another place, make another object."""

    place: str  # URI
    identity: str  # UUID
    sha256: str | None
    size: int | None
    name: str


def _files(row: FileRow, places: Places) -> tuple[_PremisFile, _PremisFile]:
    """The original and the copy."""
    source, target = _uri(row.source), _uri(places.copy(row.path))
    return (
        _PremisFile(
            source,
            _uuid(f"{source}#{row.input_sha256}"),
            row.input_sha256,
            row.input_size,
            os.path.basename(row.source),
        ),
        _PremisFile(
            target,
            _uuid(f"{target}#{row.output_sha256}"),
            row.output_sha256,
            row.output_size,
            row.path,
        ),
    )


def _event_identity(run: RunRow, copy: _PremisFile) -> str:
    return _uuid(f"{copy.place}#run-{run.id}-{run.started}")


def _agent_identity(run: RunRow) -> str:
    return _uuid(f"thaifix {run.version} {run.model_sha256} {run.stamp}")


def _uuid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def _uri(path: str) -> str:
    return "file://" + quote_from_bytes(os.fsencode(path))


def _new_object(row: FileRow, run: RunRow, original: _PremisFile, copy: _PremisFile) -> Element:
    """The object that the copy is: what made it, and of what."""
    event = _event_identity(run, copy)
    made = _object(row, copy, run)
    relationship = _sub(made, "relationship")
    _sub(relationship, "relationshipType", "derivation", "relationshipType/der")
    _sub(relationship, "relationshipSubType", "has source", "relationshipSubType/hss")
    _identifier(relationship, "relatedObjectIdentifier", original.identity)
    _identifier(relationship, "relatedEventIdentifier", event)
    _identifier(made, "linkingEventIdentifier", event)
    return made


def _object(row: FileRow, file: _PremisFile, made_by: RunRow | None = None) -> Element:
    made = Element("premis:object", {"xsi:type": "premis:file"})
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


def _event(row: FileRow, run: RunRow, places: Places) -> Element:
    original, copy = _files(row, places)
    event = Element("premis:event")
    _identifier(event, "eventIdentifier", _event_identity(run, copy))
    if original.sha256 == copy.sha256:
        _sub(event, "eventType", "replication", "eventType/rep")
    else:
        _sub(event, "eventType", "modification", "eventType/mod")
    _sub(event, "eventDateTime", row.finished)
    detail = f"Thai OCR post-correction, run {run.id} of {escape(places.target)}"
    _sub(_sub(event, "eventDetailInformation"), "eventDetail", detail)
    outcome = _sub(event, "eventOutcomeInformation")
    _sub(outcome, "eventOutcome", "success", "eventOutcome/suc")
    note = f"{row.edits} edits, {row.flags} flags"
    if row.log_sha256:
        note += f"; log of edits {_uri(places.log(row.path))}, SHA-256 {row.log_sha256}"
    _sub(_sub(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", note)
    agent = _identifier(event, "linkingAgentIdentifier", _agent_identity(run))
    _sub(agent, "linkingAgentRole", "executing program", "eventRelatedAgentRole/exe")
    source = _identifier(event, "linkingObjectIdentifier", original.identity)
    _sub(source, "linkingObjectRole", "source", "eventRelatedObjectRole/sou")
    result = _identifier(event, "linkingObjectIdentifier", copy.identity)
    _sub(result, "linkingObjectRole", "outcome", "eventRelatedObjectRole/out")
    return event


def _agent(run: RunRow) -> Element:
    agent = Element("premis:agent")
    _identifier(agent, "agentIdentifier", _agent_identity(run))
    _sub(agent, "agentName", "thaifix")
    _sub(agent, "agentType", "software", "agentType/sof")
    _sub(agent, "agentVersion", run.version)
    for note in _notes(run):
        _sub(agent, "agentNote", note)
    return agent


def _notes(run: RunRow) -> list[str]:
    return [
        f"model SHA-256 {run.model_sha256}",
        f"model, lexicons and options {run.corrector}",
        f"options {json.dumps(run.options, sort_keys=True)}",
    ]


def _sub(parent: Element, name: str, text: str | None = None, term: str = "") -> Element:
    """Add an element to a parent.

    Args:
        parent: Where it stands.
        name: Its name, without prefix.
        text: What it holds; nothing if it holds other elements.
        term: The term of a controlled vocabulary that the text stands for.
    """
    child = ElementTree.SubElement(parent, f"premis:{name}")
    child.text = None if text is None else _allowed(text)
    if term:
        child.set("valueURI", f"{_VOCABULARY}/{term}")
    return child


def _identifier(parent: Element, name: str, value: str) -> Element:
    child = _sub(parent, name)
    _sub(child, f"{name}Type", "UUID")
    _sub(child, f"{name}Value", value)
    return child


def _allowed(text: str) -> str:
    """A text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def mets_header(run: RunRow, places: Places) -> Iterator[str]:
    """Yield a METS document with a header, whose agent is thaifix; it points to the PREMIS."""
    root = Element("mets:mets", {"xmlns:mets": METS, "xmlns:xlink": _XLINK})
    header = ElementTree.SubElement(root, "mets:metsHdr", CREATEDATE=run.started)
    agent = ElementTree.SubElement(
        header,
        "mets:agent",
        ROLE="OTHER",
        OTHERROLE="recognition/post-correction",
        TYPE="OTHER",
        OTHERTYPE="SOFTWARE",
    )
    ElementTree.SubElement(agent, "mets:name").text = f"thaifix {run.version}"
    for note in _notes(run):
        ElementTree.SubElement(agent, "mets:note").text = _allowed(note)
    section = ElementTree.SubElement(root, "mets:amdSec")
    provenance = ElementTree.SubElement(section, "mets:digiprovMD", ID=f"run-{run.id}")
    ElementTree.SubElement(
        provenance,
        "mets:mdRef",
        {
            "LOCTYPE": "URL",
            "MDTYPE": "PREMIS",
            "xlink:href": os.path.basename(places.premis(run.id)),
        },
    )
    structure = ElementTree.SubElement(root, "mets:structMap")
    ElementTree.SubElement(structure, "mets:div", ADMID=f"run-{run.id}")
    yield _text(root)
