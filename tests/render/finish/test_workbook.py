"""The spreadsheet of a book: a sheet for each table of its chapters, and one that lists them."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from peelbook.render.finish.about import About
from peelbook.render.finish.take_away import Taken
from peelbook.render.finish.workbook import COLUMNS, sheet_names, workbook_address, write_workbook

ABOUT = About("PEEL effectiveness: Kent Police", "kent", "Kent Police", "2016-06-30")
SAID = {
    "title": "It fell",
    "measure": "Per 1,000 population, 2016",
    "page": "Preventing crime",
    "indicators": [
        {"id": "robbery", "unit": "per 1,000 population"},
        {"id": "theft", "unit": "per 1,000 population"},
    ],
    "rows": 2,
    "source": "Home Office, Crime",
    "sources": [
        {"title": "Home Office, Crime", "address": "https://example.org", "released": "May 2016"}
    ],
    "caveats": ["A caveat.", "Another."],
    "address": "chapters/1_crime.html#figure-3",
}
ROWS = [["Offence", "Rate", "Place"], ["1.10", "1234.5", "7th of 42"], ["=1+1", "", "3"]]


def part(name, page="chapters/1_crime", rows=ROWS):
    return Taken(page, SAID | {"id": name}, rows)


@pytest.fixture
def book(tmp_path):
    parts = [part("figure-3"), part("table-rules", "methodology/framework"), part("table-why")]
    write_workbook(tmp_path, parts, ABOUT)
    return tmp_path / workbook_address(ABOUT)


def test_each_part_of_a_chapter_has_a_sheet_and_a_line_that_leads_to_it(book):
    made = load_workbook(book)
    assert made.sheetnames == ["About", "Contents", "1 figure-3", "1 table-why"]
    lines = list(made["Contents"].iter_rows(values_only=True))
    assert lines[0] == COLUMNS
    listed = dict(zip(COLUMNS, lines[1], strict=True))
    assert listed["Indicators"] == "robbery; theft"
    assert listed["Units"] == "per 1,000 population"
    assert listed["Rows"] == 2
    assert listed["Addresses of the sources"] == "https://example.org"
    assert listed["Released"] == "Home Office, Crime: May 2016"
    assert listed["Caveats"] == "A caveat. Another."
    assert listed["Address"] == "chapters/1_crime.html#figure-3"
    links = [made["Contents"].cell(line, 1).hyperlink.location for line in (2, 3)]
    assert links == ["'1 figure-3'!A1", "'1 table-why'!A1"]


def test_numbers_are_numbers_and_nothing_is_a_formula(book):
    sheet = load_workbook(book)["1 figure-3"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Offence", "Rate", "Place"],
        ["1.10", 1234.5, "7th of 42"],
        ["=1+1", None, 3],
    ]
    assert sheet["A3"].data_type == "s"


def test_spreadsheet_says_what_book_it_is_of_and_how_to_cite_it(book):
    about = dict(load_workbook(book)["About"].iter_rows(values_only=True, min_row=2))
    assert about["Force"] == "Kent Police"
    assert about["Period"] == "12 months to 30 June 2016"
    assert ABOUT.title in about["How to cite"]
    assert "Address" not in about


def test_same_book_gives_the_same_bytes_at_another_time(tmp_path):
    def written(folder):
        write_workbook(folder, [part("figure-3")], ABOUT)
        return (folder / workbook_address(ABOUT)).read_bytes()

    one = written(tmp_path / "one")
    time.sleep(2.1)  # a zip counts time in steps of two seconds
    assert written(tmp_path / "other") == one
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_names_of_sheets_are_short_and_differ():
    long = "table-judgments-computed-by-this-book-with-the-published"
    names = sheet_names([part(long), part(f"{long}-2"), part(long, "chapters/2_next"), part(long)])
    assert names[0] == "1 table-judgments-computed-by-t"
    assert len(set(names)) == 4
    assert max(map(len, names)) <= 31


def test_letters_that_a_spreadsheet_cannot_hold_are_left_out(tmp_path):
    write_workbook(tmp_path, [part("figure-3", rows=[["A\x0b", "B"], ["x", "y\x00z"]])], ABOUT)
    sheet = load_workbook(Path(tmp_path / workbook_address(ABOUT)))["1 figure-3"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["A", "B"], ["x", "yz"]]
