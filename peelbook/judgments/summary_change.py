"""The smallest change of a grade from summaries: how far the evidence lies from the other grade.

Columns as in :mod:`peelbook.judgments.smallest_change`. The rules on summaries have two grades, so the
distance of a core question can be written down instead of searched for, and that of the force is
the sum of the least distances of as many core questions as have to change.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from peelbook.judgments.framework import Framework
from peelbook.judgments.levels import Level
from peelbook.judgments.smallest_change import CHANGES, ORDINARY
from peelbook.judgments.summaries import OVERALL, QUESTION

CONCERNS = "causes of concern"


def smallest_changes_of_summary(
    levels: dict[str, Level], framework: Framework, graded_here: Collection[str]
) -> pd.DataFrame:
    """Return the smallest change of each core question that has a grade, and of the force.

    `where` maps core questions to the weight of further findings; `levels` as
    :func:`peelbook.judgments.levels.labelled` makes them of
    :func:`peelbook.judgments.summaries.grade_summaries`.
    """
    level = levels["question"]
    unknown = framework.ranks[framework.grading.no_evidence]
    shown = [
        question.id
        for question in framework.questions
        if question.id in graded_here and level.rank[question.id] != unknown
    ]
    rows = [_of_question(name, level, framework) for name in shown]
    overall = levels["overall"].rank["overall"]
    if "overall" in graded_here and overall != unknown:
        rows.append(_of_force(overall, rows, framework))
    return pd.DataFrame(rows, columns=CHANGES)


def _of_question(name: str, level: Level, framework: Framework) -> tuple:
    (main,) = framework.rules_of(QUESTION, "strengths-outweigh")
    sums = level.totals.loc[name]
    ratio = main["ratio"]
    good = framework.grading.good_enough
    if level.rank[name] < framework.ranks[good]:
        capped = any(
            level.applied.loc[name, r.id] for r in framework.rules_of(QUESTION, "evidence-cap")
        )
        short = max(int(np.ceil(ratio * sums["weakness_weight"] - sums["strength_weight"])), 0)
        fewest = -(-short // ORDINARY)
        return name, "better", CONCERNS if capped else "", short, fewest, {name: short}, good
    room = int(np.floor(sums["strength_weight"] / ratio - sums["weakness_weight"])) + 1
    return name, "worse", "", room, -(-room // ORDINARY), {name: room}, framework.grading.start


def _of_force(rank: float, rows: list[tuple], framework: Framework) -> tuple:
    (main,) = framework.rules_of(OVERALL, "member-cap")
    good = framework.grading.good_enough
    at_least = int(main["at_least"])
    below = [row for row in rows if row[1] == "better"]
    if rank < framework.ranks[good]:
        direction, candidates, number = "better", below, len(below) - at_least + 1
    else:
        direction, number = "worse", at_least - len(below)
        candidates = [row for row in rows if row[1] == "worse"]
    # what has no cause of concern first: putting one right is no small change
    chosen = sorted(candidates, key=lambda row: (row[2], row[3]))[:number]
    where = {part: weight for row in chosen for part, weight in row[5].items()}
    relief = CONCERNS if any(row[2] for row in chosen) else ""
    to = good if direction == "better" else framework.grading.start
    fewest = sum(row[4] for row in chosen)
    return "overall", direction, relief, sum(where.values()), fewest, where, to
