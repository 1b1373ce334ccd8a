"""Findings that stand under another question than their source told them under, where it decides.

The framework follows the report of 2016. The pages of 2018/19 told of dangerous and sex offenders
under protecting vulnerable people, which that report has under reducing re-offending. The number of a
finding keeps the question of its source.
"""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence, load_evidence
from peelbook.findings.register import load_findings
from peelbook.judgments.grades import judge
from peelbook.narrative.prose import Prose
from peelbook.narrative.published import is_grade
from peelbook.narrative.words import counted, listing
from peelbook.parameters import force_slugs
from peelbook.tables.forces import force_named
from peelbook.tables.inspections import load_inspections

SUBJECT = "where the report of 2016 has their subject"


def where_placing_decides(ev: Evidence, question: str) -> str:
    """Say that a grade of a core question would be another with findings where their source told them.

    Empty where no finding moved to or from the question, and where the grade would be the same.
    """
    others = _others(ev)
    if question not in others.index:
        return ""
    now, then = others.loc[question, ["here", "as_told"]]
    if question == "overall":
        return _elsewhere(ev, int(_moved(ev.findings).sum()), then)
    numbered = _numbered(ev.findings)
    own = ev.findings["question"]
    out = ev.findings[(numbered == question) & (own != question)]
    into = ev.findings[(numbered != question) & (own == question)]
    if len(out) and len(into):
        return _elsewhere(ev, len(out) + len(into), then)
    if len(out):
        place = listing(sorted({name.removeprefix("q") for name in out["question"]}))
        return (
            f"{_findings(len(out))} told by the source under this question "
            f"{_stands(len(out))} under question {place} here, {SUBJECT}. Counted here, "
            f"{_it(len(out))} would give {_grade(ev, then)}, not "
            f"{_grade(ev, now).removeprefix('the grade ')}."
        )
    place = listing(sorted({name.removeprefix("q") for name in _numbered(into)}))
    return (
        f"{_findings(len(into))} told by the source under question {place} "
        f"{'counts' if len(into) == 1 else 'count'} here, {SUBJECT}. Without "
        f"{'it' if len(into) == 1 else 'them'} there would be {_grade(ev, then)}."
    )


def _elsewhere(ev: Evidence, number: int, then: str) -> str:
    several = number > 1
    return (
        f"{_findings(number)} {'stand' if several else 'stands'} under another question than the "
        f"source told {'them' if several else 'it'} under, {SUBJECT}; otherwise there would be "
        f"{_grade(ev, then)}."
    )


def cases_that_placing_decides() -> Prose:
    """Say in how many registers of summaries findings moved, and which grades that changes."""
    moved, told = 0, []
    for inspection in load_inspections().values():
        for force in force_slugs():
            if not _moved(load_findings(force, inspection.id)).any():
                continue
            ev = load_evidence(
                force=force, inspection=inspection.id, period_end=str(inspection.figures_from)
            )
            moved += ev.register_basis == "summary"
            for row in _others(ev).itertuples():
                name = "overall" if row.Index == "overall" else f"question {row.Index[1:]}"
                told.append(
                    f"{force_named(force).short_name} {inspection.name}, {name}: "
                    f"{row.here} here, {row.as_told} as told"
                )
    if not told:
        return Prose("")
    return Prose(
        f"In {counted(moved, 'register')} findings stand under another question than their source "
        "told them under, most of them as the pages of 2018/19 told of dangerous and sex offenders "
        "under protecting vulnerable people, where the report of 2016 has them under reducing "
        "re-offending. "
        f"{counted(len(told), 'grade').capitalize()} would be another otherwise: {'; '.join(told)}."
    )


def _others(ev: Evidence) -> pd.DataFrame:
    """Return the grades `here` and `as_told` of core questions, and ``overall``, where they differ."""
    if ev.register_basis != "summary" or not _moved(ev.findings).any():
        return pd.DataFrame(columns=["here", "as_told"])
    numbered = _numbered(ev.findings)
    as_told = ev.findings.assign(
        question=numbered, sub_question=ev.findings["id"].str.split("-").str[0]
    )
    both = pd.DataFrame({"here": _grades(ev, ev.findings), "as_told": _grades(ev, as_told)})
    return both[both["here"] != both["as_told"]]


def _grades(ev: Evidence, findings: pd.DataFrame) -> pd.Series:
    # indicators do not count beside summaries
    judged = judge(
        findings, None, ev.framework, basis="summary", graded_here=ev.graded_from_summaries
    )
    core = [*(one.id for one in ev.framework.questions), "overall"]
    return judged.table.set_index("id").loc[core, "grade"]


def _moved(findings: pd.DataFrame) -> pd.Series:
    return _numbered(findings) != findings["question"]


def _numbered(findings: pd.DataFrame) -> pd.Series:
    return findings["id"].str.split(".").str[0]


def _grade(ev: Evidence, name: str) -> str:
    return f"the grade {name}" if is_grade(ev, name) else "no grade"


def _findings(number: int) -> str:
    return counted(number, "finding").capitalize()


def _stands(number: int) -> str:
    return "stands" if number == 1 else "stand"


def _it(number: int) -> str:
    return "it" if number == 1 else "they"
