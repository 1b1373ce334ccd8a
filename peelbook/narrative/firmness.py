"""How firm a grade is, in sentences."""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import indicator
from peelbook.judgments.framework import FINDING_WEIGHT, INDICATOR_WEIGHT, Framework
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.record import how_far_to_trust
from peelbook.narrative.words import listing, percent

PARTS = {
    "question": "sub-questions",
    "overall": "core questions",
    "summary-question": "findings",
    "summary-overall": "core questions",
}
LITTLE = 0.05
"""Share of variation below which no single threshold or weight is said to matter."""


def how_firm(ev: Evidence) -> Prose:
    """Say how often the overall grade stays the same when rules and weights are varied."""
    found = ev.sensitivity
    if found.shares.empty:
        return Prose(
            "Nothing is graded, so nothing could be varied: more evidence is needed, not other rules."
        )
    return paragraphs(
        sentences(
            "The thresholds and weights of the rules are choices. They were varied "
            f"{found.draws:,} times, each within the range in which another reasonable person might "
            "have set it, with the evidence left as it is.",
            _overall_of_draws(ev),
        ),
        "" if _is_graded(ev, "overall") else _questions_alone(ev),
        "These shares are not probabilities: they say how much of a grade comes from the evidence "
        "and how much from the choice of rules.",
        how_far_to_trust(ev, "overall"),
    )


def _is_graded(ev: Evidence, level_id: str) -> bool:
    return ev.grade(level_id)["grade"] in [known.id for known in ev.framework.grades]


def _overall_of_draws(ev: Evidence) -> str:
    shares = _shares(ev, "overall")
    if shares.empty:
        return "There is no overall grade of which to say how firm it is."
    grade = str(ev.grade("overall")["grade"])
    own = f"an overall grade of **{grade}**" if _is_graded(ev, "overall") else "no overall grade"
    rest = _others(ev, shares, grade)
    return sentences(
        _all_draws(own, shares[grade], rest),
        more_often(ev, "overall"),
        what_matters(ev, "overall"),
    )


def _shares(ev: Evidence, level_id: str) -> pd.Series:
    """Return the share of draws of each grade of a level, by grade; empty where none was varied."""
    rows = ev.sensitivity.shares
    return rows[rows["id"] == level_id].set_index("grade")["share"]


def _others(ev: Evidence, shares: pd.Series, grade: str) -> list[str]:
    """Say the share of each result but `grade`, the most frequent first."""
    others = shares.drop(grade)
    others = others[others > 0].sort_values(ascending=False, kind="stable")
    return [f"{_as_result(ev, name)} in {share_in_words(share)}" for name, share in others.items()]


def more_often(ev: Evidence, level_id: str) -> str:
    """Say which result other settings of the rules give more often than the grade shown, if any."""
    if not _is_graded(ev, level_id):
        return ""
    shares = _shares(ev, level_id)
    grade = ev.grade(level_id)["grade"]
    if shares.empty or shares.max() <= shares[grade]:
        return ""
    return (
        f"Other reasonable settings of the rules more often give {_as_result(ev, shares.idxmax())}."
    )


def _questions_alone(ev: Evidence) -> str:
    """Say how firm the grades of core questions are where there is none over all of them."""
    alike: dict[tuple[str, str], list[str]] = {}
    for question in ev.framework.questions:
        if _is_graded(ev, question.id):
            grade, shares = ev.grade(question.id)["grade"], _shares(ev, question.id)
            rest = _others(ev, shares, grade)
            draws = listing([_of_draws(shares[grade]), *rest])
            alike.setdefault((grade, draws), []).append(question.id.removeprefix("q"))
    return " ".join(
        f"The {_grade_of(own, grade)}, came out in {draws}."
        for (grade, draws), own in alike.items()
    )


def _grade_of(questions: list[str], grade: str) -> str:
    if len(questions) == 1:
        return f"grade of question {questions[0]}, {grade}"
    both = "both" if len(questions) == 2 else "all"
    return f"grades of questions {listing(questions)}, {both} {grade}"


def _of_draws(share: float) -> str:
    return {0: "no draw", 1: "every draw"}.get(share, f"{share_in_words(share)} of draws")


def _as_result(ev: Evidence, name: str) -> str:
    return "no grade" if name == ev.framework.grading.no_evidence else name


def _all_draws(own: str, share: float, rest: list[str]) -> str:
    if share == 1:
        # not "no overall grade in every draw", which could mean in some of them
        return f"In **every** draw they give {own}."
    return f"They give {listing([f'{own} in **{share_in_words(share)}** of draws', *rest])}."


def what_would_change(ev: Evidence) -> Prose:
    """Say how the table of the smallest changes is to be read; empty where nothing is graded."""
    names = [known.id for known in ev.framework.grades]
    levels = ev.grades[ev.grades["level"].isin(["question", "overall"])]
    if not levels["grade"].isin(names).any():
        return Prose("")
    return Prose(
        "The least further evidence that would change each grade, found by trying; "
        "[the method](../methodology/judgment_method.html) says how. It shows how close a grade is "
        "to its neighbour. It is no advice: evidence is gathered to learn, not to reach a grade."
    )


def what_matters(ev: Evidence, level_id: str) -> str:
    """Name the threshold or weight on which a grade depends most, and how much."""
    name, share = most_influential(ev, level_id)
    if share is None:
        return "No threshold or weight within its range changes it."
    if share < LITTLE:
        return "No single threshold or weight decides it."
    return (
        f"Most depends on {choice_in_words(name, ev.framework)}: this choice alone accounts for "
        f"{percent(100 * share, 0)} of the differences."
    )


def most_influential(ev: Evidence, level_id: str) -> tuple[str, float | None]:
    """Return the parameter that matters most for a grade and the share of variation it explains.

    The share is None where the grade is the same in every draw.
    """
    rows = ev.sensitivity.influence
    rows = rows[rows["id"] == level_id]
    if rows.empty:
        return "", None
    return str(rows["parameter"].iloc[0]), float(rows["influence"].iloc[0])


def share_in_words(share: float) -> str:
    """Write a share of draws as a percentage; one too small to show says so."""
    if 0 < share < 0.005:
        return "fewer than 1 percent"
    return "more than 99 percent" if 0.995 <= share < 1 else percent(100 * share, 0)


def parameter_in_words(name: str, framework: Framework) -> str:
    """Name a threshold or weight in words: the ratio of rule S1, the weight of findings coded 3."""
    owner, parameter = name.split(".")
    if owner == FINDING_WEIGHT:
        return f"the weight of findings coded {parameter}"
    if owner == INDICATOR_WEIGHT:
        return f"the weight of the indicator “{indicator(parameter).name}”"
    rule = framework.rules[owner]
    part = PARTS.get(rule.level, "")
    words = {
        "evidence-cap": f"the number of {(rule.count_of or '').replace('_', ' ')}",
        "member-cap": f"the number of {part} below {rule.members}",
        "members-outstanding": f"the number of outstanding {part}",
        "missing-evidence": f"the number of {part} with evidence",
        "findings-needed": "the number of findings that a grade needs",
        "members-needed": f"the number of {part} that an overall grade needs",
        "record-needed": "the number of cases that a grade needs",
    }
    others = {"strength_findings": "the number of strengths from findings"}
    said = others.get(parameter, f"the {parameter.replace('_', ' ')}")
    return f"{words.get(rule.type, said)} in rule {owner}"


def choice_in_words(name: str, framework: Framework) -> str:
    """Say what a threshold or weight decides, for a reader who does not know the rules by name."""
    owner, parameter = name.split(".")
    if owner == FINDING_WEIGHT:
        return f"how much a finding of weight {parameter} counts"
    if owner == INDICATOR_WEIGHT:
        return f"how much the indicator “{indicator(parameter).name}” counts"
    rule = framework.rules[owner]
    part = PARTS.get(rule.level, "")
    if parameter == "strength_findings":
        return f"how many strengths found by inspectors {rule.grade} needs"
    if parameter == "weakness_weight":
        return f"how much weaknesses must weigh for {rule.grade}"
    choices = {
        "strengths-outweigh": f"how far strengths must outweigh weaknesses for {rule.grade}",
        "weaknesses-outweigh": f"how far weaknesses must outweigh strengths for {rule.grade}",
        "evidence-cap": f"how many {(rule.count_of or '').replace('_', ' ')} are allowed",
        "member-cap": f"how many {part} below {rule.members} are allowed",
        "members-outstanding": f"how many {part} must be outstanding for {rule.grade}",
        "missing-evidence": f"how many {part} must have evidence",
        "findings-needed": "how many findings a grade needs",
        "members-needed": f"how many {part} must have a grade for one over all",
        "record-needed": "how many earlier cases a grade must have been tested on",
    }
    return choices[rule.type]
