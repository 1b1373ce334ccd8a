"""Workbooks laid out in another way: each one reads the same, or is refused with its reason."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.ons_tables import (
    read_anti_social_behaviour,
    read_crime_tables,
    read_households,
    read_population,
)

CRIME = ("Table P1 ", "Table P2", "Table P3")
READERS = (read_crime_tables, read_population, read_households, read_anti_social_behaviour)


def each_sheet(change):
    """Return a change of a whole workbook from that of one sheet."""

    def change_all(book):
        for sheet in book.worksheets:
            change(sheet)

    return change_all


def cells_set(name, **values):
    """Return a change that puts values into cells of one sheet."""

    def change(book):
        for cell, value in values.items():
            book[name][cell] = value

    return change


def short_names(sheet):
    sheet.title = sheet.title.strip().replace("Table ", "").lower()


def other_numbers(sheet):
    sheet.title = f"Data {sheet.title.strip()[-1]}{len(sheet.title)}"


def rows_of_notes_on_top(sheet):
    sheet.insert_rows(2, 3)
    sheet["A3"] = "This worksheet contains one table. Some cells refer to notes."


def column_in_front(sheet):
    title = sheet["A1"].value
    sheet.insert_cols(1)
    sheet["A1"], sheet["B1"] = title, None


def column_of_notes(sheet):
    if "P7" in sheet.title:
        return
    sheet.insert_cols(3)
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 2).value == "Area Name":
            sheet.cell(row, 3).value = "Notes"
        elif sheet.cell(row, 2).value == "Upper Test":
            sheet.cell(row, 3).value = "[note 3]"


def footnotes_on_names(sheet):
    marks = {
        "Upper Test": "Upper Test [note 4]",
        "Testwales": "Testwales*",
        "ENGLAND": "England 5,6",
    }
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = marks.get(cell.value, cell.value)


def source_above_the_table(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if str(cell.value).startswith("Source"):
                sheet["A2"], cell.value = cell.value, None


def merged_headings(book):
    for name in CRIME[:2]:
        sheet = book[name]
        for column in "AB":
            sheet[f"{column}4"] = sheet[f"{column}5"].value
            sheet[f"{column}5"] = None
            sheet.merge_cells(f"{column}4:{column}5")
        sheet.merge_cells("C4:C5")
        sheet.merge_cells("C6:F6")
        sheet.merge_cells("E4:F4")


def other_area_headings(book):
    for name, row in zip(CRIME, (5, 5, 3), strict=True):
        book[name][f"A{row}"], book[name][f"B{row}"] = "Area code", "Police force area [note 2]"


def national_fraud_body(book):
    sheet = book["Table P1 "]
    sheet.insert_rows(17)
    for column, value in ((2, "Action Fraud"), (3, 999)):
        sheet.cell(17, column).value = value


def another_total(book):
    for name in CRIME[:2]:
        sheet = book[name]
        sheet.insert_rows(8)
        sheet["B8"] = "England and Wales (excluding Upper Test)"
        for column in (3, 5, 6):
            sheet.cell(8, column).value = 100


def other_words_for_dates(book):
    for name in CRIME:
        title = book[name]["A1"].value
        book[name]["A1"] = title.replace("ending December 18", "ending 31 Dec 2018 [note ")


def years_of_incidents_in_words(book):
    sheet = book["Table P7 "]
    sheet["C3"], sheet["E3"] = "Year ending March 2017 [note 3]", "Apr ’17 to Mar ’18"


def incidents_in_lower_case_with_a_change(book):
    sheet = book["Table P7 "]
    sheet["C4"] = sheet["E4"] = "number of incidents [note 2]"
    sheet["G3"], sheet["G4"] = "Mar '17 to Mar '18", "Percentage change"
    for row in range(5, 15):
        sheet.cell(row, 7).value = 3


def years_of_estimates_as_text(book):
    for name in ("Table P9", "Table P10"):
        book[name]["C3"], book[name]["D3"] = "Mid-2015", "2016 [note 1]"


SAME = {
    "sheets called p1, p2": each_sheet(short_names),
    "sheets known by their titles only": each_sheet(other_numbers),
    "rows of notes on top": each_sheet(rows_of_notes_on_top),
    "a column in front": each_sheet(column_in_front),
    "a column of notes": each_sheet(column_of_notes),
    "footnotes on names": each_sheet(footnotes_on_names),
    "the source above the table": each_sheet(source_above_the_table),
    "merged headings": merged_headings,
    "other headings of areas": other_area_headings,
    "a national fraud body": national_fraud_body,
    "a total without one force": another_total,
    "dates in other words": other_words_for_dates,
    "years of incidents in words": years_of_incidents_in_words,
    "another column of incidents": incidents_in_lower_case_with_a_change,
    "years of estimates as text": years_of_estimates_as_text,
    "a cover that names the tables": lambda book: book.create_sheet("Cover", 0).append(["Cover"]),
    "an empty sheet": lambda book: book.create_sheet("Table P99"),
}


@pytest.fixture
def write_realistic(write_workbook):
    """Write a workbook whose titles are those of the publisher."""

    def write(change=None):
        def titled(book):
            book["Table P3"]["A1"] = (
                "Table P3: Police recorded crime, rate of offences, year ending December 181,2"
            )
            book["Table P7 "]["A1"] = "Table P7: Anti-social behaviour incidents, to March 2018"
            if change:
                change(book)

        return write_workbook(titled)

    return write


@pytest.mark.parametrize("layout", SAME)
def test_workbook_of_another_layout_reads_the_same(write_realistic, layout):
    expected = [read(write_realistic()) for read in READERS]
    path = write_realistic(SAME[layout])
    for read, frame in zip(READERS, expected, strict=True):
        found = read(path).reset_index(drop=True)
        pd.testing.assert_frame_equal(found, frame.reset_index(drop=True))


def test_workbook_that_has_been_replaced_is_read_again(write_realistic):
    before = read_population(write_realistic())
    path = write_realistic(cells_set("Table P3", A1="Table P3: offences, year ending March 2017"))
    with pytest.raises(ReleaseFormatError, match="the 12 months to March 2017"):
        read_crime_tables(path)
    assert len(before) == len(read_population(path))


@pytest.mark.parametrize("marker", ["-", "..", ":", "[x]", "*", "n/a"])
def test_marker_for_no_value_leaves_the_cell_out(write_realistic, marker):
    path = write_realistic(cells_set("Table P2", F10=marker))
    changes = read_crime_tables(path).query("table == 'P2' and offence == 'robbery'")
    assert "upper-test" not in set(changes["force"])
    assert "middle-test" in set(changes["force"])


def test_new_column_is_read_as_an_offence_of_its_own(write_realistic):
    def change(book):
        sheet = book["Table P1 "]
        sheet["G5"] = "Stalking offences [note 9]"
        for row in range(7, 17):
            sheet.cell(row, 7).value = sheet.cell(row, 6).value

    crime = read_crime_tables(write_realistic(change)).query("table == 'P1'")
    assert set(crime["offence"]) == {
        "recorded-crime",
        "residential-burglary",
        "robbery",
        "stalking-offences",
    }


def test_household_basis_that_no_note_states_is_said_to_be_so(write_realistic):
    path = write_realistic(cells_set("Table P3", A14="4. Household projections."))
    assert set(read_households(path)["basis"]) == {"basis not stated"}


def test_households_of_another_year_than_the_population_keep_their_year(write_realistic):
    heading = "Household figures (mid-2016)4 rounded to 100"
    years = read_households(write_realistic(cells_set("Table P3", D3=heading)))["mid_year"]
    assert sorted(set(years)) == [2015, 2016]


def headings_one_column_on(name):
    def change(book):
        sheet = book[name]
        for row in (4, 5):
            for column in range(7, 3, -1):
                sheet.cell(row, column).value = sheet.cell(row, column - 1).value
            sheet.cell(row, 3).value = None

    return change


def precise_changes(book):
    """Put changes from one third fewer offences in the place of the rounded ones."""
    for row in range(7, 17):
        for column in (3, 5, 6):
            count = book["Table P1 "].cell(row, column).value
            book["Table P2"].cell(row, column).value = (count / (count // 3 * 2 + 1) - 1) * 100


def changes_of_other_forces(book):
    precise_changes(book)
    sheet = book["Table P2"]
    for column in (3, 5, 6):
        values = [sheet.cell(row, column).value for row in range(10, 17)]
        for row, value in zip(range(10, 17), values[1:] + values[:1], strict=True):
            sheet.cell(row, column).value = value


def parts_in_the_wrong_columns(book):
    sheet = book["Table P1 "]
    sheet["E5"], sheet["F5"], sheet["G5"] = "Burglary", "Residential burglary", None
    sheet["G5"] = "Non-residential burglary"
    for row in range(7, 17):
        for column, share in ((5, 0.4), (6, 1.0), (7, 0.6)):
            sheet.cell(row, column).value = sheet.cell(row, 3).value * share


REFUSED = {
    "headings of P1 one column on": (headings_one_column_on("Table P1 "), "P1, row 7: figures in"),
    "headings of P2 one column on": (headings_one_column_on("Table P2"), "P2, row 7: figures in"),
    "a column without a heading": (cells_set("Table P1 ", G7=1), "column G have no heading"),
    "an empty cell": (cells_set("Table P1 ", F10=None), r"row 10: an empty cell \(F10\)"),
    "a number as text": (cells_set("Table P1 ", F10="1,234"), "row 10: '1,234' is not a number"),
    "an error in a cell": (cells_set("Table P2", F10="#REF!"), "P2, row 10: '#REF!' is not"),
    "a marker in a total": (
        cells_set("Table P1 ", C10=".."),
        "row 7: england-and-wales, recorded-crime: 110",
    ),
    "two headings the same": (cells_set("Table P1 ", F5="Residential burglary"), "two columns are"),
    "parts in the wrong columns": (parts_in_the_wrong_columns, "burglary: 44 printed, but its"),
    "changes of other forces": (
        changes_of_other_forces,
        "P2, row 10: upper-test, .* not a whole number",
    ),
    "a rounded change of another force": (cells_set("Table P2", C13=400), "not what its forces"),
    "a change of an unknown offence": (
        cells_set("Table P2", F5="Robbery offences"),
        "P2: a change of robbery-offences, which Table P1 does not have",
    ),
    "another period in P3": (
        cells_set("Table P3", A1="Table P3: rate of offences, year ending June 2018"),
        "P3, row 1: the 12 months to June 2018, but Table P1 is about those to December 2018",
    ),
    "no such month": (
        cells_set("Table P1 ", **{"A1": "Table: recorded crime, year ending Xember 2018"}),
        "row 1: no such month",
    ),
}


@pytest.mark.parametrize("layout", REFUSED)
def test_workbook_that_would_be_misread_is_refused_with_its_reason(write_realistic, layout):
    change, reason = REFUSED[layout]
    with pytest.raises(ReleaseFormatError, match=reason) as raised:
        read_crime_tables(write_realistic(change))
    assert "made-up-tables.xlsx" in str(raised.value)


def test_precise_changes_that_fit_are_read(write_realistic):
    changes = read_crime_tables(write_realistic(precise_changes)).query("table == 'P2'")
    assert len(changes) == 18


def test_two_sheets_about_one_table_are_refused_unless_one_has_its_name(write_realistic):
    def change(book):
        book.copy_worksheet(book["Table P3"])

    assert len(read_crime_tables(write_realistic(change)))

    def change_both(book):
        change(book)
        book["Table P3"].title = "Rates"

    with pytest.raises(ReleaseFormatError, match="Table P3 may be any of 'Rates'"):
        read_crime_tables(write_realistic(change_both))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"E3": "Twelve months"}, "row 3: 'Twelve months' is not a year that ends in March"),
        ({"E3": "Apr '16 to Mar '17"}, "row 3: two columns are headed with the same year"),
        ({"C3": None, "E3": None}, "no headings of years that end in March"),
        ({"C4": "Cases", "E4": "Cases"}, "no headings of years and 'Number of Incidents'"),
    ],
    ids=["a year that cannot be read", "one year twice", "no years", "other words"],
)
def test_incidents_under_headings_that_cannot_be_read_are_refused(write_realistic, cells, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_anti_social_behaviour(write_realistic(cells_set("Table P7 ", **cells)))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"C3": 2016, "D3": 2017}, "P9: upper-test, mid-2017: 20,000 population, but Table P3"),
        ({"D3": 2015}, "P9, row 3: two columns are headed with the same year"),
        ({"D3": "2016 to 2017"}, "P9, row 3: '2016 to 2017' is not a year"),
    ],
    ids=["years one column on", "one year twice", "a year that cannot be read"],
)
def test_population_of_years_that_cannot_be_right_is_refused(write_realistic, cells, reason):
    def change(book):
        cells_set("Table P9", **cells)(book)
        for row in range(4, 13):
            book["Table P9"].cell(row, 4).value *= 2

    with pytest.raises(ReleaseFormatError, match=reason):
        read_population(write_realistic(change))
