"""Force in numbers: one page of headline figures, each among all forces and over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from peelbook.charts.by_force import COUNTRY, FEWEST_FORCES, when
from peelbook.charts.over_time import of_a_later_release, span_in_words
from peelbook.charts.small import sparkline, strip
from peelbook.charts.tables import note_list
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator, indicator
from peelbook.indicators.series import all_areas_over_time, ranked_over_time
from peelbook.indicators.values import ENGLAND_AND_WALES, FIGURES_HELD, TOO_OLD
from peelbook.narrative.comparisons import compares
from peelbook.narrative.notes import notes, year_left_out
from peelbook.narrative.standing import standing
from peelbook.narrative.trends import FEWEST_POINTS, YEARS, Trend, notes_of_trends, trend_of
from peelbook.narrative.words import DASH, changed, in_words, listing, number, sentence_case
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import years_before

DASHES = "A dash stands where a figure is missing:"
NOT_SHOWN = (
    "Not shown, since no figure held here is of the period of this book or of one that ended less "
    f"than {in_words(TOO_OLD)} years before:"
)
GROUPS = {
    "Crime and anti-social behaviour": (
        "recorded-crime",
        "victim-based-crime",
        "crime-severity-score",
        "asb-incidents",
    ),
    "Outcomes of crime": (
        "outcome-charged-summonsed",
        "outcome-evidential-victim-does-not-support-suspect-identified",
        "outcome-no-suspect-identified",
    ),
    "Calls, domestic abuse and organised crime": (
        "calls-for-assistance",
        "domestic-abuse-calls",
        "domestic-abuse-share",
        "organised-crime-groups",
    ),
    "Victims and the public": ("victim-satisfaction", "public-satisfaction"),
    "The force's work": ("officers", "arrests", "stop-and-search"),
}


@dataclass(frozen=True)
class Tile:
    """One headline figure: its name, value, lines of small print and small charts.

    `reason` says why the value is a dash; it stands once, at the foot of the page.
    """

    indicator: str
    label: str
    unit: str
    value: str
    when: str = ""
    details: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class ForceInNumbers:
    """The page: groups of tiles, and below them reasons, notes and sources once each.

    `not_shown` names the series that have no tile, with the period at which they end or begin.
    """

    groups: dict[str, tuple[Tile, ...]]
    sources: str
    notes: tuple[str, ...] = field(default=())
    not_shown: tuple[str, ...] = field(default=())

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All tiles in order."""
        return tuple(tile for tiles in self.groups.values() for tile in tiles)

    def reasons(self) -> tuple[str, ...]:
        """Return why values are missing, each reason once with the figures that it is about."""
        found = ((tile.label, tile.reason) for tile in self.tiles if tile.reason)
        return tuple(f"{DASH} {said}" for said in _by_reason(found))

    def _repr_html_(self) -> str:
        return _page_html(self)

    def __repr__(self) -> str:
        return "; ".join(f"{tile.label}: {tile.value}" for tile in self.tiles)


def _by_reason(found: Iterable[tuple[str, str]]) -> list[str]:
    """Write each reason once, behind the names of the figures that it is about."""
    named: dict[str, list[str]] = {}
    for label, why in found:
        named.setdefault(why, []).append(label[:1].lower() + label[1:])
    return [f"{sentence_case(listing(names))}: {why}" for why, names in named.items()]


def force_in_numbers(ev: Evidence) -> ForceInNumbers:
    """Return the headline figures of the force, those that at least one area has a value of.

    A figure that only a few forces have, and this one not, has no tile: there is nothing that it is
    missing from. A series that ended too long ago, or begins later, is named at the foot.
    """
    groups = {
        heading: tuple(tile_of(ev, name) for name in names if has_a_tile(ev, name))
        for heading, names in GROUPS.items()
    }
    shown = [tile.indicator for tiles in groups.values() for tile in tiles]
    said = {tile.reason for tiles in groups.values() for tile in tiles}
    noted = [note for note in notes(ev, *shown) if not any(why and why in note for why in said)]
    return ForceInNumbers(
        groups={heading: tiles for heading, tiles in groups.items() if tiles},
        sources=ev.source(*shown),
        notes=(
            *_about_the_lines(ev, groups),
            *noted,
            *_about_the_years(ev, groups, noted),
            *filter(None, dict.fromkeys(year_left_out(ev, name) for name in shown)),
        ),
        not_shown=tuple(_by_reason(_without_a_tile(ev))),
    )


def _without_a_tile(ev: Evidence) -> list[tuple[str, str]]:
    """Return name and reason of the series without a tile that are held of other periods only."""
    names = (name for names in GROUPS.values() for name in names if not has_a_tile(ev, name))
    return [
        (_label(ev.entry(name)), ev.row(name)["note"])
        for name in names
        if ev.row(name)["note"].startswith(FIGURES_HELD)
    ]


def _about_the_lines(ev: Evidence, groups: dict[str, tuple[Tile, ...]]) -> tuple[str, ...]:
    """Name the tiles whose line ends at another value than the one printed large."""
    names = [
        tile.label
        for tiles in groups.values()
        for tile in tiles
        if tile.pictures and of_a_later_release(ev, tile.indicator)
    ]
    return tuple(
        f"{name}: the line is from a later release, in which outcomes have had more time to come "
        "in, so it does not end at the figure shown."
        for name in names
    )


def _about_the_years(
    ev: Evidence, groups: dict[str, tuple[Tile, ...]], noted: list[str]
) -> tuple[str, ...]:
    """Say what a reader should know of the years that the lines pass and not yet of the last one."""
    lines = [tile.indicator for tiles in groups.values() for tile in tiles if tile.pictures]
    found = notes_of_trends(ev, *lines)
    return tuple(note for note in found if not any(note.endswith(f": {one}") for one in noted))


def has_a_tile(ev: Evidence, name: str) -> bool:
    """Say whether the page has a tile of a headline figure in this book."""
    forces = ev.areas(name).drop(ENGLAND_AND_WALES)["value"]
    return pd.notna(ev.row(name)["value"]) or int(forces.count()) >= FEWEST_FORCES


def _label(entry: Indicator) -> str:
    return sentence_case(entry.name.replace(": ", ", "))


def tile_of(ev: Evidence, indicator_id: str) -> Tile:
    """Return the tile of one indicator: value, place, comparison, change, strip and trend."""
    row, entry = ev.row(indicator_id), ev.entry(indicator_id)
    made = {
        "indicator": indicator_id,
        "label": _label(entry),
        "unit": "" if entry.unit == "score" else entry.unit,
        "when": when(ev, indicator_id),
    }
    if pd.isna(row["value"]) or not compares(ev, indicator_id):
        # a change does not depend on who lives in the area
        return Tile(**made, value=DASH, details=_change(ev, row, entry), reason=row["note"])
    return Tile(
        **made,
        value=number(row["value"], entry.decimals),
        details=_details(ev, row, entry),
        pictures=tuple(
            part for part in (_strip(ev, indicator_id), _trend(ev, indicator_id)) if part
        ),
    )


def _details(ev: Evidence, row: pd.Series, entry: Indicator) -> tuple[str, ...]:
    areas, country = ev.areas(row["indicator"]), ev.country(row["indicator"])
    details = [sentence_case(standing(areas, ev.force.slug))]
    if pd.notna(country["value"]):
        details.append(f"{COUNTRY}: {number(country['value'], entry.decimals)}")
    if pd.notna(row["comparator_value"]) and row["comparator_area"] != ENGLAND_AND_WALES:
        name = sentence_case(ev.comparator_name)
        details.append(f"{name}: {number(row['comparator_value'], entry.decimals)}")
    printed = "As printed in the 2016 report" if row["status"] == "published" else ""
    return tuple(detail for detail in (*details, *_change(ev, row, entry), printed) if detail)


def _change(ev: Evidence, row: pd.Series, entry: Indicator) -> tuple[str, ...]:
    if pd.isna(row["change"]):
        return ()
    what = "" if entry.is_share or entry.kind == "score" else "The number "
    said = f"{what}{changed(row['change'], unit=row['change_unit'])} in a year"
    return (sentence_case(f"{said}{_by_a_later_release(ev, row)}"),)


def _by_a_later_release(ev: Evidence, row: pd.Series) -> str:
    """Say beside a change what a later release makes of it, from which the line is drawn."""
    name, last = row["indicator"], row["period_end"]
    if not of_a_later_release(ev, name):
        return ""
    everyone = all_areas_over_time(name, ev.parameters, YEARS)
    own = everyone[everyone["area"] == ev.force.slug].set_index("period_end")["value"]
    step = own.get(last, float("nan")) - own.get(years_before(last, 1), float("nan"))
    by_then = ", by the releases of the time"
    if pd.isna(step):
        return by_then
    return f"{by_then}; {changed(step, unit=row['change_unit'])} by a later one"


def _strip(ev: Evidence, indicator_id: str) -> str:
    areas, entry = ev.areas(indicator_id), ev.entry(indicator_id)
    ranked = areas[areas["rank"].notna()]["value"].sort_values()
    if len(ranked) < FEWEST_FORCES:
        return ""
    names = {slug: force.short_name for slug, force in all_forces().items()}
    ends = [
        f"{names[slug]} {number(ranked[slug], entry.decimals)}"
        for slug in (ranked.index[0], ranked.index[-1])
    ]
    own, country = (float(areas.loc[area, "value"]) for area in (ev.force.slug, ENGLAND_AND_WALES))
    picture = strip(
        ranked.tolist(),
        own,
        country,
        f"{len(ranked)} forces from {ends[0]} to {ends[1]}; {ev.force.short_name} "
        f"{number(own, entry.decimals)}, {COUNTRY} {number(country, entry.decimals)}",
    )
    # each end has its name, so that no axis is needed
    low, high = (escape(end) for end in ends)
    return f'{picture}<span class="peel-ends"><span>{low}</span><span>{high}</span></span>'


def _trend(ev: Evidence, indicator_id: str) -> str:
    """Draw the figures that compare with the last one; what divides them from others in words."""
    trend = trend_of(ev, indicator_id, ev.force.slug)
    if len(trend.values) < FEWEST_POINTS:
        said = f"No line over time: {trend.before}" if trend.before else ""
        return said and f'<span class="peel-ends">{escape(said)}</span>'
    everyone = all_areas_over_time(indicator_id, ev.parameters, YEARS)
    own = everyone[everyone["area"] == ev.force.slug].set_index("period_end")["value"].sort_index()
    top = float(ranked_over_time(indicator_id, everyone)["value"].max())
    said = _ends_in_words(trend, ev.entry(indicator_id).decimals)
    if of_a_later_release(ev, indicator_id):
        said += ", by a later release"
    picture = sparkline(own[trend.values.index[0] :].tolist(), top, said)
    return f'{picture}<span class="peel-ends">{escape(said)}</span>'


def _ends_in_words(trend: Trend, decimals: int) -> str:
    first, last = (number(trend.values.iloc[place], decimals) for place in (0, -1))
    span = span_in_words(*trend.values.index[[0, -1]])
    before = f" ({trend.before})" if trend.before else ""
    if first == last:
        apart = f",{trend.base}" if trend.base else ""
        return f"{last} also {span} before{apart}{before}"
    return f"From {first}{trend.base} to {last} in {span}{before}"


def _page_html(page: ForceInNumbers) -> str:
    groups = "".join(
        f"<h3>{escape(heading)}</h3>"
        f'<div class="peel-cards">{"".join(tile_html(tile) for tile in tiles)}</div>'
        for heading, tiles in page.groups.items()
    )
    listed = "".join(f"<li>{escape(note)}</li>" for note in page.notes)
    return (
        f'<div class="peel-numbers">{groups}'
        f"{note_list(DASHES, page.reasons())}{note_list(NOT_SHOWN, page.not_shown)}"
        f"<details><summary>Notes and sources</summary>"
        f'<ul class="peel-notes">{listed}</ul><p class="peel-source">Source: {escape(page.sources)}</p>'
        "</details></div>"
    )


def tile_html(tile: Tile, heading: str = "h4") -> str:
    """Return a tile as HTML, its label a heading of that level."""
    unit = f" {tile.unit}" if tile.unit else ""
    page = f' data-indicator="{tile.indicator}"' if indicator(tile.indicator).has_page else ""
    page += f' data-indicators="{tile.indicator}"'
    small = "".join(f'<span class="peel-beside">{escape(text)}</span>' for text in tile.details)
    return (
        f'<section class="peel-card"{page}>'
        f"<{heading}>{escape(tile.label)}</{heading}>"
        f'<p><span class="peel-value">{escape(tile.value)}</span>{escape(unit)}</p>'
        f'{"".join(tile.pictures)}{small}<p class="peel-when">{escape(sentence_case(tile.when))}</p>'
        "</section>"
    )
