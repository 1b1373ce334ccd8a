"""A file is known by what it holds, whatever its name, and one that is not says what was looked at."""

import json

import pytest

from peelbook.errors import PeelbookError
from peelbook.importers.outcomes import read_outcome_types, read_outcomes
from peelbook.importers.recognise import NotRecognised, recognise
from peelbook.importers.survey import survey

HEADINGS = {
    "rolling-crime": "12 months ending,PFA,Region,Offence,Rolling year total number of offences",
    "quarterly-crime": "Financial.Year,Financial.Quarter,Force.Name,Offence.Description,"
    "Offence.Group,Offence.Subgroup,Offence.Code,Number.of.Offences",
    "outcomes": "Financial Year,Financial Quarter,Force Name,Offence Code,Offence Description,"
    "Offence Group,Offence Subgroup,Offence code expired,Outcome Type,Outcome Description,"
    "Outcome Group,Outcomes for offences that were recorded in the quarter,"
    "Outcomes for investigations closed in the quarter",
    "later-outcomes": "slug,fy,t1,t2,t3,t6,t7,t8,t22,positive,assigned",
    "later-outcomes-by-quarter": "slug,fy,quarter,t1,t2,t3,t6,t7,t8,t22,oocd,positive,assigned",
    "authority-population": "code,name,year,population",
    "crime-severity-later": "code,name,year,score",
    "census-households": "ltla31_name,ltla31_code,households",
    "lookups": "LAD25CD,LAD25NM,PFA25CD,PFA25NM",
    "officers": "year,force_name,officers",
    "judgments": "force,year,question,grade,source_url,confidence,basis,note,judged_in",
}


@pytest.mark.parametrize("release", HEADINGS)
def test_release_is_known_by_its_headings(write, release):
    assert recognise(write("download (3).bin", HEADINGS[release] + "\n")).releases == (release,)


def test_workbook_of_force_area_tables_is_known_by_the_titles_of_its_sheets(write_workbook):
    assert recognise(write_workbook()).releases == ("force-area-tables",)


def test_table_c2_is_known_by_its_title_and_headings(write):
    title = '"Table C2: recorded crimes for headline offences by Community Safety Partnership",,\n'
    headings = '"Police Force\nArea code",Name,"Community Safety\nPartnership code"\n'
    assert recognise(write("c2.csv", title + headings)).releases == ("headline-crime",)
    with pytest.raises(NotRecognised):
        recognise(write("c3.csv", title.replace("C2", "C5").replace("headline", "") + headings))


def test_boundaries_are_known_whatever_their_year(write):
    areas = {"features": [{"properties": {"PFA31CD": "E1", "PFA31NM": "Upper Test"}}]}
    assert recognise(write("map.json", json.dumps(areas))).releases == ("boundaries",)


def test_file_that_is_not_known_says_what_is_and_what_was_looked_at(write):
    with pytest.raises(NotRecognised) as refused:
        recognise(write("other.csv", "area,value,unit\n1,2,3\n"))
    assert "Known are: recorded crime open data" in str(refused.value)
    assert "Looked at: headings area, value, unit" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2


def test_prose_that_names_the_columns_of_a_file_is_none(write):
    text = f"Officers by force\n\nColumns:\n{HEADINGS['officers']}\n"
    with pytest.raises(NotRecognised):
        recognise(write("README.md", text))


def test_register_of_one_force_is_sent_to_the_command_for_it(write):
    text = "# comment, with, commas\nid,question,sub_question,theme,finding,polarity,weight\n"
    with pytest.raises(NotRecognised, match="peelbook findings check"):
        recognise(write("mine.csv", text))


@pytest.mark.parametrize("content", ["", "\0\0\0\1binary"], ids=["empty", "binary"])
def test_file_that_is_no_table_is_refused_in_one_line(write, content):
    with pytest.raises(PeelbookError, match=r"odd.xlsx: (an empty file|neither text nor)"):
        recognise(write("odd.xlsx", content))


FORCES = ("Upper Test", "Middle Test", '"Test, Lower"', "Testwales")


def outcomes(count="3", kind="1", of="Charged/Summonsed", force="Upper Test", flag=""):
    """Return a made-up quarter in the columns of 2026; the first force has the count given."""
    group = "Violence against the person,Violence with injury"
    rows = [
        f"2025/26,1,{name},{code},{what},{group},{flag if name == force else ''},{kind},{of},{of},"
        f"{count if name == force else 3},N/A\n"
        for name in FORCES
        for code, what in (("8N", "Assault with injury"), ("8P", "Racially aggravated assault"))
    ]
    return HEADINGS["outcomes"] + "\n" + "".join(rows)


@pytest.mark.parametrize(
    "count", ["N/A - Offence code expired", "N/A - offence code expired", "NA", "N/A"]
)
def test_expired_code_is_no_offence_in_any_spelling(write, count):
    read = read_outcomes(write("outcomes.csv", outcomes(count, flag="x")))
    assert read["offences"].tolist() == [6, 6, 6]


def test_not_applicable_without_an_expired_code_is_refused(write):
    with pytest.raises(PeelbookError, match="row 2: 'N/A' in offences is not a whole number"):
        read_outcomes(write("outcomes.csv", outcomes("N/A")))


def test_data_not_provided_is_missing_and_not_zero(write):
    read = read_outcomes(write("outcomes.csv", outcomes("N/A - data not provided")))
    assert sorted(read["force"]) == ["lower-test", "middle-test", "test-in-wales"]


def test_correction_is_taken_off_but_not_off_more_than_there_are(write):
    text = outcomes()
    once = text.replace("Test,8N,Assault with injury", "Test,8N,Assault", 1)
    corrected = text.replace(",3,N/A", ",-1,N/A", 1)
    read = read_outcomes(write("outcomes.csv", corrected)).set_index("force")["offences"]
    assert read["upper-test"] == 2
    with pytest.raises(PeelbookError, match="upper-test, quarter to June 2025.*-2 offences"):
        read_outcomes(write("outcomes.csv", text.replace(",3,N/A", ",-5,N/A", 1)))
    with pytest.raises(PeelbookError, match="no row for"):
        read_outcomes(write("outcomes.csv", once))


@pytest.mark.parametrize("kind", ["1a", "2A", "3 a"])
def test_outcomes_for_alternate_offences_are_refused(write, kind):
    with pytest.raises(PeelbookError, match="counted in another one already"):
        read_outcomes(write("outcomes.csv", outcomes(kind=kind)))


def test_diversionary_activity_is_a_group_of_its_own(write):
    of = "Diversionary\\, educational or intervention activity"
    long = '"Diversionary, educational or intervention activity, resulting from the report."'
    text = outcomes(kind="22", of=of).replace(of, long)
    assert read_outcome_types(write("o.csv", text))["group"].tolist() == ["diversionary-activity"]


def test_survey_tells_headings_periods_markers_and_names(write):
    text = outcomes("N/A - data not provided").replace("Testwales", "Wales Test")
    told = "\n".join(survey(write("outcomes.csv", text)))
    assert "outcomes.csv: CSV" in told
    assert "(outcomes)" in told
    assert "headings in row 1, 8 rows under them" in told
    assert "Financial Year: 1 different: 2025/26" in told
    assert "names not known: 'Wales Test' 2 times" in told
    assert "forces missing: test-in-wales" in told
    assert "no numbers: 'N/A - data not provided' 2 times" in told


def test_survey_tells_the_sheets_of_a_workbook(write_workbook):
    told = "\n".join(survey(write_workbook()))
    assert "(force-area-tables)" in told
    assert "sheet 'Table P9': headings in row 3" in told
    assert "Area Name: 4 forces" in told
