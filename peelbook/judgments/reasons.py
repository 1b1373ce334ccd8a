"""Say in plain sentences why a grade is what it is, and what would change it."""

from __future__ import annotations

import pandas as pd

from peelbook.judgments.framework import Framework, Rule
from peelbook.judgments.levels import Level

RESULTS = {
    "requires improvement": "make it require improvement",
    "insufficient evidence": "leave too little evidence for a grade",
}
COUNT_NAMES = {
    "areas_for_improvement": ("area for improvement", "areas for improvement"),
    "causes_of_concern": ("cause of concern", "causes of concern"),
}


def reasons_for(
    levels: dict[str, Level], changes: pd.DataFrame, framework: Framework
) -> pd.DataFrame:
    """Return `id`, `order`, `rule` and `text`: the reasons of every grade, in reading order.

    `changes` as :func:`peelbook.judgments.smallest_change.smallest_changes` returns it. `rule` is a rule id,
    "evidence" for what was counted, or "change" for what would change the grade.
    """
    ungraded = [question.id for question in framework.questions if not question.graded]
    ungraded += [part.id for part in framework.sub_questions if part.question in ungraded]
    told = [
        (entry, rule, text)
        for name, level in levels.items()
        for entry in level.rank.index
        for rule, text in (
            _ungraded(level.totals.loc[entry])
            if entry in ungraded
            else _reasons(name, entry, level, changes, framework)
        )
    ]
    reasons = pd.DataFrame(told, columns=["id", "rule", "text"])
    return reasons.assign(order=reasons.groupby("id", sort=False).cumcount() + 1)[
        ["id", "order", "rule", "text"]
    ]


def _ungraded(sums: pd.Series) -> list[tuple[str, str]]:
    return [
        ("evidence", _evidence_sentence(sums)),
        ("ungraded", "The inspectorate did not grade this question."),
    ]


def _reasons(
    name: str, entry: str, level: Level, changes: pd.DataFrame, framework: Framework
) -> list[tuple[str, str]]:
    sums, applied = level.totals.loc[entry], level.applied.loc[entry]
    members = level.members.loc[level.members["parent"] == entry, "rank"]
    main = _main_rule(name, framework)
    has_evidence = sums["strengths"] + sums["weaknesses"] > 0
    rules = [
        (rule.id, f"{rule.sentence} Here {_facts(rule, sums, members, framework)}.")
        for rule in framework.rules_of(name)
        if applied[rule.id] or (rule is main and has_evidence)
    ]
    change = change_in_words(changes[changes["id"] == entry], sums)
    return [("evidence", _evidence_sentence(sums)), *rules, ("change", change)]


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
        verb = "is" if len(unknown) == 1 else "are"
        return f"{_listed(unknown.index)} of {len(members)} {verb} not known to be good"
    if rule.type == "indicators-yield-to-findings":
        return "this changed how at least one of them counted"
    facts = f"strengths weigh {sums['strength_weight']:g} and weaknesses "
    facts += f"{sums['weakness_weight']:g}"
    if "strength_findings" in rule.parameters:
        facts += f", with {_number(sums['strength_findings'], 'finding', 'findings')} of strength"
    if "weakness_weight" in rule.parameters:
        facts += f", of which {sums['weakness_weight_of_findings']:g} from findings"
    return facts


def change_in_words(changes: pd.DataFrame, sums: pd.Series) -> str:
    """Say in a sentence each what would make a grade better and what would make it worse.

    `changes` holds the changes of one entry, `sums` the evidence counted for it.
    """
    told = [_change(change, sums) for change in changes.itertuples()]
    if "better" not in set(changes["direction"]):
        told.insert(0, "No further strength can make it better.")
    if "worse" not in set(changes["direction"]):
        told.append("No further weakness can make it worse.")
    return " ".join(told)


def _change(change: tuple, sums: pd.Series) -> str:
    kind = "strengths" if change.direction == "better" else "weaknesses"
    needed = f"further {kind} with a weight of {change.weight}"
    parts = [f"{part}: {weight}" for part, weight in change.where.items()]
    if len(parts) > 1 or (parts and not parts[0].startswith(f"{change.id}:")):
        needed += f" ({', '.join(parts)})"
    would = f"would {RESULTS.get(change.to, f'make it {change.to}')}"
    if not change.put_right:
        return f"{needed[0].upper()}{needed[1:]} {would}."
    named = [name.replace(" ", "_") for name in change.put_right.split(" and ")]
    right = " and ".join(_number(sums[name], *COUNT_NAMES[name]) for name in named)
    text = f"Putting right {right}"
    return f"{text}, and {needed}, {would}." if change.weight else f"{text} {would}."


def _number(count: float, one: str, many: str) -> str:
    return f"{'no' if count == 0 else f'{count:g}'} {one if count == 1 else many}"


def _listed(ids: pd.Index) -> str:
    return f"{len(ids)} ({', '.join(ids)})" if len(ids) else "none"
