"""The 43 forces and how each is addressed in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml

from peelbook.errors import UnknownForce
from peelbook.tables import load_table
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.loading import definitions_directory

NAMES = "force_names.yml"

_REGIONS = {
    "East": "the East of England",
    "London": "London",
    "Wales": "Wales",
    "Yorkshire and The Humber": "Yorkshire and the Humber",
}


@dataclass(frozen=True)
class Force:
    """Names of a force.

    `name` is the official one (Leicestershire Police), `short_name` labels charts,
    `area_in_sentence` follows "in", `noun` is "the force" or "the constabulary".
    """

    slug: str
    name: str
    short_name: str
    area_in_sentence: str
    noun: str
    region: str
    pfa_code: str

    @property
    def full_name(self) -> str:
        """The name inside a sentence, with the article where the force takes one."""
        return f"the {self.name}" if self.name.endswith("Service") else self.name

    @property
    def region_in_sentence(self) -> str:
        """The region as it follows "in" or "with": the South West, London, Wales."""
        return _REGIONS.get(self.region, f"the {self.region}")


PRACTICE = Force(
    slug="practice-force",
    name="Practice Constabulary (invented)",
    short_name="Practice (invented)",
    area_in_sentence="the practice area",
    noun="the constabulary",
    region="practice",
    pfa_code="",
)
"""A force that does not exist, to try supplied findings and returns on; not one of the 43."""


@remembered()
def all_forces() -> dict[str, Force]:
    """Return slug -> force for the 43, in alphabetical order of slugs."""
    table = load_table("forces").sort_values("force")
    return {
        row.force: Force(
            slug=row.force,
            name=row.name,
            short_name=row.short_name,
            area_in_sentence=row.area_in_sentence,
            noun=row.noun,
            region=row.region,
            pfa_code=row.pfa_code,
        )
        for row in table.itertuples(index=False)
    }


def force_named(slug: str, on: date | None = None) -> Force:
    """Return the force with this slug; raise UnknownForce with the nearest slugs.

    `on` is the day whose official name is wanted; without it the name is that of 2016. The practice
    force is found too, though it is not one of the 43.
    """
    if slug == PRACTICE.slug:
        return PRACTICE
    forces = all_forces()
    if slug not in forces:
        raise UnknownForce(slug, forces)
    return forces[slug] if on is None else replace(forces[slug], name=_official_name(slug, on))


def _official_name(slug: str, on: date) -> str:
    taken = [row for row in name_definitions()["renamed"] if row["force"] == slug]
    known = {row["since"]: row["name"] for row in taken if row["since"] <= on}
    return known[max(known)] if known else all_forces()[slug].name


@remembered()
def name_definitions() -> dict[str, Any]:
    """Return what `frameworks/force_names.yml` holds, by its headings."""
    note_inputs(f"frameworks/{NAMES}")
    return yaml.safe_load((definitions_directory() / NAMES).read_text(encoding="utf-8"))
