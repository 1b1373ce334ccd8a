"""Numbers that the 2016 report printed, each with its place, beside the computed ones."""

import pytest

from peelbook.indicators.reproduction import COLUMNS, reproduction_table
from peelbook.statistics.rounding import rounded
from peelbook.tables.published import printed_figures

OWN, COUNTRY = "leicestershire", "england-and-wales"
YEAR = "2016-06-30"
FIVE_YEARS = "2011-06-30 to 2016-06-30"

REPRODUCED = [
    # place, indicator, area, period, printed number
    ("figure-2", "recorded-crime", OWN, YEAR, 58.0),
    ("figure-2", "victim-based-crime", OWN, YEAR, 53.6),
    ("figure-2", "sexual-offences", OWN, YEAR, 1.4),
    ("figure-2", "sexual-offences", COUNTRY, YEAR, 1.9),
    ("figure-1", "victim-based-crime", OWN, FIVE_YEARS, -5.9),
    ("q1", "recorded-crime", OWN, "2015-06-30 to 2016-06-30", 3.7),
    ("q1", "forces-with-increase", COUNTRY, YEAR, 39.0),
    ("figure-3", "asb-incidents", OWN, "2016-03-31", 17.0),
    ("figure-3", "asb-incidents", OWN, "2015-03-31 to 2016-03-31", -17.0),
    ("figure-3", "asb-incidents", COUNTRY, "2015-03-31 to 2016-03-31", -8.0),
]
FRAUD = "fraud in the base year"
NO_CITY = "British Transport Police counted in, City of London left out"
QUARTERLY = "quarterly open data table, British Transport Police counted in"
MID_2014 = "households of mid-2014"
REPRODUCED_UNDER_VARIANT = [
    ("figure-1", "recorded-crime", OWN, FIVE_YEARS, -11.1, FRAUD),
    ("figure-1", "recorded-crime", COUNTRY, FIVE_YEARS, -3.4, FRAUD),
    ("figure-2", "recorded-crime", COUNTRY, YEAR, 68.2, NO_CITY),
    ("figure-2", "victim-based-crime", COUNTRY, YEAR, 60.4, QUARTERLY),
    ("figure-2", "domestic-burglary", OWN, YEAR, 10.2, MID_2014),
    ("figure-2", "domestic-burglary", COUNTRY, YEAR, 8.1, MID_2014),
]
NOT_REPRODUCED = [
    # what the open data of today give instead, and a word of the reason
    ("figure-1", "victim-based-crime", COUNTRY, FIVE_YEARS, -0.5, -1.6, "revised"),
    ("figure-2", "assault-with-injury", OWN, YEAR, 3.9, 4.1, "revised"),
    ("figure-2", "assault-with-injury", COUNTRY, YEAR, 7.0, 7.1, "revised"),
    ("q1", "recorded-crime", COUNTRY, "2015-06-30 to 2016-06-30", 7.8, 8.1, "revised"),
    ("figure-4", "outcome-charged-summonsed", OWN, YEAR, 9.1, 12.6, "mature"),
    ("figure-4", "outcome-charged-summonsed", COUNTRY, YEAR, 12.1, 13.8, "mature"),
]


@pytest.fixture(scope="module")
def numbers():
    return reproduction_table().set_index(["ref", "indicator", "area", "period"]).sort_index()


@pytest.mark.parametrize(("ref", "indicator", "area", "period", "printed"), REPRODUCED)
def test_number_is_reproduced_by_the_rules_alone(numbers, ref, indicator, area, period, printed):
    row = numbers.loc[(ref, indicator, area, period)]
    assert row["published"] == printed
    assert rounded(row["computed"], int(row["decimals"])) == printed
    assert (row["verdict"], row["variant"]) == ("reproduced", "")


@pytest.mark.parametrize(
    ("ref", "indicator", "area", "period", "printed", "variant"), REPRODUCED_UNDER_VARIANT
)
def test_number_is_reproduced_under_a_named_variant(
    numbers, ref, indicator, area, period, printed, variant
):
    row = numbers.loc[(ref, indicator, area, period)]
    assert row["published"] == printed
    assert rounded(row["computed"], int(row["decimals"])) == printed
    assert (row["verdict"], row["variant"]) == ("reproduced-under-variant", variant)


@pytest.mark.parametrize(
    ("ref", "indicator", "area", "period", "printed", "instead", "why"), NOT_REPRODUCED
)
def test_number_that_is_not_reproduced_says_what_is_computed_and_why(
    numbers, ref, indicator, area, period, printed, instead, why
):
    row = numbers.loc[(ref, indicator, area, period)]
    assert row["published"] == printed
    assert rounded(row["computed"], int(row["decimals"])) == instead
    assert (row["verdict"], row["variant"]) == ("not-reproduced", "")
    assert why in row["reason"]


def test_every_printed_number_has_one_row_a_verdict_and_a_reason():
    table = reproduction_table()
    assert list(table.columns) == COLUMNS
    assert len(table) == len(printed_figures())
    assert (
        table["verdict"]
        .isin(["reproduced", "reproduced-under-variant", "not-reproduced", "quoted"])
        .all()
    )
    assert (table["reason"].str.len() > 10).all()


def test_verdict_agrees_with_the_numbers():
    table = reproduction_table()
    same = [
        rounded(computed, decimals) == published
        for computed, decimals, published in zip(
            table["computed"], table["decimals"], table["published"], strict=True
        )
    ]
    reproduced = table["verdict"].str.startswith("reproduced")
    assert reproduced.tolist() == same
    assert (table["variant"] != "").equals(table["verdict"] == "reproduced-under-variant")


def test_quoted_number_has_no_computed_one_and_says_why_in_its_reason():
    quoted = reproduction_table().query("verdict == 'quoted'")
    assert quoted["computed"].isna().all()
    assert quoted["reason"].str.startswith("Quoted: ").all()


def test_at_least_twelve_numbers_are_reproduced_by_the_rules_alone():
    assert (reproduction_table()["verdict"] == "reproduced").sum() >= 12


def test_no_variant_is_used_where_the_rules_suffice():
    table = reproduction_table()
    by_the_rules = table[table["verdict"] == "reproduced"]
    assert (by_the_rules["variant"] == "").all()
