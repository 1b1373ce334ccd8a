"""The tables as they stood in an earlier month: later releases taken out, earlier figures put back."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from peelbook.importers.as_it_stood import as_it_stood, month_given, write_as_it_stood
from peelbook.importers.datapackage import check
from peelbook.importers.vintages import REPLACED_FIGURE_OF, vintages_of, with_replaced
from peelbook.tables import load_table
from peelbook.tables.schemas import TABLES

SCRIPT = """
import json
import pandas as pd
from peelbook.indicators.values import compute_indicator
from peelbook.indicators.vintages import later_releases_held
from peelbook.parameters import Parameters
def value(name, area):
    return float(compute_indicator(name, Parameters()).set_index("area")["value"].astype(float)[area])
print(json.dumps({
    "asb": value("asb-incidents", "west-midlands"),
    "severity": value("crime-severity-score", "kent"),
    "crime": value("recorded-crime", "kent"),
    "charged": value("outcome-charged-summonsed", "kent"),
    "compared": later_releases_held(),
}))
"""
END_OF_2018, MARCH_2022 = pd.Timestamp("2018-12-31"), pd.Timestamp("2022-03-31")


@pytest.fixture(autouse=True)
def made_up_country():
    """Leave the real forces in their place: these tests are about the project's own tables."""


@pytest.fixture(scope="module")
def stood(project, tmp_path_factory):
    """Write the tables as they stood with the releases to December 2018."""
    folder = tmp_path_factory.mktemp("stood") / "data"
    return folder, write_as_it_stood(END_OF_2018, folder, project / "data")


def computed(folder):
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PEELBOOK_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def figure(folder, table, force, day, column, **more):
    rows = load_table(table, folder)
    period = next(name for name in ("period_end", "mid_year") if name in rows)
    chosen = rows["force"].eq(force) & rows[period].eq(day)
    for name, wanted in more.items():
        chosen &= rows[name].eq(wanted)
    (row,) = rows[chosen].to_dict("records")
    return row[column]


def test_earlier_figures_are_back_and_later_releases_gone(stood, committed):
    folder, _ = stood
    day = pd.Timestamp("2016-03-31")
    # as earlier_vintages has them of the workbooks of March and December 2018
    assert figure(folder, "asb_incidents", "west-midlands", day, "incidents") == 58_348
    assert figure(committed, "asb_incidents", "west-midlands", day, "incidents") == 61_405
    knives = {"offence": "selected-serious-offences"}
    vintage = "ONS PFA tables, year ending December 2018"
    assert figure(folder, "knife_crime", "kent", day, "vintage", **knives) == vintage
    assert figure(folder, "households", "kent", 2017, "basis") == "2016-based projections"
    assert load_table("recorded_crime", folder)["period_end"].max() == END_OF_2018
    assert load_table("outcomes", folder)["quarter_end"].max() == pd.Timestamp("2018-03-31")
    # transcribed from the publication of 2026, though of the months to June 2016
    for name in ("outcomes_by_quarter", "outcomes_by_year", "recorded_crime_quarterly"):
        assert load_table(name, folder).empty
    assert load_table("releases", folder)["period_to"].max() == END_OF_2018
    assert not load_table("earlier_vintages", folder)["vintage"].str.contains("2022|2020").any()


def test_what_was_done_is_told_by_table(stood):
    told = {one.table: str(one) for one in stood[1]}
    assert told["asb_incidents"] == (
        "asb_incidents: 479 rows put back (ONS PFA tables, year ending March 2018), 523 taken out"
    )
    assert told["recorded_crime"] == "recorded_crime: 0 rows put back, 836 taken out"


def test_indicators_are_computed_from_the_earlier_figures(stood, committed, tmp_path):
    then, now = computed(stood[0]), computed(committed)
    # 58,348 and 61,405 incidents among the 2,805,900 residents of mid-2014
    assert then["asb"] == pytest.approx(58_348 / 2_805_900 * 1000)
    assert now["asb"] == pytest.approx(61_405 / 2_805_900 * 1000)
    assert then["crime"] == now["crime"]
    assert pd.isna(then["severity"])
    assert pd.isna(then["charged"])
    assert pd.notna(now["charged"])
    assert (then["compared"], now["compared"]) == (False, True)
    write_as_it_stood(MARCH_2022, tmp_path / "later", committed)
    # the scores that earlier_vintages has of the release to March 2022
    assert (computed(tmp_path / "later")["severity"], now["severity"]) == (10.2346, 10.2506)


@pytest.mark.slow
def test_tables_are_as_their_package_describes_them(stood):
    assert check(stood[0]) == []


def test_newest_month_changes_nothing(committed, tmp_path):
    done = write_as_it_stood(month_given("2026-03", committed), tmp_path / "data", committed)
    assert not any(one.put_back or one.taken_out for one in done)
    for path in committed.rglob("*.*"):
        same = tmp_path / "data" / path.relative_to(committed)
        assert same.read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("name", sorted(REPLACED_FIGURE_OF))
def test_what_a_release_replaced_comes_back_to_the_value(name, committed):
    before, notes = load_table(name, committed), load_table("releases", committed)
    if name == "recorded_crime":
        before = before[before["vintage"].str.startswith("rolling")]
    elif "vintage" in before:
        before = before[before["vintage"].eq(before["vintage"].mode()[0])]
    column = REPLACED_FIGURE_OF[name]
    later = notes.assign(period_to=pd.Timestamp("2031-03-31"))
    after = before.assign(**{column: before[column] + 1}).iloc[1:]
    if "vintage" in after:
        after = after.assign(vintage="a release to March 2031")
    tables = {other: load_table(other, committed).iloc[:0] for other in REPLACED_FIGURE_OF}
    nothing = load_table("earlier_vintages", committed).iloc[:0]
    tables |= {name: after, "releases": later, "earlier_vintages": nothing}
    held = {name: [before], "releases": [notes]}
    earlier = with_replaced(tables, lambda table: held.get(table, []))
    TABLES["earlier_vintages"].schema.validate(earlier)
    now = after.assign(vintage=vintages_of(name, after, later))
    stays, back = as_it_stood(name, now, earlier, pd.Timestamp("2030-12-31"))
    assert stays.empty
    key = list(TABLES[name].key)
    pd.testing.assert_frame_equal(
        back[[*key, column]].sort_values(key, ignore_index=True),
        before[[*key, column]]
        .dropna(subset=[column])
        .sort_values(key, ignore_index=True)
        .astype({column: back[column].dtype}),
    )


def test_a_row_that_only_an_older_release_had_is_not_mixed_in():
    rows = [("kent", 1, "release to June 2031"), ("kent", 2, "release to June 2030")]
    of_day = pd.Timestamp("2029-12-31")
    earlier = pd.DataFrame(
        {
            "table": "recorded_crime",
            "force": "kent",
            "period_end": of_day,
            "item": ["robbery", "robbery", "theft"],
            "value": [5.0, 4.0, 3.0],
            "vintage": ["a file to March 2030", "a file to March 2029", "a file to March 2029"],
        }
    )
    now = pd.DataFrame(rows, columns=["force", "offences", "vintage"]).assign(
        period_end=of_day, offence=["robbery", "fraud"]
    )
    _, back = as_it_stood("recorded_crime", now, earlier, pd.Timestamp("2030-04-30"))
    assert back[["offence", "offences"]].to_dict("records") == [
        {"offence": "robbery", "offences": 5}
    ]
    _, back = as_it_stood("recorded_crime", now, earlier, pd.Timestamp("2029-04-30"))
    assert back.set_index("offence")["offences"].to_dict() == {"robbery": 4, "theft": 3}
