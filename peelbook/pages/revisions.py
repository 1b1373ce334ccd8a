"""Tables and the figure of the page on revisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from peelbook.charts.figure import Figure
from peelbook.charts.revisions import EDGE, revision_dots
from peelbook.charts.tables import Html, table_html, text_table
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.comparators import ENGLAND_AND_WALES
from peelbook.indicators.one_year import recorded_in_every_release
from peelbook.indicators.sources import table_sources
from peelbook.indicators.statements import KEYS, PRINTED
from peelbook.indicators.vintages import later_releases_held, open_data_to, revised_counts
from peelbook.narrative.prose import Prose
from peelbook.narrative.words import DASH, counted, listing, number, sentence_case, signed
from peelbook.tables import load_table
from peelbook.tables.forces import all_forces
from peelbook.tables.periods import REPORT_PERIOD_END, in_words

LARGEST = 12
"""Rows of the tables of largest revisions."""
ONE_YEAR = pd.Timestamp("2018-03-31")
"""End of the 12 months that the most releases hold."""
COUNTRY = "England and Wales"
ALL_43 = "All 43 forces"
SMALL = 50
"""Groups in which a force has fewer offences are not drawn: a few of them are a large percentage."""
NAMED = 3
"""Indicators that a row of the table of releases names."""
FEWEST = 10
"""Forces that a group needs for a line of dots."""


P = ParamSpec("P")
T = TypeVar("T")
NOT_TOLD = "Not told here: these tables are as they stood before the later releases."


def where_told(page: Callable[P, T]) -> Callable[P, T | Prose]:
    """Say that nothing can be set side by side, in place of a table or text, where that is so."""

    @wraps(page)
    def told(*args: P.args, **kwargs: P.kwargs) -> T | Prose:
        return page(*args, **kwargs) if later_releases_held() else Prose(NOT_TOLD)

    return told


def of_kinds(rows: pd.DataFrame, *kinds: str) -> pd.DataFrame:
    """Return the rows of indicators of these kinds, of the table of revisions."""
    known = {name for name, entry in load_catalogue().items() if entry.kind in kinds}
    return rows[rows["indicator"].isin(known)]


def name_of(force: str) -> str:
    """Return what an area is called in a table or in a sentence."""
    return COUNTRY if force == ENGLAND_AND_WALES else all_forces()[force].short_name


@where_told
def overview(rows: pd.DataFrame) -> Html:
    """Return one row for each indicator and period: values, how many moved, and who the most.

    `rows` are those of :func:`peelbook.indicators.vintages.revisions`, or some of them.
    """
    keys = ["period_end", "indicator", "earlier_release", "later_release"]
    lines = [_line(group) for _, group in rows.groupby(keys, sort=False)]
    return text_table(pd.DataFrame(lines), "What a later release changed, by indicator")


def _line(group: pd.DataFrame) -> dict[str, object]:
    entry = load_catalogue()[group["indicator"].iloc[0]]
    forces = group[group["force"] != ENGLAND_AND_WALES]
    country = group[group["force"] == ENGLAND_AND_WALES]
    largest = forces.loc[forces["change"].abs().idxmax()]
    unit = "points" if entry.is_share else "percent"
    moved = (forces["rank_later"] - forces["rank_earlier"]).abs().max()
    changed = in_other_bands(forces)
    shown = [
        number(value, entry.decimals) for value in country[["earlier", "later"]].to_numpy().flat
    ]
    return {
        "Indicator": sentence_case(entry.name),
        "12 months to": in_words(group["period_end"].iloc[0]),
        COUNTRY: " → ".join(shown) if shown else DASH,
        "Forces revised": f"{int((forces['earlier'] != forces['later']).sum())} of {len(forces)}",
        "Largest": f"{name_of(largest['force'])} {signed(largest['change'])} {unit}",
        "Most places moved": number(moved, 0),
        "In another band": few_named(changed["force"]) or "no force",
    }


@where_told
def releases_compared(rows: pd.DataFrame) -> Html:
    """Return which two releases each kind of figure is compared in, and for which periods."""
    lines = []
    for (first, second), group in rows.groupby(["earlier_release", "later_release"], sort=False):
        ends = sorted(group["period_end"].unique())
        lines.append(
            {
                "Figures": sentence_case(_figures(group)),
                "12 months to": listing([in_words(end) for end in ends]),
                "Earlier release": sentence_case(first),
                "Later release": sentence_case(second),
            }
        )
    return text_table(pd.DataFrame(lines), "Releases that are set side by side")


def _figures(group: pd.DataFrame) -> str:
    """Name indicators, or where they are many of one kind say which and how many."""
    entries = [load_catalogue()[name] for name in group["indicator"].unique()]
    if len(entries) <= NAMED:
        return listing([entry.name for entry in entries])
    what = "outcomes" if entries[0].kind == "outcomes" else "measures of recorded crime"
    return f"{len(entries)} {what}"


@where_told
def largest_revisions() -> Html:
    """Return the largest revisions of a count by force and offence group, the largest first."""
    counts = revised_counts()
    order = counts["difference"].abs().sort_values(ascending=False, kind="stable").index
    chosen = counts.loc[order[:LARGEST]]
    table = pd.DataFrame(
        {
            "Force": chosen["force"].map(name_of),
            "Offences": chosen["offence"].map(in_group_words),
            "Earlier": [number(value, 0) for value in chosen["earlier"]],
            "Later": [number(value, 0) for value in chosen["later"]],
            "Difference": [signed(value, 0) for value in chosen["difference"]],
            "Percent": [signed(value) for value in chosen["change"]],
        }
    )
    return Html(table_html(table, "The largest revisions by force and offence group"))


def in_group_words(offence: str) -> str:
    """Return an offence group as it is read: Violence with injury."""
    return sentence_case(offence.replace("-", " ").replace("non domestic", "non-domestic"))


@where_told
def dots_of_revisions() -> Figure:
    """Return the figure of all revisions by force and offence group in the year of the report."""
    counts = revised_counts()
    large = counts[counts["change"].notna()]
    large = large[large.groupby("offence")["force"].transform("size") >= FEWEST]
    drawn = pd.DataFrame(
        {
            "name": large["force"].map(name_of),
            "group": large["offence"].map(in_group_words),
            "change": large["change"].astype(float).round(2),
        }
    )
    within = int((drawn["change"].abs() <= 1).sum())
    beyond = drawn[drawn["change"].abs() > EDGE]
    quarters = load_table("recorded_crime_quarterly")["quarter_end"].max()
    title = f"{within:,} of {len(drawn):,} counts moved by one percent or less"
    named = listing(
        [
            f"{row.name}, {row.group.lower()}: {signed(row.change)} percent"
            for row in beyond.itertuples()
        ]
    )
    return Figure(
        number="",
        title=title,
        subtitle=(
            f"12 months to {in_words(REPORT_PERIOD_END)}, {open_data_to(quarters)} against the rolling "
            "file; one dot a force"
        ),
        charts={"": revision_dots(drawn, description=f"{title}. Beyond {EDGE} percent: {named}.")},
        table=_spread(drawn),
        source="; ".join(
            [*table_sources("recorded_crime"), *table_sources("recorded_crime_quarterly")]
        ),
        notes=(
            f"Counts of fewer than {SMALL} offences are left out, and groups with fewer than {FEWEST} "
            "forces above that.",
        ),
    )


def _spread(drawn: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for group, own in drawn.groupby("group"):
        ordered = own.sort_values("change", kind="stable")
        low, high = ordered.iloc[0], ordered.iloc[-1]
        rows.append(
            {
                "Offences": group,
                "Forces": str(len(own)),
                "Middle force, percent": signed(own["change"].median()),
                "Furthest down": f"{low['name']} {signed(low['change'])}",
                "Furthest up": f"{high['name']} {signed(high['change'])}",
            }
        )
    return pd.DataFrame(rows)


@where_told
def one_year_side_by_side() -> Html:
    """Return recorded crime of one year in each release: the forces that moved most, and all."""
    counts = recorded_in_every_release(ONE_YEAR)
    first, last = counts.columns[0], counts.columns[-1]
    moved = ((counts[last] / counts[first] - 1).abs()).sort_values(ascending=False, kind="stable")
    chosen = pd.concat([counts.loc[moved.index[:LARGEST]], counts.sum().to_frame(ALL_43).T])
    table = pd.DataFrame(
        {"Force": [ALL_43 if area == ALL_43 else name_of(area) for area in chosen.index]}
        | {sentence_case(name): [number(v, 0) for v in chosen[name]] for name in chosen.columns}
        | {"First to last, percent": [signed(v) for v in (chosen[last] / chosen[first] - 1) * 100]}
    )
    return Html(
        table_html(table, f"Recorded crime of the 12 months to {in_words(ONE_YEAR)} by release")
    )


@where_told
def statements_table(told: pd.DataFrame) -> Html:
    """Return each comparison of the report beside those of later releases.

    `told` is the table of :func:`peelbook.indicators.statements.statements`.
    """
    rows = []
    for _, group in told.groupby(KEYS, sort=False, dropna=False):
        printed = group[group["release"] == PRINTED].iloc[0]
        later = group[group["release"] != PRINTED]
        agree = later["said"].eq(printed["said"]).all()
        rows.append(
            {
                "Number": f"{sentence_case(printed['label'])} ({printed['place']})",
                "The report said": _pair(printed),
                "Later releases": "; ".join(_pair(row) for _, row in later.iterrows()),
                "Still so": "Yes" if agree else "No",
            }
        )
    return text_table(pd.DataFrame(rows), "Comparisons of the report under later releases")


def _pair(row: pd.Series) -> str:
    force, country = (number(row[side], int(row["decimals"])) for side in ("force", "country"))
    return f"{force}, {row['said']} {country}"


def in_other_bands(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ranked forces whose band a later release changed."""
    ranked = rows[rows["rank_earlier"].notna()]
    return ranked[ranked["band_earlier"] != ranked["band_later"]]


def places(rows: pd.DataFrame) -> pd.Series:
    """Return by how many places each ranked force moved."""
    ranked = rows[rows["rank_earlier"].notna()]
    return (ranked["rank_later"] - ranked["rank_earlier"]).abs().astype(int)


def few_named(forces: Sequence[str], most: int = 8) -> str:
    """Name forces, or count them where they are many."""
    names = sorted({name_of(force) for force in forces})
    return listing(names) if len(names) <= most else counted(len(names), "force")
