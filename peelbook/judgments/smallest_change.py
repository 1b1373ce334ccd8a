"""The smallest change in evidence that would change a grade, found by trying.

A change adds findings. Its size is the sum of their weights, in whole numbers from 1, the lightest
finding. As more evidence of a kind never turns a grade back, adding findings of weight 1 reaches
every grade with the least weight: no other set of findings of the same weight does more. So for one
sub-question it is enough to add such findings one by one, and for a core question or the force to
try every combination of the points at which one of its parts changes.

Where no strength is enough, because an area for improvement or a cause of concern caps the grade,
the same is tried with all areas for improvement put right, then all causes of concern, then both.
What is put right stays a weakness of its weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from peelbook.judgments.framework import Framework
from peelbook.judgments.rules import (
    OF_QUESTION,
    Graded,
    Members,
    Totals,
    grade_all,
    grade_from_members,
    grade_sub_questions,
    of_findings,
    thresholds_of,
)

CHANGES = ["id", "direction", "put_right", "weight", "findings", "where", "to"]
ORDINARY = 2
"""Weight of an ordinary finding, the measure in which distances are told."""
AREAS, CONCERNS = "areas_for_improvement", "causes_of_concern"
COLUMNS = {AREAS: (AREAS,), CONCERNS: (CONCERNS, OF_QUESTION[CONCERNS])}
RELIEF = {
    "better": ((), (AREAS,), (CONCERNS,), (AREAS, CONCERNS)),
    "worse": ((),),
}
ADDED = {
    "better": ("strengths", "strength_weight", "strength_findings", "strength_weight_of_findings"),
    "worse": ("weaknesses", "weakness_weight", "weakness_weight_of_findings"),
}


@dataclass(frozen=True)
class Point:
    """A state of an entry, and the least weight of findings, by sub-question, that leads to it."""

    rank: float
    finding_rank: float
    findings: float
    strength_findings: float
    added: tuple[tuple[str, int], ...]

    @property
    def weight(self) -> int:
        """The weight added in all."""
        return sum(weight for _, weight in self.added)

    @property
    def state(self) -> tuple[float, ...]:
        """All that the next level up asks about, apart from the weight."""
        seen = self.findings > 0, self.strength_findings > 0
        return (self.rank, self.finding_rank, *seen)


def smallest_changes(totals: Totals, framework: Framework) -> pd.DataFrame:
    """Return the smallest change that would make each grade better, and worse.

    `totals` is the evidence of one force, one number a sub-question (`judgments.count_evidence`).

    Returns
    -------
    DataFrame with columns `id`, `direction` (better or worse), `put_right` (what has to be put
    right as well, words joined by "and", empty for nothing), `weight` (of further findings in all),
    `findings` (the fewest that carry it, none heavier than an ordinary one), `where` (sub-question
    to weight), `to` (the grade that follows). No row where nothing helps; none for what is not
    graded.
    """
    now = {name: level.rank for name, level in grade_all(totals, framework).items()}
    rows: dict[tuple[str, str], tuple] = {}
    for direction, reliefs in RELIEF.items():
        for relief in reliefs:
            if not all(totals[name].any() for name in relief):
                continue
            columns = [column for name in relief for column in COLUMNS[name]]
            eased = {**totals, **{name: np.zeros_like(totals[name]) for name in columns}}
            for entry, was, points in _points(eased, direction, now, framework):
                best = _least(points, was, direction, framework)
                if best is not None and (entry, direction) not in rows:
                    fewest = sum(
                        _fewest(eased, *one, direction, framework) for one in best.added if one[1]
                    )
                    rows[entry, direction] = _row(entry, direction, relief, best, fewest, framework)
    order = [entry.id for entry in (*framework.sub_questions, *framework.questions)] + ["overall"]
    ordered = [rows[key] for key in product(order, RELIEF) if key in rows]
    return pd.DataFrame(ordered, columns=CHANGES)


def _row(
    entry: str,
    direction: str,
    relief: tuple[str, ...],
    best: Point,
    fewest: int,
    framework: Framework,
) -> tuple:
    names = {rank: grade for grade, rank in framework.ranks.items()}
    put_right = " and ".join(name.replace("_", " ") for name in relief)
    where = {part: weight for part, weight in best.added if weight}
    return (entry, direction, put_right, best.weight, fewest, where, names[best.rank])


def _fewest(totals: Totals, part: str, weight: int, direction: str, framework: Framework) -> int:
    """Return the fewest findings, none heavier than an ordinary one, for a weight on a sub-question.

    They lead to the same state as findings of weight 1, which can be more than half as many: rules
    that ask for a number of findings are met by fewer heavy ones only if these are enough.
    """
    numbers = np.arange(-(-weight // ORDINARY), weight + 1.0)[:, None]
    more = {
        name: counts
        + (
            0
            if name not in (*ADDED[direction], "findings")
            else weight
            if "_weight" in name
            else numbers
        )
        for name, counts in totals.items()
    }
    place = [own.id for own in framework.sub_questions].index(part)
    states = _states(more, framework)[:, :, place]
    return int(numbers[(states == states[:, -1:]).all(axis=0).argmax(), 0])


def _least(points: list[Point], was: float, direction: str, framework: Framework) -> Point | None:
    """Return the point of least weight with a better, or another and no better, grade."""
    unknown = framework.ranks[framework.grading.no_evidence]
    if direction == "better":
        wanted = [point for point in points if point.rank > was and point.rank != unknown]
    else:
        wanted = [point for point in points if point.rank < was]
    further = -1 if direction == "better" else 1
    return min(wanted, key=lambda point: (point.weight, further * point.rank), default=None)


def _points(
    totals: Totals, direction: str, now: dict[str, np.ndarray], framework: Framework
) -> Iterator[tuple[str, float, list[Point]]]:
    """Yield id, present rank and points of each graded entry, sub-questions first."""
    parts = _points_of_parts(totals, direction, framework)
    of_questions = []
    for place, question in enumerate(framework.questions):
        own = [
            i
            for i, part in enumerate(framework.sub_questions)
            if part.question == question.id and part.graded
        ]
        if not question.graded:
            continue
        for i in own:
            yield framework.sub_questions[i].id, now["sub-question"][i], parts[i]
        evidence = {
            name: totals[OF_QUESTION.get(name, name)][own].sum(keepdims=True) for name in totals
        }
        points = _combined([parts[i] for i in own], evidence, "question", framework)
        yield question.id, now["question"][place], points
        of_questions.append(_lightest(points))
    evidence = {name: totals[name].sum(keepdims=True) for name in totals}
    points = _combined(of_questions, evidence, "overall", framework)
    yield "overall", now["overall"][0], points


def _points_of_parts(totals: Totals, direction: str, framework: Framework) -> list[list[Point]]:
    """Add findings of weight 1 one by one and keep, for each sub-question, where a state begins."""
    added = np.arange(_enough(totals, framework) + 1.0)[:, None]
    more = {
        name: counts + (added if name in (*ADDED[direction], "findings") else 0)
        for name, counts in totals.items()
    }
    states = _states(more, framework)
    begins = np.ones(states.shape[1:], dtype=bool)
    begins[1:] = (states[:, 1:] != states[:, :-1]).any(axis=0)
    return [
        [Point(*states[:, step, i].tolist(), ((part.id, int(step)),)) for step in steps]
        for i, part in enumerate(framework.sub_questions)
        for steps in [np.flatnonzero(begins[:, i])]
    ]


def _states(totals: Totals, framework: Framework) -> np.ndarray:
    """Return what the next level up asks of sub-questions (first axis), a row a case."""
    values = thresholds_of(framework)
    rank = grade_sub_questions(totals, framework, values).rank
    on_findings = grade_sub_questions(of_findings(totals), framework, values).rank
    seen = totals["findings"] > 0, totals["strength_findings"] > 0
    return np.stack(np.broadcast_arrays(rank, on_findings, *seen))


def _enough(totals: Totals, framework: Framework) -> int:
    """Return a weight beyond which no further finding can change a grade."""
    heaviest = float(max(totals["strength_weight"].max(), totals["weakness_weight"].max()))
    thresholds = [float(value) for value in thresholds_of(framework).values()]
    return int(np.ceil(max(thresholds) * (heaviest + 1)))


def _combined(
    members: list[list[Point]], totals: Totals, level: str, framework: Framework
) -> list[Point]:
    """Return every combination of the points of the members of one parent, graded."""
    combinations = list(product(*members))
    graded = _grade(combinations, totals, level, framework)
    return [
        Point(
            rank,
            rank,
            sum(point.findings for point in chosen),
            sum(point.strength_findings for point in chosen),
            tuple(pair for point in chosen for pair in point.added),
        )
        for chosen, rank in zip(combinations, graded.rank[:, 0].tolist(), strict=True)
    ]


def _grade(
    combinations: list[tuple[Point, ...]], totals: Totals, level: str, framework: Framework
) -> Graded:
    def array(name: str) -> np.ndarray:
        return np.array([[getattr(point, name) for point in chosen] for chosen in combinations])

    rank = array("rank")
    members = Members(
        belongs=np.ones((rank.shape[1], 1)),
        rank=rank,
        provisional=rank,
        finding_rank=array("finding_rank"),
        findings=array("findings"),
        strength_findings=array("strength_findings"),
    )
    return grade_from_members(members, totals, framework, level, thresholds_of(framework))


def _lightest(points: list[Point]) -> list[Point]:
    """Keep one point a state, the one of least weight."""
    lightest: dict[tuple[float, ...], Point] = {}
    for point in sorted(points, key=lambda point: point.weight):
        lightest.setdefault(point.state, point)
    return list(lightest.values())
