"""What chance can and cannot explain: a force's figure beside the limits of the funnel plot.

A difference is called more than chance, or more than usual between forces, only where the test of
:mod:`peelbook.indicators.funnel` says so; a rank never does.
"""

from __future__ import annotations

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators.change import yearly_change
from peelbook.indicators.funnel import LIMITS, WITHIN, Funnel, critical_z, funnel_of, interval_of
from peelbook.narrative.prose import Prose, paragraphs, sentences
from peelbook.narrative.words import number, sentence_case, signed

NO_COUNTS = (
    "Whether chance explains the difference cannot be said: the report printed this share "
    "without the counts behind it."
)
WHY_AREAS_VARY = (
    "Areas differ in who lives in, works in and visits them, and in how fully crime is recorded, "
    "and a rate for each resident does not allow for that."
)
WHY_SHARES_VARY = (
    "Forces differ in the crime that they deal with and in how they use outcomes, and a share of "
    "all offences does not allow for that."
)


def against_chance(ev: Evidence, *indicator_ids: str) -> Prose:
    """Say for each indicator whether the force differs by more than chance, and than is usual.

    One paragraph an indicator: the 95 percent interval of the force's figure, whether it differs
    from England and Wales by more than chance, how much more than chance forces vary (explained
    once), and on which side of the limits so widened the force lies. Empty without a figure.
    """
    texts: list[str] = []
    for name in indicator_ids:
        texts.append(_paragraph(ev, name, first=not any(texts)))
    return paragraphs(*texts)


def change_against_chance(ev: Evidence, indicator_id: str) -> Prose:
    """Say whether the change in 12 months is more than chance explains; empty if there is none."""
    changes = yearly_change(indicator_id, ev.parameters)
    if ev.force.slug not in changes.index:
        return Prose("")
    change = changes.loc[ev.force.slug]
    if pd.isna(change["value"]):
        return Prose("")
    beyond = change["lower"] > 0 or change["upper"] < 0
    what = ev.entry(indicator_id).name
    more = "more than" if beyond else "no more than"
    return Prose(
        f"The change in {what} in {ev.force.area_in_sentence}, {signed(change['value'])} percent "
        f"with a 95 percent interval from {signed(change['lower'])} to {signed(change['upper'])}, "
        f"is {more} chance explains if each crime is taken by itself. Crimes come in series, so the "
        "true interval is wider, and a change in how they are recorded shows here too."
    )


def _paragraph(ev: Evidence, indicator_id: str, *, first: bool) -> str:
    row, found = ev.row(indicator_id), funnel_of(indicator_id, ev.parameters)
    if row["status"] == "published":
        return NO_COUNTS
    if found is None or pd.isna(row["value"]):
        return ""
    figure = _figure_in_words(ev, indicator_id, found)
    if ev.force.slug not in found.points.index:
        left_out = f"{figure}, is not tested against England and Wales and not in the funnel plot."
        return sentences(left_out, row["note"] if first else "")
    point = found.points.loc[ev.force.slug]
    target = number(found.target, ev.entry(indicator_id).decimals)
    more = "more than" if abs(point["z"]) > critical_z(LIMITS["95"]) else "no more than"
    return sentences(
        f"{figure}, differs from the {target} of England and Wales by {more} chance explains.",
        _dispersion(found, point, first=first),
        _verdict(ev, found, point),
    )


def _figure_in_words(ev: Evidence, indicator_id: str, found: Funnel) -> str:
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    limits = interval_of(found, [row["numerator"]], [row["denominator"]]).iloc[0]
    what = f"rate of {entry.name}" if not found.share else f"share of the outcome “{entry.name}”"
    return (
        f"The {what} in {ev.force.area_in_sentence}, {number(row['value'], entry.decimals)} "
        f"{entry.unit} with a 95 percent interval from {number(limits['lower'], entry.decimals)} "
        f"to {number(limits['upper'], entry.decimals)}"
    )


def _dispersion(found: Funnel, point: pd.Series, *, first: bool) -> str:
    if not found.overdispersed:
        return "Forces as a whole vary no more than chance allows." if first else ""
    times = number(found.factor, 0 if found.factor >= 10 else 1)
    if not first:
        return f"Forces vary {times} times as much, in variance, as chance allows."
    why = WHY_SHARES_VARY if found.share else WHY_AREAS_VARY
    return (
        f"{_others(found, point)}: forces vary {times} times as much, in variance, as chance "
        f"allows. {why} So a difference beyond chance says little by itself, and the limits of "
        "the funnel plot are widened to the variation that is usual between forces."
    )


def _others(found: Funnel, point: pd.Series) -> str:
    """Say how many other forces differ by more than chance."""
    line = critical_z(LIMITS["95"])
    own = bool(abs(point["z"]) > line)
    count = int((found.points["z"].abs() > line).sum()) - own
    others = len(found.points) - 1
    many = f"all {others}" if count == others else f"{count} of the {others}"
    if own:
        return f"So do {many} other forces"
    return f"{sentence_case(many)} other forces differ by more than that"


def _verdict(ev: Evidence, found: Funnel, point: pd.Series) -> str:
    area = ev.force.area_in_sentence
    if not found.overdispersed:
        place = point["verdict"]
        return f"In the funnel plot {area} is {place}."
    if point["verdict"] == WITHIN:
        return (
            f"Against these limits {area} differs from England and Wales by no more than forces "
            f"commonly do.{_other_way(point)}"
        )
    return (
        f"Even so {area} is {point['verdict']}: it differs from England and Wales by more than "
        f"forces commonly do.{_other_way(point)}"
    )


def _other_way(point: pd.Series) -> str:
    """Say so where the other usual way of widening the limits gives another answer."""
    if (point["verdict"] == WITHIN) == (point["additive_verdict"] == WITHIN):
        return ""
    other = "within" if point["additive_verdict"] == WITHIN else "outside"
    return (
        " With the other usual method, whose limits hardly narrow for larger forces, it would be "
        f"{other} the limits, so the answer depends on the method."
    )
