"""What a later release replaces is kept beside it."""

import pandas as pd

from peelbook.importers.vintages import earlier_vintages, newest_wins

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
    newest = newest_wins(releases, KEY)
    assert newest.set_index("force")["offences"].to_dict() == {"essex": 3, "kent": 12}
    kept = earlier_vintages({"knife_crime": releases}, {"knife_crime": newest})
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
    read, newest = {"population": [older, newer]}, {"population": newer}
    (row,) = earlier_vintages(read, newest).to_dict("records")
    assert (row["period_end"], row["item"]) == (pd.Timestamp("2015-06-30"), "all")


def test_releases_added_one_by_one_keep_what_all_at_once_keep():
    first, second, third = (
        counts("first", kent=1),
        counts("second", kent=2),
        counts("third", kent=3),
    )
    at_once = earlier_vintages({"knife_crime": [first, second, third]}, {"knife_crime": third})
    after_two = earlier_vintages({"knife_crime": [first, second]}, {"knife_crime": second})
    tables = {"knife_crime": [second], "earlier_vintages": [after_two]}
    after_three = earlier_vintages(
        {"knife_crime": [third]}, {"knife_crime": third}, lambda name: tables.get(name, [])
    )
    order = ["force", "vintage"]
    pd.testing.assert_frame_equal(
        after_three.sort_values(order, ignore_index=True),
        at_once.sort_values(order, ignore_index=True),
    )
    again = {"knife_crime": [third], "earlier_vintages": [after_three]}
    same = earlier_vintages(
        {"knife_crime": [third]}, {"knife_crime": third}, lambda name: again.get(name, [])
    )
    assert len(same) == len(at_once)
