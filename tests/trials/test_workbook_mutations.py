"""Seeded mutations of a made-up workbook of force area tables.

Each contradicts what the workbook says elsewhere, leaves something out, or changes nothing; so it
must be refused, be found by a rebuild to have lost rows, or be read the same.
"""

import io
import random
import zipfile
from collections import Counter

import openpyxl
import pandas as pd
import pytest
from importers.conftest import COUNTS, made_up_country, write_workbook  # noqa: F401

from peelbook.errors import PeelbookError
from peelbook.importers.ons_tables import (
    read_anti_social_behaviour,
    read_crime_tables,
    read_households,
    read_population,
)
from trials.losses import in_order, rows_are_gone
from trials.running import names_its_file, number_of

pytestmark = pytest.mark.trials
PARTS = number_of(1, 4)
TRIALS = number_of(6, 200) // PARTS
P1, P2, P3, P7, P9, P10 = "Table P1 ", "Table P2", "Table P3", "Table P7 ", "Table P9", "Table P10"
COUNTED = {P1: (3, 5, 6), P2: (3, 5, 6), P3: (3, 4, 5, 7, 8), P7: (3, 5), P9: (3, 4), P10: (3, 4)}
"""Columns of figures that the workbook says twice; the rates of P7 need another release."""
NO_NUMBERS = ("many", "1,234", "#REF!", "=1+1", " ", None, True, "inf", "NaN", "1O", "½")
FORCES = ("Upper Test", "Middle Test", "Test, Lower10", "Testwales")


def consistent(book):
    """Let burglary and robbery make up crime, and changes start from whole numbers."""
    for row in range(7, 17):
        total = book[P1].cell(row, 3).value * 100
        for column, share in ((3, 1), (5, 0.6), (6, 0.4)):
            count = round(total * share)
            book[P1].cell(row, column).value = count
            book[P2].cell(row, column).value = (count / (count * 7 // 11 + 1) - 1) * 100
        if row < 16:
            people, homes = (book[P3].cell(row - 3, column).value for column in (3, 4))
            book[P3].cell(row - 3, 5).value = total / people * 1000
            book[P3].cell(row - 3, 7).value = total * 0.6 / people * 1000
            book[P3].cell(row - 3, 8).value = total * 0.6 / homes * 1000
    book[P3]["A1"] = "Table P3: Police recorded crime, rate of offences, year ending December 181,2"
    book[P7]["A1"] = "Table P7: Anti-social behaviour incidents, year ending March 20181,2"


def tables_of(path):
    """Return the tables that are made from a workbook, by name."""
    crime, incidents = read_crime_tables(path), read_anti_social_behaviour(path)
    return {
        "ons_printed": pd.concat([crime, incidents.assign(offence="asb")], ignore_index=True),
        "population": read_population(path),
        "households": read_households(path),
    }


def figures(sheet):
    """Return the row numbers of areas by their names, of a sheet whose names are in column B."""
    names = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    return {name: row for name, row in names.items() if name in COUNTS}


def any_cell(book, dice):
    name = dice.choice(list(COUNTED))
    row = dice.choice([figures(book[name])[force] for force in FORCES])
    return book[name].cell(row, dice.choice(COUNTED[name]))


def another_number(book, dice):
    cell = any_cell(book, dice)
    others = [cell.value * 10, cell.value / 8, -cell.value, 10**25, cell.value + 7_919]
    cell.value = dice.choice(others)


def no_number(book, dice):
    any_cell(book, dice).value = dice.choice(NO_NUMBERS)


def marker(book, dice):
    # in P2 and P3 a marker is read as no value, as it is documented
    sheet = book[dice.choice([P1, P9, P10])]
    row = figures(sheet)[dice.choice(FORCES)]
    sheet.cell(row, dice.choice(COUNTED[sheet.title])).value = dice.choice(["-", "..", "[x]"])


def swapped(column, everywhere):
    def change(book, dice):
        one, other = dice.sample(FORCES, 2)
        for name in COUNTED if everywhere else [dice.choice(list(COUNTED))]:
            rows = figures(book[name])
            first, second = (book[name].cell(rows[force], column) for force in (one, other))
            first.value, second.value = second.value, first.value

    return change


def row_gone(book, dice):
    sheet = book[dice.choice(list(COUNTED))]
    sheet.delete_rows(dice.choice(list(figures(sheet).values())))


def row_twice(book, dice):
    sheet = book[dice.choice(list(COUNTED))]
    row = figures(sheet)[dice.choice(FORCES)]
    cells = [cell.value for cell in sheet[row]]
    sheet.insert_rows(row)
    for column, value in enumerate(cells, start=1):
        sheet.cell(row, column).value = value


def rows_gone_at_the_end(book, dice):
    sheet = book[dice.choice(list(COUNTED))]
    last = max(figures(sheet).values())
    sheet.delete_rows(last - dice.randrange(4), sheet.max_row)


def unknown_name(book, dice):
    sheet = book[dice.choice(list(COUNTED))]
    sheet.cell(figures(sheet)[dice.choice(FORCES)], 2).value = dice.choice(["Test", "Uper Test", 7])


def headings_swapped(book, dice):
    sheet, one, other = dice.choice(
        [(P1, "E5", "F5"), (P2, "E5", "F5"), (P3, "C3", "D3"), (P3, "G3", "H3")]
        # two years of incidents may stand either way round; the population tells which is which
        + [(P9, "C3", "D3"), (P10, "C3", "D3")]
    )
    cells = book[sheet]
    cells[one].value, cells[other].value = cells[other].value, cells[one].value


def heading_changed(book, dice):
    sheet, cell = dice.choice([(P1, "E5"), (P1, "F5"), (P2, "E5"), (P3, "G3"), (P3, "C3")])
    text = book[sheet][cell].value
    place = dice.randrange(6)
    book[sheet][cell] = text[:place] + dice.choice("xyz ") + text[place + 1 :]


def year_changed(book, dice):
    sheet, cell, texts = dice.choice(
        [(name, cell, (2051, 2, "mid", 2015, 2016)) for name in (P9, P10) for cell in ("C3", "D3")]
        + [(P7, cell, ("Apr '50 to Mar '51", "all", "Mar '17")) for cell in ("C3", "E3")]
    )
    book[sheet][cell] = dice.choice(texts)


def title_changed(book, dice):
    sheet = book[dice.choice([P1, P2, P3])]
    wrong = ("December 17", "March 18", "Smarch 18", "")
    sheet["A1"] = sheet["A1"].value.replace("December 18", dice.choice(wrong))


def sheet_gone(book, dice):
    book.remove(book[dice.choice(list(COUNTED))])


def far_cell(book, dice):
    book[dice.choice(list(COUNTED))]["XFD1048576"] = 1


def same_layout(book, dice):
    dice.choice(
        [
            lambda: book[P9].insert_rows(2),
            lambda: book[P1].insert_cols(4),
            lambda: book.move_sheet(P1, 3),
            lambda: setattr(book[P3], "title", "3"),
            lambda: book.create_sheet("Notes").append(["Population figures, mid-2017"]),
        ]
    )()


MUTATIONS = {
    "another number": another_number,
    "no number": no_number,
    "marker": marker,
    "names swapped in a sheet": swapped(2, everywhere=False),
    "names swapped in all": swapped(2, everywhere=True),
    "codes swapped in a sheet": swapped(1, everywhere=False),
    "codes swapped in all": swapped(1, everywhere=True),
    "row gone": row_gone,
    "row twice": row_twice,
    "rows gone at the end": rows_gone_at_the_end,
    "unknown name": unknown_name,
    "headings swapped": headings_swapped,
    "heading changed": heading_changed,
    "year changed": year_changed,
    "title changed": title_changed,
    "sheet gone": sheet_gone,
    "far cell": far_cell,
    "same layout": same_layout,
}


def bytes_damaged(content, dice):
    """Return the bytes of a file that is damaged, or is no workbook of Office Open XML."""
    kind = dice.choice(["cut", "byte", "part changed", "another format"])
    if kind == "cut":
        return kind, content[: dice.randrange(len(content))]
    if kind == "another format":
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", "<office:document-content/>")
        others = (
            made.getvalue(),
            b"\xd0\xcf\x11\xe0" + bytes(508),
            b"<!DOCTYPE html><p>Not found",
            b"",
        )
        return kind, dice.choice(others)
    if kind == "byte":
        raw = bytearray(content)
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        return kind, bytes(raw)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        changed = dice.choice([name for name in old.namelist() if name.endswith("xml")])
        for name in old.namelist():
            text = old.read(name)
            if name == changed:
                wrong = (b"", text[: len(text) // 2], b'<!DOCTYPE x [<!ENTITY a "b">]>' + text)
                text = dice.choice(wrong)
            new.writestr(name, text)
    return kind, made.getvalue()


def mutated(content, dice):
    kind = dice.choice([*MUTATIONS, "bytes", "bytes", "bytes"])
    if kind == "bytes":
        return bytes_damaged(content, dice)
    book = openpyxl.load_workbook(io.BytesIO(content))
    MUTATIONS[kind](book, dice)
    made = io.BytesIO()
    book.save(made)
    return kind, made.getvalue()


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_workbook_is_refused_or_reads_the_same(write_workbook, part):  # noqa: F811
    path = write_workbook(consistent)
    content = path.read_bytes()
    meant = tables_of(path)
    dice = random.Random(f"workbooks {part}")
    counts, misread = Counter(), []
    for trial in range(TRIALS):
        kind, changed = mutated(content, dice)
        path.write_bytes(changed)
        try:
            found = tables_of(path)
        except PeelbookError as error:
            names_its_file(error, path)
            counts["refused"] += 1
            continue
        wrong = [name for name in meant if not in_order(meant[name]).equals(in_order(found[name]))]
        if not wrong:
            counts["same"] += 1
        elif all(rows_are_gone(meant[name], found[name], name) for name in wrong):
            counts["left to the rebuild"] += 1
        else:
            misread.append((trial, kind, wrong))
    print(f"workbooks, part {part}: {TRIALS} mutations, {dict(counts)}, misread {len(misread)}")
    assert misread == []
