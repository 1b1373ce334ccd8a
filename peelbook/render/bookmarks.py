"""The bookmarks of a PDF: where they lead, and what they say.

Chromium writes a bookmark for each heading, but joins the words on either side of the end of a line,
and says a heading twice that a page ends at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from peelbook.render.header_cells import name_header_cells

TITLE, FIRST, NEXT = "/Title", "/First", "/Next"


def pages_of(content: bytes, titles: list[str]) -> dict[str, int]:
    """Return heading -> the page of a PDF (from 1) that its bookmark leads to."""
    reader = PdfReader(BytesIO(content))
    wanted = {_squeezed(title): title for title in titles}
    found: dict[str, int] = {}
    for entry in _flat(reader.outline):
        title = wanted.get(_squeezed(str(entry.title)))
        if title:
            found.setdefault(title, reader.get_destination_page_number(entry) + 1)
    return found


def with_bookmarks(content: bytes, headings: list[str], title: str) -> bytes:
    """Return a PDF whose bookmarks say the headings as they are, with a title and without a date."""
    known = {_squeezed(heading): heading for heading in headings}
    known |= {squeezed * 2: heading for squeezed, heading in known.items()}
    writer = PdfWriter(clone_from=BytesIO(content))
    for entry in _entries(writer.root_object["/Outlines"].get_object()):
        heading = known.get(_squeezed(str(entry[TITLE])))
        if heading:
            entry[NameObject(TITLE)] = TextStringObject(heading)
    name_header_cells(writer.root_object)
    writer.metadata = {NameObject("/Title"): TextStringObject(title)}
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _flat(entries: list) -> Iterator:
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _entries(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    entry = parent.get(FIRST)
    while entry is not None:
        entry = entry.get_object()
        yield entry
        yield from _entries(entry)
        entry = entry.get(NEXT)
