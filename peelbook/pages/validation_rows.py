"""Published grades beside computed ones, row by row: what the validation counts.

Nothing is fitted here, so nothing has to be left out when a row is tested.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from peelbook.evidence import Evidence
from peelbook.findings.register import no_findings
from peelbook.judgments.framework import Framework
from peelbook.judgments.grades import count_evidence, evidence_items
from peelbook.judgments.levels import grade_levels
from peelbook.judgments.rules import Members, grade_from_members, thresholds_of
from peelbook.parameters import force_slugs, parse_parameters
from peelbook.returns.figures import indicator_table
from peelbook.tables import load_table

YEARS_OF_GRADES = (2014, 2015, 2016, 2017, 2018)
PERIODS = {2016: "2016-06-30", 2017: "2018-03-31"}
"""Year of the published grades to the 12 months of the indicators. The second is the first period
with outcomes for every force; it ends after the inspections of 2017."""
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


def indicator_rows(published: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Grade every force on indicators alone and set the grades beside the published ones.

    Grades that the inspectorate carried over from an earlier year are left out.

    Returns
    -------
    DataFrame with columns `force`, `year`, `question`, `published` (missing where not known),
    `computed` (the provisional grade; missing where no indicator stands out), `balance` (weight of
    strengths minus weight of weaknesses): a row a force, year and graded core question.
    """
    computed = pd.concat(
        [_indicative(year, end, framework) for year, end in PERIODS.items()], ignore_index=True
    )
    own = published.loc[
        published["basis"] != "carried-over", ["force", "year", "question", "grade"]
    ]
    return computed.merge(
        own.rename(columns={"grade": "published"}),
        on=["force", "year", "question"],
        how="left",
        validate="one_to_one",
    )


def _indicative(year: int, period_end: str, framework: Framework) -> pd.DataFrame:
    table = indicator_table(parse_parameters({"period_end": period_end}))
    table = table.assign(name=table["indicator"])
    graded = [question.id for question in framework.questions if question.graded]
    told = []
    for force in force_slugs():
        items = evidence_items(no_findings(), table[table["area"] == force], framework)
        level = grade_levels(count_evidence(items, framework), framework)["question"]
        balance = level.totals["strength_weight"] - level.totals["weakness_weight"]
        told.append(
            pd.DataFrame({"provisional": level.provisional, "balance": balance})
            .loc[graded]
            .rename_axis("question")
            .reset_index()
            .assign(force=force, year=year)
        )
    names = {rank: grade for grade, rank in framework.ranks.items()}
    rows = pd.concat(told, ignore_index=True)
    return rows.assign(computed=rows["provisional"].map(names))[
        ["force", "year", "question", "computed", "balance"]
    ]


def force_rows(ev: Evidence) -> pd.DataFrame:
    """Return each computed grade of a force beside the published one.

    Columns `id`, `title`, `computed`, `published`, `basis` (of the published grade), `agrees`
    (missing where either grade is). The inspectorate grades core questions, so a sub-question
    stands beside the grade of its core question.
    """
    published = load_table("judgments")
    own = published[(published["force"] == ev.force.slug) & (published["year"] == ev.year)]
    own = own.set_index("question")
    table = ev.grades[ev.grades["grade"] != ev.framework.grading.ungraded]
    level = table["id"].str.split(".").str[0]
    rows = pd.DataFrame(
        {
            "id": table["id"],
            "title": table["title"],
            "computed": table["grade"],
            "published": level.map(own["grade"]),
            "basis": level.map(own["basis"]),
        }
    )
    known = rows["published"].notna() & rows["computed"].isin(grade_names(ev.framework))
    same = (rows["computed"] == rows["published"]).astype("boolean")
    return rows.assign(agrees=same.where(known)).reset_index(drop=True)
