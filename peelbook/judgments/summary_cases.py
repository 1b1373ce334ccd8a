"""Grades computed from published summaries beside the grades stated for the same inspection.

One case is a force, an inspection and a core question (or the force as a whole) with enough findings
for a grade, and with a grade that the inspectorate stated in so many words in that inspection. The ratio
of rule M1 is chosen, for each force, by the cases of all other forces, so that no force is graded by a
number that its own grades helped to choose. The cases are kept in `data/summary_cases.csv`, for a book
should not read 129 registers to say how often such grades agree.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from peelbook.findings.register import COLUMN_TYPES
from peelbook.judgments.framework import Framework
from peelbook.judgments.grades import evidence_columns, evidence_items
from peelbook.judgments.record import record_of
from peelbook.judgments.rules import thresholds_of
from peelbook.judgments.summaries import OVERALL, QUESTION, findings_needed, grade_summary_force
from peelbook.judgments.summaries import grade_summary_questions as grade_questions
from peelbook.tables import data_directory, load_table
from peelbook.tables.inputs import note_inputs
from peelbook.tables.inspections import inspection_before, inspection_named

CASES = [
    "force",
    "inspection",
    "question",
    "findings",
    "strength_weight",
    "weakness_weight",
    "causes_of_concern",
    "ratio",
    "computed",
    "published",
    "published_before",
]
COUNTED = ["findings", "strength_weight", "weakness_weight", "causes_of_concern"]


def summary_evidence(framework: Framework, data_dir: Path | None = None) -> pd.DataFrame:
    """Return the evidence counted for every core question of every register of summaries.

    Returns
    -------
    DataFrame with `force`, `inspection`, `question`, `findings`, `strength_weight`,
    `weakness_weight`, `causes_of_concern`: one row a register and graded core question, zeros where
    the summary has nothing.
    """
    registers = load_table("registers", data_dir)
    wanted = registers[
        (registers["basis"] == "summary")
        & registers["inspection"].isin(framework.summaries.inspections)
    ]
    names = list(wanted[["force", "inspection"]].itertuples(index=False, name=None))
    findings = pd.concat([_register(*name, data_dir) for name in names], ignore_index=True)
    items = evidence_items(findings, None, framework)
    # one pass over all registers: the register becomes part of the name of a sub-question
    register = findings["force"] + " " + findings["inspection"]
    rows = evidence_columns(items.assign(sub_question=register + " " + items["sub_question"]))
    counted = findings["sub_question"].isin([part.id for part in framework.counted_parts])
    key = [findings["force"], findings["inspection"], findings["question"]]
    sums = (
        rows.drop(columns="causes_of_concern")[counted]
        .groupby([column[counted] for column in key])
        .sum()
    )
    asked = [
        (*name, question.id)
        for name in names
        for question in framework.questions
        if question.graded
    ]
    index = pd.MultiIndex.from_tuples(asked, names=["force", "inspection", "question"])
    evidence = sums.rename(columns={"causes_in_question": "causes_of_concern"})[COUNTED]
    return evidence.reindex(index, fill_value=0).reset_index()


def _register(force: str, inspection: str, data_dir: Path | None) -> pd.DataFrame:
    """Read a register without the checks that every book makes of its own: there are 127 of them."""
    name = f"findings/{force}-{inspection}"
    note_inputs(f"data/{name}")
    path = (data_dir or data_directory()) / f"{name}.csv"
    return pd.read_csv(path, dtype=COLUMN_TYPES).assign(force=force, inspection=inspection)


def published_beside(evidence: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Add `published`, the grade stated in the same inspection, and `published_before`.

    `published` is the table of published grades. A grade read from wording, or one that stands from an
    earlier inspection, is not one that the findings of this inspection could explain: missing. The
    grade of the inspection before is taken however it is known.
    """
    key = ["force", "year", "question"]
    rounds = {i: inspection_named(i) for i in evidence["inspection"].unique()}
    stated = published[(published["basis"] == "explicit") & published["judged_in"].isna()]
    now = evidence.assign(
        year=evidence["inspection"].map({i: r.graded_year for i, r in rounds.items()})
    )
    before = {i: inspection_before(r) for i, r in rounds.items()}
    with_now = now.merge(
        stated[[*key, "grade"]].rename(columns={"grade": "published"}), on=key, how="left"
    )
    years = {i: r.graded_year for i, r in before.items() if r is not None}
    return (
        with_now.assign(year=with_now["inspection"].map(years))
        .merge(
            published[[*key, "grade"]].rename(columns={"grade": "published_before"}),
            on=key,
            how="left",
        )
        .drop(columns="year")
    )


def choose_ratios(cases: pd.DataFrame, framework: Framework) -> dict[str, float]:
    """Return for each force the ratio that gives most stated grades of all other forces.

    `cases` has `force`, `published` and the evidence; among equals the lowest ratio is taken.
    """
    ratios = framework.summaries.ratios_tried
    ranks = np.stack([_ranks(cases, framework, ratio) for ratio in ratios])
    agrees = ranks == cases["published"].map(framework.ranks).to_numpy()
    right = pd.DataFrame(agrees.T).groupby(cases["force"].to_numpy()).sum()
    of_others = right.sum() - right
    return {str(force): float(ratios[place]) for force, place in of_others.idxmax(axis=1).items()}


def best_ratio(cases: pd.DataFrame, framework: Framework) -> float:
    """Return the ratio that gives most stated grades of all forces: the one of the framework file."""
    ratios = framework.summaries.ratios_tried
    published = cases["published"].map(framework.ranks).to_numpy()
    right = [int((_ranks(cases, framework, ratio) == published).sum()) for ratio in ratios]
    return float(ratios[int(np.argmax(right))])


def _ranks(cases: pd.DataFrame, framework: Framework, ratio: float | np.ndarray) -> np.ndarray:
    (main,) = framework.rules_of(QUESTION, "strengths-outweigh")
    values = thresholds_of(framework) | {f"{main.id}.ratio": ratio}
    evidence = {name: cases[name].to_numpy(dtype=float) for name in COUNTED}
    return grade_questions(evidence, framework, values)[0]


def summary_cases(
    framework: Framework, evidence: pd.DataFrame, published: pd.DataFrame
) -> pd.DataFrame:
    """Return every case with the grade computed for it, a force's own grades left out of the choice.

    Columns :data:`CASES`: `ratio` is the one chosen by the other forces; rows of the force as a
    whole (`question` overall) have the evidence of the core questions that count.
    """
    enough = evidence[evidence["findings"] >= findings_needed(framework)]
    beside = published_beside(enough, published)
    questions = beside.dropna(subset="published").reset_index(drop=True)
    ratios = choose_ratios(questions, framework)
    # a force without any case of its own is graded by all the others
    by_all = best_ratio(questions, framework)
    beside = beside.assign(ratio=beside["force"].map(ratios).fillna(by_all))
    beside["rank"] = _ranks(beside, framework, beside["ratio"].to_numpy())
    told = _named(beside.dropna(subset="published"), framework)
    shown = [row.question for row in record_of(told, framework).itertuples() if row.shown]
    overall = _overall(beside[beside["question"].isin(shown)], framework, published)
    cases = pd.concat([told, _named(overall, framework)], ignore_index=True)
    return cases[CASES].sort_values(["force", "inspection", "question"], ignore_index=True)


def _named(rows: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    names = {rank: grade for grade, rank in framework.ranks.items()}
    counts = dict.fromkeys(("findings", "causes_of_concern"), "int64")
    return rows.assign(computed=rows["rank"].map(names)).astype(counts)


def _overall(
    questions: pd.DataFrame, framework: Framework, published: pd.DataFrame
) -> pd.DataFrame:
    """Return the cases of the force as a whole from its core questions that count."""
    key = ["force", "inspection"]
    (needed,) = framework.rules_of(OVERALL, "members-needed")
    unknown = framework.ranks[framework.grading.no_evidence]
    wide = questions.pivot(index=key, columns="question", values="rank")
    known = wide.notna().sum(axis=1) >= needed["at_least"]
    ranks = wide.fillna(unknown).to_numpy(dtype=float)
    rank = grade_summary_force(ranks, framework, thresholds_of(framework))[0][:, 0]
    sums = (
        questions.groupby(key)[COUNTED]
        .sum()
        .assign(rank=rank, ratio=questions.groupby(key)["ratio"].first())
    )
    rows = sums[known].reset_index().assign(question="overall")
    return published_beside(rows, published).dropna(subset="published")


def write_summary_cases(framework: Framework, data_dir: Path) -> Path:
    """Compute the cases anew from the tables of `data_dir` and write `summary_cases.csv` there."""
    evidence = summary_evidence(framework, data_dir)
    cases = summary_cases(framework, evidence, load_table("judgments", data_dir))
    path = data_dir / "summary_cases.csv"
    cases.to_csv(path, index=False, lineterminator="\n")
    return path
