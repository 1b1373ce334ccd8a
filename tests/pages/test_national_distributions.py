"""The dots of all forces."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelbook.pages.distributions import distribution, stacked
from peelbook.pages.links import BookLinks
from peelbook.parameters import parse_parameters

REPORT = parse_parameters({})
LATER = parse_parameters({"period_end": "2018-12-31"})


def test_dots_of_one_step_are_stacked():
    # steps of 1 from 0 to 10: 0.1 rounds to the step of 0, and 4.9 to that of 5.2
    assert stacked(pd.Series([0.0, 0.1, 4.9, 5.2, 10.0]), bins=10) == [0, 1, 0, 1, 0]


def test_equal_values_make_one_stack():
    assert stacked(pd.Series([3.0, 3.0, 3.0])) == [0, 1, 2]


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=43))
def test_no_two_equal_values_share_a_place(numbers):
    values = pd.Series(numbers)
    places = pd.DataFrame({"value": values, "level": stacked(values)})
    assert not places.duplicated().any()
    assert places["level"].min() == 0


def test_title_names_both_ends_and_leaves_out_who_is_not_ranked():
    figure = distribution("recorded-crime", REPORT)
    assert figure.title == "Recorded crime: from 42.0 in Dyfed-Powys to 92.2 in West Yorkshire"
    names = [row["name"] for row in _dots(figure)]
    assert len(names) == 42
    assert "City of London" not in names


def test_table_behind_the_dots_has_all_forces_and_the_reason():
    table = distribution("recorded-crime", REPORT).table.set_index("Force")
    assert len(table) == 44
    assert table.loc["Leicestershire", "Rank"] == "26th highest of 42"
    assert "Few people live in the City" in table.loc["City of London", "Reason"]


def test_excluded_force_is_absent_from_the_dots_and_named_below():
    figure = distribution("severity", LATER)
    assert "City of London" not in [row["name"] for row in _dots(figure)]
    assert "City of London: No score is given for the City of London." in figure.notes


def test_measure_that_cannot_be_compared_is_a_sentence():
    early = parse_parameters({"period_end": "2010-06-30"})
    assert distribution("charged", early).endswith("forces cannot be compared in this period.")


def test_dot_links_to_the_book():
    links = {row["href"] for row in _dots(distribution("asb", REPORT, BookLinks("..")))}
    assert "../kent/index.html" in links


def test_unknown_measure_is_an_error():
    with pytest.raises(KeyError):
        distribution("happiness", REPORT)


def _dots(figure) -> list[dict]:
    spec = figure.charts[""].to_dict()
    return next(rows for rows in spec["datasets"].values() if "level" in rows[0])
