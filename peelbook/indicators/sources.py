"""Where the data of an indicator come from, as a source line gives it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from peelbook.indicators.catalogue import Indicator
from peelbook.indicators.counts import DENOMINATORS, denominator_year
from peelbook.indicators.outcomes import has_every_type
from peelbook.indicators.recorded_crime import HEADLINE, QUARTERS, ROLLING, YEARS, release_of
from peelbook.tables import describe_table, load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import years_before

PERIOD, MID_YEAR, VINTAGE = "period_end", "mid_year", "vintage"
SUPPLIED = "Data return supplied for this book"
NOT_HELD = "not held here for this force and period"
TABLE_OF_RELEASE = {
    ROLLING: "recorded_crime",
    QUARTERS: "recorded_crime_quarterly",
    YEARS: "recorded_crime_by_year",
    HEADLINE: "recorded_crime_headline",
}
REPORT = "as printed in HMIC, PEEL: Police effectiveness 2016 (March 2017)"


def source_of(entry: Indicator, status: str = "computed") -> str:
    """Return every source that an indicator can come from as one line; see :func:`sources_of`."""
    return "; ".join(sources_of(entry, status))


def source_of_all(values: Iterable[tuple[Indicator, str, pd.Timestamp, int | None]]) -> str:
    """Return the sources of values (entry, status, period, mid-year) as one line, each once."""
    found = (source for value in values for source in sources_of(*value))
    return "; ".join(dict.fromkeys(found))


def sources_of(
    entry: Indicator,
    status: str = "computed",
    period_end: pd.Timestamp | None = None,
    mid_year: int | None = None,
) -> list[str]:
    """Return publisher, title and release of each source of an indicator, the numerator's first.

    `status` is that of the value shown: a ``published`` one comes from the report itself.
    `period_end` says which period it is of and `mid_year` whose residents or households divide it,
    as newer ones may come from another release; without them every release is named that the
    indicator can come from.

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
    found = _numerator_sources(entry, period_end, period_end)
    if entry.denominator in DENOMINATORS:
        found += table_sources(entry.denominator, _vintages(entry.denominator, mid_year))
    return list(dict.fromkeys(found))


def source_of_series(
    entry: Indicator,
    ends: Iterable[pd.Timestamp],
    release: pd.Timestamp | None = None,
    households_mid_year: int = 0,
) -> str:
    """Return the sources of an indicator in several periods as one line, each named once.

    `release` is the period whose release all of them are taken from (see
    :func:`peelbook.indicators.series.release_of_series`), None where each is taken from its own.
    """
    periods = list(ends)
    found = [source for end in periods for source in _numerator_sources(entry, release or end, end)]
    if entry.denominator in DENOMINATORS:
        years = {denominator_year(entry, end, households_mid_year) for end in periods}
        vintages = {name for year in years for name in _vintages(entry.denominator, year)}
        found += table_sources(entry.denominator, vintages)
    return "; ".join(dict.fromkeys(found))


def _numerator_sources(
    entry: Indicator, release: pd.Timestamp | None, end: pd.Timestamp | None
) -> list[str]:
    """Return the sources of what is counted in a period, and of the year before that it changed from."""
    ends = [None] if end is None else [end, years_before(end, 1)]
    return [
        source
        for name in numerator_tables(entry, release)
        for source in table_sources(name, [v for each in ends for v in _vintages(name, each)])
    ]


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


def table_sources(name: str, vintages: Iterable[str] = ()) -> list[str]:
    """Return publisher, title and release date of each source of a table in data/.

    With vintages, only of the sources of rows that have one of these, and of those that no vintage
    tells apart.
    """
    named = list(vintages)
    sources = describe_table(name)["sources"]
    return list(dict.fromkeys(_source(each) for each in sources if _is_source(each, named)))


def _is_source(source: dict[str, object], vintages: list[str]) -> bool:
    words, ends = source.get("vintage"), source.get("ends")
    if not vintages or not words:
        return True
    return any(
        words in vintage and (not ends or any(end in vintage for end in ends))
        for vintage in vintages
    )


@remembered(maxsize=1024)
def _vintages(name: str, of: pd.Timestamp | int | None) -> tuple[str, ...]:
    """Return the vintages of a table's rows for a period or mid-year; none where rows say none."""
    rows = load_table(name)
    when = next((column for column in (PERIOD, MID_YEAR) if column in rows), None)
    if of is None or when is None or VINTAGE not in rows:
        return ()
    return tuple(sorted(rows.loc[rows[when] == of, VINTAGE].unique()))


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
