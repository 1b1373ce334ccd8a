"""Grades from published summaries: rules by hand, for every register, and their record recounted."""

import csv
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import pandas as pd
import pytest
from made_up import indicator_table, register, strengths, weaknesses

from peelbook.evidence import load_evidence
from peelbook.judgments.framework import load_framework
from peelbook.judgments.grades import judge
from peelbook.judgments.indicator_evidence import LOWEST, SUMMARY_ONLY
from peelbook.judgments.record import (
    chance_of_as_much_more,
    load_cases,
    record_of,
    similar_cases,
    summary_record,
)
from peelbook.judgments.summary_cases import best_ratio, summary_cases, summary_evidence
from peelbook.narrative.record import agreement, why_not_graded
from peelbook.tables import load_table

FRAMEWORK = load_framework()
SHOWN = frozenset({"q1", "q2", "q3", "overall"})
CONCERN = {"cause_of_concern": True}
ROUNDS = {"2016": 2016, "2017": 2017, "2018-19": 2018}
DATA = Path(__file__).resolve().parents[2] / "data"


def graded(rows, bands=None, shown=SHOWN):
    indicators = indicator_table(bands) if bands else None
    judged = judge(register(*rows), indicators, FRAMEWORK, basis="summary", graded_here=shown)
    return judged.table.set_index("id")["grade"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # M1: one to one. 4 against 4 is good; 4 against 5 is not.
        (strengths("q1.2", 2) + weaknesses("q1.3", 2), "good"),
        (
            strengths("q1.2", 2) + weaknesses("q1.3", 1) + weaknesses("q1.2", 1, 3),
            "requires improvement",
        ),
        # nothing beyond good or below requires improvement
        (strengths("q1.2", 30), "good"),
        (weaknesses("q1.2", 30, 3), "requires improvement"),
        (strengths("q1.2", 9) + weaknesses("q1.2", 1, **CONCERN), "requires improvement"),  # M2
        (weaknesses("q1.2", 9, **CONCERN), "requires improvement"),
        (strengths("q1.2", 2), "insufficient evidence"),  # M3: two findings
        (strengths("q1.2", 2) + strengths("q1.1", 5), "insufficient evidence"),  # q1.1 is described
        ([], "insufficient evidence"),
    ],
)
def test_core_question_is_graded_as_worked_by_hand(rows, expected):
    assert graded(rows)["q1"] == expected


def test_overall_takes_three_core_questions_and_counts_the_missing_one_neither_way():
    """Rules M5 and M6."""
    good = [row for part in ("q1.2", "q2.1", "q3.1") for row in strengths(part, 3)]
    assert graded(good)["overall"] == "good"
    assert graded(good[:6])["overall"] == "insufficient evidence"
    # M5: one below good leaves it good, two do not
    one = good[:6] + weaknesses("q3.1", 3)
    assert graded(one)["overall"] == "good"
    assert graded(good[:3] + weaknesses("q2.1", 3) + weaknesses("q3.1", 3))["overall"] == (
        "requires improvement"
    )
    # a core question that is not graded here counts for nothing
    fourth = good[:6] + strengths("q4.1", 9)
    assert graded(fourth)[["q4", "overall"]].tolist() == [
        "not graded here",
        "insufficient evidence",
    ]


def test_overall_grade_rests_on_the_questions_that_count_and_on_no_other():
    rows = (
        *strengths("q1.2", 3),
        *weaknesses("q2.2", 4),
        *strengths("q3.1", 5),
        *strengths("q4.1", 6),  # no grade is shown for it
    )
    few = (*strengths("q1.2", 3), *weaknesses("q2.2", 4), *strengths("q3.1", 2), *rows[12:])
    for case, expected in ((rows, (8, 4)), (few, (3, 4))):
        judged = judge(register(*case), None, FRAMEWORK, basis="summary", graded_here=SHOWN)
        overall = judged.table.set_index("id").loc["overall"]
        assert (overall["strengths"], overall["weaknesses"]) == expected
        reasons = judged.reasons.set_index(["id", "rule"])["text"]
        assert (
            f"{expected[0]} strengths and {expected[1]} weaknesses"
            in (reasons["overall", "evidence"])
        )


def test_indicators_and_sub_questions_have_no_part_in_it():
    rows = strengths("q2.1", 2) + weaknesses("q2.2", 1, 3)
    bands = {"outcome-charged-summonsed": LOWEST, "victim-satisfaction": LOWEST}
    assert graded(rows, bands).equals(graded(rows))
    parts = [part.id for part in FRAMEWORK.counted_parts]
    assert set(graded(rows)[parts]) == {"not graded here"}
    judged = judge(
        register(*rows), indicator_table(bands), FRAMEWORK, basis="summary", graded_here=SHOWN
    )
    assert (judged.left_out["reason"] == SUMMARY_ONLY).sum() == 6


def test_distance_of_a_grade_is_what_turns_it():
    rows = strengths("q1.2", 2) + weaknesses("q1.3", 3, 3)  # 4 against 9
    judged = judge(register(*rows), None, FRAMEWORK, basis="summary", graded_here=SHOWN)
    change = judged.changes.set_index("id").loc["q1"]
    assert change[["direction", "weight", "to"]].tolist() == ["better", 5, "good"]
    assert change["findings"] == 3  # two ordinary ones and a minor one
    assert graded(rows + strengths("q1.2", 5, 1))["q1"] == "good"
    assert graded(rows + strengths("q1.2", 4, 1))["q1"] == "requires improvement"


# --- the record, recounted from the files without any code of the project ---


def recount(ratio):
    """Return (force, round, question) -> grade of every case, in plain loops."""
    stated = {}
    for row in csv.DictReader((DATA / "judgments.csv").open(encoding="utf-8")):
        if row["basis"] == "explicit" and not row["judged_in"]:
            stated[row["force"], row["year"], row["question"]] = row["grade"]
    cases = {}
    for row in csv.DictReader((DATA / "registers.csv").open(encoding="utf-8")):
        if row["basis"] != "summary" or row["inspection"] not in ROUNDS:
            continue
        weigh = defaultdict(lambda: {"strength": 0, "weakness": 0, "n": 0, "cause": False})
        name = f"{row['force']}-{row['inspection']}.csv"
        for one in csv.DictReader((DATA / "findings" / name).open(encoding="utf-8")):
            if one["sub_question"] == "q1.1":
                continue
            own = weigh[one["question"]]
            own[one["polarity"]] += int(one["weight"])
            own["n"] += 1
            own["cause"] |= one["cause_of_concern"].lower() == "true"
        for question, own in weigh.items():
            key = row["force"], str(ROUNDS[row["inspection"]]), question
            if own["n"] >= 3 and key in stated:
                good = own["strength"] >= ratio * own["weakness"] and not own["cause"]
                grade = "good" if good else "requires improvement"
                cases[row["force"], row["inspection"], question] = (grade, stated[key])
    return cases


def test_every_case_is_as_recounted_with_the_ratio_that_other_forces_choose():
    by_ratio = {ratio: recount(ratio) for ratio in FRAMEWORK.summaries.ratios_tried}
    kept = load_cases()
    kept = kept[kept["question"] != "overall"].set_index(["force", "inspection", "question"])
    assert set(kept.index) == set(by_ratio[1])
    for force in kept.index.unique("force"):
        right = {
            ratio: sum(a == b for key, (a, b) in cases.items() if key[0] != force)
            for ratio, cases in by_ratio.items()
        }
        chosen = max(right, key=lambda ratio: (right[ratio], -ratio))
        for key, (grade, stated) in by_ratio[chosen].items():
            if key[0] == force:
                assert kept.loc[key, ["ratio", "computed", "published"]].tolist() == [
                    chosen,
                    grade,
                    stated,
                ]


def test_table_of_cases_is_what_the_registers_give():
    start = perf_counter()
    evidence = summary_evidence(FRAMEWORK)
    again = summary_cases(FRAMEWORK, evidence, load_table("judgments"))
    assert perf_counter() - start < 10
    kept = load_cases()
    pd.testing.assert_frame_equal(
        again.astype(dict.fromkeys(("computed", "published", "published_before"), "object")),
        kept.astype(dict.fromkeys(("computed", "published", "published_before"), "object")),
        check_dtype=False,
    )


def test_ratio_of_the_framework_is_the_one_that_all_cases_choose():
    cases = load_cases()
    assert FRAMEWORK.rules["M1"]["ratio"] == best_ratio(
        cases[cases["question"] != "overall"], FRAMEWORK
    )


def test_record_counts_agreement_and_both_guesses():
    cases = load_cases()
    record = record_of(cases, FRAMEWORK).set_index("question")
    for question, own in cases.groupby("question"):
        agrees = (own["computed"] == own["published"]).sum()
        always = (own["published"] == "good").sum()
        before = sum(
            (row.published_before if isinstance(row.published_before, str) else "good")
            == row.published
            for row in own.itertuples()
        )
        row = record.loc[question]
        assert row[["cases", "agrees", "always_good", "as_before"]].tolist() == [
            len(own),
            agrees,
            always,
            before,
        ]
        assert row["shown"] == (len(own) >= 20 and agrees > max(always, before))


def test_grade_no_better_than_a_guess_is_not_shown():
    """Rules M4 and M7."""
    cases = load_cases()
    guessed = cases.assign(computed="good")
    assert not record_of(guessed, FRAMEWORK)["shown"].any()


@pytest.mark.parametrize("inspection", list(ROUNDS))
def test_grades_of_all_forces_follow_from_the_rules(inspection, project):
    registers = load_table("registers").query(
        f"inspection == '{inspection}' and basis == 'summary'"
    )
    shown = {name for name, record in summary_record().items() if record.shown}
    evidence = summary_evidence(FRAMEWORK).set_index(["force", "inspection", "question"])
    periods = {"2016": "2016-06-30", "2017": "2017-06-30", "2018-19": "2018-06-30"}
    cases = load_cases().query(f"inspection == '{inspection}' and question == 'overall'")
    recorded = cases.set_index("force")[["strength_weight", "weakness_weight"]]
    assert set(recorded.index) <= set(registers["force"])
    for force in registers["force"]:
        ev = load_evidence(force=force, period_end=periods[inspection], inspection=inspection)
        for question in ("q1", "q2", "q3", "q4"):
            own = evidence.loc[(force, inspection, question)]
            grade = ev.grade(question)["grade"]
            if own["findings"] < 3:  # the nearer reason, also where no grade would be shown
                assert grade == "insufficient evidence"
            elif question not in shown:
                assert grade == "not graded here"
            else:
                weak = own["strength_weight"] < own["weakness_weight"] or own["causes_of_concern"]
                assert grade == ("requires improvement" if weak else "good"), (force, question)
        if force in recorded.index:  # the force is graded from what its case was counted from
            overall = ev.grade("overall")[list(recorded.columns)]
            assert overall.tolist() == recorded.loc[force].tolist(), force
        assert (ev.judgments.evidence["source"] == "finding").all()


def test_similar_cases_leave_out_the_force_itself():
    cases = load_cases()
    cases = cases[cases["question"] != "overall"]
    share = cases["strength_weight"] / (cases["strength_weight"] + cases["weakness_weight"])
    alike = cases[(share >= 0.8) & (cases["force"] != "kent")]
    found = similar_cases(9, 1, "kent", FRAMEWORK)
    assert (found.low, found.high, found.cases) == (0.8, 1, len(alike))
    assert found.good == alike["published"].isin(["good", "outstanding"]).sum()
    assert similar_cases(0, 0, "kent", FRAMEWORK) is None


@pytest.mark.parametrize(
    ("won", "lost", "alike", "chance"),
    # sums of binomial coefficients by hand: (35 + 21 + 7 + 1) / 128, 1 / 256, 1 / 2
    [(4, 3, 50, 0.5), (8, 0, 23, 1 / 256), (1, 0, 10, 0.5), (0, 0, 5, 1)],
)
def test_chance_counts_only_cases_in_which_grade_and_guess_differ(won, lost, alike, chance):
    agrees = [True] * won + [False] * lost + [True] * alike
    guess = [False] * won + [True] * lost + [True] * alike
    told = pd.DataFrame({"agrees": agrees, "always_good": guess, "as_before": False})
    assert chance_of_as_much_more(told) == pytest.approx(chance)


def test_margin_that_chance_could_give_is_told_alike_whether_or_not_a_grade_is_shown():
    for name, record in summary_record().items():
        more = record.agrees - max(record.always_good, record.as_before)
        text = agreement(name) if record.shown else why_not_graded(name)
        assert ("a margin that chance alone could give" in text) == record.by_chance, name
        assert ("only 1 case fewer" in text) == (record.by_chance and more == 1), name
        assert "written to explain" in text
