"""Counts of a workbook that came out after the rolling file, and of the year before it."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.assemble import recorded_crime_with_newer
from peelbook.importers.ons_counts import counts_of_year_before
from peelbook.importers.ons_tables import read_crime_tables
from peelbook.importers.provenance import Library

OLD, NEW = pd.Timestamp("2018-09-30"), pd.Timestamp("2018-12-31")
BURGLARY = "residential-burglary"


def rolling_to(period_end):
    rows = [
        ("upper-test", BURGLARY, 5),
        ("upper-test", "domestic-burglary", 1),
        ("upper-test", "robbery", 4),
    ]
    return pd.DataFrame(rows, columns=["force", "offence", "offences"]).assign(
        period_end=period_end, vintage=f"rolling 12 months to {period_end:%B %Y}"
    )[["force", "period_end", "offence", "offences", "vintage"]]


@pytest.fixture
def workbook(write_workbook):
    """The made-up workbook, in which burglary and robbery make up recorded crime."""

    def change(book):
        for row in range(7, 17):
            total = book["Table P1 "].cell(row, 3)
            for column, share in ((5, 0.6), (6, 0.4)):
                book["Table P1 "].cell(row, column).value = int(total.value * share)
                # residential burglary up from 5 to 6 in Upper Test is 20 percent
                book["Table P2"].cell(row, column).value = 20 if column == 5 else -20
            sheet = book["Table P3"]
            if row < 16:
                people = sheet.cell(row - 3, 3).value
                sheet.cell(row - 3, 5).value = total.value / people * 1000
                sheet.cell(row - 3, 7).value = total.value * 0.6 / people * 1000
                sheet.cell(row - 3, 8).value = total.value * 0.6 / people / 0.4 * 1000

    return write_workbook(change)


def with_newer(path, rolling):
    return recorded_crime_with_newer(rolling, {path: read_crime_tables(path)}, Library([]))


def test_period_after_the_rolling_file_comes_from_the_workbook_with_its_name(workbook):
    table = with_newer(workbook, rolling_to(OLD))["recorded_crime"]
    new = table[(table["period_end"] == NEW) & (table["force"] == "upper-test")]
    assert new.set_index("offence")["offences"].to_dict() == {BURGLARY: 6, "robbery": 4}
    assert set(new["vintage"]) == {"ONS PFA tables, year ending December 2018"}
    assert "england-and-wales" not in set(table["force"])


def test_workbook_that_the_rolling_file_covers_adds_nothing(workbook):
    tables = with_newer(workbook, rolling_to(NEW))
    pd.testing.assert_frame_equal(tables["recorded_crime"], rolling_to(NEW))
    assert tables["recorded_crime_year_before"].empty


def test_year_before_is_the_count_over_one_plus_the_change(workbook):
    before = with_newer(workbook, rolling_to(OLD))["recorded_crime_year_before"]
    upper = before[before["force"] == "upper-test"]
    assert set(before["period_end"]) == {pd.Timestamp("2017-12-31")}
    assert upper.set_index("offence")["offences"].to_dict() == {
        BURGLARY: 5,  # 6 / 1.2
        "robbery": 5,  # 4 / 0.8
        "domestic-burglary": 0,  # replaced by residential burglary, which counts it
    }


def test_changes_that_are_rounded_give_no_year_before(workbook):
    cells = read_crime_tables(workbook)
    rounded = cells.assign(value=cells["value"].mask(cells["table"] == "P2", 19.8))
    found = counts_of_year_before(workbook, rounded, {BURGLARY, "robbery"})
    assert found.empty


def test_offence_groups_that_do_not_make_up_the_total_are_refused(write_workbook):
    with pytest.raises(ReleaseFormatError, match="Table P1.*upper-test: 10 offences printed"):
        with_newer(write_workbook(), rolling_to(OLD))
