"""Recorded crime as ONS printed it (tables P1 to P3), cell by cell, beside the computed values.

Three workbooks, each its own test of the tables:

December 2018 is of the release of the rolling 12-month file, so it has to agree but for rounding.
March 2018 came out before revisions; what differs must be a revision.
March 2019 is newer than the file, so its counts are the workbook's own: sums, rates and changes
are what is tested. Its changes are set beside the year before twice: as the file of April 2019
has it, where what differs must be a revision, and as the book takes it.

Every cell that differs is a line of `explained_differences.csv`, with the value printed, the value
computed, and a reason that is worked out from the counts, not given by hand.
"""

from pathlib import Path

import pandas as pd
import pytest
from printed_by_ons import (
    BTP,
    DECEMBER_2018,
    EXCLUDING_BTP,
    MARCH_2018,
    MARCH_2019,
    as_displayed,
    compared,
    differing,
    explained,
    indicator_for,
    printed,
)

from peelbook.indicators.counts import denominators, numerators
from peelbook.tables import load_table
from peelbook.tables.periods import denominator_mid_year

WORKBOOKS = (MARCH_2018, DECEMBER_2018, MARCH_2019)
EXPLAINED = pd.read_csv(
    Path(__file__).with_name("explained_differences.csv"), dtype="str", keep_default_na=False
)
CELLS = {
    MARCH_2018: {"P1": 1035, "P2": 858, "P3": 1032},
    DECEMBER_2018: {"P1": 1035, "P2": 858, "P3": 1033},
    MARCH_2019: {"P1": 1035, "P2": 947, "P3": 1033},
}
DIFFERENT = {
    MARCH_2018: {"P1": 335, "P2": 140, "P3": 66},
    DECEMBER_2018: {"P3": 3},
    MARCH_2019: {"P2": 63, "P3": 3},
}
# Who revised the year ending March 2018 between the rolling file of April 2019 and the workbook
# of July 2019: recorded crime in the file, and as the workbook compares with it.
REVISED_SINCE_APRIL_2019 = {
    "british-transport-police": (59785, 59591),
    "cheshire": (87320, 87361),
    "derbyshire": (55389, 55589),
    "england-and-wales": (4878303, 4881043),
    "leicestershire": (81960, 83793),
    "north-wales": (51582, 51602),
    "sussex": (112826, 113666),
}
# Table P2 prints no change where fewer than 50 offences are compared with, so homicides and
# deaths by driving are still those of the file where a force revised them: (printed, computed).
TOO_FEW_TO_BE_RESTATED = {
    ("england-and-wales", "homicide"): (728, 725),
    ("england-and-wales", "death-or-serious-injury-caused-by-illegal-driving"): (740, 725),
    ("sussex", "violence-against-the-person"): (35287, 35273),
}


@pytest.fixture(scope="module", params=WORKBOOKS)
def workbook(request):
    return request.param


@pytest.fixture(scope="module")
def cells(workbook):
    """Cells beside what the tables say when only files of April 2019 and older are compared with."""
    return compared(printed(workbook, "P1", "P2", "P3"), restated=False)


@pytest.fixture(scope="module")
def march_2019():
    """Cells of March 2019 as the book computes them."""
    return compared(printed(MARCH_2019, "P1", "P2", "P3"))


def test_every_printed_cell_is_compared(cells, workbook):
    assert cells["computed"].notna().all()
    assert cells["table"].value_counts().to_dict() == CELLS[workbook]


def test_every_cell_that_differs_is_listed_with_both_values_and_its_reason(cells, workbook):
    listed = EXPLAINED[EXPLAINED["workbook"] == workbook.removeprefix("year ending ")]
    pd.testing.assert_frame_equal(explained(cells), listed.reset_index(drop=True))


def test_number_of_cells_that_differ_is_known_for_each_table(cells, workbook):
    wrong = cells[~cells["agrees"]]
    assert wrong["table"].value_counts().to_dict() == DIFFERENT[workbook]


def test_no_cell_differs_without_a_reason():
    assert set(EXPLAINED["reason"]) == {
        "year revised",
        "year before revised",
        "year and year before revised",
        "denominator in hundreds",
    }


def test_a_difference_without_a_revision_has_no_reason(cells):
    spoilt = cells.assign(agrees=False, computed=cells["computed"] * 2 + 1)
    assert "" in set(explained(spoilt)["reason"])


def test_count_of_december_2018_and_march_2019_equals_the_printed_one_in_every_cell():
    for workbook in (DECEMBER_2018, MARCH_2019):
        assert compared(printed(workbook, "P1"))["agrees"].all()


def test_every_change_of_march_2019_as_the_book_computes_it_equals_the_printed_one_but_three(
    march_2019,
):
    changes = march_2019[march_2019["measure"] == "percent-change"]
    assert len(changes) == 947
    assert differing(changes, "force", "offence") == set(TOO_FEW_TO_BE_RESTATED)
    wrong = explained(changes)
    assert set(wrong["reason"]) == {"year before revised"}


def test_year_before_march_2019_is_as_listed_where_too_few_are_printed(march_2019):
    before = march_2019[march_2019["table"] == "P2"].set_index(["force", "offence"])
    for cell, (theirs, ours) in TOO_FEW_TO_BE_RESTATED.items():
        assert before.loc[cell, "count_before"] == ours
        whole = before.loc[cell, "count"] / (1 + before.loc[cell, "value"] / 100)
        assert whole == pytest.approx(theirs, abs=1e-6)


def test_only_forces_that_revised_the_year_before_differ_in_march_2019():
    totals = compared(printed(MARCH_2019, "P2"), restated=False)
    totals = totals[totals["offence"] == "recorded-crime"]
    theirs = (totals["count"] / (1 + totals["value"] / 100)).round()
    revised = totals[theirs != totals["count_before"]]
    pairs = zip(revised["count_before"], theirs[revised.index], strict=True)
    found = dict(zip(revised["force"], pairs, strict=True))
    assert found == REVISED_SINCE_APRIL_2019
    listed = EXPLAINED.query("workbook == 'March 2019' and table == 'P2'")
    assert set(listed["force"]) == set(REVISED_SINCE_APRIL_2019)


def test_year_before_of_every_other_force_is_that_of_the_rolling_file():
    key = ["force", "period_end", "offence"]
    file = load_table("recorded_crime").set_index(key)["offences"]
    before = load_table("recorded_crime_year_before").set_index(key)["offences"]
    others = before[~before.index.get_level_values("force").isin(REVISED_SINCE_APRIL_2019)]
    assert others.index.get_level_values("force").nunique() == 38
    assert len(others) == 647 + 2 * 38
    wrong = others[others != file.reindex(others.index, fill_value=0)]
    # the file counts one late entry under a code that had expired, ONS under its successor
    assert {key[::2]: count for key, count in wrong.items()} == {
        ("humberside", "non-domestic-burglary"): 0,
        ("humberside", "non-residential-burglary"): 2466,
    }
    burglary = ("humberside", pd.Timestamp("2018-03-31"))
    assert file[(*burglary, "non-domestic-burglary")] == 1
    assert file[(*burglary, "non-residential-burglary")] == 2465


def test_quarterly_open_data_of_2023_are_too_much_revised_to_stand_for_march_2019():
    quarters = numerators(indicator_for("recorded-crime", "population"))
    table = load_table("recorded_crime_quarterly")
    year = table["quarter_end"].between("2018-06-30", "2019-03-31")
    fraud = table["offence_group"] == "fraud-offences"
    later = table[year & ~fraud].groupby("force")["offences"].sum()
    march = quarters[quarters["period_end"] == "2019-03-31"].set_index("force")["numerator"]
    ratio = later / march
    assert (later == march).sum() == 1
    assert ratio.idxmax() == "dyfed-powys"
    assert round(ratio.max(), 3) == 1.088
    assert round(ratio.drop(BTP).min(), 3) == 0.987


@pytest.mark.parametrize(
    ("name", "cells"), [(MARCH_2018, 1032), (DECEMBER_2018, 1033), (MARCH_2019, 1033)]
)
def test_printed_count_over_our_denominator_is_the_printed_rate(name, cells):
    rates = rates_from_printed_counts(name)
    assert len(rates) == cells
    listed = EXPLAINED[
        (EXPLAINED["workbook"] == name.removeprefix("year ending "))
        & (EXPLAINED["reason"] == "denominator in hundreds")
    ]
    offences = listed["offence"].str.removesuffix(", households")
    assert differing(rates, "force", "offence") == set(zip(listed["force"], offences, strict=True))


def rates_from_printed_counts(workbook: str) -> pd.DataFrame:
    """Divide the counts that ONS printed by our denominators: the rule without revisions."""
    key = ["force", "offence", "period_end"]
    counts = printed(workbook, "P1")[[*key, "value"]].rename(columns={"value": "count"})
    rates = printed(workbook, "P3").merge(counts, on=key, validate="many_to_one")
    rates = rates.merge(_denominators(rates["period_end"].iloc[0]), on=["force", "measure"])
    rates = rates.assign(computed=rates["count"] / rates["denominator"] * 1000)
    return rates.assign(agrees=as_displayed(rates, "computed") == as_displayed(rates, "value"))


def _denominators(period_end: pd.Timestamp) -> pd.DataFrame:
    frames = []
    for name in ("population", "households"):
        areas = denominators(name, denominator_mid_year(period_end))[["force", "denominator"]]
        whole = areas["denominator"].sum()
        country = pd.DataFrame({"force": ["england-and-wales", EXCLUDING_BTP]})
        areas = pd.concat([areas, country.assign(denominator=whole)])
        frames.append(areas.assign(measure=f"rate-per-1000-{name}"))
    return pd.concat(frames)


def test_workbooks_print_every_one_of_the_43_forces_but_city_of_london_without_most_rates():
    forces = set(load_table("forces")["force"])
    for name in WORKBOOKS:
        rates = printed(name, "P3").query("measure == 'rate-per-1000-population'")
        assert forces - set(rates["force"]) == {"city-of-london"}
        for table in ("P1", "P2"):
            assert forces <= set(printed(name, table)["force"])
