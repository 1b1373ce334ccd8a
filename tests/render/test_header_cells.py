"""The names of header cells in a PDF: in reading order, whatever the browser called them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from peelbook.render.header_cells import name_header_cells

COLUMN, ROW = 0, 1
BY_ONE_RUN, BY_ANOTHER = ("node00000047", "node00000053"), ("node00000078", "node00000005")


def named(**entries) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def table_with(names: tuple[str, str]) -> PdfWriter:
    """Return a PDF of one table: a column header, a row header, and a cell that names both."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    column, row = (named(S=NameObject("/TH"), ID=TextStringObject(name)) for name in names)
    headers = ArrayObject(TextStringObject(name) for name in names)
    cell = named(
        S=NameObject("/TD"),
        A=ArrayObject([named(O=NameObject("/Table"), Headers=headers)]),
        K=NumberObject(0),
    )
    places = [writer._add_object(element) for element in (column, row, cell)]
    table = writer._add_object(named(S=NameObject("/Table"), K=ArrayObject(places)))
    pairs = sorted(zip(names, places, strict=False))
    leaf = named(
        Limits=ArrayObject([TextStringObject(pairs[0][0]), TextStringObject(pairs[-1][0])]),
        Names=ArrayObject(
            each for name, place in pairs for each in (TextStringObject(name), place)
        ),
    )
    tree = named(Kids=ArrayObject([writer._add_object(leaf)]))
    writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(
        named(K=table, IDTree=writer._add_object(tree))
    )
    return writer


def written(names: tuple[str, str]) -> bytes:
    writer = table_with(names)
    name_header_cells(writer.root_object)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_two_runs_of_a_browser_give_the_same_bytes():
    assert written(BY_ONE_RUN) == written(BY_ANOTHER)


@pytest.mark.parametrize("names", [BY_ONE_RUN, BY_ANOTHER])
def test_a_cell_and_the_tree_of_names_lead_to_the_same_headers_as_before(names):
    structure = PdfReader(BytesIO(written(names))).trailer["/Root"]["/StructTreeRoot"]
    column, row, cell = (each.get_object() for each in structure["/K"]["/K"])
    assert list(cell["/A"][0]["/Headers"]) == [column["/ID"], row["/ID"]]
    (leaf,) = (each.get_object() for each in structure["/IDTree"]["/Kids"])
    known = dict(zip(leaf["/Names"][::2], leaf["/Names"][1::2], strict=True))
    assert {name: place.get_object() for name, place in known.items()} == {
        column["/ID"]: column,
        row["/ID"]: row,
    }
    assert list(leaf["/Names"][::2]) == sorted(known)
    assert list(leaf["/Limits"]) == [min(known), max(known)]


def test_a_pdf_without_a_structure_stays_as_it_is():
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    name_header_cells(writer.root_object)
    assert "/StructTreeRoot" not in writer.root_object
