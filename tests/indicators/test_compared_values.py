"""What a value is compared with, why there is none, and who is ranked: for all indicators and forces."""

import dataclasses
from functools import cache

import pandas as pd
import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.counts import denominators, numerators
from peelbook.indicators.rules import rules_for
from peelbook.indicators.similar_forces import similar_forces
from peelbook.indicators.values import ENGLAND_AND_WALES, _with_rank, compute_indicator
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.exclusions import missing_reason
from peelbook.tables.periods import denominator_mid_year, in_words

CATALOGUE = load_catalogue()
CITY = "city-of-london"
PERIODS = ["2016-06-30", "2018-03-31", "2019-06-30", "2024-03-31"]
NOT_COUNTED = ("incomplete", "excluded")


@cache
def table(name, comparator="england-and-wales", period_end="2016-06-30"):
    parameters = Parameters(comparator=comparator, period_end=period_end)
    return compute_indicator(name, parameters).set_index("area")


def forces_of(name, area, force, rows, period_end):
    """Return the forces that stand behind the value of an area."""
    if area == "similar-forces":
        found = similar_forces(denominator_mid_year(pd.Timestamp(period_end)))
        members = found.loc[found["force"] == force, "neighbour"]
    elif area == ENGLAND_AND_WALES:
        members = rows.index.drop(ENGLAND_AND_WALES)
    else:
        regions = load_table("forces").set_index("force")["region"]
        members = regions.index[regions == area]
    own = rows.loc[members]
    return own[~own["status"].isin(NOT_COUNTED)].dropna(subset=["value"])


def expected(entry, area, force, rows, period_end):
    own = forces_of(entry.id, area, force, rows, period_end)
    if entry.kind == "score":
        if area == ENGLAND_AND_WALES:
            return rows.loc[ENGLAND_AND_WALES, "value"]
        mid_year = denominator_mid_year(rows["period_end"].iloc[0])
        people = denominators("population", mid_year).set_index("force")["denominator"][own.index]
        return (own["value"] * people).sum() / people.sum()
    return own["numerator"].sum() / own["denominator"].sum() * entry.per


@pytest.mark.parametrize(
    "period_end",
    [PERIODS[0], *(pytest.param(end, marks=pytest.mark.slow) for end in PERIODS[1:])],
)
@pytest.mark.parametrize("comparator", ["england-and-wales", "region", "similar-forces"])
def test_each_compared_value_is_that_of_the_area_it_is_named_after(comparator, period_end):
    checked = 0
    for name, entry in CATALOGUE.items():
        rows = table(name, comparator, period_end)
        beside = rows.drop(ENGLAND_AND_WALES)[["comparator_value", "comparator_area"]]
        assert (beside["comparator_value"].isna() == beside["comparator_area"].isna()).all(), name
        beside = beside.dropna()
        checked += len(beside)
        if rows.loc[ENGLAND_AND_WALES, "status"] != "computed" and entry.kind != "score":
            # printed in the report, which has the value of England and Wales only
            assert set(beside["comparator_area"]) <= {ENGLAND_AND_WALES} & {comparator}
            assert set(beside["comparator_value"]) <= {rows.loc[ENGLAND_AND_WALES, "value"]}
            continue
        groups = {}
        for force, value, area in beside.itertuples():
            key = force if area == "similar-forces" else area
            if key not in groups:
                groups[key] = expected(entry, area, force, rows, period_end)
            assert value == pytest.approx(groups[key]), (name, force)
    assert checked > 43 * 10


@pytest.mark.parametrize(
    ("comparator", "areas"),
    [
        ("england-and-wales", {ENGLAND_AND_WALES}),
        ("region", set(load_table("forces")["region"])),
        ("similar-forces", {"similar-forces"}),
    ],
)
def test_a_book_has_one_comparator(comparator, areas):
    for name in CATALOGUE:
        assert set(table(name, comparator)["comparator_area"].dropna()) <= areas, name


@pytest.mark.parametrize("period_end", ["2009-03-31", *PERIODS, "2026-03-31"])
def test_a_dash_has_a_reason_that_is_so(period_end):
    for name, entry in CATALOGUE.items():
        rows = table(name, "england-and-wales", period_end)
        dashes = rows[rows["value"].isna()]
        # the same words of many forces are checked for a few of them
        for area, row in dashes.groupby("note").head(3).iterrows():
            why = row["note"]
            assert reason_holds(entry, area, row, why), (name, area, period_end, why)
            assert "never published" not in why
            assert "not in bulk" not in why


@pytest.mark.parametrize("end", ["2014-06-30", "2018-06-30", "2024-03-31"])
def test_reason_for_a_missing_return_or_survey_names_where_its_figures_come_from(end):
    surveys = 0
    for name, entry in CATALOGUE.items():
        if entry.kind != "return":
            continue
        surveys += entry.source != "data return"
        for area in ("kent", "leicestershire", "west-mercia"):
            why = missing_reason(name, area, pd.Timestamp(end))
            assert entry.source in why, (name, area, why)
            assert ("data return" in why) == (entry.source == "data return"), (name, why)
    assert surveys == 3


@cache
def listed_reasons(kind, name):
    listed = load_table(kind)
    return listed[[matches(name, pattern) for pattern in listed["indicator"]]]


@cache
def known_periods(name):
    return numerators(CATALOGUE[name]).dropna(subset=["numerator"])


def reason_holds(entry, area, row, why):
    """Say whether a note is a row of a table for just this dash, or the range that a source has."""
    for kind in ("missing_values", "exclusions"):
        own = listed_reasons(kind, entry.id)
        own = own[own["force"].isin(["all", area])]
        begun = own["period_from"].isna() | (own["period_from"] <= row["period_end"])
        ended = own["period_to"].notna() & (own["period_to"] < row["period_end"])
        if any(reason in why for reason in own.loc[begun & ~ended, "reason"]):
            return True
    if not why.startswith("The figures held here"):
        return False
    known = known_periods(entry.id)
    ends, end = known["period_end"], row["period_end"]
    if not known[(known["force"] == area) & (ends == end)].empty:
        return False
    if "end with" in why:
        return end > ends.max() and in_words(ends.max()) in why
    if "begin with" in why:
        return end < ends.min() and in_words(ends.min()) in why
    return ends.min() <= end <= ends.max() and "but not of this one" in why


def matches(name, pattern):
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


MADE_UP = dataclasses.replace(
    CATALOGUE["robbery"], id="bicycle-theft", name="bicycle theft", offences=("bicycle-theft",)
)


@pytest.mark.parametrize("period_end", PERIODS)
def test_city_of_london_is_never_ranked_on_a_value_per_resident(period_end):
    seen = 0
    for name, entry in CATALOGUE.items():
        city = table(name, "england-and-wales", period_end).loc[CITY]
        if entry.denominator in ("population", "households"):
            seen += 1
            assert city[["rank", "of", "band", "unusual"]].isna().all(), name
    assert seen >= 18


@pytest.mark.parametrize("denominator", ["population", "households"])
def test_city_of_london_is_not_ranked_on_an_entry_added_later(denominator):
    entry = dataclasses.replace(MADE_UP, denominator=denominator)
    rules = rules_for(entry, pd.Timestamp("2016-06-30"))
    assert rules.loc[rules["force"] == CITY, "effect"].tolist() == ["not-ranked"]
    frame = table("robbery")[["value", "numerator", "denominator"]]
    ranked = _with_rank(frame, rules, entry)
    assert pd.isna(ranked.loc[CITY, "rank"])
    assert ranked["rank"].notna().sum() == 42


def test_city_of_london_is_ranked_on_a_share_of_offences():
    entry = dataclasses.replace(MADE_UP, denominator="offences", unit="percent")
    assert CITY not in set(rules_for(entry, pd.Timestamp("2016-06-30"))["force"])


# before outcome 22 counts for every force none of it is held
OUTCOMES = [
    name for name, entry in CATALOGUE.items() if entry.kind == "outcomes" and entry.since is None
]


@pytest.mark.parametrize("period_end", ["2018-03-31", "2019-03-31"])
@pytest.mark.parametrize("name", OUTCOMES)
def test_north_yorkshire_is_incomplete_and_counts_nowhere(name, period_end):
    rows = table(name, "england-and-wales", period_end)
    own = rows.loc["north-yorkshire"]
    assert own["status"] == "incomplete"
    assert own[["rank", "of", "band", "unusual", "change"]].isna().all()
    whole = rows.drop(ENGLAND_AND_WALES)
    counted = whole[whole["status"] == "computed"]
    assert rows.loc[ENGLAND_AND_WALES, "denominator"] == counted["denominator"].sum()


# As the publisher's later outcomes lack them: force, financial year, and whether anything was held.
HOLES = [
    ("cumbria", "2015-03-31", "not-available"),
    ("leicestershire", "2015-03-31", "not-available"),
    ("metropolitan", "2015-03-31", "incomplete"),
    ("dyfed-powys", "2015-03-31", "incomplete"),
    ("wiltshire", "2016-03-31", "incomplete"),
    ("dyfed-powys", "2016-03-31", "incomplete"),
    ("derbyshire", "2017-03-31", "incomplete"),
    ("essex", "2017-03-31", "incomplete"),
    ("greater-manchester", "2020-03-31", "incomplete"),
    ("devon-and-cornwall", "2022-03-31", "incomplete"),
    ("humberside", "2023-03-31", "incomplete"),
    ("humberside", "2024-03-31", "incomplete"),
    ("humberside", "2025-03-31", "incomplete"),
    ("derbyshire", "2025-03-31", "incomplete"),
]


@pytest.mark.parametrize(("force", "period_end", "status"), HOLES)
def test_holes_of_the_outcomes_are_not_taken_for_performance(force, period_end, status):
    own = table("outcome-charged-summonsed", "england-and-wales", period_end).loc[force]
    assert own["status"] in (status, "incomplete")
    assert pd.isna(own["rank"])
    assert own["note"]


def test_charged_in_the_twelve_months_to_june_2016():
    rows = table("outcome-charged-summonsed")
    assert round(rows.loc[ENGLAND_AND_WALES, "value"], 1) == 13.8
    assert round(rows.loc["leicestershire", "value"], 1) == 12.5


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_recorded_crime_of_later_years_is_the_total_of_the_release(year):
    end = pd.Timestamp(year, 3, 31)
    totals = load_table("recorded_crime_by_year")
    held = totals[totals["period_end"] == end].set_index("force")["offences"]
    before = totals[totals["period_end"] == end - pd.DateOffset(years=1)]
    # of which 2023 also has British Transport Police
    before = before.set_index("force")["offences"].reindex(held.index)
    rows = table("recorded-crime", "england-and-wales", f"{year}-03-31").drop(ENGLAND_AND_WALES)
    assert len(held) == 43
    assert (rows["numerator"] == held).all()
    assert rows["change"].to_numpy() == pytest.approx(((held / before - 1) * 100).to_numpy())


def test_june_2019_is_compared_with_june_2018_of_the_same_release():
    quarters = load_table("recorded_crime_quarterly").query("offence_group != 'fraud-offences'")
    own = quarters[quarters["force"] == "leicestershire"]
    ends = own.groupby("quarter_end")["offences"].sum().sort_index().rolling(4).sum()
    now, before = ends[pd.Timestamp("2019-06-30")], ends[pd.Timestamp("2018-06-30")]
    row = table("recorded-crime", "england-and-wales", "2019-06-30").loc["leicestershire"]
    assert row["numerator"] == now
    assert row["change"] == pytest.approx((now / before - 1) * 100)
    rolling = load_table("recorded_crime").query("offence != 'fraud-offences'")
    there = (rolling["force"] == "leicestershire") & (rolling["period_end"] == "2018-06-30")
    assert rolling.loc[there, "offences"].sum() != before
