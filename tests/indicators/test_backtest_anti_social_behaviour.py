"""Anti-social behaviour incidents and rates as ONS printed them (table P7), 2007/08 to 2018/19."""

import pytest
from printed_by_ons import EXCLUDING_BTP, MARCH_2018, MARCH_2019, compared, differing, printed

from peelbook.tables import load_table

# Incidents that forces supplied anew between the workbooks of March 2018 and March 2019, and
# the totals that hold them: (area, year) -> (printed in March 2018, computed).
REVISED_SINCE_MARCH_2018 = {
    ("wiltshire", 2012): (24595, 24569),
    (EXCLUDING_BTP, 2012): (2722689, 2722663),
    ("west-midlands", 2016): (58348, 61405),
    (EXCLUDING_BTP, 2016): (1793868, 1796925),
    ("england-and-wales", 2016): (1837524, 1840581),
    ("cheshire", 2018): (27697, 29486),
    ("sussex", 2018): (39681, 39704),
    (EXCLUDING_BTP, 2018): (1632548, 1634360),
    ("england-and-wales", 2018): (1661455, 1663267),
}
# Rates per 1,000 that print differently: (area, year) -> (printed, computed with 2 decimals).
DENOMINATORS_IN_HUNDREDS = {
    ("durham", 2011): (90.50, 90.50),
    ("city-of-london", 2019): (176.25, 175.19),
}
# ONS kept estimates of mid-2012 to mid-2016 here that it has since revised, and uses the revised
# ones in table P3: in table P7 one sees 8,760 residents of the City in 2017 for our 6,700.
POPULATION_REVISED = {
    ("durham", 2014): (47.51, 47.50),
    ("greater-manchester", 2015): (49.49, 49.52),
    ("gwent", 2017): (37.51, 37.48),
    ("kent", 2017): (25.47, 25.51),
    ("dyfed-powys", 2018): (27.50, 27.50),
    ("kent", 2018): (20.49, 20.53),
}
CITY = {
    ("city-of-london", 2017): (164.95, 215.67),
    ("city-of-london", 2018): (177.85, 232.22),
}
INCIDENTS_REVISED = {
    ("west-midlands", 2016): (20.78, 21.88),
    ("cheshire", 2018): (26.43, 28.10),
}
EXPLAINED_RATES = {
    MARCH_2018: {
        ("durham", 2011): DENOMINATORS_IN_HUNDREDS[("durham", 2011)],
        **POPULATION_REVISED,
        **INCIDENTS_REVISED,
    },
    MARCH_2019: {**DENOMINATORS_IN_HUNDREDS, **POPULATION_REVISED, **CITY},
}
EXPLAINED_INCIDENTS = {MARCH_2018: REVISED_SINCE_MARCH_2018, MARCH_2019: {}}


@pytest.fixture(scope="module", params=[MARCH_2018, MARCH_2019])
def workbook(request):
    return request.param


@pytest.fixture(scope="module")
def cells(workbook):
    return compared(printed(workbook, "P7")).assign(year=lambda f: f["period_end"].dt.year)


def different(cells, decimals):
    wrong = cells[~cells["agrees"]].round({"value": decimals, "computed": decimals})
    return {(row.force, row.year): (row.value, row.computed) for row in wrong.itertuples()}


def test_every_number_of_incidents_equals_the_printed_one_or_was_supplied_anew(cells, workbook):
    incidents = cells[cells["measure"] == "incidents"]
    assert len(incidents) == {MARCH_2018: 496, MARCH_2019: 542}[workbook]
    assert different(incidents, 0) == EXPLAINED_INCIDENTS[workbook]


def test_every_rate_of_incidents_equals_the_printed_one_or_is_explained(cells, workbook):
    rates = cells[cells["measure"] == "incident-rate"]
    assert len(rates) == {MARCH_2018: 479, MARCH_2019: 526}[workbook]
    assert different(rates, 2) == EXPLAINED_RATES[workbook]


def test_rates_to_march_2013_differ_by_the_rounding_of_denominators_only(cells):
    early = cells[(cells["measure"] == "incident-rate") & (cells["year"] <= 2013)]
    known = early[early["force"] != "wiltshire"]
    assert ((known["computed"] / known["value"] - 1).abs() < 0.0001).all()


def test_rates_since_differ_by_one_percent_at_most_where_incidents_were_not_revised(cells):
    late = cells[(cells["measure"] == "incident-rate") & (cells["year"] > 2013)]
    late = late[~late["force"].isin(["city-of-london", "west-midlands", "cheshire"])]
    assert ((late["computed"] / late["value"] - 1).abs() < 0.01).all()


def test_all_43_forces_are_in_every_year(workbook):
    forces = set(load_table("forces")["force"])
    table = printed(workbook, "P7")
    for end, year in table[table["measure"] == "incidents"].groupby("period_end"):
        assert forces <= set(year["force"]), end


def test_a_difference_that_is_not_listed_is_found(cells):
    rates = cells[cells["measure"] == "incident-rate"]
    spoilt = rates.assign(agrees=rates["agrees"] & (rates["force"] != "cumbria"))
    assert ("cumbria",) in differing(spoilt, "force")
