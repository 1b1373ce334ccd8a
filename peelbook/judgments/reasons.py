"""Say in plain sentences why a grade is what it is, and what would change it."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil, floor

import pandas as pd

from peelbook.judgments.balance import percent_of_strengths
from peelbook.judgments.framework import Framework, Rule
from peelbook.judgments.levels import Level
from peelbook.judgments.rules import ROUNDING
from peelbook.statistics.rounding import rounded

RESULTS = {
    "requires improvement": "requires improvement",
    "insufficient evidence": "no grade for want of evidence",
}
COUNT_NAMES = {
    "areas_for_improvement": ("area for improvement", "areas for improvement"),
    "causes_of_concern": ("cause of concern", "causes of concern"),
}
NOT_INSPECTED = "The inspectorate did not grade this question."
NO_RECORD = (
    "A grade is not computed here: compared with the grades that the inspectorate stated, grades "
    "computed from published summaries have not been shown to do better than a simple guess on this."
)
NO_PARTS_IN_SHORT = "Sub-questions are not graded from published summaries."
NO_PARTS = (
    f"{NO_PARTS_IN_SHORT.removesuffix('.')}: what a summary passes over is not known, and no "
    "published grade of a sub-question exists to compare with."
)


def reasons_for(
    levels: dict[str, Level], framework: Framework, untested: Collection[str], *, summary: bool
) -> pd.DataFrame:
    """Return `id`, `order`, `rule` and `text`: the reasons of every grade, in reading order.

    `untested` names what has no grade from summaries. `rule` is a rule id, "evidence" for what was
    counted, or "ungraded" for why there is no grade.
    """
    told = [
        (entry, rule, text)
        for name, level in levels.items()
        for entry in level.rank.index
        for rule, text in [
            *(
                _why_ungraded(entry, level.totals.loc[entry], framework, untested, summary=summary)
                or _reasons(name, entry, level, framework, summary=summary)
            ),
        ]
    ]
    reasons = pd.DataFrame(told, columns=["id", "rule", "text"])
    return reasons.assign(order=reasons.groupby("id", sort=False).cumcount() + 1)[
        ["id", "order", "rule", "text"]
    ]


def _why_ungraded(
    entry: str,
    sums: pd.Series,
    framework: Framework,
    untested: Collection[str],
    *,
    summary: bool,
) -> list[tuple[str, str]]:
    reason = _reason_for_none(entry, framework, untested)
    if not reason:
        return []
    return [
        ("evidence", _evidence_sentence(sums, "known", framework, summary=summary)),
        ("ungraded", reason),
    ]


def _reason_for_none(entry: str, framework: Framework, untested: Collection[str]) -> str:
    parts = {part.id: part for part in framework.sub_questions}
    question = entry.split(".")[0]
    if question in {q.id for q in framework.questions if not q.graded}:
        return NOT_INSPECTED
    if entry in parts and not parts[entry].graded:
        return parts[entry].not_graded_because
    if entry not in untested:
        return ""
    return NO_PARTS if entry in parts else NO_RECORD


def _reasons(
    name: str, entry: str, level: Level, framework: Framework, *, summary: bool
) -> list[tuple[str, str]]:
    sums, applied = level.totals.loc[entry], level.applied.loc[entry]
    members = level.members.loc[level.members["parent"] == entry, "rank"]
    told_as = f"summary-{name}" if summary else name
    main = _main_rule(told_as, framework)
    has_evidence = sums["strengths"] + sums["weaknesses"] > 0
    return [("evidence", _evidence_sentence(sums, "counted", framework, summary=summary))] + [
        (rule.id, f"{rule.sentence} Here {_facts(rule, sums, members, framework)}.")
        for rule in framework.rules_of(told_as)
        if applied.get(rule.id, False) or (rule is main and has_evidence)
    ]


def _main_rule(level: str, framework: Framework) -> Rule:
    """Return the rule that divides good from below good, told whichever way it falls."""
    if level in ("sub-question", "summary-question"):
        good = framework.grading.good_enough
        return next(r for r in framework.rules_of(level, "strengths-outweigh") if r.grade == good)
    if level == "summary-overall":
        return framework.rules_of(level, "member-cap")[0]
    (missing,) = framework.rules_of(level, "missing-evidence")
    return framework.rules[missing.by]


def _evidence_sentence(sums: pd.Series, verb: str, framework: Framework, *, summary: bool) -> str:
    if sums["strengths"] + sums["weaknesses"] == 0:
        return f"No evidence is {verb}."
    strengths = _number(sums["strengths"], "strength", "strengths")
    weaknesses = _number(sums["weaknesses"], "weakness", "weaknesses")
    caps = [_number(sums[column], *names) for column, names in COUNT_NAMES.items()]
    shown = percent_of_strengths(
        sums["strength_weight"], sums["weakness_weight"], framework, summary=summary
    )
    return (
        f"Evidence {verb}: {strengths} and {weaknesses}, from "
        f"{_number(sums['findings'], 'finding', 'findings')} and "
        f"{_number(sums['indicators'], 'indicator', 'indicators')}; by weight, strengths are "
        f"{shown} percent of it. Among the weaknesses: {caps[0]}, {caps[1]}."
    )


def _facts(rule: Rule, sums: pd.Series, members: pd.Series, framework: Framework) -> str:
    if rule.type == "evidence-cap":
        count = sums[rule.count_of]
        return f"there {_is(count)} {_number(count, *COUNT_NAMES[rule.count_of])}"
    if rule.type == "member-cap":
        if rule.level == "summary-overall":
            # the rule counts those with a grade, and so must the reason
            members = members[members != framework.ranks[framework.grading.no_evidence]]
        below = members[members <= framework.ranks[rule.members] - 1]
        if members.empty:
            return "none has a grade"
        return f"{_listed(below.index)} of {len(members)} counted below {rule.members}"
    if rule.type == "members-outstanding":
        reached = members[members >= framework.ranks[rule.grade]]
        return f"{_listed(reached.index)} of {len(members)} are {rule.grade}"
    if rule.type == "missing-evidence":
        unknown = members[members < framework.ranks[framework.grading.good_enough]]
        return (
            f"{_listed(unknown.index)} of {len(members)} {_is(len(unknown))} not known to be good"
        )
    if rule.type == "indicators-yield-to-findings":
        return "this changed how at least one of them counted"
    if rule.type == "findings-needed":
        return f"there {_is(sums['findings'])} {_number(sums['findings'], 'finding', 'findings')}"
    if rule.type == "members-needed":
        known = members[members != framework.ranks[framework.grading.no_evidence]]
        return (
            f"{_listed(known.index)} of {len(members)} {'has' if len(known) == 1 else 'have'} one"
        )
    facts = _balance(sums, framework)
    if "strength_findings" in rule.parameters:
        facts += f", with {_number(sums['strength_findings'], 'finding', 'findings')} of strength"
    if "weakness_weight" in rule.parameters:
        facts += f"; weaknesses from findings weigh {sums['weakness_weight_of_findings']:g}"
    return facts


def _balance(sums: pd.Series, framework: Framework) -> str:
    strong, weak = sums["strength_weight"], sums["weakness_weight"]
    if not weak:
        return "there are no weaknesses"
    if not strong:
        return "there are no strengths"
    return f"strengths and weaknesses stand at {_ratio_shown(strong, weak, framework):g} to 1"


def _ratio_shown(strong: float, weak: float, framework: Framework) -> float:
    """Round to hundredths, but never to a side of a threshold that the ratio itself is not on.

    Strengths outweigh weaknesses from a ratio upwards, weaknesses outweigh strengths from the
    inverse of theirs downwards.
    """
    ratio = strong / weak
    shown = rounded(ratio, 2)
    kinds = {"strengths-outweigh": 1, "weaknesses-outweigh": -1}
    for rule in framework.rules.values():
        edge = rule["ratio"] ** kinds[rule.type] if rule.type in kinds else None
        if edge is None:
            continue
        if shown >= edge > ratio + ROUNDING:
            return floor(100 * ratio) / 100
        if shown <= edge < ratio - ROUNDING:
            return ceil(100 * ratio) / 100
    return shown


def _is(count: float) -> str:
    return "is" if count == 1 else "are"


def change_in_words(changes: pd.DataFrame, sums: pd.Series, framework: Framework) -> str:
    """Say how far a grade lies from a better one and from a worse one, in findings.

    `changes` holds the changes of one entry (see
    :func:`peelbook.judgments.smallest_change.smallest_changes`), `sums` the evidence counted for it.
    """
    titles = {entry.id: entry.title for entry in (*framework.sub_questions, *framework.questions)}
    told = [_change(change, sums, titles) for change in changes.itertuples()]
    return " ".join(told) or "No further finding of an ordinary kind would change it."


def _change(change: tuple, sums: pd.Series, titles: dict[str, str]) -> str:
    kind = ("strength", "strengths") if change.direction == "better" else ("weakness", "weaknesses")
    needed = _findings_needed(change, *kind)
    parts = [part for part, weight in change.where.items() if weight and part != change.id]
    if parts and change.weight:
        quoted = [f"“{titles[part]}”" for part in parts]
        named = " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
        needed += f", on {named},"
    result = RESULTS.get(change.to, change.to)
    if not change.put_right:
        return f"{needed} would move it {'up' if change.direction == 'better' else 'down'} to {result}."
    named = [name.replace(" ", "_") for name in change.put_right.split(" and ")]
    right = " and ".join(_number(sums[name], *COUNT_NAMES[name]) for name in named)
    more = f", and {needed.rstrip(',')}," if change.weight else ""
    return f"With {right} put right{more} it would be {result}."


def _findings_needed(change: tuple, one: str, many: str) -> str:
    """Say how many findings are enough, none heavier than ordinary, and how many of them are minor."""
    ordinary = change.weight - change.findings
    minor = change.findings - ordinary
    if not ordinary and minor:
        return _number(minor, f"more minor {one}", f"more minor {many}")
    told = _number(ordinary, f"more {one}", f"more {many}") + " of ordinary weight"
    return f"{told} and {_number(minor, 'minor one', 'minor ones')}" if minor else told


def _number(count: float, one: str, many: str) -> str:
    return f"{'no' if count == 0 else f'{count:g}'} {one if count == 1 else many}"


def _listed(ids: pd.Index) -> str:
    """Say how many sub-questions or core questions there are, and their numbers."""
    return (
        f"{len(ids)} ({', '.join(name.removeprefix('q') for name in ids)})" if len(ids) else "none"
    )
