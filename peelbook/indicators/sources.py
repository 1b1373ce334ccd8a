"""Where the data of an indicator come from, as a source line gives it."""

from __future__ import annotations

from collections.abc import Iterable

from peelbook.indicators.catalogue import Indicator
from peelbook.tables import describe_table

SUPPLIED = "Data return supplied for this book"
NOT_IN_BULK = "not published in bulk"
REPORT = "as printed in HMIC, PEEL: Police effectiveness 2016 (March 2017)"


def source_of(entry: Indicator, status: str = "computed") -> str:
    """Return publisher, title and release of what an indicator is computed or quoted from.

    `status` is that of the value shown: a ``published`` one comes from the report itself.
    """
    return "; ".join(sources_of(entry, status))


def source_of_all(entries: Iterable[tuple[Indicator, str]]) -> str:
    """Return the sources of several indicators with their status as one line, each named once."""
    found = (source for entry, status in entries for source in sources_of(entry, status))
    return "; ".join(dict.fromkeys(found))


def sources_of(entry: Indicator, status: str = "computed") -> list[str]:
    """Return the sources of an indicator one by one, the numerator's first.

    A return that shows no value has no release to name: the report of 2016 holds none of it.
    """
    if entry.kind == "outcomes" and status == "published":
        return [f"Home Office crime outcomes, October 2016 release, {REPORT}"]
    if entry.kind == "return" and status == "returned":
        return [SUPPLIED]
    if entry.kind == "return":
        name = f"HMIC {entry.source}" if entry.source == "data return" else entry.source
        printed = REPORT if status == "published" else NOT_IN_BULK
        return [f"{name[:1].upper()}{name[1:]}, {printed}"]
    tables = [entry.table]
    if entry.denominator in ("population", "households"):
        tables.append(entry.denominator)
    return list(dict.fromkeys(source for name in tables for source in table_sources(name)))


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
