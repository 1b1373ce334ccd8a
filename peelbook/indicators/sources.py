"""Where the data of an indicator come from, as a source line gives it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.outcomes import has_every_type
from peelbook.indicators.recorded_crime import HEADLINE, QUARTERS, ROLLING, YEARS, release_of
from peelbook.tables import describe_table

SUPPLIED = "Data return supplied for this book"
NOT_HELD = "not held here for this force and period"
TABLE_OF_RELEASE = {
    ROLLING: "recorded_crime",
    QUARTERS: "recorded_crime_quarterly",
    YEARS: "recorded_crime_by_year",
    HEADLINE: "recorded_crime_headline",
}
REPORT = "as printed in HMIC, PEEL: Police effectiveness 2016 (March 2017)"


def source_of(
    entry: Indicator, status: str = "computed", period_end: pd.Timestamp | None = None
) -> str:
    """Return publisher, title and release of what an indicator is computed or quoted from.

    `status` is that of the value shown: a ``published`` one comes from the report itself.
    `period_end` says which period it is of, as a newer one may come from another release; without
    it every release is named that the indicator can come from.
    """
    return "; ".join(sources_of(entry, status, period_end))


def source_of_all(values: Iterable[tuple[Indicator, str, pd.Timestamp]]) -> str:
    """Return the sources of several values (entry, status, period) as one line, each named once."""
    found = (source for value in values for source in sources_of(*value))
    return "; ".join(dict.fromkeys(found))


def sources_of(
    entry: Indicator, status: str = "computed", period_end: pd.Timestamp | None = None
) -> list[str]:
    """Return the sources of an indicator one by one, the numerator's first.

    A return that shows no value has no release to name: the report of 2016 holds none of it.
    """
    if entry.kind == "outcomes" and status == "published":
        return [f"Home Office crime outcomes, October 2016 release, {REPORT}"]
    if entry.kind == "return" and status == "returned":
        return [SUPPLIED]
    if entry.kind == "return":
        name = f"HMIC {entry.source}" if entry.source == "data return" else entry.source
        printed = REPORT if status == "published" else NOT_HELD
        return [f"{name[:1].upper()}{name[1:]}, {printed}"]
    tables = [*numerator_tables(entry, period_end)]
    if entry.denominator in ("population", "households"):
        tables.append(entry.denominator)
    return list(dict.fromkeys(source for name in tables for source in table_sources(name)))


def numerator_tables(entry: Indicator, period_end: pd.Timestamp | None) -> tuple[str, ...]:
    """Return the tables of data/ that the numerator of a period is counted from."""
    if entry.kind == "rolling":
        known = TABLE_OF_RELEASE
        return tuple(known.values()) if period_end is None else (known[release_of(period_end)],)
    if entry.kind == "outcomes":
        if period_end is None:
            return ("outcomes", "outcomes_by_year")
        return ("outcomes",) if has_every_type(period_end) else ("outcomes_by_year",)
    return (entry.table,)


def table_sources(name: str) -> list[str]:
    """Return publisher, title and release date of each source of a table in data/."""
    return list(dict.fromkeys(_source(source) for source in describe_table(name)["sources"]))


def _source(source: dict[str, str]) -> str:
    released = source.get("released", "")
    date = f", released {released}" if released[-4:].isdigit() else ""
    return f"{source['publisher']}, {source['title']}{date}"


def numbered(lists: Iterable[list[str]]) -> tuple[list[str], list[str]]:
    """Number sources in the order in which they first come.

    Returns for each list the numbers of its sources as text (``1, 3``), and all sources in order.
    """
    order: dict[str, int] = {}
    marks = [
        ", ".join(str(order.setdefault(source, len(order) + 1)) for source in sources)
        for sources in lists
    ]
    return marks, list(order)
