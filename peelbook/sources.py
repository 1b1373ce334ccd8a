"""Where the data of an indicator come from, as a source line gives it."""

from __future__ import annotations

from peelbook.catalogue import Indicator
from peelbook.tables import describe_table

RETURNS = "as printed in HMIC, PEEL: Police effectiveness 2016 (March 2017)"


def source_of(entry: Indicator) -> str:
    """Return publisher, title and release of the tables that an indicator is computed from."""
    if entry.kind == "return":
        return (
            f"HMIC {entry.source}, {RETURNS}"
            if "return" in entry.source
            else (f"{entry.source[:1].upper()}{entry.source[1:]}, {RETURNS}")
        )
    names = [entry.table]
    if entry.denominator in ("population", "households"):
        names.append(entry.denominator)
    return "; ".join(dict.fromkeys(table_source(name) for name in names))


def table_source(name: str) -> str:
    """Return publisher, title and release date of the sources of a table."""
    sources = describe_table(name)["sources"]
    return "; ".join(dict.fromkeys(_source(source) for source in sources))


def _source(source: dict[str, str]) -> str:
    released = f", released {source['released']}" if source.get("released") else ""
    return f"{source['publisher']}, {source['title']}{released}"
