"""How the forces are spread on each headline measure."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import DASH, counted, number, sentence_case, signed
from peelbook.pages.headlines import (
    Measure,
    measure_named,
    measure_notes,
    measure_values,
    period_of,
    place_in_words,
    sources_of_measure,
)
from peelbook.pages.links import BookLinks
from peelbook.pages.marks import dots
from peelbook.parameters import Parameters
from peelbook.tables.forces import all_forces

BINS = 24
"""Steps across the range of values; dots of one step are stacked so that none hides another."""

COUNTRY = "England and Wales"

MANY = 6
"""So many forces without a value, for one reason, share a row of the table."""


def distribution(
    measure_id: str, parameters: Parameters, links: BookLinks | None = None
) -> Figure | Prose:
    """Return the dots of all ranked forces on one measure, and the table of all forces.

    `measure_id` is that of an entry of :data:`peelbook.pages.headlines.MEASURES`; raises
    KeyError for any other. Where no force is ranked a sentence stands in place of the figure.
    """
    measure = measure_named(measure_id)
    rows = measure_values(measure, parameters)
    drawn = _drawn(measure, rows, links or BookLinks())
    if drawn.empty:
        return Prose(f"{measure.heading}: forces cannot be compared in this period.")
    country = rows.loc[ENGLAND_AND_WALES, "value"]
    chart = dots(
        drawn,
        unit=sentence_case(measure.unit or measure.heading),
        number_format=f"{'+' if measure.of_change else ''},.{measure.decimals}f",
        line=None if pd.isna(country) else float(country),
        line_label=COUNTRY,
        description=_description(measure, drawn, country),
    )
    unit = f"{sentence_case(measure.unit)}, " if measure.unit else ""
    return Figure(
        number="",
        title=_title(measure, drawn),
        subtitle=f"{unit}{period_of(measure, parameters)}",
        charts={"": chart},
        table=table_of_forces(measure, rows),
        source="; ".join(sources_of_measure(measure, parameters)),
        notes=measure_notes(measure, parameters),
        indicator=measure.indicator_id,
        indicators=(measure.indicator_id,),
    )


def _drawn(measure: Measure, rows: pd.DataFrame, links: BookLinks) -> pd.DataFrame:
    ranked = rows[rows["rank"].notna()].sort_values("value")
    forces = all_forces()
    ends = [] if ranked.empty else [ranked.index[0], ranked.index[-1]]
    return pd.DataFrame(
        {
            "name": [forces[area].short_name for area in ranked.index],
            "region": [forces[area].region for area in ranked.index],
            "value": ranked["value"].to_numpy(dtype=float),
            "level": stacked(ranked["value"]),
            "band": [sentence_case(band.removesuffix(" with")) for band in ranked["band"]],
            "shown": [measure.in_words(value) for value in ranked["value"]],
            "place": [place_in_words(row) for _, row in ranked.iterrows()],
            "href": [links.href(area) for area in ranked.index],
            "label": [forces[area].short_name if area in ends else "" for area in ranked.index],
        }
    )


def stacked(values: pd.Series, bins: int = BINS) -> list[int]:
    """Return for each value its place in a stack of dots, 0 for the lowest.

    Values in one of `bins` equal steps of the range share a stack, in the order given.
    """
    span = values.max() - values.min()
    step = ((values - values.min()) / (span or 1) * bins).round().astype(int)
    return step.groupby(step).cumcount().tolist()


def _title(measure: Measure, drawn: pd.DataFrame) -> str:
    low, high = drawn.iloc[0], drawn.iloc[-1]
    write = signed if measure.of_change else number
    return (
        f"{measure.heading}: from {write(low['value'], measure.decimals)} in {low['name']} "
        f"to {write(high['value'], measure.decimals)} in {high['name']}"
    )


def _description(measure: Measure, drawn: pd.DataFrame, country: float) -> str:
    middle = drawn["value"].quantile([0.25, 0.5, 0.75])
    write = signed if measure.of_change else number
    q1, q2, q3 = (write(value, measure.decimals) for value in middle)
    parts = [
        f"Dot plot of {counted(len(drawn), 'force')}. {_title(measure, drawn)}.",
        f"Half of the forces lie between {q1} and {q3}; the median is {q2}.",
    ]
    if pd.notna(country):
        parts.append(f"{COUNTRY}: {measure.shown(country)}.")
    return " ".join(parts)


def table_of_forces(measure: Measure, rows: pd.DataFrame) -> pd.DataFrame:
    """Return all forces and England and Wales in order of a measure, with ranks and reasons."""
    names = {slug: force.short_name for slug, force in all_forces().items()}
    ordered = rows.assign(name=[names.get(area, COUNTRY) for area in rows.index]).sort_values(
        ["value", "name"], ascending=[False, True], na_position="last"
    )
    heading = sentence_case(measure.unit or measure.heading)
    table = pd.DataFrame(
        {
            "Force": ordered["name"],
            heading: [measure.shown(value) for value in ordered["value"]],
            "Rank": [
                DASH if pd.isna(row["rank"]) else place_in_words(row)
                for _, row in ordered.iterrows()
            ],
            "Reason": ordered["note"].where(ordered["rank"].isna(), ""),
        }
    )
    alike = ordered["value"].isna() & (ordered["name"] != COUNTRY)
    table = _with_shared_rows(table, alike).reset_index(drop=True)
    empty = {"Rank": DASH, "Reason": ""}
    return table.drop(columns=[name for name, none in empty.items() if (table[name] == none).all()])


def _with_shared_rows(table: pd.DataFrame, alike: pd.Series) -> pd.DataFrame:
    """Put the rows marked in `alike` that have one reason, if they are many, into a single row."""
    size = table[alike].groupby("Reason")["Reason"].transform("size").reindex(table.index)
    shared = size >= MANY
    row_of_each = table[shared].drop_duplicates("Reason")
    names = [
        f"{'All ' if size[area] == len(all_forces()) else ''}{counted(int(size[area]), 'force')}"
        for area in row_of_each.index
    ]
    return pd.concat([table[~shared], row_of_each.assign(Force=names)])
