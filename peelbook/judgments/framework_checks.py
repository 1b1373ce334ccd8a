"""Refuse a framework file that does not hang together, saying which entry is wrong and why."""

from __future__ import annotations

import string
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from peelbook.errors import PeelbookError, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from peelbook.judgments.framework_parts import Framework, Rule

DIRECTIONS = ("lower", "higher", "context")
COUNTS = ("areas_for_improvement", "causes_of_concern")


class RuleType(NamedTuple):
    """What a rule of this type must say: at which levels, with which parameters and fields."""

    levels: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    fields: tuple[str, ...] = ("grade",)


RULE_TYPES = {
    "strengths-outweigh": RuleType(
        ("sub-question", "summary-question"), ("ratio",), ("strength_findings",)
    ),
    "weaknesses-outweigh": RuleType(("sub-question",), ("ratio", "weakness_weight")),
    "evidence-cap": RuleType(
        ("sub-question", "question", "summary-question"),
        ("at_least",),
        fields=("grade", "count_of"),
    ),
    "member-cap": RuleType(
        ("question", "overall", "summary-overall"), ("at_least",), fields=("grade", "members")
    ),
    "members-outstanding": RuleType(("question", "overall"), ("at_least",)),
    "indicators-yield-to-findings": RuleType(("question",), fields=()),
    "missing-evidence": RuleType(
        ("question", "overall"), ("members_with_evidence",), fields=("by", "provisional_by")
    ),
    "findings-needed": RuleType(("summary-question",), ("at_least",), fields=()),
    "members-needed": RuleType(("summary-overall",), ("at_least",), fields=()),
    "record-needed": RuleType(("summary-question", "summary-overall"), ("cases",), fields=()),
}
NEEDED_ONCE = (
    ("question", "missing-evidence"),
    ("overall", "missing-evidence"),
    ("summary-question", "strengths-outweigh"),
    ("summary-question", "findings-needed"),
    ("summary-question", "record-needed"),
    ("summary-overall", "member-cap"),
    ("summary-overall", "members-needed"),
    ("summary-overall", "record-needed"),
)
"""Levels and types of which there has to be one rule and no other."""


def check_framework(framework: Framework, file: str) -> None:
    """Raise PeelbookError for the first entry of `framework` that is wrong; `file` names it."""
    for entry, reason in _faults(framework):
        raise PeelbookError(f"{file}: {entry}: {reason}")


def _faults(framework: Framework) -> Iterator[tuple[str, str]]:
    yield from _grade_faults(framework)
    yield from _indicator_faults(framework)
    yield from _weight_faults(framework)
    for rule in framework.rules.values():
        for reason in _rule_faults(rule, framework):
            yield f"rule {rule.id}", reason
    good = framework.grading.good_enough
    if good not in {r.grade for r in framework.rules_of("sub-question", "strengths-outweigh")}:
        yield "rules", f"no rule of type 'strengths-outweigh' says when a sub-question is {good}"
    for level, kind in NEEDED_ONCE:
        if len(framework.rules_of(level, kind)) != 1:
            yield "rules", f"the level '{level}' needs one rule of type '{kind}'"


def _grade_faults(framework: Framework) -> Iterator[tuple[str, str]]:
    ids = [part.id for part in framework.sub_questions] + [q.id for q in framework.questions]
    for twice in {i for i in ids if ids.count(i) > 1}:
        yield "questions", f"the id '{twice}' is used twice"
    for kind in framework.kinds_with_sample:
        yield from _unknown("findings", "kind of evidence", kind, framework.evidence_kinds)
    for part in framework.sub_questions:
        if part.graded == bool(part.not_graded_because):
            yield f"sub-question {part.id}", "says why it is not graded if, and only if, it is not"
    for name in (framework.grading.start, framework.grading.good_enough):
        yield from _unknown("grading", "grade", name, (g.id for g in framework.grades))


def _indicator_faults(framework: Framework) -> Iterator[tuple[str, str]]:
    lightest = min(framework.finding_weights)
    for link in framework.indicators.values():
        entry = f"indicator {link.id}"
        yield from _unknown(
            entry, "sub-question", link.sub_question, (part.id for part in framework.sub_questions)
        )
        yield from _unknown(entry, "direction", link.direction, DIRECTIONS)
        if not link.because:
            yield entry, "no reason ('because') for its direction"
        if link.unassigned:
            yield from _unknown(entry, "indicator", link.unassigned, framework.indicators)
        if link.direction == "context" and link.weight:
            yield entry, "an indicator given for context has no weight"
        # A finding replaces an indicator that it restates; that must never lighten the evidence.
        if link.direction != "context" and not 0 < link.weight <= lightest:
            yield entry, f"its weight must be above 0 and at most {lightest}, that of a finding"


def _weight_faults(framework: Framework) -> Iterator[tuple[str, str]]:
    ends = sorted(framework.finding_weight_values.items())
    for weight, value in ends:
        if not 0 < value.low <= value.value <= value.high:
            yield f"finding weight {weight}", "it is not within its own range"
    for (lighter, low), (heavier, high) in pairwise(ends):
        if low.high > high.low:
            yield f"finding weight {heavier}", f"its range overlaps that of {lighter}"
    lightest = min(value.low for value in framework.finding_weight_values.values())
    for link in framework.indicators.values():
        value = link.weight_range
        if value and not 0 < value.low <= value.value <= value.high <= lightest:
            yield (
                f"indicator {link.id}",
                "its weight is not within its range, or exceeds a finding's",
            )


def _rule_faults(rule: Rule, framework: Framework) -> Iterator[str]:
    if rule.type not in RULE_TYPES:
        yield f"unknown type '{rule.type}': {suggestion(rule.type, RULE_TYPES)}"
        return
    kind = RULE_TYPES[rule.type]
    if rule.level not in kind.levels:
        yield f"type '{rule.type}' does not work at level '{rule.level}'"
    for name in kind.parameters:
        if name not in rule.parameters:
            yield f"no parameter '{name}'"
    for name in set(rule.parameters) - {*kind.parameters, *kind.optional}:
        yield f"unknown parameter '{name}'"
    for field in kind.fields:
        if not getattr(rule, field):
            yield f"no field '{field}'"
    yield from _reference_faults(rule, framework)
    yield from _parameter_faults(rule)


def _reference_faults(rule: Rule, framework: Framework) -> Iterator[str]:
    grades = [grade.id for grade in framework.grades]
    for field, given, allowed in (
        ("grade", rule.grade, grades),
        ("members", rule.members, grades),
        ("count_of", rule.count_of, COUNTS),
        ("by", rule.by, [r.id for r in framework.rules_of(rule.level, "member-cap")]),
        ("provisional_by", rule.provisional_by, framework.rules),
    ):
        if given is not None and given not in allowed:
            yield f"{field}: unknown '{given}': {suggestion(given, allowed)}"


def _parameter_faults(rule: Rule) -> Iterator[str]:
    for name, parameter in rule.parameters.items():
        if not 0 < parameter.low <= parameter.value <= parameter.high:
            yield f"parameter '{name}' is not a positive number within its own range"
    named = {field for _, field, _, _ in string.Formatter().parse(rule.text) if field}
    for name in named - set(rule.parameters):
        yield f"the text speaks of '{name}', which is not a parameter"
    for name in set(rule.parameters) - named:
        yield f"the text does not say the value of '{name}'"


def _unknown(
    entry: str, what: str, given: str, allowed: Iterable[str]
) -> Iterator[tuple[str, str]]:
    names = list(allowed)
    if given not in names:
        yield entry, f"unknown {what} '{given}': {suggestion(str(given), names)}"
