"""The inspection framework: questions, grades, evidence and grading rules, read from one file.

Everything that decides a grade (thresholds, weights, which indicator speaks to which
sub-question) stands in `frameworks/<name>.yml`; this module reads it into values that cannot be
changed and refuses a file that does not hang together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from peelbook.errors import InvalidParameter, PeelbookError, suggestion
from peelbook.judgments.framework_checks import check_framework
from peelbook.judgments.framework_parts import (
    Framework,
    Grade,
    Grading,
    Heading,
    IndicatorLink,
    Parameter,
    Question,
    Rule,
    SubQuestion,
    Summaries,
)
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.project import PROJECT

FRAMEWORKS = PROJECT / "frameworks"
LEVELS = ("sub-question", "question", "overall")
FINDING_WEIGHT, INDICATOR_WEIGHT = "finding-weight", "indicator-weight"


def with_parameters(framework: Framework, values: Mapping[str, float]) -> Framework:
    """Return a copy with other thresholds and weights, for sensitivity analysis.

    `values` maps a name of :func:`parameters_of` to a number, for example `{"S1.ratio": 3}`,
    `{"finding-weight.3": 4}` or `{"indicator-weight.recorded-crime": 1}`; it may lie outside the
    documented range. Raises InvalidParameter for a name that is not there or a value of zero.
    """
    rules, links = dict(framework.rules), dict(framework.indicators)
    weights = dict(framework.finding_weight_values)
    known = parameters_of(framework)
    for key, value in values.items():
        if key not in known:
            raise InvalidParameter(f"Unknown threshold '{key}': {suggestion(key, known)}")
        if not value > 0:
            raise InvalidParameter(f"Threshold '{key}' must be above zero, not {value}.")
        parameter = replace(known[key], value=float(value))
        owner, name = key.split(".")
        if owner == FINDING_WEIGHT:
            weights[int(name)] = parameter
        elif owner == INDICATOR_WEIGHT:
            links[name] = replace(links[name], weight=float(value), weight_range=parameter)
        else:
            changed = MappingProxyType({**rules[owner].parameters, name: parameter})
            rules[owner] = replace(rules[owner], parameters=changed)
    return replace(
        framework,
        rules=MappingProxyType(rules),
        indicators=MappingProxyType(links),
        finding_weight_values=MappingProxyType(weights),
    )


def parameters_of(framework: Framework) -> dict[str, Parameter]:
    """Return every threshold and weight by name: thresholds first, then findings, indicators."""
    thresholds = {
        f"{rule.id}.{name}": parameter
        for rule in framework.rules.values()
        for name, parameter in rule.parameters.items()
    }
    weights = {f"{FINDING_WEIGHT}.{k}": w for k, w in framework.finding_weight_values.items()}
    links = {
        f"{INDICATOR_WEIGHT}.{link.id}": link.weight_range
        for link in framework.indicators.values()
        if link.weight_range is not None
    }
    return thresholds | weights | links


@remembered()
def load_framework(name: str = "peel-2016", folder: Path = FRAMEWORKS) -> Framework:
    """Read and check `<folder>/<name>.yml`.

    Raises PeelbookError, naming the file and the entry, for an unknown framework, a missing field
    or reason, an id used twice, or an entry that refers to one that is not there.
    """
    path = folder / f"{name}.yml"
    note_inputs(f"frameworks/{path.name}")
    if not path.is_file():
        # Other definitions share the folder; a framework file is one that asks a headline question.
        known = [
            file.stem
            for file in folder.glob("*.yml")
            if "\nheadline_question:" in file.read_text(encoding="utf-8")
        ]
        raise PeelbookError(f"Unknown framework '{name}': {suggestion(name, known)}")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        framework = _framework(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PeelbookError(f"{path.name}: field missing or not understood: {error}") from None
    check_framework(framework, path.name)
    return framework


def _framework(content: dict[str, Any]) -> Framework:
    return Framework(
        id=content["id"],
        title=content["title"],
        headline_question=content["headline_question"],
        grades=tuple(Grade(**grade) for grade in content["grades"]),
        grading=Grading(**content["grading"]),
        questions=tuple(_question(entry) for entry in content["questions"]),
        finding_weights=MappingProxyType(dict(content["findings"]["weights"])),
        finding_weight_values=MappingProxyType(
            {
                weight: Parameter(float(weight), *map(float, content["findings"]["ranges"][weight]))
                for weight in content["findings"]["weights"]
            }
        ),
        evidence_kinds=tuple(content["findings"]["evidence_kinds"]),
        kinds_with_sample=tuple(content["findings"].get("kinds_with_sample", ())),
        coding_notes=tuple(content["findings"]["coding_notes"]),
        indicators=_by_id(
            [_link(entry, content["indicator_weight_ranges"]) for entry in content["indicators"]]
        ),
        unassigned_at_most=float(content["unassigned_at_most"]),
        rules=_by_id([_rule(entry) for entry in content["rules"]]),
        summaries=_summaries(content["summaries"]),
    )


def _summaries(entry: dict[str, Any]) -> Summaries:
    listed = {name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()}
    return Summaries(**listed)


def _question(entry: dict[str, Any]) -> Question:
    parts = tuple(_sub_question(entry["id"], part) for part in entry["sub_questions"])
    return Question(**{**entry, "sub_questions": parts})


def _sub_question(question: str, entry: dict[str, Any]) -> SubQuestion:
    fields = dict(entry)
    titles = fields.pop("headings", {})
    headings = tuple(Heading(name, title) for name, title in titles.items())
    return SubQuestion(question=question, headings=headings, **fields)


def _link(entry: dict[str, Any], ranges: dict[float, list[float]]) -> IndicatorLink:
    if "weight" not in entry:
        return IndicatorLink(**entry)
    # a weight for which the file gives no range stays as it is in every draw
    ends = ranges.get(entry["weight"], [entry["weight"]] * 2)
    weight = Parameter(float(entry["weight"]), *map(float, ends))
    return IndicatorLink(**entry, weight_range=weight)


def _rule(entry: dict[str, Any]) -> Rule:
    parameters = {
        name: Parameter(float(given["value"]), *(float(end) for end in given["range"]))
        for name, given in (entry.get("parameters") or {}).items()
    }
    missing = [key for key in ("id", "level", "type", "text", "reason") if not entry.get(key)]
    if missing:
        raise ValueError(f"rule {entry.get('id', '?')} has no {missing[0]}")
    return Rule(**{**entry, "parameters": MappingProxyType(parameters)})


def _by_id(entries: list[Any]) -> Mapping[str, Any]:
    by_id = {entry.id: entry for entry in entries}
    if len(by_id) != len(entries):
        ids = [entry.id for entry in entries]
        twice = next(i for i in ids if ids.count(i) > 1)
        raise ValueError(f"the id '{twice}' is used twice")
    return MappingProxyType(by_id)
