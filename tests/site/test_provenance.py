"""The date that a build was given, and the name of a set of parameters."""

import pytest

from peelbook.errors import InvalidParameter
from peelbook.parameters import Parameters, notebook_values, parse_parameters
from peelbook.site.provenance import SETS, last_rendered, parameter_set_name

DEFAULTS = notebook_values(Parameters())


@pytest.mark.parametrize(
    ("seconds", "date"),
    [
        ("0", "1 January 1970"),
        ("1795478399", "23 November 2026"),  # one second before midnight, UTC
        ("1795478400", "24 November 2026"),
    ],
)
def test_date_is_that_of_source_date_epoch_in_universal_time(seconds, date):
    assert last_rendered({"SOURCE_DATE_EPOCH": seconds}) == date


def test_build_without_a_date_asks_no_clock():
    assert last_rendered({}) is None


@pytest.mark.parametrize(
    "given", ["", "yesterday", "2026-11-24", "-1", "1.5", "1e9", " 1", "1_000", "٣", "9" * 30]
)
def test_date_that_is_not_a_whole_number_of_seconds_is_refused_with_what_is_wanted(given):
    with pytest.raises(InvalidParameter, match="whole number of seconds") as error:
        last_rendered({"SOURCE_DATE_EPOCH": given})
    assert repr(given) in str(error.value)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({}, "peel-2016"),
        ({"inspection": "2016"}, "peel-2016"),
        ({"inspection": "2017"}, ""),
        ({"comparator": "region"}, "regional-comparison"),
        ({"comparator": "similar-forces"}, "similar-forces"),
        ({"period_end": "2018-03-31"}, "year-ending-march-2018"),
        ({"period_end": "2017-03-31"}, ""),
        ({"comparator": "region", "fraud_in_base_year": True}, ""),
        ({"findings": "/somewhere/kent.csv"}, ""),
    ],
)
def test_parameter_set_has_a_name_if_every_value_but_the_force_is_its_own(values, name):
    for force in ("kent", "leicestershire"):
        assert parameter_set_name(DEFAULTS | values | {"force": force}) == name


def test_every_parameter_set_of_the_project_finds_its_own_name():
    import yaml

    for path in SETS.glob("*.yml"):
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert parameter_set_name(notebook_values(parse_parameters(given))) == path.stem


def test_folder_without_sets_gives_no_name(tmp_path):
    assert parameter_set_name(DEFAULTS, tmp_path) == ""
