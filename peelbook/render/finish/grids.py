"""Reads the cells of a table or of blocks of figures as rows that a program can read."""

from __future__ import annotations

import csv
import io
import re

from bs4 import Tag

from peelbook.render.finish.parts import CARDS, Part

_NUMBER = re.compile(r"[−+-]?\d{1,3}(?:,\d{3})*(?:\.\d+)?%?|[−+-]?\d+(?:\.\d+)?%?")
COUNTRY = "England and Wales"
MISSING = ("–", "—")
"""Shown where there is no value; nothing at all in a file."""

Rows = list[list[str]]


def rows_of(part: Part) -> Rows:
    """Return a part's cells, the headings first: numbers without commas or signs of percent.

    A heading says that its column is in percent where the cells did.
    """
    rows = _rows_of_cards(part.soup) if part.kind == CARDS else _rows_of_table(part.soup)
    if not rows:
        return []
    head, *body = rows
    in_percent = {
        place
        for row in body
        for place, cell in enumerate(row)
        if cell.endswith("%") and _NUMBER.fullmatch(cell)
    }
    head = [
        f"{name} (percent)" if place in in_percent and "percent" not in name.lower() else name
        for place, name in enumerate(head)
    ]
    return [head, *([plain(cell) for cell in row] for row in body)]


def plain(cell: str) -> str:
    """Return a cell as a program reads it: ``1,234`` as 1234, ``−5%`` as -5, a dash as nothing."""
    if cell in MISSING:
        return ""
    if _NUMBER.fullmatch(cell):
        return cell.replace(",", "").replace("−", "-").strip("+%")
    return cell


def as_csv(rows: Rows) -> str:
    """Return rows as CSV with lines that end as RFC 4180 has it."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _rows_of_table(soup: Tag) -> Rows:
    table = soup if soup.name == "table" else soup.find("table")
    if table is None:
        return []
    return [[_text(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def _rows_of_cards(soup: Tag) -> Rows:
    rows = [["Figure", "Block", "Indicator", "Value", "Unit", COUNTRY, "Details", "Period"]]
    block = ""
    for each in soup.select("h3, .peel-card"):
        if each.name == "h3":
            block = _text(each)
            continue
        value = each.select_one(".peel-value")
        beside = [_text(line) for line in each.select(".peel-beside")]
        countries = [line for line in beside if line.startswith(f"{COUNTRY}: ")]
        rows.append(
            [
                *(_text(each.find("h4")), block, each.get("data-indicators", ""), _text(value)),
                _text(value.parent).removeprefix(_text(value)).strip() if value else "",
                countries[0].removeprefix(f"{COUNTRY}: ") if countries else "",
                "; ".join(line for line in beside if line not in countries),
                _text(each.select_one(".peel-when")),
            ]
        )
    return rows


def _text(element: Tag | None) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""
