"""Crime recording, stop and search, figures of papers, and knife crime and survey of workbooks."""

from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.conduct import (
    read_crime_data_integrity,
    read_published_elsewhere,
    read_stop_and_search,
)
from peelbook.importers.crime_severity import read_crime_severity, read_later_crime_severity
from peelbook.importers.ons_knife import read_experience_of_asb, read_knife_crime

FORCES = ("Upper Test", "Middle Test", '"Test, Lower"', "Testwales")
AREA_CODES = ("E23999001", "E23999002", "E23999003", "W15999001")
INTEGRITY_HEADINGS = [
    "Force",
    "Overall",
    "Crimes unrecorded %",
    "Crimes recorded %",
    "Total reports per year not recorded",
    "How effective is the force at recording reported crime?",
    "Report date",
    "Report title",
    "Year",
]


@pytest.fixture
def integrity(tmp_path):
    """Write a list of inspections of crime recording; `changed` replaces cells of its one row."""

    def write_list(**changed):
        row = ["Upper Test", "Good", 9.1, 90.9, 4100, "Requires improvement"]
        cells = [*row, datetime(2017, 9, 7), "Crime data integrity inspection", 2017]
        for name, value in changed.items():
            cells[int(name.removeprefix("cell"))] = value
        book = openpyxl.Workbook()
        for line in (INTEGRITY_HEADINGS, cells, [None] * 9, ["Analysis", "Total", "Out of"]):
            book.active.append(line)
        path = tmp_path / "crime-data-integrity-made-up.xlsx"
        book.save(path)
        return path

    return write_list


def test_inspection_of_recording_has_its_share_grade_and_day(integrity):
    inspected = read_crime_data_integrity(integrity())
    assert inspected.to_dict("records") == [
        {
            "force": "upper-test",
            "report_date": pd.Timestamp("2017-09-07"),
            "year": 2017,
            "share_recorded": 90.9,
            "crimes_unrecorded": 4100,
            "grade": "requires improvement",
            "overall": "good",
        }
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"cell3": 80.9}, "row 2: shares are not 100 percent together"),
        ({"cell6": "September"}, "row 2: .*no date"),
        ({"cell5": "Fine"}, "'fine' fails isin"),
        ({"cell0": "Nowhere"}, "row 2: unknown force 'Nowhere'"),
        ({"cell4": "many"}, "row 2: 'many' in crimes is not a number"),
    ],
)
def test_broken_inspection_of_recording_is_refused(integrity, changed, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_crime_data_integrity(integrity(**changed))


SEARCHES = (
    "year_ending,force_name,legislation,reason_for_search_arrest,ethnic_group_self_defined,"
    "ethnicity_self_defined,searches,resultant_arrests\n"
) + "".join(
    f"2018-03-31,{force},{power},Drugs,White,{part},{searches},{arrests}\n"
    for force in FORCES
    for power, part, searches, arrests in (
        ("Section 1 (PACE)", "a", 10, 2),
        ("Section 1 (PACE)", "b", "NA", "NA"),
        ("Section 60 (CJPOA)", "a", "NA", "NA"),
    )
)


def test_searches_are_summed_and_one_not_printed_is_none(write):
    searches = read_stop_and_search(write("searches.csv", SEARCHES))
    own = searches[searches["force"] == "lower-test"].set_index("power")
    assert own["searches"].to_dict() == {"section-1": 10, "section-60": 0}
    assert own["arrests"].to_dict() == {"section-1": 2, "section-60": 0}


def test_force_that_supplied_no_searches_is_missing_and_not_zero(write):
    text = SEARCHES.replace(
        "Testwales,Section 1 (PACE),Drugs,White,a,10,2",
        "Testwales,Section 1 (PACE),Drugs,White,a,NA,NA",
    )
    searches = read_stop_and_search(write("searches.csv", text)).set_index("force")
    assert searches.loc["test-in-wales", "searches"].isna().all()
    assert searches.drop("test-in-wales")["searches"].notna().all()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("White,b,NA", "White,a,NA", "row 3: the same row twice"),
        ("Section 1 (PACE)", "Section 9", "row 2: unknown power"),
        ("2018-03-31", "2018", "row 2: no date"),
        ("a,10,2", "a,ten,2", "row 2: 'ten' in searches is not a whole number"),
    ],
)
def test_broken_searches_are_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_stop_and_search(write("searches.csv", SEARCHES.replace(old, new, 1)))


PRINTED = (
    "force,indicator,period,value,unit,england_and_wales_value,source_url,note\n"
    "upper-test,arrest rate,12 months to 30 June 2016,25,percent,,http://a.example,\n"
    "upper-test,arrest rate,not stated,27,percent,,http://b.example,contradicts the other\n"
)


def test_figures_of_papers_keep_their_period_as_far_as_it_is_known(write):
    figures = read_published_elsewhere(write("numbers.csv", PRINTED))
    assert figures["period_start"].tolist()[0] == pd.Timestamp("2015-07-01")
    assert figures["period_end"].isna().tolist() == [False, True]
    assert figures["value"].tolist() == [25, 27]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("upper-test", "nowhere", "row 2: unknown force"),
        ("http://a.example", "somewhere", "row 2: no address of a source"),
        (",25,", ",many,", "row 2: 'many' in value is not a number"),
    ],
)
def test_broken_figures_of_papers_are_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_published_elsewhere(write("numbers.csv", PRINTED.replace(old, new, 1)))


LATER = "code,name,year,score\n" + "".join(
    f"{code},{name},2023,{score}\n"
    for code, name, score in zip(
        AREA_CODES,
        ("Upper Test", "Middle Test", '"Test, Lower"', "Testwales"),
        (1.23456, 2, 3, "NA"),
        strict=True,
    )
)


def test_later_severity_has_its_vintage_and_a_missing_score(write):
    scores = read_later_crime_severity(write("later.csv", LATER)).set_index("force")
    assert scores.loc["upper-test", "score"] == 1.2346
    assert pd.isna(scores.loc["test-in-wales", "score"])
    assert set(scores["vintage"]) == {"Crime Severity Score to March 2023"}
    with pytest.raises(ReleaseFormatError, match="row 2: unknown area 'E1'"):
        read_later_crime_severity(write("later.csv", LATER.replace("E23999001", "E1")))
    with pytest.raises(ReleaseFormatError, match="no column 'offence_group'"):
        read_crime_severity(write("later.csv", LATER))


COUNTS = {
    "ENGLAND AND WALES7": 110,
    "ENGLAND AND WALES (excluding Upper Test)": 100,
    "North Test": 10,
    "Upper Test4": 10,
    "Middle Test region": 50,
    "Middle Test": 20,
    "Test, Lower": 30,
    "Testwales": 40,
    "British Transport Police": 10,
}
P4, P5, P6 = "Table P4", "Table P5", "Table P6"
KNIFE = "Knife and sharp instrument offences recorded by the police for selected offences"


def knife_sheets(book):
    number, share = "Number of\n offences involving a\n knife6", "% involving a knife"
    for name, subject, spans in (
        (P4, ", year ending December 20181", ("Total of selected\n serious offences", "Robbery5")),
        (
            P5,
            ", percentage change for year ending December 2018",
            ("Apr '10 to Mar '11", "Jan '18 to Dec '18"),
        ),
    ):
        sheet = book.create_sheet(name)
        sheet.append([f"{name}: {KNIFE}{subject}"])
        sheet.append([None, None, spans[0], None, spans[1], None])
        sheet.append(["Area Code", "Area Name", number, share, number, share])
        for area, count in COUNTS.items():
            sheet.append([None, area, count, 5.12345, count, "-"])
        sheet.append(["Source: made up for a test"])


def test_knife_crime_is_read_by_offence_and_by_period(write_workbook):
    knife = read_knife_crime(write_workbook(knife_sheets))
    rows = knife.set_index(["force", "period_end", "offence"])
    december, march = pd.Timestamp("2018-12-31"), pd.Timestamp("2011-03-31")
    assert rows.loc[("upper-test", december, "robbery"), "offences"] == 10
    assert rows.loc[("lower-test", march, "selected-serious-offences"), "share"] == 5.1234
    assert pd.isna(rows.loc[("lower-test", december, "robbery"), "share"])
    assert knife["force"].nunique() == 5
    assert len(knife) == 5 * 3


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "reason"),
    [
        (P4, "C4", 111, "england-and-wales.*sum to"),
        (P4, "C7", None, "an empty cell"),
        (P5, "E7", 12, "sum to"),
        (P5, "E2", "later", "'later' is not a period"),
        (P4, "B7", "Nowhere", "unknown force 'Nowhere'"),
    ],
)
def test_broken_knife_crime_is_refused(write_workbook, sheet, cell, value, reason):
    def spoil(book):
        knife_sheets(book)
        book[sheet][cell] = value

    with pytest.raises(ReleaseFormatError, match=reason):
        read_knife_crime(write_workbook(spoil))


def test_totals_of_both_tables_have_to_agree(write_workbook):
    def spoil(book):
        knife_sheets(book)
        # one force gains what another loses, so that all totals still hold
        for cell, value in (("E9", 21), ("E10", 29)):
            book[P5][cell] = value

    with pytest.raises(ReleaseFormatError, match="not the total that Table P4 prints"):
        read_knife_crime(write_workbook(spoil))


def survey_sheet(book):
    sheet = book.create_sheet(P6)
    sheet.append([f"{P6}: Experiences of anti-social behaviour, year ending March 2018 CSEW1"])
    sheet.append(
        [
            None,
            None,
            "Any anti-social behaviour",
            None,
            "Drink related",
            None,
            "Unweighted\nbase - number of adults",
        ]
    )
    unit = "Percentage experienced/   witnessed"
    sheet.append(["Area Code", "Area Name", unit, "Significantly different", unit, "Different"])
    areas = ("Upper Test", "Middle Test", "Test, Lower", "Testwales")
    codes = dict(zip(areas, AREA_CODES, strict=True))
    for area in ("ENGLAND AND WALES", *areas):
        sheet.append([codes.get(area), area, 33.12345, "*", 8.5, "", 600])
    sheet.append(["Source: made up for a test"])


def test_survey_has_shares_by_behaviour_and_the_adults_asked(write_workbook):
    asked = read_experience_of_asb(write_workbook(survey_sheet))
    own = asked[asked["force"] == "england-and-wales"].set_index("behaviour")
    assert own["share"].to_dict() == {"any-anti-social-behaviour": 33.1234, "drink-related": 8.5}
    assert set(asked["adults_asked"]) == {600}
    assert set(asked["period_end"]) == {pd.Timestamp("2018-03-31")}
    assert asked["force"].nunique() == 5


def test_survey_without_a_force_is_refused(write_workbook):
    def spoil(book):
        survey_sheet(book)
        book[P6].delete_rows(5)

    with pytest.raises(ReleaseFormatError, match="no row for upper-test"):
        read_experience_of_asb(write_workbook(spoil))
