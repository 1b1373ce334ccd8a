"""The share of strengths in evidence, by weight, as a whole percentage that every page tells alike."""

from __future__ import annotations

from math import ceil

from peelbook.judgments.framework import Framework
from peelbook.judgments.rules import ROUNDING
from peelbook.statistics.rounding import rounded


def share_needed(framework: Framework, *, summary: bool) -> float:
    """Return the share of strengths, by weight, from which a part can be good (0 to 1)."""
    level = "summary-question" if summary else "sub-question"
    good = framework.grading.good_enough
    rules = framework.rules_of(level, "strengths-outweigh")
    ratio = next(rule["ratio"] for rule in rules if rule.grade == good)
    return ratio / (1 + ratio)


def percent_of_strengths(
    strength_weight: float, weakness_weight: float, framework: Framework, *, summary: bool
) -> int:
    """Return the share of strengths, by weight, as a whole percentage.

    It is rounded, but never up to what the share itself does not reach: all of it, the share that
    good needs and, for a `summary`, the next band of similar cases; nor down to nothing. At least
    one of the weights is above 0.
    """
    share = strength_weight / (strength_weight + weakness_weight)
    edges = [1.0, share_needed(framework, summary=summary)]
    edges += framework.summaries.balance_bands if summary else []
    short = [ceil(100 * edge - ROUNDING) - 1 for edge in edges if share + ROUNDING < edge]
    percent = min(int(rounded(100 * share, 0)), *short, 100)
    return max(percent, 1) if share > 0 else 0
