"""The inspections that a book can be about, and which of them belongs to a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from peelbook.errors import InvalidParameter, PeelbookError, shown, suggestion
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.project import PROJECT

INSPECTIONS = PROJECT / "frameworks" / "inspections.yml"
FULL_NAMES = {
    "HMIC": "Her Majesty's Inspectorate of Constabulary",
    "HMICFRS": "Her Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
}


@dataclass(frozen=True)
class Inspection:
    """One round of inspections; the file `frameworks/inspections.yml` says what each field means."""

    id: str
    title: str
    inspectorate: str
    carried_out: str
    published: str
    figures_from: date
    graded_year: int
    address: str
    printed_figures: bool = False

    @property
    def name(self) -> str:
        """The round as a sentence names it: 2016, 2018/19."""
        return self.id.replace("-", "/")

    @property
    def inspectorate_in_full(self) -> str:
        """The inspectorate as it was called when it inspected."""
        return FULL_NAMES[self.inspectorate]

    def address_of(self, force: str) -> str:
        """Return the address of the inspectorate's page about a force (slug)."""
        return self.address.format(force=force)


@remembered()
def load_inspections(path: Path = INSPECTIONS) -> dict[str, Inspection]:
    """Return inspection id -> inspection, oldest first.

    Raises PeelbookError, naming the file, for an entry that lacks a field or is out of order.
    """
    note_inputs(f"frameworks/{path.name}")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["inspections"]
    try:
        found = [Inspection(**entry) for entry in entries]
    except TypeError as error:
        raise PeelbookError(f"{path.name}: {error}") from None
    if found != sorted(found, key=lambda one: one.figures_from):
        raise PeelbookError(f"{path.name}: inspections are not in order of figures_from")
    return {one.id: one for one in found}


def inspection_named(inspection_id: str) -> Inspection:
    """Return an inspection by its id; raise InvalidParameter with the ids there are."""
    known = load_inspections()
    if inspection_id not in known:
        raise InvalidParameter(
            f"Parameter inspection: {shown(inspection_id)}: {suggestion(inspection_id, known)}"
        )
    return known[inspection_id]


def inspection_for(period_end: date) -> Inspection | None:
    """Return the last inspection to which figures up to `period_end` belong, None before the first."""
    earlier = [one for one in load_inspections().values() if one.figures_from <= period_end]
    return earlier[-1] if earlier else None


def name_of_round(year: int) -> str:
    """Return the name of the inspection of which grades stand under a year: 2018/19 for 2018.

    Raises KeyError for a year without an inspection.
    """
    return {one.graded_year: one.name for one in load_inspections().values()}[int(year)]


def inspection_before(inspection: Inspection) -> Inspection | None:
    """Return the inspection before one, None for the first."""
    known = list(load_inspections().values())
    place = known.index(inspection)
    return known[place - 1] if place else None
