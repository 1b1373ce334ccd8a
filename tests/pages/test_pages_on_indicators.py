"""The pages on one indicator, and two forces side by side."""

import json
import re

import pytest

from peelbook.charts.figure import Figure
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.series import years_counted
from peelbook.pages import indicator as page
from peelbook.pages.indicator_list import list_of_pages, title_of, with_a_page
from peelbook.pages.links import BookLinks
from peelbook.pages.side_by_side import side_by_side
from peelbook.parameters import Parameters
from peelbook.render.contents import read_contents
from peelbook.site.shared import ONE_INDICATOR, site_pages_wanted
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words

REPORT = Parameters()
LINKS = BookLinks("..", frozenset({"kent"}))


@pytest.fixture(scope="module")
def table():
    return side_by_side(REPORT, LINKS)


def test_every_indicator_with_a_page_says_what_it_measures_and_what_not():
    for name in with_a_page():
        assert "**What it measures.**" in page.about(name)
        assert "**What it does not measure.**" in page.about(name)


def test_kinds_without_open_data_of_all_forces_have_no_page():
    kinds = {load_catalogue()[name].kind for name in with_a_page()}
    assert "return" not in kinds
    assert {"rolling", "incidents", "officers", "arrests", "outcomes"} <= kinds


def test_titles_differ_and_are_all_listed():
    titles = [title_of(name) for name in with_a_page()]
    assert len(set(titles)) == len(titles)
    assert list_of_pages().count("<li>") == len(titles)


def test_site_executes_one_notebook_for_each_of_them(project):
    wanted = site_pages_wanted(read_contents(project), REPORT, ["kent"])
    pages = [each for each in wanted if each.source == ONE_INDICATOR]
    assert [each.page.stem for each in pages] == with_a_page()
    assert all(each.values["indicator_id"] == each.page.stem for each in pages)
    assert all(each.values["books"] == "../.." for each in pages)


def test_all_forces_are_in_order_with_the_middle_and_the_unranked_named():
    made = page.all_in_order("officers", REPORT)
    (chart,) = made.charts.values()
    rows = [row for data in chart.to_dict()["datasets"].values() for row in data if "kind" in row]
    values = [row["value"] for row in rows]
    assert values == sorted(values, reverse=True)
    assert sum(row["kind"] == "other" for row in rows) == 42
    assert any(note.startswith("City of London") for note in made.notes)
    assert made.subtitle.endswith("as at 31 March 2016")


def test_years_without_a_column_and_changes_in_counting_have_their_reason():
    notes = page.table_of_years("recorded-crime", REPORT).notes
    assert (
        "No column stands for the 12 months to 31 March 2024: the counts are held, but no estimate of "
        "residents within a year of mid-2022." in notes
    )
    assert any("Restrictions on movement" in note for note in notes)
    assert any("mid-2024 for the 12 months to 31 March 2025." in note for note in notes)
    assert not any("annex" in note for note in notes)
    burglary = page.table_of_years("domestic-burglary", REPORT).notes
    assert any("30 June 2024: no figure of that period is held." in note for note in burglary)
    # only what holds for a year of the table, with the year that it ends in
    assert not any("31 December 2018" in note or "31 March 2019" in note for note in burglary)
    severity = page.table_of_years("crime-severity-score", REPORT).notes
    assert any(
        note.startswith("From the 12 months to 31 March 2016 up to those") for note in severity
    )
    knife = page.table_of_years("knife-crime", REPORT).notes
    assert any(note.startswith("Greater Manchester: From the 12 months to") for note in knife)


@pytest.mark.parametrize("name", with_a_page())
def test_every_year_that_a_source_counts_has_a_column_or_a_reason(name):
    made = page.table_of_years(name, REPORT)
    said = " ".join(made.notes)
    for end in years_counted(name):
        in_table = in_words(end) in made.table.columns
        assert in_table or in_words(end) in said, (name, end)


def test_offences_without_an_outcome_are_not_told_as_an_outcome():
    told = page.about("outcome-not-yet-assigned")
    assert "had no outcome by the date of the release" in told
    assert "given this outcome" not in told


def test_years_end_with_the_newest_of_the_source_and_leave_out_those_without_a_value():
    made = page.table_of_years("officers", REPORT)
    assert isinstance(made, Figure)
    assert len(made.table) == 44
    assert not (made.table.iloc[:, 1:] == "–").all().any()
    assert "inf" not in page.over_the_years("shoplifting", REPORT)


def test_side_by_side_holds_every_force_and_no_missing_number(table):
    html = table._repr_html_()
    data = json.loads(
        re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)[1]
    )
    assert {force["force"] for force in data["forces"]} == set(all_forces())
    assert not re.search(r"\bnan\b|NaN|None", html)
    for row in data["rows"]:
        assert set(row["forces"]) == set(all_forces()), row["indicator"]
        assert row["title"]


def test_force_that_is_not_ranked_has_no_place_on_the_strip(table):
    (row,) = [row for row in table.rows if row["indicator"] == "recorded-crime"]
    assert row["forces"]["city-of-london"]["value"] is None
    assert row["forces"]["city-of-london"]["place"] == "not ranked"
    assert row["forces"]["leicestershire"]["place"].startswith("in the middle half of 42 forces")


def test_only_forces_with_a_book_are_linked(table):
    assert [force["force"] for force in table.forces if force["href"]] == ["kent"]
