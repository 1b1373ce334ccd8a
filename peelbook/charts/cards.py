"""Force in numbers: blocks of headline figures, each beside England and Wales."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

import pandas as pd

from peelbook.evidence import Evidence
from peelbook.indicators import ENGLAND_AND_WALES
from peelbook.narrative.comparisons import place_in_ranking
from peelbook.narrative.crime import years_available
from peelbook.narrative.notes import notes
from peelbook.narrative.words import number, sentence_case, signed
from peelbook.over_time import change_over_years, value_years_before
from peelbook.periods import in_words, years_before
from peelbook.published import quoted
from peelbook.sources import source_of_all


@dataclass(frozen=True)
class Line:
    """One figure of a block: label, value, England and Wales, and the small print."""

    label: str
    value: str
    country: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A block of figures with the source and the notes that belong to it."""

    heading: str
    lines: tuple[Line, ...]
    source: str
    notes: tuple[str, ...] = ()


class Blocks(tuple[Block, ...]):
    """Blocks that show themselves as HTML in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<div class="peel-cards">{"".join(_block_html(block) for block in self)}</div>'

    def __repr__(self) -> str:
        return "; ".join(
            f"{line.label}: {line.value} (England and Wales {line.country})"
            for block in self
            for line in block.lines
        )


def force_in_numbers(ev: Evidence) -> Blocks:
    """Return the blocks of the report's 'force in numbers', and context that it lacked."""
    return Blocks(
        (
            _block(ev, "Calls for assistance", ["calls-for-assistance"]),
            _crime(ev),
            _outcomes(ev),
            _anti_social_behaviour(ev),
            _domestic_abuse(ev),
            _block(ev, "Organised crime groups", ["organised-crime-groups"]),
            _block(ev, "Victim satisfaction", ["victim-satisfaction"]),
            _block(ev, "Context", ["crime-severity-score", "officers", "arrests"]),
        )
    )


def line_of(ev: Evidence, indicator_id: str, *, change: bool = True) -> Line:
    """Return an indicator as a line: value, England and Wales, other comparator, rank, change."""
    row, entry, country = ev.row(indicator_id), ev.entry(indicator_id), ev.country(indicator_id)
    # without a value of the force's own, the period is that of England and Wales
    dated = row if pd.notna(row["value"]) else country
    when = "as at" if dated["period_start"] == dated["period_end"] else "12 months to"
    unit = "" if entry.unit == "score" else f", {entry.unit}"
    details = [f"{when} {in_words(dated['period_end'])}"]
    compared_with = ev.compared_with(row)
    if compared_with != "England and Wales" and pd.notna(row["comparator_value"]):
        details.append(f"{number(row['comparator_value'], entry.decimals)} in {compared_with}")
    if pd.notna(row["rank"]):
        band = row["band"].removesuffix(" with")
        standing = f"{place_in_ranking(ev, indicator_id)} of {int(row['of'])} forces"
        details.append(
            standing if standing.startswith(("highest", "lowest")) else f"{standing}, {band}"
        )
    if change and pd.notna(row["change"]):
        unit_of_change = " percentage points" if entry.is_share else " percent"
        # the change of what is counted, not of the rate
        what = "" if entry.is_share or entry.kind == "score" else "number changed by "
        details.append(f"{what}{signed(row['change'])}{unit_of_change} in 12 months")
    if row["note"] and (pd.isna(row["value"]) or pd.isna(row["rank"])):
        details.append(row["note"])
    return Line(
        label=f"{sentence_case(entry.name)}{unit}",
        value=number(row["value"], entry.decimals),
        country=number(country["value"], entry.decimals),
        details=tuple(details),
    )


def _block(ev: Evidence, heading: str, ids: list[str], *more: Line) -> Block:
    shown = any(ev.areas(name)["value"].notna().any() for name in ids)
    return Block(
        heading=heading,
        lines=(*(line_of(ev, name) for name in ids), *more),
        source=source_of_all((ev.entry(name), ev.status_shown(name)) for name in ids),
        notes=notes(ev, *ids) if shown else (),
    )


def _crime(ev: Evidence) -> Block:
    years = years_available(ev, "recorded-crime")
    changes = change_over_years("recorded-crime", ev.parameters, years)
    since = in_words(years_before(ev.row("recorded-crime")["period_end"], years))
    line = Line(
        label=f"Change in the number of recorded crimes over {years} years, percent",
        value=signed(changes.get(ev.force.slug, float("nan"))),
        country=signed(changes.get(ENGLAND_AND_WALES, float("nan"))),
        details=(f"since the 12 months to {since}",),
    )
    one_year = Line(
        label="Change in the number of recorded crimes in 12 months, percent",
        value=signed(ev.row("recorded-crime")["change"]),
        country=signed(ev.country("recorded-crime")["change"]),
    )
    more = (one_year, line) if years > 1 else (one_year,)
    block = _block(ev, "Crime (excluding fraud)", ["recorded-crime"])
    # the change has a line of its own
    return replace(block, lines=(line_of(ev, "recorded-crime", change=False), *more))


def _outcomes(ev: Evidence) -> Block:
    ids = [
        "outcome-charged-summonsed",
        "outcome-evidential-victim-does-not-support-suspect-identified",
        "outcome-no-suspect-identified",
    ]
    return _block(ev, "Crime outcomes", ids)


def _anti_social_behaviour(ev: Evidence) -> Block:
    row = ev.row("asb-incidents")
    before = value_years_before("asb-incidents", ev.parameters)
    earlier = Line(
        label="The 12 months before, per 1,000 population",
        value=number(before.get(ev.force.slug, float("nan")), 0),
        country=number(before.get(ENGLAND_AND_WALES, float("nan")), 0),
        details=(f"12 months to {in_words(years_before(row['period_end'], 1))}",),
    )
    more = (earlier,) if pd.notna(row["change"]) else ()
    return _block(ev, "Anti-social behaviour", ["asb-incidents"], *more)


def _domestic_abuse(ev: Evidence) -> Block:
    ids = ["domestic-abuse-calls", "domestic-abuse-share"]
    figures = ev.published_figures
    rise = quoted(figures, "domestic-abuse-crime", ev.force.slug, "change")
    country = quoted(figures, "domestic-abuse-crime", ENGLAND_AND_WALES, "change")
    if rise is None or country is None:
        return _block(ev, "Domestic abuse", ids)
    line = Line(
        label="Change in domestic abuse crime since the 12 months to 31 March 2015, percent",
        value=signed(rise, 0),
        country=signed(country, 0),
    )
    return _block(ev, "Domestic abuse", ids, line)


def _block_html(block: Block) -> str:
    lines = "".join(_line_html(line) for line in block.lines)
    notes = "".join(f"<li>{escape(note)}</li>" for note in block.notes)
    listed = f'<details><summary>Notes</summary><ul class="peel-notes">{notes}</ul></details>'
    return (
        f'<section class="peel-card"><h2>{escape(block.heading)}</h2><dl>{lines}</dl>'
        f'<p class="peel-source">Source: {escape(block.source)}</p>{listed if notes else ""}'
        "</section>"
    )


def _joined(details: list[str]) -> str:
    """Join the small print with semicolons, a sentence of its own with a full stop."""
    return "".join(
        detail if not place else f"{'. ' if detail[:1].isupper() else '; '}{detail}"
        for place, detail in enumerate(details)
    )


def _line_html(line: Line) -> str:
    details = _joined([detail.rstrip(".") for detail in line.details])
    small = f'<span class="peel-beside">{escape(sentence_case(details))}</span>' if details else ""
    return (
        f'<dt>{escape(line.label)}</dt><dd><span class="peel-value">{escape(line.value)}</span>'
        f'<span class="peel-beside">England and Wales: {escape(line.country)}</span>{small}</dd>'
    )
