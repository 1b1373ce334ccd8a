"""What a later release replaces is kept beside it."""

import pandas as pd

from peelbook.importers.vintages import earlier_vintages, newest_wins
from peelbook.tables import load_table

KEY = ["force", "period_end", "offence"]


def counts(vintage: str, **offences: float) -> pd.DataFrame:
    rows = [
        (force, pd.Timestamp("2018-03-31"), "robbery", number) for force, number in offences.items()
    ]
    return pd.DataFrame(rows, columns=[*KEY, "offences"]).assign(vintage=vintage)


def test_newest_counts_and_all_earlier_figures_are_kept():
    releases = [
        counts("first", kent=10, essex=3),
        counts("second", kent=12),
        counts("third", kent=12),
    ]
    newest = newest_wins(releases, KEY).set_index("force")
    assert newest["offences"].to_dict() == {"essex": 3, "kent": 12}
    kept = earlier_vintages({"knife_crime": releases})
    assert kept.drop(columns="period_end").to_dict("records") == [
        {
            "table": "knife_crime",
            "force": "kent",
            "item": "robbery",
            "value": 10.0,
            "vintage": "first",
        },
        {
            "table": "knife_crime",
            "force": "kent",
            "item": "robbery",
            "value": 12.0,
            "vintage": "second",
        },
    ]


def test_mid_year_is_its_30_june_and_a_blank_is_not_kept():
    people = pd.DataFrame(
        {"force": ["kent", "kent"], "mid_year": [2015, 2016], "population": [5.0, None]}
    )
    older, newer = people.assign(vintage="old"), people.assign(vintage="new")
    (row,) = earlier_vintages({"population": [older, newer]}).to_dict("records")
    assert (row["period_end"], row["item"]) == (pd.Timestamp("2015-06-30"), "all")


def test_each_earlier_figure_has_a_newest_one_in_its_table():
    earlier = load_table("earlier_vintages")
    scores = load_table("crime_severity")
    own = earlier[earlier["table"] == "crime_severity"]
    both = own.merge(scores, on=["force", "period_end"], suffixes=("_earlier", ""), how="left")
    assert both["vintage"].notna().all()
    assert (both["vintage_earlier"] != both["vintage"]).all()
    # 0.5024 in Northumbria is the largest change of a score that both releases hold
    assert round((both["score"] - both["value"]).abs().max(), 4) == 0.5024
