"""Links a source line to the addresses that the data package gives for its sources."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape

from peelbook.tables import data_directory

REPORT = "HMIC, PEEL: Police effectiveness 2016 (March 2017)"
"""How source lines name the report that its printed figures are quoted from."""
_REPORT_TITLE = "PEEL: Police effectiveness 2016, an inspection of Leicestershire Police"
_PACKAGE = "datapackage.json"


@cache
def _known() -> dict[str, dict[str, str]]:
    """Return source as source lines name it (``publisher, title``) -> what the package says of it."""
    package = json.loads((data_directory() / _PACKAGE).read_text(encoding="utf-8"))
    sources = [each for table in package["resources"] for each in table.get("sources", ())]
    known = {f"{each['publisher']}, {each['title']}": each for each in sources if "path" in each}
    reports = [each for each in sources if each["title"] == _REPORT_TITLE]
    if reports:
        known[REPORT] = reports[0]
    return dict(sorted(known.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def source_addresses() -> dict[str, str]:
    """Return source as source lines name it (``publisher, title``) -> address; longest first."""
    return {name: each["path"] for name, each in _known().items()}


@cache
def _pattern() -> re.Pattern[str] | None:
    known = [re.escape(escape(name)) for name in source_addresses()]
    return re.compile("|".join(known)) if known else None


def linked(html: str) -> str:
    """Return HTML whose sources, where it names one that has an address, lead there."""
    pattern = _pattern()
    if not pattern:
        return html
    addresses = {escape(name): address for name, address in source_addresses().items()}
    return pattern.sub(
        lambda match: f'<a href="{escape(addresses[match[0]])}">{match[0]}</a>', html
    )


def sources_in(text: str) -> list[dict[str, str]]:
    """Return the sources that a source line names, in their order: title, address, release."""
    known = _known()
    found = sorted((text.index(name), name) for name in known if name in text)
    return [
        {"title": name, "address": known[name]["path"], "released": known[name]["released"]}
        for _, name in found
    ]
