"""Accessible HTML tables from frames of text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd


class Html(str):
    """HTML that shows itself in a notebook; made from escaped text only."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def text_table(table: pd.DataFrame, caption: str) -> Html:
    """Return a table of text, its cells aligned to the left."""
    return Html(table_html(table.astype(str), caption, "peel-table-text"))


def source_list(sources: list[str]) -> str:
    """Return the sources that a table refers to by number."""
    items = "".join(f"<li>{escape(source)}</li>" for source in sources)
    return f'<p>Sources:</p><ol class="peel-sources">{items}</ol>'


def note_list(lead: str, items: Sequence[str]) -> str:
    """Return sentences as a list in small print, under a line where one leads; nothing without any."""
    listed = "".join(f"<li>{escape(item)}</li>" for item in items)
    above = f"<p>{escape(lead)}</p>" if lead else ""
    return f'{above}<ul class="peel-notes">{listed}</ul>' if items else ""


LONGEST_NUMBER = 28
"""Letters of a cell; a column with a longer one is of text, which is aligned to the left."""


def table_html(table: pd.DataFrame, caption: str, kind: str = "") -> str:
    """Return a table of text as accessible HTML, the first column as row headings.

    A missing cell is shown as a dash. `caption` is read by screen readers only; `kind` is a CSS
    class, ``peel-table-text`` for cells of text.
    """
    kinds = [_class_of(column) for _, column in table.items()]
    head = "".join(
        f'<th scope="col"{of}>{escape(str(name))}</th>'
        for of, name in zip(kinds, table.columns, strict=True)
    )
    rows = []
    for record in table.fillna("–").itertuples(index=False):
        first, *rest = (escape(str(cell)) for cell in record)
        cells = "".join(f"<td{of}>{cell}</td>" for of, cell in zip(kinds[1:], rest, strict=True))
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    body = "\n".join(rows)
    classes = f"peel-table {kind}".strip()
    return (
        f'<div class="{classes}" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table><caption class="peel-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _class_of(column: pd.Series) -> str:
    longest = column.dropna().astype(str).str.len().max()
    return ' class="text"' if longest > LONGEST_NUMBER else ""
