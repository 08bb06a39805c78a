"""Adapters: one module for each thing that is measured, all with the same three names.

    PIPELINE            what the adapter does with a text, in a phrase for the reader of a table
    versions()          what takes part in it, with versions
    load(*arguments)    prepare, and return a function from a text to the corrected text

Importing an adapter must not import the peer: where it is missing, its row of the table still says
what it is. `load` raises what the peer raises; the row then tells why it has no figures.
Within a text an adapter may remember what it has looked up, from text to text it may not.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def installed(*packages: str) -> str:
    """Name packages with their versions, such as `pythainlp 5.4.0, nlpo3 1.4.0`."""
    found = []
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} (not installed)")
    return ", ".join(found)
