"""The indicator catalogue: what each indicator counts, divides by, and is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from peelbook.errors import PeelbookError, suggestion
from peelbook.tables.inputs import note_inputs, remembered
from peelbook.tables.project import PROJECT

CATALOGUE = PROJECT / "frameworks" / "indicators.yml"
KINDS = (
    "rolling",
    "quarterly",
    "incidents",
    "outcomes",
    "score",
    "officers",
    "arrests",
    "knife",
    "searches",
    "return",
)
TABLE_OF_KIND = {
    "rolling": "recorded_crime",
    "quarterly": "recorded_crime_quarterly",
    "incidents": "asb_incidents",
    "outcomes": "outcomes",
    "score": "crime_severity",
    "officers": "officers",
    "arrests": "arrests",
    "knife": "knife_crime",
    "searches": "stop_and_search",
    "return": "published_figures",
}
UNIT_OF_DENOMINATOR = {
    "population": "per 1,000 population",
    "households": "per 1,000 households",
    "offences": "percent of offences recorded",
}

PAGES_ON_OUTCOMES = ("1", "15", "16", "18")
"""Numbers of the outcomes that have a page of their own; so have all groups."""


@dataclass(frozen=True)
class Indicator:
    """One entry of the catalogue.

    `offences` and `without` select offence groups, `types` outcome types; `number` is the
    outcome number that the report prints; `group` marks a subtotal of other outcomes; `since` is the
    end of the first period in which an outcome counts for every force, where it is a later one.
    """

    id: str
    name: str
    kind: str
    denominator: str
    unit: str
    sub_question: str
    decimals: int = 1
    figure: str = ""
    definition: str = ""
    source: str = ""
    number: str = ""
    comparison: str = "pooled"
    group: bool = False
    offences: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    types: tuple[int, ...] = ()
    since: date | None = None

    @property
    def name_in_a_list(self) -> str:
        """Name of an indicator where all stand in one list: outcomes of two kinds share their names."""
        of_abuse = self.id.startswith("domestic-abuse-outcome-")
        return f"domestic abuse: {self.name}" if of_abuse else self.name

    @property
    def table(self) -> str:
        """Name of the table in data/ that holds the numerator."""
        return TABLE_OF_KIND[self.kind]

    @property
    def is_share(self) -> bool:
        """Whether a change is a difference in percentage points rather than a percentage."""
        return self.denominator == "offences" or self.unit.startswith("percent")

    @property
    def per_resident(self) -> bool:
        """Whether the value is for residents or their households, by its denominator or its unit."""
        by_unit = self.unit.startswith("per ") and any(
            word in self.unit for word in ("population", "household", "adult")
        )
        return self.denominator in ("population", "households") or by_unit

    @property
    def has_page(self) -> bool:
        """Whether a site has a page on it: what open data give for all forces, of outcomes the main."""
        if self.kind == "outcomes":
            return self.group or self.number in PAGES_ON_OUTCOMES
        return self.kind != "return"

    @property
    def per(self) -> int:
        """The multiple of the denominator that the value is given for."""
        if self.kind == "score":
            return 1
        return 100 if self.denominator == "offences" else 1000


@remembered()
def load_catalogue(path: Path = CATALOGUE) -> dict[str, Indicator]:
    """Return the catalogue as indicator id -> entry, in the order of the file.

    Raises PeelbookError for an entry that lacks a field or names an unknown kind.
    """
    note_inputs(f"frameworks/{path.name}")
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["indicators"]
    catalogue = {entry["id"]: _entry(entry, path) for entry in entries}
    if len(catalogue) != len(entries):
        raise PeelbookError(f"{path.name}: an indicator id is used twice")
    return catalogue


@remembered()
def load_rules(path: Path = CATALOGUE) -> dict[str, Any]:
    """Return the rules of the catalogue that hold for many indicators.

    `few_residents`: forces (`force`, `reason`, `source`) that are not ranked on values for residents
    or households; `completeness`: `assigned_percent`, `year_assigned_percent` and `pooled_percent`.
    """
    note_inputs(f"frameworks/{path.name}")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: content[name] for name in ("few_residents", "completeness")}


def indicator(indicator_id: str) -> Indicator:
    """Return one entry; raise PeelbookError with the nearest ids if there is none."""
    catalogue = load_catalogue()
    if indicator_id not in catalogue:
        raise PeelbookError(
            f"Unknown indicator '{indicator_id}': {suggestion(indicator_id, catalogue)}"
        )
    return catalogue[indicator_id]


def _entry(entry: dict, path: Path) -> Indicator:
    fields = dict(entry)
    try:
        measure = dict(fields.pop("measure"))
        kind = measure.pop("kind")
        fields.setdefault("denominator", "none")
        fields.setdefault("unit", UNIT_OF_DENOMINATOR.get(fields["denominator"], ""))
        lists = {key: tuple(value) for key, value in measure.items() if isinstance(value, list)}
        text = {key: value for key, value in measure.items() if key not in lists}
        made = Indicator(kind=kind, **fields, **lists, **text)
    except (KeyError, TypeError) as error:
        raise PeelbookError(f"{path.name}: indicator {entry.get('id', '?')}: {error}") from None
    if made.kind not in KINDS or not made.unit:
        raise PeelbookError(
            f"{path.name}: indicator {made.id}: unknown kind '{made.kind}' or no unit"
        )
    return made
