"""Agreement of grades: worked examples, and scikit-learn as a second opinion on kappa."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from peelbook.statistics.agreement import accuracy, agreement_statistics, confusion, weighted_kappa

GRADES = ["outstanding", "good", "requires improvement", "inadequate"]


def pairs(*rows):
    return pd.DataFrame(rows, columns=["force", "published", "computed"])


def test_confusion_has_published_grades_as_rows_and_all_grades_in_order():
    table = confusion(pairs(("a", "good", "outstanding"), ("b", "good", "good")), GRADES)
    assert table.index.tolist() == table.columns.tolist() == GRADES
    assert table.loc["good", ["outstanding", "good"]].tolist() == [1, 1]
    assert table.to_numpy().sum() == 2


def test_weighted_kappa_as_worked_by_hand():
    # Two grades, ten pairs: 4 and 3 agree, 2 and 1 do not. One step has weight 1.
    matrix = np.array([[4, 2], [1, 3]])
    # by chance: 6 x 5 / 10 + 4 x 5 / 10 = 5 disagree; seen: 3; kappa = 1 - 3 / 5
    assert weighted_kappa(matrix) == pytest.approx(0.4)
    assert accuracy(matrix) == pytest.approx(0.7)


def test_weighted_kappa_counts_the_square_of_steps():
    # One pair is two steps out (weight 4): seen 4.
    matrix = np.array([[1, 0, 1], [0, 1, 0], [0, 0, 1]])
    # Rows 2, 1, 1; columns 1, 1, 2; by chance (2x1x1 + 2x2x4 + 1x1x1 + 1x2x1 + 1x1x4 + 1x1x1) / 4
    assert weighted_kappa(matrix) == pytest.approx(1 - 4 / (26 / 4))


def test_constant_guess_has_kappa_zero_and_full_agreement_on_one_grade_has_none():
    assert weighted_kappa(np.array([[3, 0], [2, 0]])) == pytest.approx(0)
    assert np.isnan(weighted_kappa(np.array([[3, 0], [0, 0]])))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_weighted_kappa_is_that_of_scikit_learn(rows):
    published, computed = zip(*rows, strict=True)
    assume(len(set(published) | set(computed)) > 1)
    matrix = np.zeros((4, 4))
    np.add.at(matrix, (published, computed), 1)
    theirs = cohen_kappa_score(published, computed, labels=range(4), weights="quadratic")
    assert weighted_kappa(matrix) == pytest.approx(theirs)


def test_baselines_and_differences_as_counted_by_hand():
    rows = pairs(
        ("a", "good", "good"),
        ("b", "good", "requires improvement"),
        ("c", "good", "good"),
        ("d", "inadequate", "requires improvement"),
    )
    found = agreement_statistics(rows, GRADES, resamples=200, seed=1).set_index("statistic")
    assert found.loc["accuracy", "value"] == 0.5
    assert found.loc["accuracy of always good", "value"] == 0.75
    assert found.loc["accuracy of the commonest grade", "value"] == 0.75
    assert found.loc["accuracy above the commonest grade", "value"] == -0.25
    known = found.dropna()
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()


def test_full_agreement_has_the_exact_interval_of_as_many_forces():
    # Three forces, all agree: the lower end p solves p^3 = 0.025.
    rows = pairs(*[(force, grade, grade) for force in "abc" for grade in GRADES[:2]])
    found = agreement_statistics(rows, GRADES, resamples=50, seed=1).set_index("statistic")
    assert found.loc["accuracy", "low"] == pytest.approx(0.025 ** (1 / 3))
    assert found.loc["accuracy", "high"] == 1
    assert np.isnan(found.loc["weighted kappa", "low"])


def test_whole_forces_are_drawn_so_repeats_of_one_force_do_not_narrow_an_interval():
    once = [("a", "good", "good"), ("b", "good", "inadequate"), ("c", "inadequate", "inadequate")]
    width = {}
    for times in (1, 20):
        found = agreement_statistics(pairs(*once * times), GRADES, resamples=500, seed=1)
        row = found.set_index("statistic").loc["accuracy"]
        width[times] = row["high"] - row["low"]
    assert width[1] == pytest.approx(width[20])
