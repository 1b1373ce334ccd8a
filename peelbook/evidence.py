"""Everything known for one force, period and comparator: what a chapter starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from peelbook.findings.register import load_findings, no_findings
from peelbook.findings.supplied import read_findings
from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.counts import denominator_year
from peelbook.indicators.sources import source_of_all
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.judgments.framework import Framework, load_framework
from peelbook.judgments.grades import Judgments, judge
from peelbook.judgments.published import published_judgments, with_published
from peelbook.judgments.record import graded_from_summaries
from peelbook.parameters import Parameters, file_fingerprints, parse_parameters
from peelbook.returns.figures import compute_indicator, indicator_table
from peelbook.returns.supplied import read_returns
from peelbook.tables import load_table
from peelbook.tables.forces import PRACTICE, Force, force_named
from peelbook.tables.inputs import remembered, remembered_property
from peelbook.tables.inspections import Inspection, inspection_before

if TYPE_CHECKING:
    from peelbook.judgments.sensitivity import Sensitivity


@dataclass(frozen=True)
class Evidence:
    """The evidence for one book; computed when first asked for, then kept."""

    parameters: Parameters

    @property
    def force(self) -> Force:
        """The force that the book is about."""
        return force_named(self.parameters.force, self.parameters.period_end)

    @property
    def period_end(self) -> pd.Timestamp:
        """Last day of the 12 months that the book is about."""
        return pd.Timestamp(self.parameters.period_end)

    @property
    def inspection(self) -> Inspection | None:
        """The inspection whose findings and grades the book shows, None before the first."""
        return self.parameters.inspected

    @property
    def inspection_before(self) -> Inspection | None:
        """The inspection before that one, None where there is none."""
        return inspection_before(self.inspection) if self.inspection else None

    @remembered_property
    def register_basis(self) -> str:
        """What the findings rest on: ``report``, ``summary``, ``supplied``, or empty for none."""
        if self.parameters.findings:
            return "supplied"
        if self.findings.empty:
            return ""
        registers = load_table("registers").set_index(["force", "inspection"])
        return registers.loc[(self.force.slug, self.inspection.id), "basis"]

    @property
    def comparator_name(self) -> str:
        """The area compared with, as written in a sentence."""
        if self.parameters.comparator == "region":
            region = self.force.region_in_sentence
            # "the West Midlands" alone could be the force of that name
            return f"{region} region" if region.startswith("the ") else region
        if self.parameters.comparator == "similar-forces":
            return "a group of similar forces"
        return "England and Wales"

    def compared_with(self, row: pd.Series) -> str:
        """The area whose value `row` is compared with; published figures have only one."""
        return "England and Wales" if row["status"] == "published" else self.comparator_name

    @remembered_property
    def framework(self) -> Framework:
        """The questions, sub-questions and grading rules."""
        return load_framework()

    def areas(self, indicator_id: str) -> pd.DataFrame:
        """Return an indicator for the 43 forces and England and Wales, indexed by area.

        The book of the practice force has a row for it too, without a value unless one was supplied.
        """
        areas = (
            # a file of returns may be corrected and asked for again
            compute_indicator(indicator_id, self.parameters).set_index("area")
            if self.parameters.returns
            else _held_areas(indicator_id, self.parameters.for_all_forces())
        )
        if self.force == PRACTICE and PRACTICE.slug not in areas.index:
            return _with_practice_row(areas)
        return areas

    def row(self, indicator_id: str, area: str | None = None) -> pd.Series:
        """Return an indicator for one area, the force itself unless another is named."""
        areas, name = self.areas(indicator_id), area or self.force.slug
        kept = self.__dict__.setdefault("_rows", {})
        of, row = kept.get((indicator_id, name), (None, None))
        # not the row of a file of returns that was corrected meanwhile
        if of is not areas:
            row = areas.loc[name]
            kept[indicator_id, name] = areas, row
        return row

    def country(self, indicator_id: str) -> pd.Series:
        """Return an indicator for England and Wales."""
        return self.row(indicator_id, ENGLAND_AND_WALES)

    def status_shown(self, indicator_id: str) -> str:
        """Return the status of the force's value, or where it has none that of England and Wales."""
        row = self.row(indicator_id)
        return (row if pd.notna(row["value"]) else self.country(indicator_id))["status"]

    def source(self, *indicator_ids: str) -> str:
        """Return where the values shown of one or several indicators come from, each named once."""
        return source_of_all(self.shown(name) for name in indicator_ids)

    def shown(self, indicator_id: str) -> tuple[Indicator, str, pd.Timestamp, int | None]:
        """Return what says the sources of the value shown: entry, status, period and mid-year."""
        period_end = self.row(indicator_id)["period_end"]
        entry, status = self.entry(indicator_id), self.status_shown(indicator_id)
        return entry, status, period_end, self.mid_year(indicator_id)

    def is_shown(self, indicator_id: str) -> bool:
        """Return whether the book shows a figure of an indicator, or who is left out of it."""
        return self.status_shown(indicator_id) != "not-available"

    def mid_year(self, indicator_id: str) -> int | None:
        """Return the year whose residents or households divide an indicator, None for others."""
        period_end = self.row(indicator_id)["period_end"]
        households_mid_year = self.parameters.households_mid_year
        return denominator_year(self.entry(indicator_id), period_end, households_mid_year)

    def entry(self, indicator_id: str) -> Indicator:
        """Return the catalogue entry of an indicator."""
        return indicator(indicator_id)

    @remembered_property
    def findings(self) -> pd.DataFrame:
        """The user's findings, or the register of the force, empty where the project has none."""
        if self.parameters.findings:
            return read_findings(Path(self.parameters.findings), self.framework)
        if self.inspection is None:
            return no_findings()
        return load_findings(self.force.slug, self.inspection.id)

    @remembered_property
    def findings_before(self) -> dict[Inspection, pd.DataFrame]:
        """Earlier inspection -> its findings on the force, the last first.

        Empty for a register that a user supplies, which nothing is set beside.
        """
        found: dict[Inspection, pd.DataFrame] = {}
        earlier = None if self.parameters.findings else self.inspection_before
        while earlier is not None:
            found[earlier] = load_findings(self.force.slug, earlier.id)
            earlier = inspection_before(earlier)
        return found

    @remembered_property
    def judgments(self) -> Judgments:
        """Grades computed for the force, with their reasons."""
        return judge(
            self.findings,
            self.own_indicators,
            self.framework,
            basis=self.register_basis,
            graded_here=self.graded_from_summaries,
        )

    @property
    def graded_from_summaries(self) -> frozenset[str]:
        """Core questions, and ``overall``, for which grades from summaries do better than a guess."""
        return graded_from_summaries() if self.register_basis == "summary" else frozenset()

    @remembered_property
    def own_indicators(self) -> pd.DataFrame:
        """Every indicator of the force, one row each, with its `name`."""
        table = indicator_table(self.parameters)
        return table[table["area"] == self.force.slug].assign(
            name=lambda f: f["indicator"].map(lambda name: indicator(name).name)
        )

    @remembered_property
    def sensitivity(self) -> Sensitivity:
        """What other thresholds and weights would make of the same evidence."""
        # scipy.stats takes longer to import than everything else, and most chapters do not need it
        from peelbook.judgments.sensitivity import sensitivity

        return sensitivity(
            self.findings,
            self.own_indicators,
            self.framework,
            basis=self.register_basis,
            graded_here=self.graded_from_summaries,
        )

    @remembered_property
    def grades(self) -> pd.DataFrame:
        """The table of grades, with those that the inspectorate published beside them.

        `published` is the grade of the book's inspection, `published_basis` how it is known
        (``explicit``: stated; ``carried-over``: left standing from an earlier inspection, of the
        year `published_judged_in` where that is known; otherwise read from wording);
        `published_before` and so on the same of the inspection before; missing where none is known.
        """
        return with_published(
            self.judgments.table,
            published_judgments(),
            self.force.slug,
            {
                "published": self.inspection and self.inspection.graded_year,
                "published_before": self.inspection_before and self.inspection_before.graded_year,
            },
        )

    def grade(self, level_id: str) -> pd.Series:
        """Return the row of :attr:`grades` of a sub-question, a core question or ``overall``."""
        return self.grades.set_index("id").loc[level_id]

    def reasons(self, level_id: str) -> pd.DataFrame:
        """Return the reasons for one grade in order: columns `rule` and `text`."""
        reasons = self.judgments.reasons
        return reasons[reasons["id"] == level_id].sort_values("order")[["rule", "text"]]

    @remembered_property
    def published_figures(self) -> pd.DataFrame:
        """What the report of the inspection printed about the force; empty where none is held."""
        figures = load_table("published_figures")
        own = figures["area"].isin([self.force.slug, ENGLAND_AND_WALES])
        known = (figures["area"] == self.force.slug).any()
        printed = self.inspection is not None and self.inspection.printed_figures
        return figures[own] if printed and known else figures.iloc[:0]


@remembered(maxsize=1024)
def _held_areas(indicator_id: str, parameters: Parameters) -> pd.DataFrame:
    """Index once what a book asks for hundreds of times; callers do not change it in place."""
    return compute_indicator(indicator_id, parameters).set_index("area")


def _with_practice_row(areas: pd.DataFrame) -> pd.DataFrame:
    row = areas.loc[[ENGLAND_AND_WALES]].assign(
        value=float("nan"), numerator=float("nan"), denominator=float("nan"), change=float("nan")
    )
    reason = f"{PRACTICE.name} does not exist, so nothing is published about it."
    row = row.assign(status="not-available", note=reason)
    return pd.concat([areas, row.set_axis([PRACTICE.slug])]).rename_axis("area")


def checked_parameters(values: Mapping[str, object]) -> Parameters:
    """Return the parameter set of names and values, once the files that it names are read as well.

    Raises
    ------
    UnknownForce, InvalidParameter
        as :func:`peelbook.parameters.parse_parameters`, and for a file that is not there; one line.
    SuppliedFileError
        for a file of findings or returns that has a fault; one line.
    """
    parameters = parse_parameters(values)
    if parameters.findings:
        read_findings(Path(parameters.findings))
    if parameters.returns:
        read_returns(Path(parameters.returns))
    return parameters


def _inspection_id(ev: Evidence) -> str | None:
    return ev.inspection.id if ev.inspection else None


def load_evidence(**values: object) -> Evidence:
    """Return the evidence for the values of a chapter's parameters cell.

    Raises what :func:`checked_parameters` raises.
    """
    parameters = checked_parameters(values)
    # a user may correct a file and ask again
    return _evidence(parameters, tuple(file_fingerprints(parameters).items()))


@remembered(maxsize=8)
def _evidence(parameters: Parameters, _files: tuple[tuple[str, str], ...]) -> Evidence:
    """Keep what the chapters of one book share when one process executes them all."""
    return Evidence(parameters)


def judgment_rows(ev: Evidence) -> pd.DataFrame:
    """Return the grades of a force as the command line prints them.

    Returns
    -------
    DataFrame with columns `area`, `inspection`, `level`, `id`, `grade`, `basis`, `published_grade`
    and `published_basis` (how the published grade is known).
    """
    return ev.grades.assign(
        area=ev.force.slug, inspection=_inspection_id(ev), published_grade=ev.grades["published"]
    )[["area", "inspection", "level", "id", "grade", "basis", "published_grade", "published_basis"]]
