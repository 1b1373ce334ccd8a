"""Published grades beside computed ones, row by row: what the validation counts.

Nothing is fitted here, so nothing has to be left out when a row is tested.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from peelbook.evidence import Evidence
from peelbook.judgments.framework import Framework
from peelbook.judgments.rules import Members, grade_from_members, thresholds_of

YEARS_OF_GRADES = (2014, 2015, 2016, 2017, 2018)
EXPLICIT = ("explicit",)


@dataclass(frozen=True)
class Selection:
    """Which published core grades count.

    `bases` of the grade (None for all), whether all four have to be known, and `years`.
    """

    id: str
    bases: tuple[str, ...] | None
    complete: bool
    years: tuple[int, ...] = YEARS_OF_GRADES


SELECTIONS = (
    Selection("explicit, all four core grades known", EXPLICIT, complete=True),
    Selection("explicit, enough known for the rule", EXPLICIT, complete=False),
    Selection("any basis, all four core grades known", None, complete=True),
    Selection("any basis, all four known, 2015 and 2017", None, complete=True, years=(2015, 2017)),
    Selection("any basis, enough known for the rule", None, complete=False),
)


def grade_names(framework: Framework) -> list[str]:
    """Return the grades from best to worst."""
    return [grade.id for grade in framework.grades]


def overall_rows(published: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Apply the rule for the overall grade to published core grades.

    `published` is the table of published grades (`force`, `year`, `question`, `grade`, `basis`).
    2014 has no published overall grade and so no row.

    Returns
    -------
    DataFrame with columns `force`, `year`, `published`, `computed` (or "insufficient evidence"),
    `known` (core grades) and `selection`: one row a force, year and selection, whether or not the
    rule gives a grade.
    """
    told = [
        _overall(published, framework, selection).assign(selection=selection.id)
        for selection in SELECTIONS
    ]
    return pd.concat(told, ignore_index=True)


def _overall(published: pd.DataFrame, framework: Framework, selection: Selection) -> pd.DataFrame:
    published = published[published["year"].isin(selection.years)]
    if selection.bases is not None:
        published = published[published["basis"].isin(selection.bases)]
    core = [question.id for question in framework.questions if question.graded]
    wide = (
        published.pivot(index=["force", "year"], columns="question", values="grade")
        .reindex(columns=[*core, "overall"])
        .dropna(subset="overall")
    )
    known = wide[core].notna().sum(axis=1)
    if selection.complete:
        wide, known = wide[known == len(core)], known[known == len(core)]
    rows = pd.DataFrame(
        {
            "published": wide["overall"].astype("str"),
            "computed": _overall_grades(wide[core], framework),
            "known": known,
        }
    )
    return rows.reset_index()


def _overall_grades(core: pd.DataFrame, framework: Framework) -> list[str]:
    """Return the overall grade of each row of core grades, missing where not known."""
    no_grade = framework.ranks[framework.grading.no_evidence]
    rank = core.apply(lambda column: column.map(framework.ranks)).to_numpy(dtype=float)
    known = ~np.isnan(rank)
    members = Members(
        belongs=np.ones((rank.shape[1], 1)),
        rank=np.where(known, rank, no_grade),
        provisional=rank,
        finding_rank=rank,
        # inspectors saw strengths wherever they gave a grade that the rules on outstanding ask about
        findings=known,
        strength_findings=known,
    )
    graded = grade_from_members(members, {}, framework, "overall", thresholds_of(framework))
    names = {rank: grade for grade, rank in framework.ranks.items()}
    return [names[rank] for rank in graded.rank[:, 0]]


def force_rows(ev: Evidence) -> pd.DataFrame:
    """Return each computed grade of a force beside the published one.

    Columns `id`, `title`, `computed`, `published`, `basis` (of the published grade), `agrees`
    (missing where either grade is). The inspectorate graded core questions and the force; no
    sub-question has a published grade.
    """
    table = ev.grades[ev.grades["grade"] != ev.framework.grading.ungraded]
    rows = table[["id", "title"]].assign(
        computed=table["grade"], published=table["published"], basis=table["published_basis"]
    )
    known = rows["published"].notna() & rows["computed"].isin(grade_names(ev.framework))
    same = (rows["computed"] == rows["published"]).astype("boolean")
    return rows.assign(agrees=same.where(known)).reset_index(drop=True)
