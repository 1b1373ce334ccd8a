"""What stands below the tables of all forces: marks, reasons, sources, and what grades rest on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.narrative.words import DASH, listing
from peelbook.pages.all_grades import published_grades, years_graded
from peelbook.pages.headlines import MEASURES, has_values, measure_notes, sources_of_measure
from peelbook.pages.national_tables import BASES, UNRANKED
from peelbook.parameters import Parameters
from peelbook.tables.inspections import name_of_round

ABOUT_THE_TABLE = (
    f"{UNRANKED} The force is not ranked on this measure; it comes after the others when the table "
    "is sorted by it.",
    "Published grades are the inspectorate's. Marks: "
    + "; ".join(f"{mark}, {meaning}" for mark, meaning in BASES.values() if mark)
    + ".",
    "The grade computed here is that of the force's own book, from the findings held of the last "
    "inspection of the period.",
    f"{DASH} No figure or no grade is known. No grade is computed where the published summaries tell "
    "enough for a grade of too few core questions.",
)


def headline_notes(parameters: Parameters) -> Html:
    """Return the notes below the headline table: marks, then exclusions and caveats, each once."""
    shown = [measure for measure in MEASURES if has_values(measure, parameters)]
    measures_of: dict[str, list[str]] = {}
    for measure in shown:
        for note in measure_notes(measure, parameters):
            measures_of.setdefault(note, []).append(measure.heading)
    by_measure = [f"{note} ({listing(_in_a_list(names))})" for note, names in measures_of.items()]
    sources = [source for measure in shown for source in sources_of_measure(measure, parameters)]
    return Html(
        f"{_list(ABOUT_THE_TABLE)}"
        f"<details><summary>Exclusions, caveats and sources</summary>{_list(by_measure)}"
        f"<p>Sources:</p>{_list(sources)}</details>"
    )


def _in_a_list(names: list[str]) -> list[str]:
    """Write headings as they stand in brackets; only a name of its own keeps its capital."""
    return [name if name.endswith("Score") else f"{name[:1].lower()}{name[1:]}" for name in names]


def basis_of_grades() -> Html:
    """Return how many grades of each year are known, and how."""
    years = {year: published_grades(year) for year in years_graded()}
    rows = [
        {"How it is known": _meaning(basis)}
        | {name_of_round(year): _count(grades["basis"] == basis) for year, grades in years.items()}
        for basis in BASES
    ]
    missing = {
        name_of_round(year): _count(grades["basis"].isna()) for year, grades in years.items()
    }
    rows.append({"How it is known": f"no grade found ({DASH})"} | missing)
    asked = {name_of_round(year): str(len(grades)) for year, grades in years.items()}
    rows.append({"How it is known": "all"} | asked)
    return text_table(pd.DataFrame(rows), "Published grades by year and by how they are known")


def _meaning(basis: str) -> str:
    mark, meaning = BASES[basis]
    return f"{meaning} (marked {mark})" if mark else meaning


def _count(chosen: pd.Series) -> str:
    return str(int(chosen.sum()))


def _list(notes: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in dict.fromkeys(notes))
    return f'<ul class="peel-notes">{items}</ul>'
