"""The parameter model: what it takes, what it refuses, and what it says then."""

from datetime import date

import pytest

from peelbook.errors import InvalidParameter, PeelbookError, UnknownForce
from peelbook.parameters import Parameters, force_slugs, notebook_values, parse_parameters


def message(values: dict) -> str:
    with pytest.raises(PeelbookError) as raised:
        parse_parameters(values)
    text = str(raised.value)
    assert "\n" not in text
    return text


def test_defaults_are_the_reference_case():
    assert notebook_values(Parameters()) == {
        "force": "leicestershire",
        "period_end": "2016-06-30",
        "inspection": "",
        "comparator": "england-and-wales",
        "british_transport_police": False,
        "fraud_in_base_year": False,
        "households_mid_year": 0,
        "findings": "",
        "returns": "",
    }


def test_there_are_43_forces_named_as_on_data_police_uk():
    slugs = force_slugs()
    assert len(slugs) == 43
    assert slugs == sorted(slugs)
    assert {"metropolitan", "city-of-london", "dyfed-powys", "devon-and-cornwall"} <= set(slugs)


def test_every_parameter_has_a_description():
    assert all(field.description for field in Parameters.model_fields.values())


@pytest.mark.parametrize(
    ("values", "near"),
    [
        ({"force": "narnia"}, "Unknown force 'narnia'"),
        ({"force": "leicester"}, "did you mean leicestershire"),
        ({"force": "../../etc"}, "Unknown force '../../etc'"),
        ({"force": ""}, "Unknown force ''"),
    ],
)
def test_unknown_force_is_named_with_the_nearest(values, near):
    assert near in message(values)
    with pytest.raises(UnknownForce):
        parse_parameters(values)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"period_ned": "2017-03-31"}, "did you mean period_end or"),
        ({"period_end": "2017-03-30"}, "did you mean 2016-12-31 or 2017-03-31?"),
        ({"period_end": "2017-02-28"}, "not the last day of a quarter"),
        ({"period_end": "2008-03-31"}, "from 2008-06-30 to 2026-03-31"),
        ({"period_end": "2026-06-30"}, "from 2008-06-30 to 2026-03-31"),
        ({"period_end": "June 2016"}, "wanted: last day of the 12 months shown"),
        ({"period_end": "2017-02-30"}, "Parameter period_end"),
        ({"inspection": "2061"}, "Parameter inspection: '2061'"),
        ({"inspection": True}, "Parameter inspection"),
        ({"comparator": "narnia"}, "allowed: england-and-wales, region, similar-forces."),
        ({"comparator": "regoin"}, "did you mean region?"),
        ({"british_transport_police": "perhaps"}, "Parameter british_transport_police"),
        ({"households_mid_year": 1999}, "Parameter households_mid_year"),
        ({"households_mid_year": 2018}, "Parameter households_mid_year"),
        ({"households_mid_year": "many"}, "Parameter households_mid_year"),
    ],
)
def test_wrong_parameter_is_refused_in_one_line_that_helps(values, wanted):
    assert wanted in message(values)
    with pytest.raises(InvalidParameter):
        parse_parameters(values)


@pytest.mark.parametrize("given", ["2018-03-31", date(2018, 3, 31)])
def test_date_may_be_text_or_a_date(given):
    assert parse_parameters({"period_end": given}).period_end == date(2018, 3, 31)


@pytest.mark.parametrize("given", ["2017", 2017])
def test_inspection_may_be_a_number_as_the_command_line_reads_it(given):
    assert parse_parameters({"inspection": given}).inspected.id == "2017"


@pytest.mark.parametrize("year", [0, 2014, "2014"])
def test_households_mid_year_in_the_table_is_taken(year):
    assert parse_parameters({"households_mid_year": year}).households_mid_year == int(year)


def test_parameter_set_cannot_be_changed_and_can_key_a_cache():
    chosen = parse_parameters({"force": "kent"})
    with pytest.raises(ValueError, match="frozen"):
        chosen.force = "durham"
    assert {chosen: 1}[parse_parameters({"force": "kent"})] == 1


def test_notebook_values_make_the_same_parameter_set_again():
    chosen = parse_parameters({"force": "kent", "period_end": "2018-12-31", "comparator": "region"})
    assert parse_parameters(notebook_values(chosen)) == chosen
