"""The headline measures of all forces: what they are, and their values for a parameter set."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.counts import denominator_year
from peelbook.indicators.rules import rules_for
from peelbook.indicators.sources import sources_of
from peelbook.indicators.values import ENGLAND_AND_WALES, compute_indicator
from peelbook.narrative.words import listing, number, placed, sentence_case, signed
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import band_by_quarter, rank_descending
from peelbook.tables.exclusions import caveats_for
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import in_words


@dataclass(frozen=True)
class Measure:
    """A column of the national overview: the value of an indicator, or its change in 12 months."""

    id: str
    indicator_id: str
    heading: str
    of_change: bool = False

    @property
    def entry(self) -> Indicator:
        """The catalogue entry that it comes from."""
        return indicator(self.indicator_id)

    @property
    def unit(self) -> str:
        """What a value is measured in, as it stands after the value."""
        if self.of_change:
            return "percentage points" if self.entry.is_share else "percent"
        return "" if self.entry.unit == "score" else self.entry.unit

    @property
    def decimals(self) -> int:
        """How many decimals a value is shown with."""
        return 1 if self.of_change else self.entry.decimals

    def shown(self, value: float) -> str:
        """Write a value with the decimals of the measure, a change with its sign."""
        write = signed if self.of_change else number
        return write(value, self.decimals)

    def in_words(self, value: float) -> str:
        """Write a value with its unit; a missing one as a phrase that can be read aloud."""
        return "no figure" if pd.isna(value) else f"{self.shown(value)} {self.unit}".strip()


MEASURES = (
    Measure("recorded-crime", "recorded-crime", "Recorded crime"),
    Measure("victim-based-crime", "victim-based-crime", "Victim-based crime"),
    Measure("asb", "asb-incidents", "Anti-social behaviour"),
    Measure("asb-change", "asb-incidents", "Change in anti-social behaviour", of_change=True),
    Measure("charged", "outcome-charged-summonsed", "Charged or summonsed"),
    Measure("severity", "crime-severity-score", "Crime Severity Score"),
)


def measure_named(measure_id: str) -> Measure:
    """Return the measure with this id; raises KeyError if there is none."""
    return {measure.id: measure for measure in MEASURES}[measure_id]


def measure_values(measure: Measure, parameters: Parameters) -> pd.DataFrame:
    """Return one measure for the 43 forces and England and Wales.

    Returns
    -------
    DataFrame indexed by `area` with columns `value` (in the unit of the measure), `rank` and `of`
    (missing where the force is not ranked), `band` (quarter band or None), `period_start`,
    `period_end`, `status` and `note` (why there is no value, or no rank). A change is ranked
    among all forces that have one, for a change does not depend on who lives in the area.
    """
    areas = compute_indicator(measure.indicator_id, parameters).set_index("area")
    columns = ["value", "rank", "of", "band", "period_start", "period_end", "status", "note"]
    if not measure.of_change:
        return areas[columns]
    changes = areas["change"].drop(ENGLAND_AND_WALES)
    of = pd.Series(int(changes.notna().sum()), index=changes.dropna().index)
    return areas.assign(
        value=areas["change"],
        rank=rank_descending(changes).reindex(areas.index),
        of=of.reindex(areas.index).astype("Int64"),
        band=band_by_quarter(changes).reindex(areas.index),
        note=areas["note"].where(areas["change"].isna(), ""),
    )[columns]


def has_values(measure: Measure, parameters: Parameters) -> bool:
    """Say whether the forces can be compared on a measure: whether any of them is ranked."""
    return bool(measure_values(measure, parameters)["rank"].notna().any())


def period_of(measure: Measure, parameters: Parameters) -> str:
    """Write the period of a measure, which may end before the book's: 12 months to 31 March 2016."""
    row = measure_values(measure, parameters).loc[ENGLAND_AND_WALES]
    when = "as at" if row["period_start"] == row["period_end"] else "12 months to"
    return f"{when} {in_words(row['period_end'])}"


def sources_of_measure(measure: Measure, parameters: Parameters) -> list[str]:
    """Return the sources of a measure one by one."""
    row, entry = measure_values(measure, parameters).loc[ENGLAND_AND_WALES], measure.entry
    year = denominator_year(entry, row["period_end"], parameters.households_mid_year)
    return sources_of(entry, row["status"], row["period_end"], year)


def place_in_words(row: pd.Series) -> str:
    """Write the rank of a row of :func:`measure_values`: 26th highest of 42, or not ranked."""
    if pd.isna(row["rank"]):
        return "not ranked"
    return f"{placed(int(row['rank']), 'highest')} of {int(row['of'])}"


def measure_notes(measure: Measure, parameters: Parameters) -> tuple[str, ...]:
    """Return every exclusion and caveat that applies to a measure, with the forces it is about.

    Forces that share a reason share a sentence; what applies to all forces comes first.
    """
    rows = measure_values(measure, parameters)
    period_end = rows["period_end"].mode().iloc[0]
    rules = rules_for(indicator(measure.indicator_id), period_end)
    hidden = "not-ranked" if measure.of_change else "no-change"
    rules = rules[rules["effect"] != hidden][["force", "reason"]]
    names = {slug: force.short_name for slug, force in all_forces().items()}
    caveats = [
        caveats_for(measure.indicator_id, period_end, slug)[["force", "caveat"]].set_axis(
            ["force", "reason"], axis=1
        )
        for slug in names
    ]
    said = pd.concat([rules, *caveats]).drop_duplicates()
    said = said.sort_values("force", key=lambda force: force != "all", kind="stable")
    return tuple(
        _sentence(reason, [names[slug] for slug in own["force"] if slug in names])
        for reason, own in said.groupby("reason", sort=False)
    )


def _sentence(reason: str, forces: list[str]) -> str:
    return f"{listing(sorted(forces))}: {reason}" if forces else sentence_case(reason)
