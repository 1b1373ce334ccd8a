"""The grades of one force as labelled frames, level by level."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from peelbook.judgments.framework import Framework
from peelbook.judgments.rules import Graded, grade_all, totals_of_questions


@dataclass(frozen=True)
class Level:
    """Sub-questions, core questions or overall, all indexed by id.

    `totals` is the evidence counted, `applied` has a column a rule, `members` the columns `parent`
    and `rank` (the rank with which each member counted), empty for sub-questions.
    """

    totals: pd.DataFrame
    rank: pd.Series
    provisional: pd.Series
    applied: pd.DataFrame
    members: pd.DataFrame


def totals_of(totals: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the columns of `judgments.count_evidence` as arrays."""
    return {name: totals[name].to_numpy(dtype=float) for name in totals.columns}


def grade_levels(totals: pd.DataFrame, framework: Framework) -> dict[str, Level]:
    """Grade the evidence of one force; `totals` as `judgments.count_evidence` returns it."""
    return labelled(totals, grade_all(totals_of(totals), framework), framework)


def labelled(
    totals: pd.DataFrame,
    graded_levels: dict[str, Graded],
    framework: Framework,
    overall_from: Collection[str] | None = None,
) -> dict[str, Level]:
    """Put ids to the grades of one force, whichever rules they come from.

    `overall_from` names the core questions whose evidence is that of the force; all by default.
    """
    questions = [question.id for question in framework.questions]
    graded = [question.id for question in framework.questions if question.graded]
    of_questions = pd.DataFrame(totals_of_questions(totals_of(totals), framework), questions)
    behind = graded if overall_from is None else [name for name in graded if name in overall_from]
    of_force = of_questions.loc[behind].sum().to_frame("overall").T
    parents = {part.id: part.question for part in framework.sub_questions}
    frames = {
        "sub-question": (totals, {}),
        "question": (of_questions, parents),
        "overall": (of_force, dict.fromkeys(graded, "overall")),
    }
    return {
        name: Level(
            totals=frames[name][0],
            rank=pd.Series(result.rank, frames[name][0].index),
            provisional=pd.Series(result.provisional, frames[name][0].index),
            applied=pd.DataFrame(dict(result.applied), frames[name][0].index),
            members=_members(frames[name][1], result, framework),
        )
        for name, result in graded_levels.items()
    }


def _members(parents: dict[str, str], result: Graded, framework: Framework) -> pd.DataFrame:
    """Return the members that count, with the rank with which each did."""
    members = pd.DataFrame(
        {"parent": parents.values(), "rank": result.counted}, index=list(parents)
    )
    described = [part.id for part in framework.sub_questions if not part.graded]
    return members.drop(described, errors="ignore")
