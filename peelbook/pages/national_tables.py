"""Sortable tables of all forces, as HTML.

A table carries what a cell sorts by in `data-sort`; `_static/sortable.js` turns the headings of
such a table into buttons. Without the script it is a plain table in the order of the alphabet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from peelbook.charts.grades import badge
from peelbook.charts.tables import Html
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.narrative.words import DASH
from peelbook.pages.all_grades import (
    computed_overall_grades,
    grade_order,
    published_grades,
    question_titles,
    year_of_grades,
)
from peelbook.pages.headlines import MEASURES, Measure, measure_values, period_of
from peelbook.pages.links import BookLinks
from peelbook.parameters import Parameters
from peelbook.tables.forces import Force, all_forces
from peelbook.tables.inspections import name_of_round

UNRANKED = "*"
"""Stands behind a value that is shown but neither ranked nor sorted by."""

FEWEST_CELLS = 11
"""A quarter of the forces; a column that fewer of them fill is left out."""

BASES = {
    "explicit": ("", "a source spells the grade out"),
    "narrative": ("w", "read from the wording"),
    "carried-over": ("c", "a judgment of an earlier inspection that was left standing"),
    "elimination": ("e", "left over when all others are counted"),
}
"""How a grade is known: its mark in a table, none for the usual case, and what the mark means."""


@dataclass(frozen=True)
class Cell:
    """A cell: its HTML, and what it sorts by (empty: after all others, in either direction)."""

    html: str
    sort: str = ""


@dataclass(frozen=True)
class Column:
    """A column: heading, the small print below it, cells by force slug, and those of the foot."""

    heading: str
    cells: dict[str, Cell]
    small: str = ""
    foot: str = DASH
    is_text: bool = False


def headline_table(parameters: Parameters, links: BookLinks | None = None) -> Html:
    """Return the headline measures and the grades of all forces, with England and Wales below.

    A column that fewer than a quarter of the forces have something in is left out.

    A force's name links to its book where `links` knows one. Values of forces that are not ranked
    carry a mark and sort after the others.
    """
    columns = [_regions(), *(_measured(measure, parameters) for measure in MEASURES)]
    year = year_of_grades(parameters)
    if year is not None:
        columns += _published(year)
    columns.append(_computed(parameters))
    kept = [column for column in columns if _is_filled(column)]
    return sortable_table("Headline indicators and grades of all forces", kept, links)


def _is_filled(column: Column) -> bool:
    """Say whether enough forces have something in a column to make it worth its width."""
    return sum(cell.sort != "" for cell in column.cells.values()) >= FEWEST_CELLS


def grades_table(year: int, links: BookLinks | None = None) -> Html:
    """Return the grades that the inspectorate gave all forces in a year, marked by their basis."""
    columns = _published(year, titles=True)
    return sortable_table(
        f"Published grades of all forces, {name_of_round(year)}", columns, links, foot=False
    )


def sortable_table(
    caption: str, columns: Sequence[Column], links: BookLinks | None = None, *, foot: bool = True
) -> Html:
    """Return a table with a row for each force, the forces in the order of their short names.

    `caption` names the table and is read by screen readers; `foot` adds a row for England and
    Wales, which does not move when the table is sorted.
    """
    heads = "".join(_heading(column) for column in columns)
    forces = sorted(all_forces().values(), key=lambda force: force.short_name)
    rows = "\n".join(_row(force, columns, links or BookLinks()) for force in forces)
    return Html(
        f'<div class="peel-table peel-wide" tabindex="0" role="region" '
        f'aria-label="{escape(caption)}"><table data-sortable="">'
        f'<caption class="peel-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col" aria-sort="ascending"><span class="peel-head">Force</span></th>'
        f"{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>{_foot(columns) if foot else ''}</table></div>"
    )


def marked_badge(grade: object, basis: object) -> str:
    """Return a grade as a badge, with a mark if it is not one that a source spells out."""
    if pd.isna(grade):
        return DASH
    mark, meaning = BASES.get(str(basis), ("", ""))
    said = f'<span class="peel-hidden"> ({escape(meaning)})</span>' if mark else ""
    shown = f'<sup class="peel-mark" aria-hidden="true">{mark}</sup>' if mark else ""
    return f'<span class="peel-nowrap">{badge(grade)}{shown}</span>{said}'


def _kind(column: Column) -> str:
    return ' class="text"' if column.is_text else ""


def _heading(column: Column) -> str:
    small = f'<span class="peel-small">{escape(column.small)}</span>' if column.small else ""
    return (
        f'<th scope="col"{_kind(column)}>'
        f'<span class="peel-head">{escape(column.heading)}</span>{small}</th>'
    )


def _row(force: Force, columns: Sequence[Column], links: BookLinks) -> str:
    href = links.href(force.slug)
    name = escape(force.short_name)
    linked = f'<a href="{escape(href)}">{name}</a>' if href else name
    cells = "".join(_td(column, column.cells[force.slug]) for column in columns)
    return f'<tr><th scope="row" data-sort="{name}">{linked}</th>{cells}</tr>'


def _td(column: Column, cell: Cell) -> str:
    return f'<td{_kind(column)} data-sort="{escape(cell.sort)}">{cell.html}</td>'


def _foot(columns: Sequence[Column]) -> str:
    cells = "".join(f"<td{_kind(column)}>{escape(column.foot)}</td>" for column in columns)
    return f'<tfoot><tr><th scope="row">England and Wales</th>{cells}</tr></tfoot>'


def _regions() -> Column:
    cells = {
        slug: Cell(escape(force.region), escape(force.region))
        for slug, force in all_forces().items()
    }
    return Column("Region", cells, foot="", is_text=True)


def _measured(measure: Measure, parameters: Parameters) -> Column:
    rows = measure_values(measure, parameters)
    cells = {area: _value_cell(measure, row) for area, row in rows.iterrows()}
    foot = measure.shown(rows.loc[ENGLAND_AND_WALES, "value"])
    small = ", ".join(part for part in (measure.unit, period_of(measure, parameters)) if part)
    return Column(measure.heading, cells, small=small, foot=foot)


def _value_cell(measure: Measure, row: pd.Series) -> Cell:
    shown = escape(measure.shown(row["value"]))
    if pd.isna(row["value"]):
        return Cell(shown)
    if pd.isna(row["rank"]):
        said = '<span class="peel-hidden"> (not ranked)</span>'
        return Cell(f'{shown}<span aria-hidden="true">{UNRANKED}</span>{said}')
    return Cell(shown, repr(float(row["value"])))


def _published(year: int, *, titles: bool = False) -> list[Column]:
    grades, order = published_grades(year), grade_order()
    columns = []
    for question, title in question_titles(year).items():
        own = grades[grades["question"] == question]
        cells = {
            row.force: Cell(marked_badge(row.grade, row.basis), str(order.get(row.grade, "")))
            for row in own.itertuples()
        }
        name = _short_question(question)
        parts = [title] if name != title else []
        small = ", ".join(parts if titles else [*parts, f"published {name_of_round(year)}"])
        columns.append(Column(name, cells, small=small, foot="", is_text=True))
    return columns


def _short_question(question: str) -> str:
    if question == "asb":
        return "Anti-social behaviour"
    return "Overall" if question == "overall" else f"Question {question.removeprefix('q')}"


def _computed(parameters: Parameters) -> Column:
    grades, order = computed_overall_grades(parameters), grade_order()
    cells = {
        slug: Cell(badge(grades.get(slug)), str(order.get(grades.get(slug), "")))
        for slug in all_forces()
    }
    return Column("Overall", cells, small="computed here", foot="", is_text=True)
