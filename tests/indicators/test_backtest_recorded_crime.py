"""Recorded crime as ONS printed it (tables P1 to P3), cell by cell, beside the computed values.

The rolling-year table is of the release for the year ending December 2018, so that workbook has
to agree but for rounding; the March 2018 workbook came out before revisions, which are listed.
"""

import pandas as pd
import pytest
from printed_by_ons import (
    DECEMBER_2018,
    EXCLUDING_BTP,
    MARCH_2018,
    MARCH_2019,
    compared,
    differing,
    printed,
)

from peelbook.counts import denominators
from peelbook.numbers import rounded
from peelbook.periods import denominator_mid_year
from peelbook.tables import load_table

# Residents and households are published in hundreds, ONS divides by the exact numbers: a rate
# that lies next to a rounding line can print one tenth away.
DENOMINATORS_IN_HUNDREDS = {
    DECEMBER_2018: {
        ("hertfordshire", "residential-burglary"),
        ("cleveland", "criminal-damage-and-arson"),
        ("south-yorkshire", "criminal-damage-and-arson"),
    },
    MARCH_2018: set(),
    MARCH_2019: {
        ("city-of-london", "residential-burglary"),
        ("essex", "residential-burglary"),
        ("lincolnshire", "residential-burglary"),
    },
}
# Forces whose counts for the year ending March 2018 were revised between the workbook and the
# rolling-year table: offence rows that differ (of 23), recorded crime printed and now.
REVISED_SINCE_MARCH_2018 = {
    "avon-and-somerset": (23, 137455, 140071),
    "city-of-london": (21, 5392, 5870),
    "devon-and-cornwall": (22, 103656, 103406),
    "durham": (18, 61179, 61150),
    "england-and-wales": (23, 4876282, 4878303),
    "essex": (22, 134205, 134153),
    "gloucestershire": (21, 33716, 34076),
    "greater-manchester": (22, 340005, 339818),
    "lincolnshire": (23, 40727, 40701),
    "norfolk": (19, 56235, 56398),
    "north-wales": (20, 51505, 51582),
    "staffordshire": (20, 83987, 83768),
    "thames-valley": (22, 149850, 149004),
    "warwickshire": (19, 41443, 41411),
    "west-mercia": (19, 84342, 84350),
    "wiltshire": (21, 43603, 43563),
}
# Rates that print differently because the count was revised.
RATES_REVISED = {
    "avon-and-somerset": 13,
    "devon-and-cornwall": 4,
    "england-and-wales": 1,
    "essex": 3,
    "gloucestershire": 12,
    "greater-manchester": 2,
    "lincolnshire": 3,
    "norfolk": 4,
    "north-wales": 4,
    "staffordshire": 7,
    "thames-valley": 6,
    "warwickshire": 2,
    "west-mercia": 2,
    "wiltshire": 3,
}
# Percentage changes that print differently because the count of either year was revised;
# Nottinghamshire revised the year ending March 2017 only.
CHANGES_REVISED = {
    "avon-and-somerset": 8,
    "city-of-london": 18,
    "devon-and-cornwall": 6,
    "durham": 7,
    "england-and-wales": 3,
    "essex": 6,
    "gloucestershire": 14,
    "greater-manchester": 4,
    "lincolnshire": 7,
    "norfolk": 11,
    "north-wales": 1,
    "nottinghamshire": 14,
    "staffordshire": 9,
    "thames-valley": 13,
    "warwickshire": 4,
    "west-mercia": 4,
    "wiltshire": 11,
}


@pytest.fixture(scope="module")
def december():
    return compared(printed(DECEMBER_2018, "P1", "P2", "P3"))


@pytest.fixture(scope="module")
def march():
    return compared(printed(MARCH_2018, "P1", "P2", "P3"))


def number_differing(cells: pd.DataFrame) -> dict[str, int]:
    return cells.loc[~cells["agrees"], "force"].value_counts().to_dict()


def test_every_count_of_december_2018_equals_the_printed_one(december):
    counts = december[december["measure"] == "offences"]
    assert len(counts) == 1035
    assert counts["agrees"].all()


def test_every_percentage_change_of_december_2018_equals_the_printed_one(december):
    changes = december[december["measure"] == "percent-change"]
    assert len(changes) == 858
    assert changes["agrees"].all()


def test_every_rate_of_december_2018_equals_the_printed_one_but_three(december):
    rates = december[december["measure"].str.startswith("rate")]
    assert len(rates) == 1033
    assert differing(rates, "force", "offence") == DENOMINATORS_IN_HUNDREDS[DECEMBER_2018]


def test_count_of_march_2018_differs_only_where_the_force_revised_it(march):
    counts = march[march["measure"] == "offences"]
    assert len(counts) == 1035
    expected = {force: cells for force, (cells, _, _) in REVISED_SINCE_MARCH_2018.items()}
    assert number_differing(counts) == expected


def test_revisions_since_march_2018_are_as_large_as_listed(march):
    totals = march[(march["measure"] == "offences") & (march["offence"] == "recorded-crime")]
    revised = totals[~totals["agrees"]].set_index("force")
    found = {
        row.Index: (int(row.value), int(row.computed))
        for row in revised[["value", "computed"]].itertuples()
    }
    assert found == {force: (a, b) for force, (_, a, b) in REVISED_SINCE_MARCH_2018.items()}


def test_rate_of_march_2018_differs_only_where_the_count_was_revised(march):
    rates = march[march["measure"].str.startswith("rate")]
    assert len(rates) == 1032
    assert number_differing(rates) == RATES_REVISED
    assert set(RATES_REVISED) <= set(REVISED_SINCE_MARCH_2018)


def test_change_to_march_2018_differs_only_where_a_count_was_revised(march):
    changes = march[march["measure"] == "percent-change"]
    assert len(changes) == 858
    assert number_differing(changes) == CHANGES_REVISED
    assert set(CHANGES_REVISED) - set(REVISED_SINCE_MARCH_2018) == {"nottinghamshire"}


@pytest.mark.parametrize(
    ("workbook", "cells"), [(MARCH_2018, 1032), (DECEMBER_2018, 1033), (MARCH_2019, 1033)]
)
def test_printed_count_over_our_denominator_is_the_printed_rate(workbook, cells):
    rates = rates_from_printed_counts(workbook)
    assert len(rates) == cells
    assert differing(rates, "force", "offence") == DENOMINATORS_IN_HUNDREDS[workbook]


def rates_from_printed_counts(workbook: str) -> pd.DataFrame:
    """Divide the counts that ONS printed by our denominators: the rule without revisions."""
    key = ["force", "offence", "period_end"]
    counts = printed(workbook, "P1")[[*key, "value"]].rename(columns={"value": "count"})
    rates = printed(workbook, "P3").merge(counts, on=key, validate="many_to_one")
    rates = rates.merge(_denominators(rates["period_end"].iloc[0]), on=["force", "measure"])
    computed = rates["count"] / rates["denominator"] * 1000
    same = [
        rounded(ours, int(places)) == rounded(theirs, int(places))
        for ours, theirs, places in zip(computed, rates["value"], rates["decimals"], strict=True)
    ]
    return rates.assign(computed=computed, agrees=same)


def _denominators(period_end: pd.Timestamp) -> pd.DataFrame:
    frames = []
    for name in ("population", "households"):
        areas = denominators(name, denominator_mid_year(period_end))[["force", "denominator"]]
        whole = areas["denominator"].sum()
        country = pd.DataFrame({"force": ["england-and-wales", EXCLUDING_BTP]})
        areas = pd.concat([areas, country.assign(denominator=whole)])
        frames.append(areas.assign(measure=f"rate-per-1000-{name}"))
    return pd.concat(frames)


def test_workbooks_print_every_one_of_the_43_forces():
    forces = set(load_table("forces")["force"])
    for workbook in (MARCH_2018, DECEMBER_2018, MARCH_2019):
        assert forces <= set(printed(workbook, "P1")["force"])
