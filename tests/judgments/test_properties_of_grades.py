"""Properties of the grades for a thousand made-up registers each, with any thresholds.

`test_grading_properties.py` checks the same through the whole of `judge`, on fewer registers.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_counts import (
    FRAMEWORK,
    PARTS,
    SIZE,
    counts,
    finding,
    indicators,
    ranks,
    registers,
    thresholds,
)

pytestmark = pytest.mark.slow
thousand = settings(max_examples=1000, deadline=None)
GOOD, IMPROVE, INADEQUATE = (
    FRAMEWORK.ranks[name] for name in ("good", "requires improvement", "inadequate")
)
PARENT = [int(part.question[1]) - 1 for part in FRAMEWORK.sub_questions]


def of_part_and_question(result, place):
    return result[place], result[SIZE + PARENT[place]]


@thousand
@given(registers, finding, indicators, thresholds)
def test_further_strength_never_worsens_a_grade(register, added, bands, values):
    place, _, weight, *_ = added
    before = ranks(counts(register, bands), values)
    after = ranks(counts([*register, (place, True, weight, False, False)], bands), values)
    assert (after >= before).all()


@thousand
@given(registers, finding, indicators, thresholds)
def test_further_weakness_never_improves_a_grade(register, added, bands, values):
    place, _, weight, *_ = added
    before = ranks(counts(register, bands), values)
    after = ranks(counts([*register, (place, False, weight, False, False)], bands), values)
    assert (after <= before).all()


@thousand
@given(registers, finding, indicators, thresholds, st.booleans())
def test_area_for_improvement_or_cause_of_concern_never_improves_a_grade(
    register, added, bands, values, concern
):
    place, _, weight, *_ = added
    plain = ranks(counts([*register, (place, False, weight, False, False)], bands), values)
    flagged = (place, False, weight, not concern, concern)
    assert (ranks(counts([*register, flagged], bands), values) <= plain).all()


@thousand
@given(registers, indicators, thresholds, st.randoms(use_true_random=False))
def test_order_of_findings_does_not_matter(register, bands, values, random):
    shuffled = random.sample(register, len(register))
    np.testing.assert_array_equal(
        ranks(counts(register, bands), values), ranks(counts(shuffled, bands[::-1]), values)
    )


@thousand
@given(registers, indicators, st.integers(0, SIZE - 1).filter(lambda i: PARTS[i] != "q1.1"))
def test_cause_of_concern_caps_sub_question_and_core_question(register, bands, place):
    concern = (place, False, 2, False, True)
    once = ranks(counts([*register, concern], bands))
    twice = ranks(counts([*register, concern, concern], bands))
    assert max(of_part_and_question(once, place)) <= IMPROVE
    assert max(of_part_and_question(twice, place)) == INADEQUATE


@thousand
@given(registers, indicators, st.integers(0, SIZE - 1))
def test_area_for_improvement_keeps_a_grade_from_outstanding(register, bands, place):
    area = (place, False, 1, True, False)
    assert max(of_part_and_question(ranks(counts([*register, area], bands)), place)) <= GOOD


@thousand
@given(indicators, thresholds)
def test_indicators_alone_never_give_an_extreme_grade(bands, values):
    result = ranks(counts([], bands), values)
    assert result.max() <= GOOD
    assert result.min() >= IMPROVE


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(registers, indicators, thresholds), min_size=2, max_size=4))
def test_cases_graded_together_are_graded_as_each_alone(cases):
    alone = [ranks(counts(register, bands), values) for register, bands, values in cases]
    each = [counts(register, bands) for register, bands, _ in cases]
    together = {name: np.stack([one[name] for one in each]) for name in each[0]}
    values = {name: np.array([[case[2][name]] for case in cases]) for name in cases[0][2]}
    np.testing.assert_array_equal(ranks(together, values), np.stack(alone))


def test_parts_are_numbered_as_the_tests_take_them():
    assert [f"q{number + 1}" for number in PARENT] == [part.split(".")[0] for part in PARTS]
