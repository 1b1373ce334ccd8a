import pytest

from peelbook.indicators.catalogue import load_catalogue
from peelbook.returns.supplied import (
    MULTIPLE_OF_UNIT,
    check_returns,
    read_returns,
    return_indicators,
    returns_template,
)

SHARE = {
    "indicator": "vulnerable-victim-crime",
    "area": "kent",
    "numerator": "1",
    "denominator": "8",
}
GROUPS = {
    "indicator": "organised-crime-groups",
    "period_start": "2016-07-01",
    "period_end": "2016-07-01",
    "numerator": "10",
    "denominator": "500000",
}


def problems_of(path):
    return [(problem.line, problem.reason) for problem in check_returns(path)[1]]


def test_template_lists_every_indicator_that_rests_on_returns():
    text = returns_template("kent", "Kent Police")
    wanted = [name for name, entry in load_catalogue().items() if entry.kind == "return"]
    assert len(wanted) == 18
    for name in wanted:
        assert f"\n# {name},kent,,,,,,,\n" in text


def test_every_unit_of_a_return_says_how_counts_give_the_value():
    assert {entry.unit for entry in return_indicators().values()} == set(MULTIPLE_OF_UNIT)


def test_counts_give_the_value_in_the_unit_of_the_indicator(returns_file):
    path = returns_file(
        SHARE,
        {**GROUPS, "area": "kent"},
        {
            "indicator": "calls-for-assistance",
            "area": "kent",
            "numerator": "200,000",
            "denominator": "1,000,000",
        },
        {
            "indicator": "marac-cases",
            "area": "kent",
            "period_end": "31/03/2016",
            "period_start": "1/4/2015",
            "numerator": "30",
            "denominator": "20000",
            "value": "15",
        },
        {"indicator": "victim-satisfaction", "area": "kent", "value": "83.8"},
    )
    read = read_returns(path)
    assert read["value"].tolist() == [12.5, 20.0, 200.0, 15.0, 83.8]
    assert str(read["period_end"].iloc[3].date()) == "2016-03-31"
    assert str(read["period_start"].iloc[3].date()) == "2015-04-01"


def test_corrected_file_is_read_anew(returns_file):
    assert read_returns(returns_file(SHARE))["value"].tolist() == [12.5]
    assert read_returns(returns_file(SHARE | {"denominator": "4"}))["value"].tolist() == [25.0]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {"indicator": "vulnerable-victims"},
            "indicator 'vulnerable-victims': did you mean vulnerable-victim-crime",
        ),
        ({"indicator": "recorded-crime"}, "indicator 'recorded-crime'"),
        ({"indicator": ""}, "indicator is blank"),
        ({"area": "Kentt"}, "area 'Kentt': did you mean kent"),
        ({"area": "scotland"}, "area 'scotland'"),
        ({"period_end": "June 2016"}, "period_end 'June 2016': wanted: a date such as 2016-06-30"),
        ({"period_end": "2016-06-31"}, "period_end '2016-06-31'"),
        ({"period_start": ""}, "period_start is blank"),
        ({"period_start": "2017-01-01"}, "period_start 2017-01-01 is after period_end 2016-06-30"),
        ({"period_start": "1916-01-01"}, "period_start '1916-01-01': wanted: a date from 2000"),
        ({"numerator": "many"}, "numerator 'many': wanted: a number"),
        ({"numerator": "-1"}, "numerator '-1': wanted: a number"),
        ({"numerator": "nan"}, "numerator 'nan': wanted: a number"),
        ({"numerator": "1e5"}, "numerator '1e5': wanted: a number"),
        ({"denominator": "0"}, "denominator '0': wanted: a number above zero"),
        ({"denominator": ""}, "denominator is blank; give both counts"),
        ({"numerator": ""}, "numerator is blank; give both counts"),
        ({"numerator": "", "denominator": ""}, "no figure; give counts or a value, or say"),
        ({"value": "12.6"}, "value '12.6' is not what the counts give; did you mean 12.5?"),
        ({"numerator": "9"}, "112.5 percent is more than 100"),
        ({"category": "Drug activity"}, "category is only for organised-crime-groups-by-type"),
        (
            {"indicator": "organised-crime-groups-by-type"},
            "category is blank, and organised-crime-groups-by-type needs one",
        ),
    ],
)
def test_faulty_figure_is_named_with_its_line_reason_and_nearest_value(
    returns_file, fields, reason
):
    first = SHARE | {"area": "durham"}
    (problem,) = problems_of(returns_file(first, SHARE | fields))
    assert problem[0] == 3
    assert problem[1].startswith(reason)


def test_same_figure_twice_is_refused(returns_file):
    again = SHARE | {"numerator": "2"}
    assert problems_of(returns_file(SHARE, again)) == [
        (3, "the same figure stands in line 2; keep one of the two")
    ]


def test_value_may_be_rounded_to_the_decimals_it_is_given_with(returns_file):
    third = SHARE | {"denominator": "3", "value": "33.3"}
    assert problems_of(returns_file(third)) == []


def test_force_that_shares_a_figure_needs_the_line_of_the_other(returns_file):
    alone = returns_file({**GROUPS, "area": "warwickshire"})
    assert problems_of(alone) == [
        (2, "warwickshire shares its figure with west-mercia; add a line for it")
    ]
    both = returns_file({**GROUPS, "area": "warwickshire"}, {**GROUPS, "area": "west-mercia"})
    assert problems_of(both) == []
