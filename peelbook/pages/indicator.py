"""The page on one indicator: what it measures, all forces in order, on the map, and over the years."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd
import yaml

from peelbook.charts.by_force import COUNTRY, FEWEST_FORCES
from peelbook.charts.figure import Figure
from peelbook.charts.ranked_marks import ranked_bars
from peelbook.charts.small import sparkline
from peelbook.charts.tables import Html
from peelbook.indicators.catalogue import indicator
from peelbook.indicators.series import every_year, ranked_over_time
from peelbook.indicators.sources import source_of_series
from peelbook.indicators.usual import usual_range_of
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import Prose, paragraphs
from peelbook.narrative.words import number, sentence_case
from peelbook.pages.distributions import table_of_forces
from peelbook.pages.headlines import (
    Measure,
    measure_notes,
    measure_values,
    period_of,
    sources_of_measure,
)
from peelbook.pages.indicator_list import title_of
from peelbook.pages.indicator_notes import newest_break, notes_over_the_years
from peelbook.pages.links import BookLinks
from peelbook.pages.maps import ForceMaps, force_maps
from peelbook.parameters import Parameters
from peelbook.tables.forces import all_forces
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.periods import in_words
from peelbook.tables.project import PROJECT

MEASURES = PROJECT / "frameworks" / "measures.yml"


@remembered()
def measures_of_kinds(path: Path = MEASURES) -> dict[str, dict[str, str]]:
    """Return kind of indicator, or an indicator that is no example of its kind -> what it measures.

    `measures` says what it does, `does_not` what it does not.
    """
    note_inputs(f"frameworks/{path.name}")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def about(indicator_id: str) -> Prose:
    """Say what an indicator measures and what it does not."""
    entry = indicator(indicator_id)
    known = measures_of_kinds()
    words = known.get(indicator_id, known[entry.kind])
    per = "households" if entry.denominator == "households" else "residents"
    measures = words["measures"].replace("{denominator}", per)
    return paragraphs(
        f"**What it measures.** {measures} {entry.definition}".strip(),
        f"**What it does not measure.** {words['does_not']}",
    )


def measure_of(indicator_id: str) -> Measure:
    """Return the indicator as a measure of the national pages."""
    return Measure(indicator_id, indicator_id, title_of(indicator_id))


def all_in_order(indicator_id: str, parameters: Parameters) -> Figure | Prose:
    """Return all ranked forces in order in the period of the books, with the table of all forces."""
    measure, entry = measure_of(indicator_id), indicator(indicator_id)
    rows = measure_values(measure, parameters)
    ranked = rows[rows["rank"].notna()]["value"]
    if len(ranked) < FEWEST_FORCES:
        return Prose(
            f"Forces cannot be compared in the {period_of(measure, parameters)}; the years for which "
            "they can be are below."
        )
    usual = usual_range_of(indicator_id, parameters)
    drawn = _drawn(ranked, rows.loc[ENGLAND_AND_WALES, "value"], entry.decimals)
    unit = sentence_case(measure.unit or measure.heading)
    forces = drawn[drawn["kind"] == "other"]
    high, low = forces.iloc[0], forces.iloc[-1]
    title = f"From {low['shown']} in {low['area']} to {high['shown']} in {high['area']}"
    shaded = (
        ()
        if usual is None
        else (
            f"Shaded: the range in which forces usually lie, {number(usual.lower, entry.decimals)} "
            f"to {number(usual.upper, entry.decimals)}.",
        )
    )
    return Figure(
        number="",
        title=title,
        subtitle=f"{unit}, {period_of(measure, parameters)}",
        charts={
            "": ranked_bars(
                drawn,
                unit=unit,
                number_format=f",.{min(entry.decimals, 1)}~f",
                usual=None if usual is None else (usual.lower, usual.upper),
                description=_description(drawn, title),
            )
        },
        table=table_of_forces(measure, rows),
        source="; ".join(sources_of_measure(measure, parameters)),
        notes=(*shaded, *measure_notes(measure, parameters)),
        indicators=(entry.id,),
    )


def _drawn(values: pd.Series, country: float, decimals: int) -> pd.DataFrame:
    names = {slug: force.short_name for slug, force in all_forces().items()}
    rows = pd.DataFrame(
        {"area": values.index.map(names), "value": values.to_numpy(dtype=float), "kind": "other"}
    )
    more = [(f"Middle of {len(values)} forces", float(values.median()), "middle")]
    if pd.notna(country):
        more.append((COUNTRY, float(country), "country"))
    rows = pd.concat([rows, pd.DataFrame(more, columns=list(rows.columns))])
    rows["shown"] = [number(value, decimals) for value in rows["value"]]
    return rows.sort_values(["value", "area"], ascending=[False, True], ignore_index=True)


def _description(drawn: pd.DataFrame, title: str) -> str:
    others = drawn[drawn["kind"] != "other"]
    said = " ".join(f"{row.area}: {row.shown}." for row in others.itertuples())
    return f"Bar chart of {len(drawn) - len(others)} forces in order. {title}. {said}"


def on_the_map(
    indicator_id: str, parameters: Parameters, links: BookLinks | None = None
) -> ForceMaps | Prose:
    """Return both maps of the indicator, shaded by quarter."""
    return force_maps(parameters, links, [measure_of(indicator_id)])


def over_the_years(
    indicator_id: str, parameters: Parameters, links: BookLinks | None = None
) -> Html:
    """Return a small line for each force over all years of the source, on one scale."""
    everyone, decimals = every_year(indicator_id, parameters), indicator(indicator_id).decimals
    wide = everyone.pivot(index="period_end", columns="area", values="value").sort_index()
    top = float(ranked_over_time(indicator_id, everyone)["value"].max())
    order = [ENGLAND_AND_WALES, *sorted(all_forces(), key=lambda s: all_forces()[s].short_name)]
    tiles = [
        _multiple(wide[area], area, top, decimals, links or BookLinks())
        for area in order
        if wide[area].notna().sum() > 1 and wide[area].max() <= top
    ]
    if not tiles:
        return Html("<p>The source holds a single year.</p>")
    first, last = in_words(wide.index[0]), in_words(wide.index[-1])
    return Html(
        f"<p>One line a force from {escape(first)} to {escape(last)}, all from zero to the highest "
        f"value of any ranked force, {escape(number(top, decimals))}.</p>"
        f"{_where_counting_changed(indicator_id, wide.index)}"
        f'<div class="peel-multiples">{"".join(tiles)}</div>'
    )


def _where_counting_changed(indicator_id: str, ends: pd.Index) -> str:
    """Say within which lines figures before and after do not compare."""
    told = newest_break(indicator_id, ends)["caveat"]
    return f"<p>Not all years compare. {escape(told.iloc[0])}</p>" if len(told) else ""


def _multiple(values: pd.Series, area: str, top: float, decimals: int, links: BookLinks) -> str:
    name = COUNTRY if area == ENGLAND_AND_WALES else all_forces()[area].short_name
    known = values.dropna()
    first, last = (number(known.iloc[place], decimals) for place in (0, -1))
    href = None if area == ENGLAND_AND_WALES else links.href(area)
    head = f'<a href="{escape(href)}">{escape(name)}</a>' if href else escape(name)
    picture = sparkline(values.tolist(), top, f"{name}: from {first} to {last}")
    return (
        f'<div><p class="peel-multiple">{head}</p>{picture}'
        f'<span class="peel-ends"><span>{first}</span><span>{last}</span></span></div>'
    )


def table_of_years(indicator_id: str, parameters: Parameters) -> Figure:
    """Return the values of all forces in all years as a table."""
    entry, everyone = indicator(indicator_id), every_year(indicator_id, parameters)
    wide = everyone.pivot(index="area", columns="period_end", values="value")
    names = {slug: force.short_name for slug, force in all_forces().items()}
    names |= {ENGLAND_AND_WALES: COUNTRY}
    table = wide.map(lambda value: number(value, entry.decimals))
    table.columns = [in_words(end) for end in wide.columns]
    table.insert(0, "Force", wide.index.map(names))
    of_a_year = "" if entry.kind == "officers" else "12 months to "
    unit = sentence_case(measure_of(indicator_id).unit or title_of(indicator_id))
    return Figure(
        number="",
        title=f"{title_of(indicator_id)} in all years",
        subtitle=f"{unit}, {of_a_year}{table.columns[1]} to {table.columns[-1]}",
        table=table.sort_values("Force").reset_index(drop=True),
        source=source_of_series(entry, wide.columns),
        notes=notes_over_the_years(indicator_id, wide.columns, parameters.households_mid_year),
        indicators=(indicator_id,),
    )
