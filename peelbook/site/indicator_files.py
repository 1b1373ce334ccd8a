"""Every indicator of every force in each edition of a site, as CSV and Parquet with a schema.

The three files lie at the root of the site, and their addresses do not change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from peelbook import __version__
from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.sources import source_of
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.parameters import Parameters
from peelbook.render.finish.data_zip import INDICATORS
from peelbook.render.finish.sources import sources_in
from peelbook.render.finish.take_away import LICENCE
from peelbook.returns.figures import indicator_table
from peelbook.site.editions import Edition, Published
from peelbook.tables.forces import all_forces

DECIMALS = 6
"""More would differ between machines, and no source is as exact."""
TEXT, NUMBER, COUNT, DATE, TRUTH = "string", "number", "integer", "date", "boolean"
FIELDS = (
    ("edition", TEXT, "Name of the parameter set; empty where the site was given single values."),
    ("indicator", TEXT, "Indicator, by its id in `indicators` below."),
    ("name", TEXT, "What the indicator is called."),
    ("area", TEXT, "Police force by its data.police.uk identifier, or england-and-wales."),
    ("area_name", TEXT, "What the area is called."),
    ("period_start", DATE, "First day of the period."),
    ("period_end", DATE, "Last day of the period; of officers the day that they were counted."),
    ("value", NUMBER, "Value, in `unit`; empty where there is none, for the reason in `note`."),
    ("unit", TEXT, "Unit of `value` and of `comparator_value`."),
    ("numerator", NUMBER, "What was counted in the area."),
    ("denominator", NUMBER, "What it is divided by: residents, households or offences."),
    ("comparator_value", NUMBER, "Value of the area that the edition compares with."),
    ("comparator_area", TEXT, "That area: a region, england-and-wales or similar-forces."),
    ("rank", COUNT, "Place among the ranked forces, 1 for the highest value."),
    ("of", COUNT, "How many forces are ranked."),
    ("band", TEXT, "Quarter of the ranked forces in which the value lies."),
    ("unusual", TRUTH, "Whether it lies further from the others than forces commonly do."),
    ("change", NUMBER, "Change against the 12 months before, in `change_unit`."),
    ("change_unit", TEXT, "Percent of the number, or percentage points of a share."),
    ("status", TEXT, "computed, published, returned, incomplete, excluded or not-available."),
    ("note", TEXT, "Why there is no value or no rank, or where the value was printed."),
)
"""Column, type by the table schema of Frictionless, and what it holds; in the order of the files."""
_ARROW = {
    TEXT: pa.string(),
    NUMBER: pa.float64(),
    COUNT: pa.int64(),
    DATE: pa.date32(),
    TRUTH: pa.bool_(),
}


def write_indicator_files(site: Path, published: Sequence[Published]) -> None:
    """Write the three files into the folder of a site; the same data give the same bytes."""
    editions = [each.edition for each in published]
    table = pd.concat([_rows(each) for each in editions], ignore_index=True)
    dates = {name: table[name].dt.strftime("%Y-%m-%d") for name in ("period_start", "period_end")}
    text = table.assign(**dates).to_csv(index=False, lineterminator="\r\n")
    (site / INDICATORS["CSV"]).write_text(text, encoding="utf-8", newline="")
    _write_parquet(site / INDICATORS["Parquet"], table)
    text = json.dumps(_described(editions, len(table)), indent=1, ensure_ascii=False)
    (site / INDICATORS["schema"]).write_text(text + "\n", encoding="utf-8", newline="\n")


def _rows(edition: Edition) -> pd.DataFrame:
    table = _all_values(edition.parameters.for_all_forces())
    return table.assign(edition=edition.name)[[name for name, _, _ in FIELDS]]


def _all_values(parameters: Parameters) -> pd.DataFrame:
    """Return every indicator of every area with the names of both, numbers rounded."""
    table = indicator_table(parameters)
    areas = {slug: force.name for slug, force in all_forces().items()}
    areas[ENGLAND_AND_WALES] = "England and Wales"
    names = {name: entry.name for name, entry in load_catalogue().items()}
    numbers = [name for name, kind, _ in FIELDS if kind == NUMBER]
    rounded = {name: table[name].astype(float).round(DECIMALS) for name in numbers}
    named = {"name": table["indicator"].map(names), "area_name": table["area"].map(areas)}
    return table.assign(
        **rounded,
        **named,
        unusual=table["unusual"].astype("boolean"),
        rank=table["rank"].astype("Int64"),
        of=table["of"].astype("Int64"),
    )


def _write_parquet(path: Path, table: pd.DataFrame) -> None:
    schema = pa.schema(
        [
            pa.field(name, _ARROW[kind], metadata={"description": meaning})
            for name, kind, meaning in FIELDS
        ]
    )
    columns = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
    # what pandas would note of itself changes with its version
    about = {"licence": LICENCE["title"], "version": __version__}
    pq.write_table(columns.replace_schema_metadata(about), path, compression="zstd")


def _described(editions: Sequence[Edition], rows: int) -> dict:
    """Return the description of the files as a data package, with editions and indicators."""
    fields = [
        {"name": name, "type": kind, "description": meaning} for name, kind, meaning in FIELDS
    ]
    return {
        "name": "peel-indicators",
        "title": "Every indicator of every police force of England and Wales, by edition",
        "version": __version__,
        "licenses": [{"title": LICENCE["title"], "path": LICENCE["address"]}],
        "resources": [
            {
                "name": "indicators",
                "path": INDICATORS["CSV"],
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "rows": rows,
                "schema": {"fields": fields, "primaryKey": ["edition", "indicator", "area"]},
            },
        ],
        "also_as": {"path": INDICATORS["Parquet"], "mediatype": "application/vnd.apache.parquet"},
        "editions": [
            {"edition": each.name, "title": each.title, "books": each.folder} for each in editions
        ],
        "indicators": [_indicator(entry) for entry in load_catalogue().values()],
        "caveats": "Caveats by indicator, force and period are the table `caveats` of the data package.",
    }


def _indicator(entry: Indicator) -> dict:
    """Return what the catalogue says of an indicator: what it counts, divides by and comes from."""
    said = {
        "indicator": entry.id,
        "name": entry.name,
        "unit": entry.unit,
        "definition": entry.definition,
        "offence_groups": list(entry.offences),
        "offence_groups_left_out": list(entry.without),
        "outcome_types": list(entry.types),
        "denominator": entry.denominator,
        "source": source_of(entry),
        "sources": sources_in(source_of(entry)),
    }
    return {key: value for key, value in said.items() if value not in ("", [])}
