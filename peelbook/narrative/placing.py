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
    moved = ev.findings[_moved(ev.findings)]
    out = moved[_numbered(moved) == question]
    into = moved[moved["question"] == question]
    # to grade twice takes time, and a question that nothing moved to or from keeps its grade
    touched = len(moved) if question == "overall" else len(out) + len(into)
    others = _others(ev) if touched else pd.DataFrame()
    if question not in others.index:
        return ""
    now, then = others.loc[question, ["here", "as_told"]]
    grade = f"the grade {then}" if is_grade(ev, then) else "no grade"
    if len(out) and not len(into):
        stand, they = ("stands", "it") if len(out) == 1 else ("stand", "they")
        return (
            f"{counted(len(out), 'finding')} told by the source under this question {stand} under "
            f"question {_places(out['question'])} here, {SUBJECT}. Counted here, {they} would give "
            f"{grade}, not {now if is_grade(ev, now) else 'no grade'}."
        )
    if len(into) and not len(out):
        count, them = ("counts", "it") if len(into) == 1 else ("count", "them")
        return (
            f"{counted(len(into), 'finding')} told by the source under question "
            f"{_places(_numbered(into))} {count} here, {SUBJECT}. Without {them} there would be "
            f"{grade}."
        )
    # over all questions, or where findings moved both ways
    stand, them = ("stands", "it") if touched == 1 else ("stand", "them")
    return (
        f"{counted(touched, 'finding')} {stand} under another question than the source told {them} "
        f"under, {SUBJECT}; otherwise there would be {grade}."
    )


def _places(questions: pd.Series) -> str:
    return listing(sorted({name.removeprefix("q") for name in questions}))


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
