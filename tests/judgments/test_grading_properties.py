"""Properties that the grades must have for any force, whatever its register and indicators."""

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_up import indicator_table, register

from peelbook.judgments.framework import load_framework, with_parameters
from peelbook.judgments.grades import judge
from peelbook.judgments.indicator_evidence import HIGHEST, LOWEST

FRAMEWORK = load_framework()
PARTS = [part.id for part in FRAMEWORK.sub_questions]
COUNTED = [part.id for part in FRAMEWORK.counted_parts]
DIRECTED = {i: link for i, link in FRAMEWORK.indicators.items() if link.direction != "context"}
RANKS = FRAMEWORK.ranks


@st.composite
def finding(draw, polarity=None):
    part = draw(st.sampled_from(PARTS))
    polarity = polarity or draw(st.sampled_from(["strength", "weakness"]))
    weak = polarity == "weakness"
    here = [i for i, link in DIRECTED.items() if link.sub_question == part]
    return {
        "sub_question": part,
        "polarity": polarity,
        "weight": draw(st.sampled_from([1, 2, 3])),
        "area_for_improvement": weak and draw(st.integers(0, 7)) == 0,
        "cause_of_concern": weak and draw(st.integers(0, 15)) == 0,
        "restates_indicator": draw(st.sampled_from([None, None, *here])),
    }


# Few, one-sided and many findings all have to occur: the edges are where rules go wrong.
registers = st.one_of(
    st.lists(finding(), max_size=6),
    st.lists(finding(), min_size=20, max_size=60),
    st.lists(finding("strength"), max_size=90),
)
bands = st.dictionaries(
    st.sampled_from(list(DIRECTED)), st.sampled_from([HIGHEST, LOWEST]), max_size=len(DIRECTED)
)
thresholds = st.fixed_dictionaries(
    {
        f"{rule.id}.{name}": st.sampled_from([parameter.low, parameter.value, parameter.high])
        for rule in FRAMEWORK.rules.values()
        for name, parameter in rule.parameters.items()
    }
)


def judged(rows, given_bands, framework=FRAMEWORK):
    return judge(register(*rows), indicator_table(given_bands), framework).table.set_index("id")


def ranks(table, column):
    graded = table[table["grade"] != "ungraded"]
    return graded[column].map(RANKS)


def assert_no_worse(better, worse):
    """Compare final grades everywhere, and provisional grades where both exist."""
    assert (ranks(better, "grade") >= ranks(worse, "grade")).all()
    provisional = ranks(better, "provisional_grade"), ranks(worse, "provisional_grade")
    assert (
        (provisional[0] >= provisional[1]) | provisional[0].isna() | provisional[1].isna()
    ).all()


@settings(max_examples=50, deadline=None)
@given(registers, finding("strength"), bands, thresholds)
def test_added_strength_never_worsens_any_grade(rows, added, given_bands, values):
    # without findings there is no grade, which a further finding may make a weak one
    assume(rows)
    framework = with_parameters(FRAMEWORK, values)
    before = judged(rows, given_bands, framework)
    after = judged([*rows, added], given_bands, framework)
    assert_no_worse(better=after, worse=before)


@settings(max_examples=50, deadline=None)
@given(registers, finding("weakness"), bands, thresholds)
def test_added_weakness_never_improves_any_grade(rows, added, given_bands, values):
    # without findings there is no grade, which a further finding may make a weak one
    assume(rows)
    framework = with_parameters(FRAMEWORK, values)
    before = judged(rows, given_bands, framework)
    after = judged([*rows, added], given_bands, framework)
    assert_no_worse(better=before, worse=after)


@settings(max_examples=25, deadline=None)
@given(registers, bands, st.sampled_from(list(DIRECTED)))
def test_indicator_at_its_favourable_end_is_never_worse_than_at_its_adverse_end(
    rows, given_bands, indicator
):
    favourable, adverse = (
        (LOWEST, HIGHEST) if DIRECTED[indicator].direction == "lower" else (HIGHEST, LOWEST)
    )
    middle = {i: band for i, band in given_bands.items() if i != indicator}
    best = judged(rows, middle | {indicator: favourable})
    worst = judged(rows, middle | {indicator: adverse})
    assert_no_worse(better=best, worse=judged(rows, middle))
    assert_no_worse(better=judged(rows, middle), worse=worst)


@settings(max_examples=20, deadline=None)
@given(registers, bands, st.randoms(use_true_random=False))
def test_order_of_evidence_does_not_matter(rows, given_bands, random):
    shuffled = random.sample(rows, len(rows))
    turned = dict(reversed(given_bands.items()))
    pd.testing.assert_frame_equal(judged(rows, given_bands), judged(shuffled, turned))


@settings(max_examples=25, deadline=None)
@given(registers, bands, st.sampled_from(COUNTED))
def test_cause_of_concern_caps_its_sub_question_and_core_question(rows, given_bands, part):
    concern = {"sub_question": part, "polarity": "weakness", "cause_of_concern": True}
    caps = {1: "requires improvement", 2: "inadequate"}
    for count, cap in caps.items():
        capped = ranks(judged([*rows, *[concern] * count], given_bands), "grade")
        for entry in (part, part.split(".")[0]):
            if entry in capped.index:
                assert capped[entry] <= RANKS[cap]


@settings(max_examples=20, deadline=None)
@given(registers, bands)
def test_sub_question_with_an_area_for_improvement_is_not_outstanding(rows, given_bands):
    table = judged(rows, given_bands)
    with_area = table[(table["areas_for_improvement"] > 0) & (table["level"] != "overall")]
    assert (with_area["grade"] != "outstanding").all()


@settings(max_examples=20, deadline=None)
@given(bands)
def test_indicators_alone_give_no_grade(given_bands):
    table = judged([], given_bands)
    assert set(table["grade"]) == {"insufficient evidence", "ungraded"}


@settings(max_examples=20, deadline=None)
@given(registers, st.lists(finding(), min_size=1, max_size=9))
def test_findings_on_levels_of_crime_decide_no_grade(rows, added):
    about_levels = [row | {"sub_question": "q1.1", "restates_indicator": None} for row in added]
    counted = [row for row in rows if row["sub_question"] != "q1.1"]
    assume(counted)
    before, after = judged(counted, {}), judged([*counted, *about_levels], {})
    pd.testing.assert_series_equal(before["grade"], after["grade"])


def test_register_of_500_findings_is_graded():
    rows = [
        {
            "sub_question": PARTS[i % len(PARTS)],
            "polarity": "weakness" if i % 5 == 0 else "strength",
            "weight": 1 + i % 3,
        }
        for i in range(500)
    ]
    table = judged(rows, {})
    assert table.loc[PARTS, ["strengths", "weaknesses"]].to_numpy().sum() == 500
    assert table.loc["overall", "grade"] in RANKS


def test_forty_three_registers_are_judged_in_seconds():
    from time import perf_counter

    rows = [{"sub_question": part, "polarity": "strength"} for part in PARTS] * 8
    start = perf_counter()
    for _ in range(43):
        judged(rows, {"recorded-crime": LOWEST})
    assert perf_counter() - start < 20
