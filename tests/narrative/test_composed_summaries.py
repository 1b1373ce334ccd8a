"""Properties of the text composed from registers, for 43 forces and three rounds."""

import re
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registers import evidence_of_rounds, questions_of

from peelbook.narrative.citations import cited_in, with_links, without_citations
from peelbook.narrative.clauses import begins_small, follows, statistics_in, with_pronoun, words_of
from peelbook.narrative.once import praises_recorded_crime
from peelbook.narrative.summaries import WORDS, choose, composed
from peelbook.narrative.telling import (
    CONTRASTS,
    COUNTED,
    RESULTS,
    Told,
    in_order,
    paragraph,
    told,
    without_repeats,
)
from peelbook.parameters import force_slugs

GRADE_WORDS = re.compile(r"\b(?:outstanding|requires improvement|inadequate)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def books():
    return evidence_of_rounds()


@pytest.fixture(scope="module")
def summaries(books):
    """Return (name, findings, composed text with its links) for every question of every register."""
    return [
        (f"{ev.force.slug} {ev.inspection.id} {question}", rows, str(composed(rows, "2015")))
        for ev in books
        for question, rows in questions_of(ev)
    ]


def ids_told(text: str) -> list[str]:
    return re.findall(r"#finding-(q[^\"]+)", text)


def test_all_forces_and_rounds_are_looked_at(books):
    assert {ev.force.slug for ev in books} == set(force_slugs())
    assert {ev.inspection.id for ev in books} == {"2016", "2017", "2018-19"}


def test_no_finding_is_told_twice(summaries):
    wrong = [name for name, _, text in summaries if len(ids_told(text)) != len(set(ids_told(text)))]
    assert not wrong


def test_every_finding_told_is_one_of_the_question_and_some_are(summaries):
    for name, rows, text in summaries:
        assert ids_told(text), name
        assert set(ids_told(text)) <= set(rows["id"]), name


def test_no_two_findings_of_a_summary_say_the_same_or_tell_the_same_statistic(summaries):
    for name, rows, text in summaries:
        own = rows.set_index("id").loc[ids_told(text)]
        for one, other in combinations(own.itertuples(), 2):
            if one.polarity == other.polarity:
                words = words_of(one.finding)
                assert len(words) < 4 or not words <= words_of(other.finding), (name, one.finding)
                sizes = {str(size) for size in (one.sample_size, other.sample_size)}
                numbers = statistics_in(one.finding) - sizes
                assert not (numbers and numbers == statistics_in(other.finding) - sizes), name


def test_heaviest_strength_and_weakness_are_told(summaries):
    for name, rows, text in summaries:
        rows = rows[~praises_recorded_crime(rows)]
        for _, side in rows.groupby("polarity"):
            heaviest = side["weight"].max()
            concerns = set(side.loc[side["cause_of_concern"], "id"])
            top = set(side.loc[side["weight"] == heaviest, "id"]) | concerns
            assert top & set(ids_told(text)) or len(side) < 3, name


def test_summary_keeps_to_its_length(summaries):
    for name, _, text in summaries:
        assert len(without_citations(text).split()) <= WORDS + 60, name


def test_contrast_stands_only_where_polarity_turns(summaries):
    pattern = re.compile(rf"(?:{'|'.join(CONTRASTS)}) ")
    for name, rows, text in summaries:
        weak = rows.set_index("id")["polarity"].eq("weakness")
        before = None
        for sentence in re.split(r"(?<=</span>)\s*", text):
            ids = ids_told(sentence)
            if not ids:
                continue
            kinds = {bool(weak[one]) for one in ids}
            assert len(kinds) == 1, f"{name}: praise and criticism in one sentence: {sentence}"
            (kind,) = kinds
            if pattern.match(sentence):
                own = rows.set_index("id").loc[ids[0], "finding"]
                assert before not in (None, kind) or pattern.match(own), f"{name}: {sentence}"
            before = kind


def test_as_a_result_is_said_only_of_what_a_sentence_can_tell_as_an_effect(summaries):
    wrong = re.compile(
        r"(?:As a result,|So) (?:should|if|the force's data|the evidence|investigators described"
        r"|only \w+ other)\b|\b(?:because|should|needs? to|must)\b|, (?:as|since)\b"
    )
    joined = 0
    for name, rows, text in summaries:
        counted = set(rows.loc[rows["evidence_kind"].isin(COUNTED), "id"])
        for sentence in re.split(r"(?<=</span>)\s*", text):
            if sentence.startswith(tuple(f"{word} " for word in RESULTS)):
                assert not wrong.search(without_citations(sentence)), (name, sentence)
                assert not counted & set(ids_told(sentence)[:1]), (name, sentence)
                joined += 1
    assert joined > 10


def test_grade_word_comes_only_from_a_finding(summaries):
    for name, rows, text in summaries:
        words = {word.lower() for word in GRADE_WORDS.findall(without_citations(text))}
        known = " ".join(rows["finding"]).lower()
        assert all(word in known for word in words), name


def test_cause_of_concern_is_named_where_one_is_told(summaries):
    some = 0
    for name, rows, text in summaries:
        own = rows[rows["id"].isin(ids_told(text)) & rows["cause_of_concern"]]
        assert ("cause of concern" in text) or own.empty, name
        some += len(own)
    assert some > 10


def test_cause_stands_before_its_effect(summaries):
    pairs = 0
    for name, rows, text in summaries:
        places = {one: place for place, one in enumerate(ids_told(text))}
        weak = rows.set_index("id")["polarity"]
        links = {one.id: one.causes for one in told(rows)}
        for effect, causes in links.items():
            for cause in causes & set(places):
                if effect in places and effect not in links.get(cause, ()):
                    same = weak[cause] == weak[effect]
                    assert places[cause] < places[effect] or not same, (name, cause, effect)
                    pairs += same
    assert pairs > 10


def made(texts: list[tuple[str, bool, int, str]]) -> list[Told]:
    return [
        Told(f"q1.2-{i:02d}", text, weak, weight, theme, frozenset(), "")
        for i, (text, weak, weight, theme) in enumerate(texts)
    ]


FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(["The force does this.", "Staff know that.", "Some plans were late."]),
        st.booleans(),
        st.integers(1, 3),
        st.sampled_from(["one", "two", "three"]),
    ),
    min_size=1,
    max_size=200,
)


@settings(max_examples=60, deadline=None)
@given(FINDINGS)
def test_order_keeps_every_finding_and_a_paragraph_tells_each_once(texts):
    findings = made(texts)
    ordered = in_order(findings)
    assert sorted(one.id for one in ordered) == sorted(one.id for one in findings)
    assert sorted(ids_told(paragraph(ordered, cited=True))) == [one.id for one in findings]


@settings(max_examples=60, deadline=None)
@given(FINDINGS, st.integers(10, 300))
def test_any_number_of_findings_is_summed_up_within_the_words(texts, words):
    findings = made(texts)
    rows = pd.DataFrame(
        {
            "id": [one.id for one in findings],
            "sub_question": "q1.2",
            "area_for_improvement": False,
            "restates_indicator": None,
        }
    )
    chosen = choose(findings, rows, words)
    sides = {one.weak for one in findings}
    assert {one.weak for one in chosen} == sides
    longest = 4  # a side has at least one finding, even where its share of the words is less
    assert sum(len(one.text.split()) for one in chosen) <= words + longest


def test_circle_of_causes_is_told_once_through():
    first = Told("a", "Calls wait.", True, 2, "x", frozenset({"b"}), "")
    second = Told("b", "Staff leave.", True, 2, "x", frozenset({"a"}), "")
    assert [one.id for one in in_order([first, second])] == ["a", "b"]


def test_effect_follows_its_cause_with_a_joint():
    cause = Told("q1.2-01", "Handovers lack statements.", True, 3, "x", frozenset(), "")
    effect = Told("q1.2-02", "Evidence is lost.", True, 2, "y", frozenset({"q1.2-01"}), "")
    assert paragraph(in_order([effect, cause])) == (
        "Handovers lack statements. As a result, evidence is lost."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Should the risk be misstated, victims suffer.",
        "If it stays so, victims suffer.",
        "The force's data show an increase in arrests.",
        "The evidence suggests that victims are not served well.",
        "Investigators described the cases handed over to them as poor.",
        "Chances are missed, since advice is uneven.",
        "Staff do not follow it because they lack time.",
        "Contact grew rarer, and the force should watch it.",
        "The force needs to stop it.",
        "Only two other forces had a larger fall.",
        "The plan is clear, but nobody follows it.",
    ],
)
def test_no_effect_is_read_into_a_condition_a_report_or_a_demand(text):
    assert not follows(text)
    cause = Told("q1.2-01", "Handovers lack statements.", True, 3, "x", frozenset(), "")
    effect = Told("q1.2-02", text, True, 2, "y", frozenset({"q1.2-01"}), "")
    assert paragraph([cause, effect]) == f"{cause.text} {text}"


def test_what_was_counted_does_not_show_its_cause():
    cause = Told("q1.2-01", "Handovers lack statements.", True, 3, "x", frozenset(), "")
    because = frozenset({"q1.2-01"})
    effect = Told("q1.2-02", "Fewer cases are charged.", True, 2, "y", because, "", counted=True)
    assert paragraph([cause, effect]) == f"{cause.text} {effect.text}"


def test_findings_of_one_sample_do_not_repeat_each_other_by_its_size():
    first = Told(
        "a", "Most of the 60 files were sound.", False, 3, "x", frozenset(), "", sample="60"
    )
    other = Told(
        "b", "Victims were told in all 60 files.", False, 2, "x", frozenset(), "", sample="60"
    )
    third = Told(
        "c", "Of 60 files, 75 percent were sound.", False, 2, "x", frozenset(), "", sample="60"
    )
    fourth = Told("d", "Sound work was seen in 75 percent.", False, 1, "x", frozenset(), "")
    assert [one.id for one in without_repeats([first, other, third, fourth])] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("The force acts.", "the force acts."),
        ("PCSOs act.", "PCSOs act."),
        ("MoRiLE is used.", "MoRiLE is used."),
        ("Operation Encompass began.", "Operation Encompass began."),
        ("Norfolk officers act.", "Norfolk officers act."),
        ("A Polish church helped.", "a Polish church helped."),
        ("Crown Prosecution Service staff help.", "Crown Prosecution Service staff help."),
        ("Victims wait.", "victims wait."),
    ],
)
def test_sentence_begins_small_after_a_joint_unless_with_a_name(text, small):
    assert begins_small(text) == small


@pytest.mark.parametrize(
    ("text", "told_with_pronoun"),
    [
        ("The force works well.", "It works well."),
        ("The force and its partners work well.", "The force and its partners work well."),
        ("Staff know their areas.", "They know their areas."),
        ("Staff trained in it know.", "Staff trained in it know."),
        ("Staff throughout the force know.", "Staff throughout the force know."),
    ],
)
def test_pronoun_stands_only_for_a_simple_subject(text, told_with_pronoun):
    assert with_pronoun(text) == told_with_pronoun


def test_citations_of_an_analyst_become_links_and_unknown_ones_go():
    known = pd.Series(["q1.2-04", "q1.3-06"])
    text = with_links("It works [q1.2-04 q1.3-06], mostly [q9.9-99]. *So* it is.", known)
    assert ids_told(text) == ["q1.2-04", "q1.3-06"]
    assert "q9.9" not in text
    assert r"\*So\*" in text


def test_analysts_summaries_cite_only_findings_of_their_question(books):
    for ev in books:
        for row in ev.findings.dropna(subset=["question_summary"]).itertuples():
            missing = set(cited_in(row.question_summary)) - set(ev.findings["id"])
            assert not missing, (ev.force.slug, ev.inspection.id, row.question, missing)
