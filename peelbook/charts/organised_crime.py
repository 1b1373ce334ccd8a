"""Figure 10: organised crime groups by predominant crime type, where a return was supplied."""

from __future__ import annotations

import altair as alt
import pandas as pd

from peelbook.charts.by_force import COUNTRY, in_a_sentence
from peelbook.charts.categories import BY_PLACE, as_category
from peelbook.charts.figure import Figure
from peelbook.charts.theme import FORCE, LINE
from peelbook.evidence import Evidence
from peelbook.indicators.sources import source_of
from peelbook.narrative.notes import notes
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import listing, number, percent
from peelbook.returns.figures import types_of_groups
from peelbook.returns.supplied import BY_TYPE
from peelbook.tables.periods import in_words

UNIT = "Percent of groups"
STEP = 26


def organised_crime_types(ev: Evidence) -> Figure | Prose:
    """Figure 10: organised crime groups by predominant crime type."""
    types = types_of_groups(ev.parameters)
    if types.empty:
        return in_a_sentence(ev, BY_TYPE)
    decimals = ev.entry(BY_TYPE).decimals
    first = types.iloc[0]
    commonest = types.loc[types["force"] == first["force"], "category"].tolist()
    subtitle = f"{UNIT}, as at {in_words(first['period_end'])}"
    table = pd.DataFrame(
        {
            "Predominant crime type": types["category"],
            ev.force.name: [number(value, decimals) for value in types["force"]],
            COUNTRY: [number(value, decimals) for value in types["country"]],
        }
    )
    return Figure(
        number="Figure 10",
        title=f"{listing(commonest)} {'is' if len(commonest) == 1 else 'are'} the commonest "
        f"predominant crime type{'s' * (len(commonest) > 1)} of organised crime groups in "
        f"{ev.force.area_in_sentence}: {percent(first['force'], decimals)}",
        subtitle=subtitle,
        charts={"": _bars(types, ev, subtitle, decimals)},
        table=table,
        source=source_of(ev.entry(BY_TYPE), "returned"),
        notes=notes(ev, BY_TYPE),
        indicators=(BY_TYPE,),
    )


def _bars(types: pd.DataFrame, ev: Evidence, subtitle: str, decimals: int) -> alt.LayerChart:
    """Draw a bar a type for the force, and a labelled tick for England and Wales."""
    data_of_types = types.assign(
        place=range(len(types)), category=types["category"].map(as_category)
    )
    form = f",.{decimals}f"
    y = alt.Y(field="category", type="nominal", sort=BY_PLACE, title=None)
    y = y.axis(labelLimit=160, ticks=False, domain=False)
    layers = []
    for column, name in (("force", ev.force.short_name), ("country", COUNTRY)):
        if types[column].isna().all():
            continue
        data = data_of_types[["category", "place", column]].assign(area=name)
        tooltip = [
            alt.Tooltip(field="area", type="nominal", title="Area"),
            alt.Tooltip(field="category", type="nominal", title="Type"),
            alt.Tooltip(field=column, type="quantitative", title=UNIT, format=form),
        ]
        x = alt.X(field=column, type="quantitative", title=UNIT).axis(format=form)
        key = alt.Color(field="area", type="nominal", title=None)
        key = key.scale(domain=[ev.force.short_name, COUNTRY], range=[FORCE, LINE])
        key = key.legend(orient="top")
        base = alt.Chart(data).encode(x=x, y=y, color=key, tooltip=tooltip)
        mark = {"force": base.mark_bar(height=STEP - 10)}
        layers.append(
            mark.get(column) or base.mark_tick(thickness=4, size=STEP - 4, stroke="white")
        )
    parts = [
        f"{row.category}: {ev.force.short_name} {number(row.force, decimals)}"
        + ("" if pd.isna(row.country) else f", {COUNTRY} {number(row.country, decimals)}")
        for row in types.itertuples()
    ]
    description = f"Bar chart of {len(types)} crime types. {subtitle}. {'; '.join(parts)}."
    return alt.layer(*layers).properties(
        width="container", height=max(STEP * len(types), 60), description=description
    )
