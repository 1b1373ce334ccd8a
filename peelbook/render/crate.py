"""The research object of a book: what it was made from, by which command, and each file of it.

The same that the book's mark says, in the words of RO-Crate (https://w3id.org/ro/crate), which
archives and catalogues read. It asks no clock: the date is that of the program's version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any

from rocrate.model import ContextEntity
from rocrate.rocrate import ROCrate

from peelbook import RELEASED
from peelbook.render.mark import NOBODYS, sha256_of

CRATE = "ro-crate-metadata.json"
VERSION_OF_FORMAT = "1.1"
INPUTS = {
    "code": "The program, peelbook",
    "data": "The tables in data/, by their description data/datapackage.json",
    "definitions": "The indicators, the judgment framework and other definitions in frameworks/",
    "findings": "A register of findings that was supplied",
    "returns": "A data return that was supplied",
}
TYPES = MimeTypes(filenames=())
"""Kinds of files by their endings, without what a machine adds to them."""


def write_crate(folder: Path, about: Mapping[str, Any], title: str) -> None:
    """Write `ro-crate-metadata.json` into the folder of a finished book.

    Parameters
    ----------
    folder
        the book; all files in it are named with their sha256 and bytes.
    about
        what its mark says besides its files (:func:`peelbook.render.provenance.about_book`).
    title
        of the book.
    """
    crate = ROCrate(version=VERSION_OF_FORMAT)
    crate.name, crate.description = title, f"Rendered by: {about['command']}"
    crate.datePublished = RELEASED
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in NOBODYS:
            crate.add_file(
                dest_path=path.relative_to(folder),
                properties={
                    "sha256": sha256_of(path),
                    "contentSize": str(path.stat().st_size),
                    "encodingFormat": TYPES.guess_type(path.name)[0] or "application/octet-stream",
                },
            )
    crate.add_action(
        _entity(
            crate,
            "#program",
            {"@type": "SoftwareApplication", "name": "peelbook", "version": about["version"]},
        ),
        identifier="#rendering",
        object=list(_made_from(crate, about)),
        result=crate.root_dataset,
        properties={"name": "Rendering of the book", "description": about["command"]},
    )
    crate.metadata.write(folder)


def _made_from(crate: ROCrate, about: Mapping[str, Any]) -> Iterable[ContextEntity]:
    for name, digits in sorted(about["inputs_sha256"].items()):
        properties = {"@type": "CreativeWork", "name": INPUTS[name], "sha256": digits}
        yield _entity(crate, f"#input-{name}", properties)
    for name, value in sorted(about["parameters"].items()):
        properties = {"@type": "PropertyValue", "name": name, "value": value}
        yield _entity(crate, f"#parameter-{name}", properties)


def _entity(crate: ROCrate, identifier: str, properties: dict[str, Any]) -> ContextEntity:
    return crate.add(ContextEntity(crate, identifier, properties=properties))
