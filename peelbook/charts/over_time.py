"""An indicator over time: the force, England and Wales, and the middle half of forces."""

from __future__ import annotations

from string import ascii_lowercase

import pandas as pd

from peelbook.charts.by_force import COUNTRY
from peelbook.charts.figure import Figure
from peelbook.charts.time_marks import Marked, lines_and_band
from peelbook.charts.time_notes import about_the_chart, gaps_between, incomplete_ends
from peelbook.evidence import Evidence
from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.series import (
    all_areas_over_time,
    middle_half,
    ranked_over_time,
    release_of_series,
)
from peelbook.indicators.sources import source_of_series
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.notes import notes, of_another_year
from peelbook.narrative.prose import Prose
from peelbook.narrative.standing import value_with_unit
from peelbook.narrative.trends import Trend, trend_of
from peelbook.narrative.words import counted, listing, moved, number, sentence_case
from peelbook.tables.exclusions import caveats_beginning
from peelbook.tables.periods import in_words


def over_time(
    ev: Evidence, *indicator_ids: str, number_: str = "", years: int = 5
) -> Figure | Prose:
    """Return indicators over time: one line style, numbers at the ends, what a caveat begins at marked.

    Several indicators of one unit are panels on one scale; the title is about the first. Covers the
    periods that the source holds from `years` before the newest one of the book; with fewer than
    two periods an empty text stands in place of the figure.
    """
    first_id, entry = indicator_ids[0], ev.entry(indicator_ids[0])
    everyone = {name: all_areas_over_time(name, ev.parameters, years) for name in indicator_ids}
    panels = {name: _lines(ev, rows) for name, rows in everyone.items()}
    panels = {
        name: data.join(middle_half(name, everyone[name]), on="period_end")
        for name, data in panels.items()
    }
    data = panels[first_id]
    if len(data) < 2:
        return Prose("")
    panels = {name: panel for name, panel in panels.items() if len(panel) > 1}
    unit = "Score" if entry.unit == "score" else sentence_case(entry.unit)
    moments, said = _moments(ev, indicator_ids, data["period_end"])
    windows = {name: sorted(everyone[name]["period_end"].unique()) for name in panels}
    first, last = data["period_end"].iloc[0], data["period_end"].iloc[-1]
    top = max(_top(name, everyone[name], panels[name]) for name in panels)
    several = len(panels) > 1
    charts = {
        sentence_case(ev.entry(name).name) if several else "": lines_and_band(
            panel,
            names={"force": ev.force.short_name, "country": COUNTRY},
            top=float(top),
            decimals=entry.decimals,
            unit=unit,
            moments=moments,
            gaps=gaps_between(panel["period_end"]),
            description=_description(ev, panel, _title(ev, name, years), entry.decimals, said),
        )
        for name, panel in panels.items()
    }
    measure = (
        f"{unit[:1].lower()}{unit[1:]}"
        if several
        else f"{sentence_case(entry.name)}, {unit[:1].lower()}{unit[1:]}"
    )
    span = f"{_spoken(entry, first)} to {_spoken(entry, last)}"
    if of_a_later_release(ev, first_id):
        span += ", all from one later release"
    return Figure(
        number=number_,
        title=_title(ev, first_id, years),
        subtitle=sentence_case(f"{measure}, {span}"),
        charts=charts,
        table=_table(ev, panels, entry.decimals),
        source=_source(ev, first_id, data["period_end"]),
        notes=(
            *_about_the_release(ev, first_id),
            *about_the_chart(ev, panels, windows),
            *said,
            *_other_notes(ev, indicator_ids, said),
        ),
        indicator=first_id if entry.has_page else "",
        indicators=indicator_ids,
    )


def has_a_line(ev: Evidence, indicator_id: str) -> bool:
    """Say whether an indicator has two periods that compare, so that :func:`over_time` draws it."""
    return len(_lines(ev, all_areas_over_time(indicator_id, ev.parameters))) > 1


def _source(ev: Evidence, indicator_id: str, ends: pd.Series) -> str:
    last = ev.row(indicator_id)["period_end"]
    release = release_of_series(ev.entry(indicator_id), last)
    return source_of_series(
        ev.entry(indicator_id),
        ends,
        None if release == last else release,
        ev.parameters.households_mid_year,
    )


def of_a_later_release(ev: Evidence, indicator_id: str) -> bool:
    """Say whether the series is of a later release than the value of the period."""
    last = ev.row(indicator_id)["period_end"]
    return release_of_series(ev.entry(indicator_id), last) != last


def _about_the_release(ev: Evidence, indicator_id: str) -> tuple[str, ...]:
    if not of_a_later_release(ev, indicator_id):
        return ()
    return (
        "All points are from one later release, in which outcomes have had more time to come in; "
        "the last differs from the figure of the release of the time, which is used elsewhere here.",
    )


def _lines(ev: Evidence, everyone: pd.DataFrame) -> pd.DataFrame:
    """Return one row a period: the force, England and Wales, and the run that changes after a gap."""
    columns = ["period_end", "force", "country", "run"]
    if everyone.empty:
        return pd.DataFrame(columns=columns)
    wide = everyone.pivot(index="period_end", columns="area", values="value").sort_index()
    data = wide.reindex(columns=[ev.force.slug, ENGLAND_AND_WALES])
    data = data.set_axis(["force", "country"], axis=1).dropna(how="all").reset_index()
    steps = data["period_end"].diff().dt.days
    # where the force alone has no figure its line breaks too
    broken = (steps > 1.5 * steps.median()) | (data["force"].isna() != data["force"].isna().shift())
    return data.assign(run=broken.cumsum())[columns]


def _top(indicator_id: str, everyone: pd.DataFrame, data: pd.DataFrame) -> float:
    """Return the highest value of any ranked force, so that the books of all share a scale."""
    ranked = ranked_over_time(indicator_id, everyone)["value"]
    return pd.concat([ranked, data["force"], data["country"]]).max()


def _moments(
    ev: Evidence, indicator_ids: tuple[str, ...], ends: pd.Series
) -> tuple[list[Marked], tuple[str, ...]]:
    """Return where caveats begin within the lines, of counting or of releases, and what each says."""
    begun = pd.concat(
        caveats_beginning(name, ends.iloc[0], ends.iloc[-1], ev.force.slug)
        for name in indicator_ids
    )
    # of a year without a point that is said, and of the step from it there is nothing to mark; nor
    # of a single period that is none of the line
    without = incomplete_ends(ev, indicator_ids[0], ends, ev.force.slug)
    blank = (begun["force"] == ev.force.slug) & begun["period_from"].isin(
        [*without, *(year + pd.DateOffset(years=1) for year in without)]
    )
    blank |= (begun["period_from"] == begun["period_to"]) & ~begun["period_from"].isin(ends)
    begun = begun[~blank]
    moments, said = [], []
    for letter, (date, rows) in zip(
        ascii_lowercase, begun.groupby("period_from", sort=True), strict=False
    ):
        moments.append(Marked(letter, date))
        said.append(f"{letter}: {' '.join(dict.fromkeys(rows['caveat']))}")
    return moments, tuple(said)


def _title(ev: Evidence, indicator_id: str, years: int) -> str:
    """Say what the lines show: the value at either end, of the force and of England and Wales."""
    entry = ev.entry(indicator_id)
    name = sentence_case(entry.name)
    own, country = (
        trend_of(ev, indicator_id, area, years) for area in (ev.force.slug, ENGLAND_AND_WALES)
    )
    if len(own.values) < 2:
        if len(country.values) < 2:
            return f"{name}, period by period"
        return (
            f"{name} in England and Wales {_ends(country, entry)}{_unit(country.values, entry)}"
            f"{_in_brackets(country.before)}"
        )
    span = own.values.index[[0, -1]]
    text = (
        f"{name} in {ev.force.area_in_sentence} {_ends(own, entry)}{_unit(own.values, entry)} over "
        f"{span_in_words(*span)}{_in_brackets(own.before)}"
    )
    over_the_same = country.values.reindex(span)
    if over_the_same.isna().any():
        return text
    return f"{text}; in England and Wales it {_ends(Trend(over_the_same), entry)}"


def _in_brackets(said: str) -> str:
    return f" ({said})" if said else ""


def _unit(values: pd.Series, entry: Indicator) -> str:
    last = values.iloc[-1]
    shown = value_with_unit(last, entry.decimals, entry.unit)
    return shown.removeprefix(number(last, entry.decimals))


def _ends(trend: Trend, entry: Indicator) -> str:
    first, last = trend.values.iloc[0], trend.values.iloc[-1]
    return moved(first, last, entry.decimals, trend.base)


def span_in_words(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Write a span of time: 5 years, 4 years and 3 months."""
    months = round((last - first).days / 30.4375)
    parts = ((months // 12, "year"), (months % 12, "month"))
    return listing([counted(count, noun) for count, noun in parts if count])


def _spoken(entry: Indicator, day: pd.Timestamp) -> str:
    return f"{'' if entry.kind == 'officers' else '12 months to '}{in_words(day)}"


def _other_notes(ev: Evidence, indicator_ids: tuple[str, ...], said: tuple[str, ...]) -> list[str]:
    """Return the notes on the last period that hold for lines; what divides them is said of each."""
    divided = [note for name in indicator_ids for note in of_another_year(ev, name)]
    return [
        note
        for note in notes(ev, *indicator_ids)
        if note not in divided
        and not any(note in sentence for sentence in said)
        and "ot ranked): " not in note
    ]


def _description(
    ev: Evidence, data: pd.DataFrame, title: str, decimals: int, said: tuple[str, ...]
) -> str:
    last = data.iloc[-1]
    parts = [f"Line chart. {title}."]
    if pd.notna(last["low"]):
        low, high = number(last["low"], decimals), number(last["high"], decimals)
        parts.append(f"In the last period the middle half of forces lies between {low} and {high}.")
    if said:
        letters = "with a letter, which a note explains"
        parts.append(f"{counted(len(said), 'moment')} marked {letters}.")
    return " ".join(parts)


def _table(ev: Evidence, panels: dict[str, pd.DataFrame], decimals: int) -> pd.DataFrame:
    parts = []
    for name, data in panels.items():
        prefix = f"{sentence_case(ev.entry(name).name)}, " if len(panels) > 1 else ""
        columns = {
            f"{prefix}{ev.force.name}": data["force"],
            f"{prefix}{COUNTRY}": data["country"],
            f"{prefix}middle half of forces, from": data["low"],
            f"{prefix}middle half of forces, to": data["high"],
        }
        by_day = pd.DataFrame(columns).set_index(pd.Index(data["period_end"]))
        parts.append(by_day.map(lambda value: number(value, decimals)))
    table = pd.concat(parts, axis="columns").reset_index(drop=False)
    table = table.rename(columns=sentence_case)
    table.insert(0, "Period to", [in_words(day) for day in table.pop("Period_end")])
    return table
