"""The rules that the report states, each in one test named as the promise."""

import pandas as pd
import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.counts import denominators, mid_year_of, numerators
from peelbook.indicators.series import change_over_years, series
from peelbook.indicators.values import (
    ENGLAND_AND_WALES,
    compute_indicator,
    values_at,
)
from peelbook.parameters import Parameters
from peelbook.tables import load_table
from peelbook.tables.periods import denominator_mid_year

REPORT = Parameters()
YEAR_2018 = Parameters(period_end="2018-03-31")
COMPUTED = ["recorded-crime", "victim-based-crime", "domestic-burglary", "asb-incidents"]


def rows(indicator_id: str, parameters: Parameters = REPORT) -> pd.DataFrame:
    return compute_indicator(indicator_id, parameters).set_index("area")


def forces_of(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(ENGLAND_AND_WALES)


@pytest.mark.parametrize("name", [*COMPUTED, "officers", "arrests"])
def test_england_and_wales_is_pooled_and_not_the_mean_of_forces(name):
    table = rows(name, YEAR_2018)
    forces = forces_of(table).dropna(subset=["value"])
    pooled = forces["numerator"].sum() / forces["denominator"].sum() * 1000
    assert table.loc[ENGLAND_AND_WALES, "value"] == pytest.approx(pooled)
    assert table.loc[ENGLAND_AND_WALES, "value"] != pytest.approx(forces["value"].mean())


def test_rate_is_twelve_months_of_counts_over_residents_of_mid_2015():
    table = load_table("recorded_crime")
    own = table[(table["force"] == "leicestershire") & (table["period_end"] == "2016-06-30")]
    counted = own.loc[own["offence"] != "fraud-offences", "offences"].sum()
    people = load_table("population").set_index(["force", "mid_year"])["population"]
    by_hand = counted / people[("leicestershire", 2015)] * 1000
    row = rows("recorded-crime").loc["leicestershire"]
    assert row["value"] == pytest.approx(by_hand)
    assert (row["numerator"], row["denominator"]) == (counted, people[("leicestershire", 2015)])
    assert row["period_start"] == pd.Timestamp("2015-07-01")


@pytest.mark.parametrize(
    ("period_end", "mid_year"),
    [("2016-06-30", 2015), ("2016-12-31", 2015), ("2017-03-31", 2015), ("2017-06-30", 2016)],
)
def test_denominator_is_the_newest_estimate_when_the_period_was_published(period_end, mid_year):
    assert denominator_mid_year(pd.Timestamp(period_end)) == mid_year


def test_domestic_burglary_is_divided_by_households():
    row = rows("domestic-burglary").loc["leicestershire"]
    homes = denominators("households", 2015).set_index("force")["denominator"]
    assert row["denominator"] == homes["leicestershire"]
    assert row["unit"] == "per 1,000 households"


def test_households_mid_year_changes_burglary_and_nothing_else():
    default, other = REPORT, Parameters(households_mid_year=2014)
    assert mid_year_of(load_catalogue()["domestic-burglary"], pd.Timestamp("2016-06-30"), 2014) == (
        2014
    )
    homes = denominators("households", 2014).set_index("force")["denominator"]
    burglary = forces_of(rows("domestic-burglary", other))
    assert (burglary["denominator"] == homes.reindex(burglary.index)).all()
    pd.testing.assert_frame_equal(rows("recorded-crime", default), rows("recorded-crime", other))


def test_fraud_is_not_in_recorded_crime_and_a_parameter_leaves_it_in_the_base_year_only():
    with_fraud = Parameters(fraud_in_base_year=True)
    pd.testing.assert_series_equal(
        rows("recorded-crime")["value"], rows("recorded-crime", with_fraud)["value"]
    )
    without = change_over_years("recorded-crime", REPORT, 5)
    left_in = change_over_years("recorded-crime", with_fraud, 5)
    assert without["leicestershire"].round(1) == -9.6
    assert left_in["leicestershire"].round(1) == -11.1
    assert without[ENGLAND_AND_WALES].round(1) == -1.6
    assert left_in[ENGLAND_AND_WALES].round(1) == -3.4


def test_fraud_in_base_year_does_not_touch_victim_based_crime():
    with_fraud = Parameters(fraud_in_base_year=True)
    pd.testing.assert_series_equal(
        change_over_years("victim-based-crime", REPORT, 5),
        change_over_years("victim-based-crime", with_fraud, 5),
    )


def test_british_transport_police_counts_in_england_and_wales_only_if_asked_for():
    btp = Parameters(british_transport_police=True)
    for name in ("recorded-crime", "asb-incidents"):
        without, counted_in = rows(name), rows(name, btp)
        pd.testing.assert_frame_equal(
            forces_of(without).drop(columns="comparator_value"),
            forces_of(counted_in).drop(columns="comparator_value"),
        )
        added = counted_in.loc[ENGLAND_AND_WALES, "numerator"]
        added -= without.loc[ENGLAND_AND_WALES, "numerator"]
        counted = numerators(load_catalogue()[name]).set_index(["force", "period_end"])["numerator"]
        period_end = without["period_end"].iloc[0]
        assert added == counted[("british-transport-police", period_end)]
        assert (
            counted_in.loc[ENGLAND_AND_WALES, "denominator"]
            == without.loc[ENGLAND_AND_WALES, "denominator"]
        ), "British Transport Police has no residents"


def test_british_transport_police_is_in_no_region():
    btp = Parameters(british_transport_police=True, comparator="region")
    pd.testing.assert_series_equal(
        rows("recorded-crime", btp)["comparator_value"].drop(ENGLAND_AND_WALES),
        rows("recorded-crime", Parameters(comparator="region"))["comparator_value"].drop(
            ENGLAND_AND_WALES
        ),
    )


def test_region_is_pooled_over_its_forces_and_compared_with_each_of_them():
    table = rows("recorded-crime", Parameters(comparator="region"))
    regions = load_table("forces").set_index("force")["region"]
    east_midlands = regions.index[regions == "East Midlands"]
    assert len(east_midlands) == 5
    own = table.loc[east_midlands]
    pooled = own["numerator"].sum() / own["denominator"].sum() * 1000
    assert own["comparator_value"].tolist() == pytest.approx([pooled] * 5)
    assert table["comparator_value"].drop(ENGLAND_AND_WALES).nunique() == regions.nunique()


def test_comparator_does_not_change_values_ranks_and_bands():
    columns = ["value", "rank", "of", "band", "change", "status"]
    pd.testing.assert_frame_equal(
        rows("recorded-crime")[columns],
        rows("recorded-crime", Parameters(comparator="region"))[columns],
    )


@pytest.mark.parametrize("name", COMPUTED)
def test_city_of_london_has_a_value_but_no_rank_and_no_band(name):
    city = rows(name).loc["city-of-london"]
    assert city["value"] > 0
    assert city["status"] == "computed"
    assert pd.isna(city["rank"])
    assert pd.isna(city["of"])
    assert pd.isna(city["band"])
    assert "Few people live in the City" in city["note"]


@pytest.mark.parametrize("period_end", ["2017-06-30", "2017-12-31", "2018-12-31"])
def test_change_in_domestic_burglary_is_not_given_across_april_2017(period_end):
    table = rows("domestic-burglary", Parameters(period_end=period_end))
    assert table["change"].isna().all()
    assert table["value"].notna().all()
    assert table["note"].str.contains("classified anew").all()


@pytest.mark.parametrize("period_end", ["2016-06-30", "2017-03-31"])
def test_change_in_domestic_burglary_is_given_before_april_2017(period_end):
    table = rows("domestic-burglary", Parameters(period_end=period_end))
    assert table["change"].drop("city-of-london").notna().all()


def test_force_without_data_is_excluded_from_value_rank_and_england_and_wales():
    table = rows("arrests", YEAR_2018)
    lancashire = table.loc["lancashire"]
    assert lancashire["status"] == "excluded"
    assert pd.isna(lancashire["value"])
    assert pd.isna(lancashire["rank"])
    assert "supplied no arrests" in lancashire["note"]
    others = forces_of(table).drop("lancashire")
    pooled = others["numerator"].sum() / others["denominator"].sum() * 1000
    assert table.loc[ENGLAND_AND_WALES, "value"] == pytest.approx(pooled)
    everyone = denominators("population", 2016)["denominator"].sum()
    assert table.loc[ENGLAND_AND_WALES, "denominator"] < everyone


def test_value_published_in_the_report_is_marked_and_names_its_place():
    table = rows("victim-satisfaction")
    own = table.loc["leicestershire"]
    assert (own["value"], own["status"]) == (77.4, "published")
    assert own["note"].startswith("As printed in the 2016 report")
    others = forces_of(table).drop("leicestershire")
    assert others["value"].isna().all()
    assert (others["note"].str.len() > 0).all()


def test_outcomes_are_linked_to_the_offences_recorded_in_the_year():
    entry = load_catalogue()["outcome-total-assigned"]
    assigned = values_at(entry, pd.Timestamp("2018-03-31"), YEAR_2018)
    waiting = values_at(
        load_catalogue()["outcome-not-yet-assigned"], pd.Timestamp("2018-03-31"), YEAR_2018
    )
    assert assigned.loc["leicestershire", "denominator"] == 81960
    both = assigned["value"] + waiting["value"]
    assert both.to_numpy() == pytest.approx(100.0), "every offence has an outcome or none yet"


def test_change_of_a_share_is_in_percentage_points():
    now = rows("outcome-charged-summonsed", Parameters(period_end="2019-03-31"))
    before = rows("outcome-charged-summonsed", YEAR_2018)
    expected = now["value"] - before["value"]
    # 46 percent of its offences of 2018/19 have an outcome, so its share has no change
    assert now.loc["north-yorkshire", "status"] == "incomplete"
    expected["north-yorkshire"] = float("nan")
    assert now.loc["leicestershire", "change_unit"] == "percentage points"
    assert now["change"].to_numpy() == pytest.approx(expected.to_numpy(), nan_ok=True)


def test_series_divides_each_period_by_its_own_population():
    table = series("recorded-crime", ["leicestershire"], REPORT)
    assert table["period_end"].min() == pd.Timestamp("2011-06-30")
    assert len(table) == 21
    first = values_at(load_catalogue()["recorded-crime"], pd.Timestamp("2011-06-30"), REPORT)
    assert first.loc["leicestershire", "mid_year"] == 2010
    assert table["value"].iloc[0] == pytest.approx(first.loc["leicestershire", "value"])


def test_indicator_is_the_same_whichever_force_the_book_is_about():
    one_of_each_kind = {entry.kind: name for name, entry in load_catalogue().items()}
    for name in one_of_each_kind.values():
        own, other = (
            compute_indicator(name, Parameters(force=force, comparator="region"))
            for force in ("leicestershire", "dyfed-powys")
        )
        pd.testing.assert_frame_equal(own, other)
