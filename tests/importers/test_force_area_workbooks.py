"""The ONS workbooks: found by their text, checked against what they print themselves."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.ons_tables import (
    read_anti_social_behaviour,
    read_crime_tables,
    read_households,
    read_population,
    vintage,
    workbook_label,
)


def in_sheet(name, cell, value):
    """Return a change that puts a value into a cell."""

    def change(book):
        book[name][cell] = value

    return change


def test_period_comes_from_the_title_with_footnote_digits_glued_on(write_workbook):
    path = write_workbook()
    assert workbook_label(path) == "year ending December 2018"
    assert vintage(path) == "ONS PFA tables, year ending December 2018"


def test_printed_crime_has_every_force_transport_police_and_the_country(write_workbook):
    printed = read_crime_tables(write_workbook())
    counts = printed.query("table == 'P1' and offence == 'recorded-crime'").set_index("force")
    assert counts["value"].to_dict() == {
        "england-and-wales": 110,
        "upper-test": 10,
        "middle-test": 20,
        "lower-test": 30,
        "test-in-wales": 40,
        "british-transport-police": 10,
    }
    assert set(counts["decimals"]) == {1}
    assert set(printed["period_end"]) == {pd.Timestamp("2018-12-31")}


def test_misprinted_residental_burglary_is_residential_burglary(write_workbook):
    printed = read_crime_tables(write_workbook())
    assert set(printed["offence"]) == {"recorded-crime", "residential-burglary", "robbery"}


def test_cells_with_a_marker_are_left_out(write_workbook):
    printed = read_crime_tables(write_workbook())
    changes = printed.query("table == 'P2' and offence == 'robbery'")
    rates = printed.query("measure == 'rate-per-1000-population'")
    assert "test-in-wales" not in set(changes["force"])
    assert "lower-test" not in set(rates["force"])


def test_household_rates_are_told_from_population_rates(write_workbook):
    printed = read_crime_tables(write_workbook()).query("force == 'upper-test'")
    rates = printed.set_index(["measure", "offence"])["value"]
    assert rates["rate-per-1000-households", "residential-burglary"] == pytest.approx(2.5)
    assert rates["rate-per-1000-population", "residential-burglary"] == pytest.approx(1.0)


def test_columns_and_header_rows_may_move(write_workbook):
    def change(book):
        for name in ("Table P1 ", "Table P2"):
            book[name].insert_rows(2, 2)
            book[name].insert_cols(4, 1)

    moved = read_crime_tables(write_workbook(change))
    pd.testing.assert_frame_equal(moved, read_crime_tables(write_workbook()))


@pytest.mark.parametrize("with_codes", [True, False])
def test_region_and_force_of_one_name_are_told_apart(write_workbook, with_codes):
    incidents = read_anti_social_behaviour(write_workbook(with_codes=with_codes))
    middle = incidents.query("force == 'middle-test' and measure == 'incidents'")
    assert middle["value"].tolist() == [20, 20]


def test_incidents_keep_both_national_rows_and_drop_what_is_not_available(write_workbook):
    incidents = read_anti_social_behaviour(write_workbook()).query("measure == 'incidents'")
    values = incidents.set_index(["force", "period_end"])["value"]
    assert values["england-and-wales", "2018-03-31"] == 110
    assert values["england-and-wales-excluding-btp", "2017-03-31"] == 100
    assert ("british-transport-police", pd.Timestamp("2017-03-31")) not in values.index


def test_population_joins_the_series_and_the_year_of_the_rates(write_workbook):
    population = read_population(write_workbook()).query("force == 'upper-test'")
    assert population.set_index("mid_year")["population"].to_dict() == {
        2015: 10_000,
        2016: 10_000,
        2017: 10_000,
    }


@pytest.mark.parametrize(
    ("with_series", "basis"), [(True, "2016-based"), (False, "2016-based projections")]
)
def test_basis_of_households_is_read_from_the_footnote(write_workbook, with_series, basis):
    households = read_households(write_workbook(with_series=with_series))
    assert set(households["basis"]) == {basis}
    assert households.query("force == 'test-in-wales'")["households"].unique().tolist() == [16_000]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (in_sheet("Table P1 ", "C7", 111), "row 7: england-and-wales, recorded-crime: 111 printed"),
        (in_sheet("Table P1 ", "C11", 51), "row 11: Middle Test, recorded-crime: 51 printed"),
        (in_sheet("Table P1 ", "C8", 59), "row 8: England, recorded-crime: 59 printed"),
        (in_sheet("Table P1 ", "C12", "lots"), "row 12: 'lots' is not a number"),
        (in_sheet("Table P1 ", "B10", "Nowhere"), "row 10: unknown force 'Nowhere'"),
        (in_sheet("Table P1 ", "B10", "Testwales"), "row 15: test-in-wales appears twice"),
        (in_sheet("Table P1 ", "B10", None), "no row for upper-test"),
        (in_sheet("Table P1 ", "A1", "Table P1"), "no 'year ending' in the title"),
        (in_sheet("Table P1 ", "C4", "All crime"), "no heading 'Total recorded crime'"),
        (in_sheet("Table P3", "E7", 9.9), "row 7: upper-test, recorded-crime: a rate of 9.90"),
        (in_sheet("Table P3", "C3", "People"), "no population and household figures"),
        (lambda book: book.remove(book["Table P2"]), "no sheet 'Table P2'"),
    ],
    ids=[
        "country is not the sum",
        "region is not the sum",
        "nation is not the sum",
        "text in a number",
        "unknown force",
        "force twice",
        "missing force",
        "no period",
        "heading changed",
        "rate does not follow",
        "no denominators",
        "sheet missing",
    ],
)
def test_broken_workbook_is_refused_with_sheet_row_and_reason(write_workbook, change, reason):
    with pytest.raises(ReleaseFormatError, match=reason) as raised:
        read_crime_tables(write_workbook(change))
    assert "made-up-tables.xlsx" in str(raised.value)


def test_incidents_that_do_not_add_up_are_refused(write_workbook):
    with pytest.raises(ReleaseFormatError, match="sheet Table P7, row 6"):
        read_anti_social_behaviour(write_workbook(in_sheet("Table P7 ", "C6", 99)))


def test_file_that_is_no_workbook_is_refused(write):
    with pytest.raises(ReleaseFormatError, match="not a workbook"):
        read_population(write("tables.xlsx", "not a workbook"))
