"""The page on revisions: its words, tables and figure say what the comparison of releases found."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from peelbook.indicators.statements import statements
from peelbook.indicators.vintages import revisions
from peelbook.pages import revision_words as words
from peelbook.pages import revisions as pages


@pytest.fixture(scope="module")
def compared():
    return revisions()


def rows_of(html: str) -> list[list[str]]:
    table = BeautifulSoup(html, "html.parser")
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]


def test_first_sentence_counts_the_comparisons_of_the_table(compared):
    told = statements()
    rows = rows_of(pages.statements_table(told))
    kept = sum(row[-1] == "Yes" for row in rows)
    assert f"Of the {len(rows)} comparisons" in words.first_of_all(compared, told)
    assert f"{kept} come out the same way" in words.first_of_all(compared, told)
    assert (kept, len(rows)) == (16, 18)
    changed = {row[0] for row in rows if row[-1] == "No"}
    assert len(changed) == 2
    assert all("caution (youths)" in name or "community resolution" in name for name in changed)


def test_words_name_the_forces_that_moved_most(compared):
    recorded = words.recorded_crime(compared)
    assert "North Wales moved furthest, by −4.7 percent" in recorded
    assert "non-domestic burglary, from 2,064 to 280 offences" in recorded
    assert "stalking and harassment, from 6,698 to 3,847 offences" in recorded
    assert "Northamptonshire and South Wales" in recorded
    outcomes = words.outcomes(compared)
    assert "North Yorkshire moved furthest" in outcomes
    assert "its first release was not complete" in outcomes
    assert "Surrey from 0.05 to 0.37" in words.other_counts(compared)


def test_report_keeps_its_39_forces_and_the_bands_of_leicestershire(compared):
    said = words.report(compared, statements())
    assert "rose in 39 forces; it is 39 by the rolling 12 months to December 2018" in said
    assert "Leicestershire keeps its band in all 14 measures" in said


def test_no_text_is_left_half_written(compared):
    told = statements()
    texts = [
        words.first_of_all(compared, told),
        words.recorded_crime(compared),
        words.outcomes(compared),
        words.other_counts(compared),
        words.denominators(),
        words.report(compared, told),
    ]
    for text in texts:
        assert re.search(r"\.(\*\*)?$", text)
        assert not re.search(r"nan|None|<NA>|inf\b|  |\.\.", text)


def test_unranked_force_is_in_no_other_band(compared):
    rows = rows_of(pages.overview(compared))
    assert len(rows) == len(compared.groupby(["indicator", "period_end"]))
    recorded = [row for row in rows if row[0].startswith("Recorded crime")]
    assert [row[-1] for row in recorded] == ["Northamptonshire and South Wales", "no force"]
    assert "City of London" not in " ".join(row[-1] for row in recorded)


def test_every_pair_of_releases_is_listed_once(compared):
    rows = rows_of(pages.releases_compared(compared))
    assert len(rows) == len({(row[2], row[3]) for row in rows}) == 5
    assert "Serious offences with a knife and anti-social behaviour incidents" in {
        row[0] for row in rows
    }
    assert all(row[2] != row[3] for row in rows)


def test_largest_revisions_are_in_order_and_add_up():
    rows = rows_of(pages.largest_revisions())
    numbers = [
        [int(cell.replace(",", "").replace("−", "-").replace("+", "")) for cell in row[2:5]]
        for row in rows
    ]
    assert [later - earlier for earlier, later, _ in numbers] == [number[2] for number in numbers]
    sizes = [abs(number[2]) for number in numbers]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 2851


def test_one_year_ends_with_all_forces_in_five_releases():
    *_, last = rows_of(pages.one_year_side_by_side())
    assert last[0] == "All 43 forces"
    assert last[1:3] == ["4,816,497", "4,818,518"]


def test_figure_describes_each_dot_beyond_the_edge():
    figure = pages.dots_of_revisions()
    (spec,) = figure.specifications.values()
    for said in (
        "South Wales, stalking and harassment: −42.6",
        "North Wales, non-domestic burglary",
    ):
        assert said in spec["description"]
    drawn = [row for rows in spec["datasets"].values() for row in rows if "change" in row]
    assert {row["group"] for row in drawn} == set(figure.table["Offences"])
    beyond = {row["name"] for row in drawn if row["kind"] == "beyond"}
    assert {"South Wales", "North Wales"} <= beyond
    assert all(abs(row["at"]) <= 10 for row in drawn)
    assert len(json.dumps(spec)) < 150_000
