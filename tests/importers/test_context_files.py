"""Officers, arrests, the Crime Severity Score, judgments, boundaries and published figures."""

import json

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.arrests import read_arrests
from peelbook.importers.boundaries import read_boundaries, simplified_geojson
from peelbook.importers.crime_severity import read_crime_severity
from peelbook.importers.judgments import ADDED as ADDED_FILE
from peelbook.importers.judgments import read_judgments
from peelbook.importers.left_standing import grades_left_standing, with_years_of_judgment
from peelbook.importers.officers import read_officers
from peelbook.importers.published import parse_period, read_published_figures
from peelbook.tables import load_table
from peelbook.tables.loading import definitions_directory

FORCES = ("Upper Test", "Middle Test", '"Test, Lower"', "Testwales")
AREA_CODES = ("E23999001", "E23999002", "E23999003", "W15999001")
OFFICERS = "year,force_name,officers\n" + "".join(f"2016,{name},10.126\n" for name in FORCES)


def test_officers_are_counted_on_31_march(write):
    officers = read_officers(write("officers.csv", OFFICERS))
    assert set(officers["date"]) == {pd.Timestamp("2016-03-31")}
    assert set(officers["officers"]) == {10.13}


def test_officers_that_are_no_number_are_refused(write):
    with pytest.raises(ReleaseFormatError, match="row 3: 'some' in officers is not a number"):
        read_officers(
            write("officers.csv", OFFICERS.replace("Middle Test,10.126", "Middle Test,some"))
        )


ARRESTS = "financial_year,force_name,offence_group,ethnic_group,age_group,sex,arrests\n" + "".join(
    f"2017/18,{name},Burglary,White,Unknown,{sex},4\n"
    for name in FORCES
    for sex in ("Female", "Male")
)


def test_arrests_are_summed_and_a_year_not_supplied_stays_missing(write):
    row = "Testwales,Burglary,White,Unknown,Female"
    text = ARRESTS.replace(f"{row},4", f"{row},NA")
    arrests = read_arrests(write("arrests.csv", text)).set_index("force")["arrests"]
    assert arrests["upper-test"] == 8
    assert pd.isna(arrests["test-in-wales"])


def test_arrests_with_a_row_twice_are_refused(write):
    again = ARRESTS.splitlines()[1] + "\n"
    with pytest.raises(ReleaseFormatError, match="row 10: the same row twice"):
        read_arrests(write("arrests.csv", ARRESTS + again))


SEVERITY = "offence_group,code,name,year,severity_score,year_ending\n" + "".join(
    f"Total recorded crime,{code},{name},Apr '15 to Mar '16...4,{score},2016-03-31\n"
    for code, name, score in zip(
        ("K04000001", "E12999001", *AREA_CODES),
        ("ENGLAND AND WALES", "North Test", *FORCES),
        (9.5, 7, 1, 2, 3, ":"),
        strict=True,
    )
)


def test_severity_scores_leave_out_regions_and_keep_a_missing_score_missing(write):
    scores = read_crime_severity(write("severity.csv", SEVERITY)).set_index("force")["score"]
    assert scores["england-and-wales"] == 9.5
    assert pd.isna(scores["test-in-wales"])
    assert len(scores) == 5


JUDGMENTS = (
    "force,year,question,grade,source_url,confidence,basis,note,judged_in\n"
    "upper-test,2016,q1,good,https://example.org,source,explicit,,\n"
    "upper-test,2018,q1,good,https://example.org,source,carried-over,,2016\n"
)


def test_judgments_keep_their_source(write):
    judgment = read_judgments(write("judgments.csv", JUDGMENTS)).iloc[0]
    assert (judgment["grade"], judgment["source_url"]) == ("good", "https://example.org")
    assert pd.isna(judgment["note"])
    assert pd.isna(judgment["judged_in"])


def test_judgment_that_stands_from_an_earlier_inspection_says_from_which(write):
    judgments = read_judgments(write("judgments.csv", JUDGMENTS)).set_index("year")["judged_in"]
    assert judgments[2018] == 2016


def test_question_that_a_later_inspection_dates_back_was_not_judged_in_between(write):
    between = JUDGMENTS + (
        "upper-test,2017,q1,good,https://example.org,source,explicit,,\n"
        "upper-test,2017,q2,good,https://example.org,source,explicit,,\n"
        "lower-test,2017,q1,good,https://example.org,source,explicit,,\n"
        "lower-test,2017,q4,good,https://example.org,source,carried-over,,\n"
    )
    rows = read_judgments(write("judgments.csv", between)).set_index(["force", "year", "question"])
    known = {place: (row["basis"], row["judged_in"]) for place, row in rows.iterrows()}
    assert known["upper-test", 2017, "q1"] == ("carried-over", 2016)
    assert rows.loc[("upper-test", 2017, "q1"), "note"] == (
        "a later inspection dates the judgment to 2016"
    )
    # another question and another force keep their own
    assert known["upper-test", 2017, "q2"][0] == known["lower-test", 2017, "q1"][0] == "explicit"
    # one that says no year is of the inspection before
    assert known["lower-test", 2017, "q4"] == ("carried-over", 2016)


def test_grade_listed_by_hand_as_left_standing_has_the_year_and_the_source_of_the_list():
    grades = pd.DataFrame(
        {
            "force": ["upper-test", "upper-test"],
            "year": [2017, 2017],
            "question": ["q1", "q2"],
            "basis": ["explicit", "explicit"],
            "judged_in": [float("nan"), float("nan")],
            "source_url": ["https://example.org/press", "https://example.org/press"],
            "note": [float("nan"), "press"],
        }
    ).astype({"note": "str"})
    listed = pd.DataFrame(
        {
            "force": ["upper-test"],
            "year": [2017],
            "question": ["q2"],
            "judged_in": [2016],
            "source_url": ["https://example.org/page"],
        }
    )
    told = with_years_of_judgment(grades, listed)
    assert told["basis"].tolist() == ["explicit", "carried-over"]
    assert told["judged_in"].tolist()[1] == 2016
    assert told["note"].tolist()[1] == "press; left standing, by https://example.org/page"


def test_every_grade_listed_as_left_standing_is_one_of_the_table_and_dated_so(committed):
    held = load_table("judgments", committed).set_index(["force", "year", "question"])
    for row in grades_left_standing().itertuples():
        assert held.loc[(row.force, row.year, row.question), "judged_in"] == row.judged_in


ADDED = (
    "force,year,question,grade,source_url,confidence,basis,note,judged_in\n"
    "upper-test,2017,q2,good,https://example.org/added,source,explicit,,\n"
)


def test_grade_that_the_list_leaves_out_is_added_with_its_own_source(write):
    files = write("judgments.csv", JUDGMENTS), write("added.csv", ADDED)
    rows = read_judgments(*files).set_index(["year", "question"])
    assert len(rows) == 3
    assert rows.loc[(2017, "q2"), "source_url"] == "https://example.org/added"


def test_every_added_grade_is_one_of_the_table(committed):
    held = load_table("judgments", committed).set_index(["force", "year", "question"])
    added = pd.read_csv(definitions_directory() / ADDED_FILE)
    assert len(added) > 0
    for row in added.itertuples():
        found = held.loc[(row.force, row.year, row.question)]
        assert (found["grade"], found["source_url"]) == (row.grade, row.source_url)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2017,q2", "2016,q1", "row 2: upper-test 2016 q1: the list has this grade already"),
        ("good", "fine", "row 2: grade: 'fine' fails isin"),
    ],
)
def test_added_grade_that_is_wrong_is_named_with_its_file(write, old, new, reason):
    files = write("judgments.csv", JUDGMENTS), write("added.csv", ADDED.replace(old, new))
    with pytest.raises(ReleaseFormatError, match=rf"added\.csv.*{reason}"):
        read_judgments(*files)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("good", "fine", "row 2: grade: 'fine' fails isin"),
        ("upper-test", "nowhere", "row 2: unknown force 'nowhere'"),
        ("test,2016", "test,the year", "row 2: 'the year' in year"),
        (",,2016", ",,2018", "row 3: judged in 2018, not before 2018"),
    ],
)
def test_broken_judgment_is_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_judgments(write("judgments.csv", JUDGMENTS.replace(old, new)))


def square(west, name):
    corners = [[west, 50.0], [west + 1, 50.0], [west + 1, 51.0], [west, 51.0], [west, 50.0]]
    return {
        "type": "Feature",
        "properties": {"PFA99CD": "x", "PFA99NM": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def test_boundaries_keep_their_shared_borders(write):
    names = [name.strip('"') for name in FORCES]
    shapes = [square(float(west) - 3, name) for west, name in enumerate(names)]
    text = json.dumps({"type": "FeatureCollection", "features": shapes})
    simplified = simplified_geojson(read_boundaries(write("areas.geojson", text)))
    by_force = {
        feature["properties"]["force"]: {
            tuple(corner) for corner in feature["geometry"]["coordinates"][0]
        }
        for feature in simplified["features"]
    }
    assert by_force["upper-test"] & by_force["middle-test"] == {(-2.0, 50.0), (-2.0, 51.0)}


def test_boundaries_without_a_force_are_refused(write):
    text = json.dumps({"type": "FeatureCollection", "features": [square(0.0, "Testwales")]})
    with pytest.raises(ReleaseFormatError, match="no row for lower-test"):
        read_boundaries(write("areas.geojson", text))


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("12m to 2016-06-30", ("2015-07-01", "2016-06-30", None)),
        ("12m to 2015-03-31 v 12m to 2016-03-31", ("2015-04-01", "2016-03-31", "2015-03-31")),
        ("2016-01-01 to 2016-03-31", ("2016-01-01", "2016-03-31", None)),
        ("2016-07 to 2016-08", ("2016-07-01", "2016-08-31", None)),
        ("2016-07-01", ("2016-07-01", "2016-07-01", None)),
        ("since June 2015", ("2015-06-01", None, None)),
        ("last week", None),
    ],
)
def test_periods_of_the_report_become_days(period, days):
    assert parse_period(period) == days


PUBLISHED = (
    "ref,indicator,area,period,value,unit,decimals,source,note\n"
    "figure-2,victim-based crime rate,upper-test,12m to 2016-06-30,5.0,rate,1,made up,\n"
    'figure-1,"recorded crime, 1-year change",england-and-wales,'
    "12m to 2015-06-30 v 12m to 2016-06-30,1.0,percent,1,made up,a note\n"
)


def test_published_figures_get_an_indicator_a_place_and_a_measure(write):
    figures = read_published_figures(write("published.csv", PUBLISHED))
    assert figures["indicator"].tolist() == ["victim-based-crime", "recorded-crime"]
    assert figures["place"].tolist() == ["Figure 2", "Figure 1"]
    assert figures["measure"].tolist() == ["value", "change"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("victim-based crime rate", "something", "row 2: unknown label 'something'"),
        ("upper-test", "nowhere", "row 2: unknown area 'nowhere'"),
        ("12m to 2016-06-30,5.0", "last week,5.0", "row 2: unknown period 'last week'"),
        (",5.0,", ",five,", "row 2: 'five' in value is not a number"),
    ],
)
def test_broken_published_figure_is_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_published_figures(write("published.csv", PUBLISHED.replace(old, new)))
