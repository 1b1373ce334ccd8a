"""CSV and parquet files laid out in another way: they read the same or are refused."""

import pandas as pd
import pytest
from test_context_files import ARRESTS, OFFICERS, SEVERITY
from test_outcome_files import NEWER, rows
from test_recorded_crime_files import HEADER, ROWS

from peelbook.errors import ReleaseFormatError
from peelbook.importers.arrests import read_arrests
from peelbook.importers.assemble import workbooks
from peelbook.importers.boundaries import read_boundaries
from peelbook.importers.crime_severity import read_crime_severity
from peelbook.importers.officers import read_officers
from peelbook.importers.outcomes import read_outcomes
from peelbook.importers.recorded_crime import read_quarterly_crime, read_rolling_crime

ROW_OF_TOTALS = "31-03-2017,Upper Test,North Test,Total recorded crime,99\n"


@pytest.mark.parametrize("date", ["31/03/2017", "2017-03-31"])
def test_rolling_dates_may_be_written_in_other_ways(write, date):
    crime = read_rolling_crime(write("rec.csv", HEADER + ROWS.replace("31-03-2017", date)))
    assert set(crime["period_end"]) == {pd.Timestamp("2017-03-31")}


def test_new_columns_and_other_headings_of_the_same_words_change_nothing(write):
    expected = read_rolling_crime(write("rec.csv", HEADER + ROWS))
    header = HEADER.replace("12 months ending,PFA", "Note,12_Months_Ending,pfa")
    text = header + "".join(f"[x],{row}\n" for row in ROWS.splitlines())
    pd.testing.assert_frame_equal(read_rolling_crime(write("other.csv", text)), expected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER + ROWS + ROW_OF_TOTALS, "row 7: unknown offence group 'total-recorded-crime'"),
        (HEADER + ROWS + "Source: Home Office\n", "row 7: unknown force ''"),
        (HEADER + ROWS.replace("\n", ",[x]\n"), "row 2: more cells than there are headings"),
        (HEADER.replace("Region", "PFA") + ROWS, "two columns 'PFA'"),
        ("Table 1\n" + HEADER + ROWS, "row 2: more cells than there are headings"),
        (HEADER + ROWS.replace(",5\n", ',"5,000"\n'), "row 2: '5,000' in offences is not a whole"),
        (HEADER + ROWS.replace(",5\n", ",..\n"), "row 2: '..' in offences is not a whole"),
        (HEADER + ROWS.replace("31-03", "03-31"), "'03-31-2017' is not the end of a quarter"),
        (HEADER + ROWS + ROWS.replace("Upper Test", "Wales"), "row 7: unknown force 'Wales'"),
        (HEADER, "no rows"),
        ("", "an empty file"),
    ],
    ids=[
        "a row of totals",
        "a note at the end",
        "cells one column on",
        "two columns of one name",
        "a title above the header",
        "thousands set apart",
        "a marker for no value",
        "month before day",
        "another area",
        "no rows",
        "no text",
    ],
)
def test_rolling_file_that_would_be_misread_is_refused(write, text, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_rolling_crime(write("rec.csv", text))


@pytest.mark.parametrize(
    ("year", "quarter"), [("2018-19", "1"), ("2018/2019", "Q1"), ("2018/19", "Quarter 1")]
)
def test_quarters_may_be_written_in_other_ways(write, year, quarter):
    text = NEWER + rows().replace("2018/19,1,", f"{year},{quarter},")
    assert set(read_outcomes(write("outcomes.csv", text))["quarter_end"]) == {
        pd.Timestamp("2018-06-30")
    }


@pytest.mark.parametrize("quarter", ["5", "Apr-Jun", "", "1.5"])
def test_quarter_that_there_is_not_is_refused(write, quarter):
    text = NEWER + rows().replace("2018/19,1,", f"2018/19,{quarter},")
    with pytest.raises(ReleaseFormatError, match=f"row 2: '2018/19', quarter '{quarter}' is not"):
        read_outcomes(write("outcomes.csv", text))


def test_total_of_offences_among_outcomes_is_refused(write):
    text = NEWER + rows() + rows().splitlines()[0].replace("Robbery of business", "Total") + "\n"
    with pytest.raises(ReleaseFormatError, match="row 10: 'Total' in offence is a total"):
        read_outcomes(write("outcomes.csv", text))


@pytest.mark.parametrize(
    ("part", "total"),
    [("White", "All ethnic groups"), ("Unknown", "Total"), ("Burglary", "Grand total")],
)
def test_total_of_arrests_is_refused_and_not_counted_twice(write, part, total):
    again = ARRESTS.splitlines()[1].replace(part, total) + "\n"
    with pytest.raises(ReleaseFormatError, match=f"row 10: '{total}' in .* is a total"):
        read_arrests(write("arrests.csv", ARRESTS + again))


def test_officers_of_two_ranks_are_not_taken_for_all(write):
    with pytest.raises(ReleaseFormatError, match="the same force and date twice"):
        read_officers(write("officers.csv", OFFICERS + OFFICERS.split("\n", 1)[1]))


def test_score_file_without_the_score_of_all_crime_is_refused(write):
    text = SEVERITY.replace("Total recorded crime", "Total crime")
    with pytest.raises(ReleaseFormatError, match="no rows"):
        read_crime_severity(write("severity.csv", text))


def test_file_that_is_no_parquet_is_refused(write):
    with pytest.raises(ReleaseFormatError, match="not a parquet file"):
        read_quarterly_crime(write("prc-pfa.parquet", "PAR1 and no more"))


def test_file_that_is_no_gzip_is_refused(write):
    with pytest.raises(ReleaseFormatError, match="not a CSV file"):
        read_arrests(write("arrests.csv.gz", ARRESTS))


def test_two_workbooks_of_one_period_are_refused(write_workbook, tmp_path):
    folder = tmp_path / "source" / "ons_pfa_tables"
    folder.mkdir(parents=True)
    for name in ("tables.xlsx", "tables-v2.xlsx"):
        (folder / name).write_bytes(write_workbook().read_bytes())
    with pytest.raises(ReleaseFormatError, match="the same year ending December 2018 as tables"):
        workbooks(tmp_path / "source")


@pytest.mark.parametrize(
    "text",
    [
        '{"features": [{"properties": {"NAME": "Upper Test"}, "geometry": null}]}',
        '{"features": [{"properties": null, "geometry": {"type": "Point"}}]}',
        '{"features": [{}]}',
        "[]",
    ],
    ids=["no property of names", "no properties", "no shape", "no collection"],
)
def test_boundaries_that_are_no_areas_are_refused(write, text):
    with pytest.raises(ReleaseFormatError, match=r"areas\.geojson"):
        read_boundaries(write("areas.geojson", text))
