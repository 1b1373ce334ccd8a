"""Two releases of the same 12 months, checked against counts read from the publishers' files."""

from __future__ import annotations

import pandas as pd
import pytest

from peelbook.indicators.one_year import recorded_in_every_release
from peelbook.indicators.statements import KEYS, PRINTED, forces_with_increase, statements
from peelbook.indicators.vintages import revised_counts, revisions
from peelbook.tables import load_table
from peelbook.tables.periods import REPORT_PERIOD_END

MARCH_2018 = pd.Timestamp("2018-03-31")


@pytest.fixture(scope="module")
def compared():
    return revisions()


def of(compared: pd.DataFrame, indicator: str, period_end: pd.Timestamp) -> pd.DataFrame:
    rows = compared[(compared["indicator"] == indicator) & (compared["period_end"] == period_end)]
    return rows.set_index("force")


@pytest.mark.parametrize(
    ("force", "offence", "earlier", "later"),
    [
        ("south-wales", "stalking-and-harassment", 6698, 3847),
        ("north-wales", "non-domestic-burglary", 2064, 280),
        ("leicestershire", "violence-with-injury", 4416, 4654),
        ("north-wales", "domestic-burglary", 1362, 1362),
    ],
)
def test_counts_are_those_of_the_two_files(force, offence, earlier, later):
    (row,) = revised_counts().query("force == @force and offence == @offence").itertuples()
    assert (row.earlier, row.later, row.difference) == (earlier, later, later - earlier)
    assert row.change == pytest.approx((later / earlier - 1) * 100)


def test_rate_of_each_release_is_its_count_over_the_same_residents(compared):
    row = of(compared, "stalking-and-harassment", REPORT_PERIOD_END).loc["south-wales"]
    assert row["change"] == pytest.approx((3847 / 6698 - 1) * 100)
    # it falls 14 places when the later count divides
    assert row["rank_later"] - row["rank_earlier"] == 14


def test_forces_in_another_band_of_recorded_crime(compared):
    rows = of(compared, "recorded-crime", REPORT_PERIOD_END)
    ranked = rows[rows["rank_earlier"].notna()]
    moved = ranked[ranked["band_earlier"] != ranked["band_later"]]
    assert set(moved.index) == {"northamptonshire", "south-wales"}
    country = rows.loc["england-and-wales"]
    assert (round(country["earlier"], 3), round(country["later"], 3)) == (67.439, 67.522)


def test_city_of_london_is_compared_but_not_ranked(compared):
    row = of(compared, "recorded-crime", REPORT_PERIOD_END).loc["city-of-london"]
    assert row["earlier"] > 0
    assert pd.isna(row["rank_earlier"])
    assert pd.isna(row["rank_later"])


def test_both_sides_rank_the_same_forces(compared):
    assert (compared["rank_earlier"].isna() == compared["rank_later"].isna()).all()
    for side in ("rank_earlier", "rank_later"):
        ranked = compared[compared[side].notna()]
        assert (ranked[side] <= ranked["of"]).all()
        best = ranked.groupby(["indicator", "period_end", "later_release"])[side].min()
        assert (best == 1).all()


def test_knife_crime_starts_from_the_oldest_of_the_three_workbooks(compared):
    # 313 offences in the tables to March 2018, 812 in those to December 2018 and since
    row = of(compared, "knife-crime", MARCH_2018).loc["northumbria"]
    assert row["later"] / row["earlier"] == pytest.approx(812 / 313)
    assert row["earlier_release"].endswith("year ending March 2018")


def test_scores_have_no_side_for_want_of_a_later_score_of_the_country(compared):
    rows = compared[compared["indicator"] == "crime-severity-score"]
    assert len(rows)
    assert "england-and-wales" not in set(rows["force"])
    assert rows["side_later"].isna().all()


def test_one_year_has_a_column_for_each_of_five_releases():
    counts = recorded_in_every_release(MARCH_2018)
    assert counts.shape == (43, 5)
    assert counts.notna().all(axis=None)
    totals = counts.sum()
    printed = load_table("recorded_crime")
    printed = printed[
        printed["period_end"].eq(MARCH_2018) & printed["offence"].ne("fraud-offences")
    ]
    forces = printed[printed["force"].isin(counts.index)]
    assert totals["rolling file to December 2018"] == forces["offences"].sum() == 4_818_518
    assert totals["open data to June 2023"] == 4_830_715


def test_year_that_one_release_lacks_has_no_column_of_it():
    assert "tables to March 2016" not in recorded_in_every_release(pd.Timestamp("2016-03-31"))


def test_comparison_of_the_report_is_made_again_from_each_release():
    told = statements()
    rates = told[(told["indicator"] == "recorded-crime") & (told["measure"] == "value")]
    printed, *later = rates.to_dict("records")
    assert printed["release"] == PRINTED
    assert [row["said"] for row in (printed, *later)] == ["below"] * 3
    assert [round(row["force"], 1) for row in later] == [58.0, 58.7]
    assert (told.groupby(KEYS, dropna=False)["release"].first() == PRINTED).all()


def test_charged_share_of_the_report_has_matured_in_both_later_releases():
    told = statements()
    rows = told[told["indicator"] == "outcome-charged-summonsed"].set_index("release")
    assert rows.loc[PRINTED, ["force", "country", "said"]].tolist() == [9.1, 12.1, "below"]
    later = rows.drop(PRINTED)
    assert len(later) == 2
    assert (later["force"] > 12).all()
    assert (later["said"] == "below").all()


def test_forces_whose_crime_rose_begin_with_the_printed_39():
    rises = forces_with_increase()
    assert rises["forces"].iloc[0] == 39
    assert rises["of"].tolist() == [43, 43, 43]
    assert rises["forces"].between(35, 43).all()


def test_each_earlier_figure_has_a_newest_one_in_its_table():
    earlier = load_table("earlier_vintages")
    scores = load_table("crime_severity")
    own = earlier[earlier["table"] == "crime_severity"]
    both = own.merge(scores, on=["force", "period_end"], suffixes=("_earlier", ""), how="left")
    assert both["vintage"].notna().all()
    assert (both["vintage_earlier"] != both["vintage"]).all()
    # 0.5024 in Northumbria is the largest change of a score that both releases hold
    assert round((both["score"] - both["value"]).abs().max(), 4) == 0.5024
