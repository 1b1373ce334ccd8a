"""How grades computed from published summaries have done: agreement, guesses, similar cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

import numpy as np
import pandas as pd

from peelbook.judgments.framework import Framework, load_framework
from peelbook.judgments.summaries import OVERALL, QUESTION
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered


def load_cases() -> pd.DataFrame:
    """Return the cases of `data/summary_cases.csv`, see :mod:`peelbook.judgments.summary_cases`."""
    return load_table("summary_cases")


def with_guesses(cases: pd.DataFrame, good: str) -> pd.DataFrame:
    """Add whether the computed grade and each simple guess equals the stated grade.

    Columns `agrees`, `always_good` and `as_before`: the guess that a force keeps its grade of the
    inspection before, and is good where that grade is not known.
    """
    return cases.assign(
        agrees=cases["computed"] == cases["published"],
        always_good=cases["published"] == good,
        as_before=cases["published_before"].fillna(good) == cases["published"],
    )


def record_of(cases: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Count for each core question, and overall, how often grades and guesses agree.

    Returns
    -------
    DataFrame with columns `question`, `cases`, `agrees`, `always_good`, `as_before` (numbers of
    cases), `shown`: whether a grade is shown, for which there have to be enough cases and more
    agreement than either guess has, and `by_chance`: whether chance alone could give as much more
    agreement than the better guess (see :func:`chance_of_as_much_more`). One row a graded question
    that is among the cases or not.
    """
    told = with_guesses(cases, framework.grading.good_enough)
    columns = ["agrees", "always_good", "as_before"]
    ids = [question.id for question in framework.questions if question.graded]
    counts = told.groupby("question")[columns].sum().reindex([*ids, "overall"], fill_value=0)
    numbers = told.groupby("question").size().reindex(counts.index, fill_value=0)
    counts = counts.astype(int).assign(cases=numbers)
    needed = pd.Series({name: _cases_needed(name, framework) for name in counts.index})
    better = counts["agrees"] > counts[["always_good", "as_before"]].max(axis=1)
    most = framework.summaries.chance
    counts = counts.assign(
        shown=better & (counts["cases"] >= needed),
        by_chance=[
            chance_of_as_much_more(told[told["question"] == name]) >= most for name in counts.index
        ],
    )
    wanted = ["question", "cases", *columns, "shown", "by_chance"]
    return counts.rename_axis("question").reset_index()[wanted]


def chance_of_as_much_more(told: pd.DataFrame) -> float:
    """Return how often chance would give as much more agreement than the better guess has (0 to 1).

    The one-sided sign test: only cases in which one of computed grade and guess is right and the other
    wrong tell them apart, and by chance each side wins half of these (Dixon and Mood 1946). Both
    were made of the same cases, so a comparison of two independent shares would not do. `told` as
    :func:`with_guesses` returns it.
    """
    sums = told[["always_good", "as_before"]].sum()
    guess = told[sums.idxmax()] if len(told) else told["always_good"]
    won = int((told["agrees"] & ~guess).sum())
    apart = won + int((~told["agrees"] & guess).sum())
    return sum(comb(apart, number) for number in range(won, apart + 1)) / 2**apart


def _cases_needed(question: str, framework: Framework) -> float:
    (rule,) = framework.rules_of(OVERALL if question == "overall" else QUESTION, "record-needed")
    return rule["cases"]


@remembered()
def summary_record() -> Mapping[str, Record]:
    """Return the record of each core question and overall, from the cases that the project keeps."""
    rows = record_of(load_cases(), load_framework())
    return {
        row.question: Record(
            int(row.cases),
            int(row.agrees),
            int(row.always_good),
            int(row.as_before),
            bool(row.shown),
            bool(row.by_chance),
        )
        for row in rows.itertuples()
    }


@dataclass(frozen=True)
class Record:
    """How often computed grades agreed with stated ones, and how often two simple guesses did.

    `by_chance`: chance alone could give as much more agreement than the better guess has.
    """

    cases: int
    agrees: int
    always_good: int
    as_before: int
    shown: bool
    by_chance: bool

    @property
    def better_guess(self) -> int:
        """In how many cases the better of the two guesses was right."""
        return max(self.always_good, self.as_before)


def graded_from_summaries() -> frozenset[str]:
    """Return the core questions, and ``overall``, for which a grade from summaries is shown."""
    return frozenset(name for name, record in summary_record().items() if record.shown)


@dataclass(frozen=True)
class SimilarCases:
    """Cases of other forces with a similar balance: shares of strengths between `low` and `high`.

    `good` of `cases` were stated to be good or better.
    """

    low: float
    high: float
    cases: int
    good: int


def similar_cases(
    strength_weight: float, weakness_weight: float, force: str, framework: Framework
) -> SimilarCases | None:
    """Return the cases of other forces, of any core question, with a similar balance of evidence.

    None where there is no evidence, or with too few cases to speak of.
    """
    whole = strength_weight + weakness_weight
    if not whole:
        return None
    cases = load_cases()
    others = cases[(cases["force"] != force) & (cases["question"] != "overall")]
    bands = np.array(framework.summaries.balance_bands, dtype=float)
    own = balance_band(np.array([strength_weight / whole]), bands)[0]
    shares = others["strength_weight"] / (others["strength_weight"] + others["weakness_weight"])
    alike = others[balance_band(shares.to_numpy(), bands) == own]
    if len(alike) < framework.summaries.reference_cases:
        return None
    ranks = framework.ranks
    good = alike["published"].map(ranks) >= ranks[framework.grading.good_enough]
    return SimilarCases(bands[own], bands[own + 1], len(alike), int(good.sum()))


def balance_band(shares: np.ndarray, bands: np.ndarray) -> np.ndarray:
    """Return the place of each share among `bands`; the last band includes its upper end."""
    places = np.searchsorted(bands, shares, side="right") - 1
    return np.minimum(places, len(bands) - 2)
