"""Other thresholds and weights: the draws, and that they are graded as `judge` grades."""

from time import process_time

import numpy as np
import pandas as pd
import pytest
from made_up import all_good, indicator_table, register, strengths, weaknesses

from peelbook.evidence import load_evidence
from peelbook.findings.register import no_findings
from peelbook.judgments.framework import with_parameters
from peelbook.judgments.grades import judge
from peelbook.judgments.indicator_evidence import HIGHEST, LOWEST
from peelbook.judgments.sensitivity import (
    draw_parameters,
    drawn_parameters,
    grade_draws,
    sensitivity,
)


@pytest.fixture(scope="module")
def reference():
    return load_evidence(force="leicestershire", period_end="2016-06-30")


def judged_ranks(findings, indicators, framework):
    table = judge(findings, indicators, framework).table
    graded = table[table["grade"] != "ungraded"].set_index("id")["grade"]
    return graded.map(framework.ranks)


def assert_draws_agree_with_judge(findings, indicators, framework, draws, seed):
    values = draw_parameters(framework, draws, seed)
    together = grade_draws(findings, indicators, framework, values)
    ids = [entry.id for entry in (*framework.sub_questions, *framework.questions)] + ["overall"]
    ranks = pd.DataFrame(
        np.hstack(
            [
                np.broadcast_to(level.rank, (draws, level.rank.shape[-1]))
                for level in together.values()
            ]
        ),
        columns=ids,
    )
    for draw in range(draws):
        alone = judged_ranks(
            findings, indicators, with_parameters(framework, values.iloc[draw].to_dict())
        )
        assert ranks.loc[draw, alone.index].tolist() == alone.tolist()


@pytest.mark.slow
def test_two_hundred_draws_of_the_reference_case_are_graded_as_judge_grades_them(reference):
    assert_draws_agree_with_judge(
        reference.findings, reference.own_indicators, reference.framework, draws=200, seed=7
    )


def test_draws_with_indicators_and_gaps_are_graded_as_judge_grades_them(framework):
    rows = strengths("q1.1", 2, 1) + weaknesses("q1.1", 1, 3) + weaknesses("q2.2", 4, 3)
    bands = {
        "recorded-crime": LOWEST,
        "outcome-charged-summonsed": LOWEST,
        "victim-satisfaction": HIGHEST,
    }
    for findings in (register(*rows), no_findings()):
        assert_draws_agree_with_judge(findings, indicator_table(bands), framework, draws=20, seed=3)


def test_draws_fill_the_ranges_and_counts_are_whole(framework):
    values = draw_parameters(framework, draws=1000, seed=1)
    for name, parameter in drawn_parameters(framework).items():
        assert values[name].between(parameter.low, parameter.high).all()
        spread = parameter.high - parameter.low
        assert values[name].max() - values[name].min() >= 0.99 * spread
    # an even spread over 3, 4, ... 8
    shares = values["S2.strength_findings"].value_counts(normalize=True)
    assert sorted(shares.index) == [3, 4, 5, 6, 7, 8]
    assert shares.to_numpy() == pytest.approx([1 / 6] * 6, abs=0.002)


def test_same_seed_gives_the_same_draws_and_another_does_not(framework):
    first, again = (draw_parameters(framework, 50, 1) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(draw_parameters(framework, 50, 2))


def test_share_and_influence_as_worked_by_hand(framework):
    # Strengths 4 against 2, all ordinary: good when rule S1 asks for 2 or less, its range is 1 to 3.
    findings = register(*strengths("q1.2", 2), *weaknesses("q1.2", 1))
    found = sensitivity(findings, None, framework, draws=10_000, seed=5)
    shares = found.shares[found.shares["id"] == "q1.2"].set_index("grade")["share"]
    assert shares["good"] == pytest.approx(0.5, abs=0.001)
    assert shares["requires improvement"] == pytest.approx(0.5, abs=0.001)
    assert shares.sum() == pytest.approx(1)
    influence = found.influence[found.influence["id"] == "q1.2"].set_index("parameter")["influence"]
    assert influence.index[0] == "S1.ratio"
    assert influence["S1.ratio"] == pytest.approx(1, abs=0.01)
    assert influence.drop("S1.ratio").max() < 0.01


def test_no_grade_is_a_category_of_its_own_and_not_a_middling_grade(framework):
    """Strengths 4 against 2 from 3 findings: three results, worked by hand.

    Good when rule M1 asks for 2 or less (range 1 to 3), no grade when rule M3 asks for 4 or 5
    findings (range 2 to 5): no grade in 1/2 of draws, good and requires improvement in 1/4 each.
    The variation is 1 - (1/4 + 1/16 + 1/16) = 5/8. Once M3 is known, 1/2 is left in half of the
    draws, so it explains (5/8 - 1/4) / (5/8) = 3/5; once M1 is known, 1/2 is left in all, so it
    explains (5/8 - 1/2) / (5/8) = 1/5.
    """
    findings = register(*strengths("q1.2", 2), *weaknesses("q1.2", 1))
    found = sensitivity(
        findings, None, framework, draws=10_000, seed=5, basis="summary", graded_here=["q1"]
    )
    influence = found.influence.set_index("parameter")["influence"]
    assert influence[:2].to_dict() == {
        "M3.at_least": pytest.approx(0.6, abs=0.01),
        "M1.ratio": pytest.approx(0.2, abs=0.01),
    }
    assert influence[2:].max() < 0.01


def test_grade_that_never_changes_has_no_influence(framework):
    found = sensitivity(register(*all_good(framework)), None, framework, draws=500, seed=1)
    assert found.influence.empty
    assert (found.shares.query("grade == 'good'")["share"] == 1).all()


def test_ten_thousand_draws_for_one_force_take_under_two_seconds_of_processor(reference):
    arguments = reference.findings, reference.own_indicators, reference.framework
    sensitivity(*arguments, draws=100)
    start = process_time()
    found = sensitivity(*arguments)
    assert process_time() - start < 2
    assert found.draws >= 10_000
