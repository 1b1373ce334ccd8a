"""The smallest change is true (it does change the grade) and minimal (nothing lighter does)."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import all_good, indicator_table, register, strengths, weaknesses
from made_up_counts import FRAMEWORK, GRADES, PARTS, SIZE, counts, indicators, ranks, registers

from peelbook.judgments.grades import judge
from peelbook.judgments.indicator_evidence import HIGHEST
from peelbook.judgments.reasons import change_in_words
from peelbook.judgments.smallest_change import smallest_changes

IDS = [*PARTS, *(question.id for question in FRAMEWORK.questions), "overall"]
NO_GRADE = FRAMEWORK.ranks[FRAMEWORK.grading.no_evidence]
HEAVIEST = 5  # of the brute force: every set of findings up to this weight is tried


def put_right(totals, words):
    named = [name.replace(" ", "_") for name in words.split(" and ") if name]
    if "causes_of_concern" in named:
        named.append("causes_in_question")
    return {**totals, **{name: np.zeros(SIZE) for name in named}}


def with_added(totals, direction, where, findings=None):
    """Add findings to sub-questions, as a change says: of weight 1, or so many of each."""
    findings = findings or where
    kind = "strength" if direction == "better" else "weakness"
    changed = {name: counted.copy() for name, counted in totals.items()}
    for part, weight in where.items():
        place = PARTS.index(part)
        for name in (f"{kind}_weight", f"{kind}_weight_of_findings"):
            changed[name][place] += weight
        number = findings[part]
        changed["findings"][place] += number
        changed["strengths" if kind == "strength" else "weaknesses"][place] += number
        changed["strength_findings"][place] += number if kind == "strength" else 0
    return changed


@settings(max_examples=150, deadline=None)
@given(registers, indicators)
def test_smallest_change_leads_to_the_grade_that_it_names(register_, bands):
    totals = counts(register_, bands)
    before = dict(zip(IDS, ranks(totals), strict=True))
    for change in smallest_changes(totals, FRAMEWORK).itertuples():
        eased = put_right(totals, change.put_right)
        after = ranks(with_added(eased, change.direction, change.where))
        new = dict(zip(IDS, after, strict=True))[change.id]
        assert GRADES[new] == change.to
        assert new > before[change.id] if change.direction == "better" else new < before[change.id]
        assert change.weight == sum(change.where.values())
        assert -(-change.weight // 2) <= change.findings <= change.weight
        if len(change.where) == 1:
            fewest = dict.fromkeys(change.where, change.findings)
            after = ranks(with_added(eased, change.direction, change.where, fewest))
            assert GRADES[dict(zip(IDS, after, strict=True))[change.id]] == change.to


def sets_of_findings(places, heaviest):
    """Yield every multiset of findings of weights 1 to 3 in these places, as lists of pairs."""
    kinds = list(product(places, (1, 2, 3)))

    def extend(start, left):
        yield []
        for index in range(start, len(kinds)):
            if kinds[index][1] <= left:
                for rest in extend(index, left - kinds[index][1]):
                    yield [kinds[index], *rest]

    return extend(0, heaviest)


@settings(max_examples=60, deadline=None)
@given(registers, indicators, st.sampled_from(["better", "worse"]), st.integers(0, 3))
def test_no_lighter_set_of_findings_of_any_weights_changes_the_grade(
    register_, bands, direction, number
):
    totals = counts(register_, bands)
    question = FRAMEWORK.questions[number]
    places = [PARTS.index(part.id) for part in question.sub_questions if part.graded]
    tried = list(sets_of_findings(places, HEAVIEST))
    cases = [
        counts(
            [*register_, *((p, direction == "better", w, False, False) for p, w in added)], bands
        )
        for added in tried
    ]
    together = {name: np.stack([case[name] for case in cases]) for name in totals}
    result = ranks(together)
    found = smallest_changes(totals, FRAMEWORK).set_index(["id", "direction"])
    for entry in [*(PARTS[place] for place in places), question.id]:
        column = IDS.index(entry)
        before = result[0, column]
        for added, rank in zip(tried, result[:, column], strict=True):
            own = [pair for pair in added if entry == question.id or PARTS[pair[0]] == entry]
            if len(own) < len(added):
                continue
            improved = rank > before and rank != NO_GRADE
            if improved if direction == "better" else rank < before:
                change = found.loc[(entry, direction)]
                assert change["put_right"] == ""
                assert change["weight"] <= sum(weight for _, weight in added)


def changes(rows, bands=None):
    table = judge(register(*rows), indicator_table(bands) if bands else None, FRAMEWORK).changes
    return table.set_index(["id", "direction"])


def test_change_of_a_sub_question_as_worked_by_hand():
    rows = strengths("q1.2", 2) + weaknesses("q1.2", 3)  # 4 against 6
    found = changes(rows)
    assert found.loc[("q1.2", "better"), ["weight", "to"]].tolist() == [8, "good"]  # 12 to 6
    # 4 against 16: one to four
    assert found.loc[("q1.2", "worse"), ["weight", "to"]].tolist() == [10, "inadequate"]


def test_findings_told_are_minor_where_ordinary_ones_are_more_than_it_takes():
    rows = strengths("q1.2", 2) + weaknesses("q1.2", 1, 3)  # 4 against 3: 6 is twice 3
    assert told(rows, "q1.2").startswith("1 more strength of ordinary weight would move it up to")
    rows += strengths("q1.2", 1, 1)  # 5 against 3
    assert told(rows, "q1.2").startswith("1 more minor strength would move it up to good.")
    rows += weaknesses("q1.2", 1, 1)  # 5 against 4: 3 short
    assert told(rows, "q1.2").startswith(
        "1 more strength of ordinary weight and 1 minor one would move it up to good."
    )
    # outstanding needs 5 strengths from findings: 2 ordinary ones are one too few
    rows = strengths("q1.2", 2)
    assert told(rows, "q1.2").startswith("3 more minor strengths would move it up to outstanding.")
    # three sub-questions of four lack 1 each, one may be below good, and no finding is on two
    rows = strengths("q2.4", 2)
    for part in ("q2.1", "q2.2", "q2.3"):
        rows += strengths(part, 5, 1) + weaknesses(part, 1, 3)
    assert told(rows, "q2").startswith("2 more minor strengths, on “")


def told(rows, entry):
    judged = judge(register(*rows), None, FRAMEWORK)
    own = judged.changes[judged.changes["id"] == entry]
    return change_in_words(own, judged.table.set_index("id").loc[entry], FRAMEWORK)


def test_change_counts_indicators_of_half_a_weight():
    rows = strengths("q2.1", 1) + weaknesses("q2.1", 1, 1)  # 2 + 1 against 1
    found = changes(rows, {"outcome-charged-summonsed": HIGHEST})
    # 3 against 1 + 1 is below two to one; against 1 it is not
    assert found.loc[("q2.1", "worse"), ["weight", "to"]].tolist() == [1, "requires improvement"]


def test_change_of_core_question_and_overall_names_the_lightest_parts():
    rows = all_good(FRAMEWORK) + [
        *weaknesses("q3.1", 2),  # 4 against 4: 4 short of good
        *weaknesses("q3.2", 3),  # 4 against 6: 8 short
        *weaknesses("q3.3", 5),  # 4 against 10: 16 short
        *weaknesses("q1.2", 5),
        *weaknesses("q1.3", 5),
    ]
    found = changes(rows)
    assert found.loc[("q3", "better"), "where"] == {"q3.1": 4, "q3.2": 8}
    assert found.loc[("q3", "better"), "weight"] == 12
    # q1 needs one of its two weak parts: 16, so q3 is the lighter way for the force
    assert found.loc[("overall", "better"), "where"] == {"q3.1": 4, "q3.2": 8}


def test_what_caps_a_grade_has_to_be_put_right():
    rows = strengths("q1.2", 10) + weaknesses("q1.2", 1, area_for_improvement=True)
    change = changes(rows).loc[("q1.2", "better")]
    assert change[["put_right", "weight", "to"]].tolist() == [
        "areas for improvement",
        0,  # 20 against 2 is more than nine to one already
        "outstanding",
    ]
    rows = strengths("q1.2", 2) + weaknesses("q1.2", 2, cause_of_concern=True)
    change = changes(rows).loc[("q1.2", "better")]
    # without them 4 against 4 requires improvement, which is better than inadequate
    assert change[["put_right", "weight", "to"]].tolist() == [
        "causes of concern",
        0,
        "requires improvement",
    ]


@pytest.mark.parametrize("direction", ["better", "worse"])
def test_best_and_worst_grade_have_no_further_change(direction):
    rows = strengths("q1.2", 9) if direction == "better" else weaknesses("q1.2", 9)
    assert ("q1.2", direction) not in changes(rows).index
