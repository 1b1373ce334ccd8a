"""Say in plain sentences why a grade is what it is, and what would change it."""

from __future__ import annotations

import math

import pandas as pd

from peelbook.framework import Framework, Rule
from peelbook.judgment_rules import Graded

PARTS = {"question": "sub-question", "overall": "core question"}
COUNT_NAMES = {
    "areas_for_improvement": ("area for improvement", "areas for improvement"),
    "causes_of_concern": ("cause of concern", "causes of concern"),
}


def reasons_for(
    graded: dict[str, Graded],
    totals: dict[str, pd.DataFrame],
    members: dict[str, pd.DataFrame],
    framework: Framework,
) -> pd.DataFrame:
    """Return `id`, `order`, `rule` and `text`: the reasons of every grade, in reading order.

    `graded` and `totals` are by level and indexed by id; `members` holds, for core questions and
    overall, the rank with which each member counted. `rule` is a rule id, "evidence" for what was
    counted, or "change" for what would change the grade.
    """
    ungraded = [question.id for question in framework.questions if not question.graded]
    ungraded += [part.id for part in framework.sub_questions if part.question in ungraded]
    told = [
        (entry, rule, text)
        for level, result in graded.items()
        for entry in result.rank.index
        for rule, text in _reasons(
            level,
            entry,
            result,
            totals[level].loc[entry],
            _members_of(members, level, entry),
            framework,
            entry in ungraded,
        )
    ]
    reasons = pd.DataFrame(told, columns=["id", "rule", "text"])
    return reasons.assign(order=reasons.groupby("id", sort=False).cumcount() + 1)[
        ["id", "order", "rule", "text"]
    ]


def _members_of(members: dict[str, pd.DataFrame], level: str, entry: str) -> pd.Series:
    if level not in members:
        return pd.Series(dtype="float64")
    frame = members[level]
    return frame.loc[frame["parent"] == entry, "rank"]


def _reasons(
    level: str,
    entry: str,
    result: Graded,
    sums: pd.Series,
    members: pd.Series,
    framework: Framework,
    ungraded: bool,
) -> list[tuple[str, str]]:
    evidence = [("evidence", _evidence_sentence(sums))]
    if ungraded:
        return [*evidence, ("ungraded", "The inspectorate did not grade this question.")]
    main = _main_rule(level, framework)
    applied = result.applied.loc[entry]
    has_evidence = sums["strengths"] + sums["weaknesses"] > 0
    rules = [
        (rule.id, f"{rule.sentence} Here {_facts(rule, sums, members, framework)}.")
        for rule in framework.rules_of(level)
        if applied[rule.id] or (rule is main and has_evidence)
    ]
    change = _change(level, main, result.rank[entry], sums, members, framework)
    return [*evidence, *rules, ("change", change)]


def _main_rule(level: str, framework: Framework) -> Rule:
    """Return the rule that divides good from below good, told whichever way it falls."""
    if level == "sub-question":
        good = framework.grading.good_enough
        return next(r for r in framework.rules_of(level, "strengths-outweigh") if r.grade == good)
    (missing,) = framework.rules_of(level, "missing-evidence")
    return framework.rules[missing.by]


def _evidence_sentence(sums: pd.Series) -> str:
    if sums["strengths"] + sums["weaknesses"] == 0:
        return "There are no findings, and no indicator stands out."
    strengths = _number(sums["strengths"], "strength", "strengths")
    weaknesses = _number(sums["weaknesses"], "weakness", "weaknesses")
    caps = [_number(sums[column], *names) for column, names in COUNT_NAMES.items()]
    return (
        f"Evidence counted: {strengths} (weight {sums['strength_weight']:g}) and {weaknesses} "
        f"(weight {sums['weakness_weight']:g}), from "
        f"{_number(sums['findings'], 'finding', 'findings')} and "
        f"{_number(sums['indicators'], 'indicator', 'indicators')}; {caps[0]}, {caps[1]}."
    )


def _facts(rule: Rule, sums: pd.Series, members: pd.Series, framework: Framework) -> str:
    if rule.type == "evidence-cap":
        verb = "is" if sums[rule.count_of] == 1 else "are"
        return f"there {verb} {_number(sums[rule.count_of], *COUNT_NAMES[rule.count_of])}"
    if rule.type == "member-cap":
        below = members[members <= framework.ranks[rule.members] - 1]
        return f"{_listed(below.index)} of {len(members)} counted below {rule.members}"
    if rule.type == "members-outstanding":
        reached = members[members >= framework.ranks[rule.grade]]
        return f"{_listed(reached.index)} of {len(members)} are {rule.grade}"
    if rule.type == "missing-evidence":
        unknown = members[members < framework.ranks[framework.grading.good_enough]]
        return f"{_listed(unknown.index)} of {len(members)} not known to be good"
    if rule.type == "indicators-yield-to-findings":
        return "this changed how at least one of them counted"
    facts = f"strengths weigh {sums['strength_weight']:g} and weaknesses "
    facts += f"{sums['weakness_weight']:g}"
    if "strength_findings" in rule.parameters:
        facts += f", with {_number(sums['strength_findings'], 'finding', 'findings')} of strength"
    if "weakness_weight" in rule.parameters:
        facts += f", of which {sums['weakness_weight_of_findings']:g} from findings"
    return facts


def _change(
    level: str,
    main: Rule,
    rank: float,
    sums: pd.Series,
    members: pd.Series,
    framework: Framework,
) -> str:
    good = framework.ranks[framework.grading.good_enough]
    if level == "sub-question":
        return _change_of_weight(main, rank, sums, good)
    part = PARTS[level]
    below = int((members <= good - 1).sum())
    at_least = math.ceil(main["at_least"])
    if below >= at_least:
        return (
            f"It could be good if the number of {part}s below good, now {below}, "
            f"came down to {at_least - 1}."
        )
    if rank <= good - 1:
        return (
            "It cannot be good before its inadequate part or its causes of concern are put right."
        )
    if rank < good:
        more = _number((members < good).sum() - at_least + 1, part, part + "s")
        return f"To be graded good, {more} more would have to be shown to be good."
    return (
        f"It would fall below good if the number of {part}s below good, now {below}, "
        f"came to {at_least}."
    )


def _change_of_weight(main: Rule, rank: float, sums: pd.Series, good: float) -> str:
    strength, weakness = sums["strength_weight"], sums["weakness_weight"]
    if strength + weakness == 0:
        return "Any finding, or an indicator that stands out, would lead to a grade."
    missing = main["ratio"] * weakness - strength
    if missing > 0:
        text = f"Further strengths with a weight of {missing:g} would be needed to make it good."
    elif rank < good:
        text = "Its causes of concern would have to be put right to make it good."
    else:
        spare = strength / main["ratio"] - weakness
        text = f"Further weaknesses with a weight above {spare:.3g} would take it below good."
    return text


def _number(count: float, one: str, many: str) -> str:
    return f"{'no' if count == 0 else f'{count:g}'} {one if count == 1 else many}"


def _listed(ids: pd.Index) -> str:
    return f"{len(ids)} ({', '.join(ids)})" if len(ids) else "none"
