"""How long the largest files of the publishers take to read, and how much memory.

Files of the real size are made up: recorded crime open data as an ODS of 300,000 rows, a sheet a
year, and outcomes open data as an XLSX of 40 MB. Each is read in a process of its own.

Run with: python -m benchmarks.large_files
"""

from __future__ import annotations

import random
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from benchmarks.measure import Measured, measure
from peelbook.importers.outcomes import COUNT_COLUMNS
from peelbook.importers.recorded_crime import OFFENCE_GROUPS, QUARTERLY_COLUMNS
from peelbook.importers.spreadsheets import ODS_TYPE
from peelbook.tables import load_table

SECONDS, MEBIBYTES = 60, 1024
"""What reading a file may take."""
YEARS, CODES_OF_CRIME, CODES_OF_OUTCOMES = range(2012, 2025), 132, 264
CRIME_ROWS = "an ODS of recorded crime by quarter"
OUTCOME_ROWS = "an XLSX of outcomes"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Row = Iterable[object]


@dataclass(frozen=True)
class Large:
    """A made-up file: what it is, where, its rows, and the module and function that read it."""

    what: str
    path: Path
    rows: int
    reader: tuple[str, str]

    def command(self) -> list[str]:
        """Return the command that reads the file."""
        module, function = self.reader
        code = f"from pathlib import Path; from {module} import {function}; "
        return [sys.executable, "-c", f"{code}{function}(Path({str(self.path)!r}))"]


def forces() -> list[str]:
    """Return how the publishers write the 43 forces, and British Transport Police."""
    names = load_table("force_names").drop_duplicates("force")
    return sorted(names["published_name"])


def _offence(code: int) -> tuple[str, str, str, str]:
    group = OFFENCE_GROUPS[code % len(OFFENCE_GROUPS)].replace("-", " ").capitalize()
    name = "8N" if code == 0 else str(100 + code)
    return f"Made-up offence number {code}", group, f"{group}, part {code % 3}", name


def crime_rows(year: int) -> Iterator[Row]:
    """Return the rows of a year of recorded crime by quarter, the headings first."""
    chance = random.Random(year)
    yield QUARTERLY_COLUMNS
    for quarter, force, code in product(range(1, 5), forces(), range(CODES_OF_CRIME)):
        offence, group, part, name = _offence(code)
        count = chance.randint(1, 900)
        yield (_financial(year), quarter, force, group, part, offence, name, count)


def outcome_rows() -> Iterator[Row]:
    """Return the rows of a year of outcomes, the headings first."""
    chance = random.Random(1)
    types = load_table("outcome_types")[["name", "group_name", "outcome_type"]]
    kinds = [(name, group, str(number)) for name, group, number in types.itertuples(index=False)]
    yield (
        *("Financial Year", "Financial Quarter", "Force Name", "Offence Description"),
        *("Offence Group", "Offence Subgroup", "Offence Code", "Offence code expired"),
        *("Outcome Description", "Outcome Group", "Outcome Type", COUNT_COLUMNS[0], "Other count"),
    )
    places = product(range(1, 5), forces(), range(CODES_OF_OUTCOMES), kinds)
    for quarter, force, code, kind in places:
        counts = chance.randint(0, 900), chance.randint(0, 900)
        yield (_financial(2024), quarter, force, *_offence(code), "", *kind, *counts)


def _financial(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def write_ods(path: Path, sheets: dict[str, Iterator[Row]]) -> int:
    """Write sheets as a spreadsheet program does; return the number of rows under headings."""
    rows = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{MANIFEST}"/>'
        )
        with archive.open("content.xml", "w") as file:
            names = f'xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{TEXT}"'
            begin = f"<office:document-content {names}><office:body><office:spreadsheet>"
            file.write(begin.encode())
            for name, lines in sheets.items():
                file.write(f'<table:table table:name="{name}">'.encode())
                for row in lines:
                    cells = "".join(map(_ods_cell, row))
                    file.write(f"<table:table-row>{cells}</table:table-row>".encode())
                    rows += 1
                rows -= 1
                file.write(b"</table:table>")
            end = "</office:spreadsheet></office:body></office:document-content>"
            file.write(end.encode())
    return rows


def _ods_cell(cell: object) -> str:
    number = isinstance(cell, int)
    kind = f'"float" office:value="{cell}"' if number else '"string"'
    shown = f"<text:p>{escape(str(cell))}</text:p>"
    return f"<table:table-cell office:value-type={kind}>{shown}</table:table-cell>"


def write_xlsx(path: Path, lines: Iterator[Row]) -> int:
    """Write one sheet as a spreadsheet program does; return the number of rows under headings."""
    texts: dict[str, int] = {}
    rows = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as file:
            file.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for rows, row in enumerate(lines, start=1):
                cells = "".join(
                    _xlsx_cell(f"{get_column_letter(at)}{rows}", cell, texts)
                    for at, cell in enumerate(row, start=1)
                )
                file.write(f'<row r="{rows}">{cells}</row>'.encode())
            file.write(b"</sheetData></worksheet>")
        for name, content in _parts_of_xlsx(texts).items():
            archive.writestr(name, content)
    return rows - 1


def _xlsx_cell(place: str, cell: object, texts: dict[str, int]) -> str:
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(str(cell), len(texts))}</v></c>'


def _parts_of_xlsx(texts: dict[str, int]) -> dict[str, str]:
    spread = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet"}
    kinds["sharedStrings"] = "sharedStrings"
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{spread}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    default = f'<Default Extension="rels" ContentType="{rels}"/>'
    links = {
        "_rels/.rels": {"officeDocument": "xl/workbook.xml"},
        "xl/_rels/workbook.xml.rels": {
            "worksheet": "worksheets/sheet1.xml",
            "sharedStrings": "sharedStrings.xml",
        },
    }
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    sheet = '<sheet name="2024-25" sheetId="1" r:id="r0"/>'
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">{default}{overrides}</Types>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheet}</sheets></workbook>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        **{part: _links(targets) for part, targets in links.items()},
    }


def _links(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def make(folder: Path) -> Iterator[Large]:
    """Write both files into `folder`, one after the other."""
    path = folder / "recorded-crime.ods"
    rows = write_ods(path, {f"{year}-{(year + 1) % 100}": crime_rows(year) for year in YEARS})
    reader = ("peelbook.importers.recorded_crime", "read_quarterly_crime")
    yield Large(CRIME_ROWS, path, rows, reader)
    path = folder / "outcomes.xlsx"
    rows = write_xlsx(path, outcome_rows())
    yield Large(OUTCOME_ROWS, path, rows, ("peelbook.importers.outcomes", "read_outcomes"))


def _told(file: Large, took: Measured) -> str:
    size = file.path.stat().st_size / 1e6
    return (
        f"{file.what}, {file.rows:,} rows, {size:.0f} MB: {took.wall:.0f} seconds "
        f"({took.cpu:.0f} of a processor), {took.memory:,.0f} MiB"
    )


def main() -> None:
    """Print what each file takes; end with 1 where one takes more than it may."""
    beyond = False
    with tempfile.TemporaryDirectory() as folder:
        for file in make(Path(folder)):
            took = measure(file.command(), folder=Path.cwd())
            beyond |= took.cpu > SECONDS or took.memory > MEBIBYTES
            print(_told(file, took), flush=True)
    sys.exit(beyond)


if __name__ == "__main__":
    main()
