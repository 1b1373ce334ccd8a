"""A book's tables and data of figures as one spreadsheet: a sheet each, and one that lists them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from peelbook.render.archive import NO_DATE
from peelbook.render.finish.about import About
from peelbook.render.finish.cite import AUTHOR, book_citation
from peelbook.render.finish.grids import Rows
from peelbook.render.finish.take_away import DOWNLOADS, LICENCE, Taken

CHAPTERS = "chapters/"
LONGEST_NAME = 31
"""Letters of the name of a sheet, by the format."""
WIDEST = 60
"""Letters that a column is wide at most; longer cells are wrapped."""
COLUMNS = (
    *("Sheet", "Chapter", "Title", "Measure, unit and period", "Indicators", "Units"),
    *("Rows", "Sources", "Addresses of the sources", "Released", "Caveats", "Licence", "Address"),
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def workbook_address(about: About) -> str:
    """Return where the spreadsheet of a book lies in the book."""
    return f"{DOWNLOADS}/{about.force}.xlsx"


def write_workbook(out: Path, taken: Sequence[Taken], about: About) -> None:
    """Write the spreadsheet of what the chapters below `out` have; the same book, the same bytes.

    `taken` may hold parts of other pages, which are left out: each book of a site would have them.
    """
    own = [each for each in taken if each.page.startswith(CHAPTERS)]
    book = Workbook()
    _fill_about(book.active, about)
    names = sheet_names(own)
    _fill(book.create_sheet("Contents"), _contents(own, names), links=names)
    for each, name in zip(own, names, strict=True):
        _fill(book.create_sheet(name), each.rows)
    book.properties.title, book.properties.creator = about.title, AUTHOR
    book.properties.created = book.properties.modified = datetime(*NO_DATE)
    target = out / workbook_address(about)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_packed(book))


def sheet_names(taken: Sequence[Taken]) -> list[str]:
    """Return a name for the sheet of each part: number of the chapter and name of the part."""
    names: list[str] = []
    for each in taken:
        chapter = PurePosixPath(each.page).name.partition("_")[0]
        name = f"{chapter} {each.description['id']}"[:LONGEST_NAME]
        number = 2
        while name in names:
            end = f"~{number}"
            name, number = name[: LONGEST_NAME - len(end)].partition("~")[0] + end, number + 1
        names.append(name)
    return names


def _fill_about(sheet: Worksheet, about: About) -> None:
    sheet.title = "About"
    rows = [
        ["Book", about.title],
        ["Force", about.name],
        ["Period", about.period],
        ["Address", about.address],
        ["Version", about.version],
        ["Licence of the data", f"{LICENCE['title']}, {LICENCE['address']}"],
        ["How to cite", book_citation(about)],
        ["Cells", "Numbers are as the book shows them. An empty cell has no value; notes say why."],
    ]
    _fill(sheet, [["About", "This spreadsheet"], *(row for row in rows if row[1])])


def _contents(taken: Sequence[Taken], names: Sequence[str]) -> Rows:
    rows = [list(COLUMNS)]
    for each, name in zip(taken, names, strict=True):
        said = each.description
        indicators, sources = said.get("indicators", ()), said.get("sources", ())
        units = dict.fromkeys(one["unit"] for one in indicators)
        rows.append(
            [
                *(name, said.get("page", ""), said["title"], said.get("measure", "")),
                *("; ".join(one["id"] for one in indicators), "; ".join(units)),
                *(str(said["rows"]), said.get("source", "")),
                "; ".join(dict.fromkeys(one["address"] for one in sources)),
                "; ".join(f"{one['title']}: {one['released']}" for one in sources),
                *(" ".join(said.get("caveats", ())), LICENCE["title"], said["address"]),
            ]
        )
    return rows


def _fill(sheet: Worksheet, rows: Rows, links: Sequence[str] = ()) -> None:
    """Write rows, the headings first; `links` are sheets that the first cells below lead to."""
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            # the first column names the row, and 1.10 there is no number
            if line > 1 and column > 1 and _NUMBER.fullmatch(text):
                cell.value = float(text) if "." in text else int(text)
            elif text:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type = "s"  # never a formula
                cell.alignment = Alignment(wrap_text=len(text) > WIDEST, vertical="top")
            if line == 1:
                cell.font = Font(bold=True)
    for line, name in enumerate(links, start=2):
        sheet.cell(line, 1).hyperlink = Hyperlink(ref="", location=f"'{name}'!A1")
        sheet.cell(line, 1).font = Font(underline="single", color="12436D")
    for column, cells in enumerate(zip(*rows, strict=True), start=1):
        width = min(max(map(len, cells)), WIDEST) + 2
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"


def _packed(book: Workbook) -> bytes:
    """Return the bytes of a workbook, without the dates that openpyxl gives its parts."""
    dated, plain = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(dated, "w")).save()
    with zipfile.ZipFile(dated) as parts, zipfile.ZipFile(plain, "w") as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, NO_DATE), parts.read(name), zipfile.ZIP_DEFLATED)
    return plain.getvalue()
