"""Build `data/` from the publishers' releases, describe it, and check it.

Both the files and their description are the same, byte for byte, on every run: rows are sorted by
key, settings are fixed, and no time of creation is written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pandera.pandas

from peelbook.errors import DataIntegrityError
from peelbook.importers.assemble import assemble_boundaries, assemble_registers, assemble_tables
from peelbook.importers.blemishes import BLEMISHES
from peelbook.importers.findings import read_edits
from peelbook.importers.losses import no_release_lost, nothing_lost
from peelbook.importers.provenance import Library, sources_of_releases
from peelbook.importers.vintages import with_replaced
from peelbook.importers.writing import write_table, write_text
from peelbook.tables import data_directory, file_fingerprint, load_table
from peelbook.tables.loading import read_package
from peelbook.tables.schemas import TABLES, Table, findings_table

LARGEST_TOTAL_BYTES = 10_000_000
LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
FACTS_ONLY = {
    "name": "facts-only",
    "title": "Single facts quoted with their source; each source keeps its own rights",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
# Frictionless cannot count the bytes of a parquet file that it reads as a table, so such a file is
# described as a file (it checks bytes and hash); check() holds its rows against the schema.
FRICTIONLESS_TYPES = {"csv": "table", "parquet": "file"}
BOUNDARIES_PATH = "boundaries.geojson"
PACKAGE_FILE = "datapackage.json"


@dataclass(frozen=True)
class Problem:
    """Something wrong with a table of `data/`."""

    table: str
    reason: str

    def __str__(self) -> str:
        return f"{self.table}: {self.reason}"


def build(source: Path | Sequence[Path], data_dir: Path) -> list[str]:
    """Build every table of `data_dir` from the releases in `source`, and describe them all.

    Hand-curated tables are kept as they are (copied from the project's own `data/` if the folder
    has none). Returns one line for each file: its name, rows and bytes.

    Raises
    ------
    ReleaseFormatError, DataIntegrityError
        If a release is missing or does not look as its format promises.
    """
    return build_from(Library(source), data_dir)


def build_from(library: Library, data_dir: Path) -> list[str]:
    """Build every table of `data_dir` from a library, as :func:`build` does.

    Where the library holds tables that its files are laid over, registers and boundaries of which
    it has no file stay as they are.
    """
    data_dir = Path(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    _keep_curated(data_dir)
    tables = assemble_tables(library)
    if not library.kept("releases"):
        no_release_lost(tables["releases"])
        nothing_lost(tables)
        tables["releases"] = _with_files_not_here(tables["releases"])
    else:
        tables["earlier_vintages"] = with_replaced(tables, library.kept)
    for name, frame in tables.items():
        write_table(TABLES[name], frame, data_dir)
    if library.files("findings"):
        for name, register in assemble_registers(library, read_edits(data_dir)).items():
            write_table(findings_table(name), register, data_dir)
    if library.files("boundaries"):
        outlines = assemble_boundaries(library)
        text = json.dumps(outlines, separators=(",", ":"), ensure_ascii=False)
        write_text(data_dir / BOUNDARIES_PATH, text + "\n")
    return describe(data_dir)


def describe(data_dir: Path) -> list[str]:
    """Write `datapackage.json` for the files that are in `data_dir`, without touching them.

    Returns one line for each file.

    Raises
    ------
    DataIntegrityError
        If a file is missing.
    """
    data_dir = Path(data_dir)
    resources = [
        *(_resource(table, data_dir) for table in _all_tables(data_dir)),
        _boundaries_resource(data_dir),
    ]
    resources.sort(key=lambda resource: resource["name"])
    package = {
        "name": "peel-book-data",
        "title": "Tables of the PEEL book",
        "description": "Small tidy tables built from official releases by peelbook.importers.datapackage.",
        "profile": "data-package",
        "licenses": [LICENCE],
        "blemishes": [
            {"title": title, "description": text} for title, text in sorted(BLEMISHES.items())
        ],
        "resources": resources,
    }
    write_text(data_dir / PACKAGE_FILE, json.dumps(package, indent=1, ensure_ascii=False) + "\n")
    return [f"{resource['path']}: {resource['bytes']:,} bytes" for resource in resources]


def check(data_dir: Path) -> list[Problem]:
    """Return what is wrong with the tables of `data_dir`; an empty list if nothing is.

    Checks that each file is the described one, that it meets its schema, that the description
    is the one the schemas give, and that all files together are small.
    """
    data_dir = Path(data_dir)
    try:
        tables = _all_tables(data_dir)
        package = read_package(data_dir)
    except DataIntegrityError as error:
        return [Problem(error.table, error.reason)]
    except (OSError, ValueError) as error:
        return [Problem(PACKAGE_FILE, str(error))]
    described = {resource["name"]: resource for resource in package["resources"]}
    problems = _check_tables(tables, described, data_dir)
    problems.append(_check_boundaries(described, data_dir))
    total = sum(resource.get("bytes", 0) for resource in package["resources"])
    if total > LARGEST_TOTAL_BYTES:
        problems.append(Problem(PACKAGE_FILE, f"{total:,} bytes in all; 10 MB is the limit"))
    return [problem for problem in problems if problem is not None]


def _all_tables(data_dir: Path) -> list[Table]:
    registers = [path.stem for path in sorted((data_dir / "findings").glob("*.csv"))]
    whole = _registers_of_whole_reports(data_dir)
    of = {name: "report" if name in whole else "findings" for name in registers}
    return [*TABLES.values(), *(findings_table(name, release) for name, release in of.items())]


def _registers_of_whole_reports(data_dir: Path) -> set[str]:
    rows = pd.read_csv(data_dir / TABLES["registers"].path, dtype="str")
    rows = rows[rows["basis"] == "report"]
    return {f"{row.force}-{row.inspection}" for row in rows.itertuples()}


def _keep_curated(data_dir: Path) -> None:
    for table in TABLES.values():
        committed = data_directory() / table.path
        has_none = committed.exists() and not (data_dir / table.path).exists()
        if (table.curated or table.name == "published_figures") and has_none:
            shutil.copyfile(committed, data_dir / table.path)
    registers = data_directory() / "findings"
    if registers.exists() and not (data_dir / "findings").exists():
        shutil.copytree(registers, data_dir / "findings")


def _with_files_not_here(notes: pd.DataFrame) -> pd.DataFrame:
    """Add the committed notes of a release whose files are not in the source folder."""
    committed = data_directory() / TABLES["releases"].path
    if not committed.exists():
        return notes
    known = load_table("releases")
    return pd.concat([notes, known[~known["release"].isin(notes["release"])]], ignore_index=True)


def _resource(table: Table, data_dir: Path) -> dict[str, Any]:
    return _file_entry(table.name, table.path, table.title, table.description, data_dir) | {
        "type": FRICTIONLESS_TYPES[table.file_format],
        "schema": {
            "fields": [_field(name, column) for name, column in table.columns.items()],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
        "sources": _sources(table.releases, data_dir),
        "licenses": [FACTS_ONLY if table.facts_only else LICENCE],
    }


def _boundaries_resource(data_dir: Path) -> dict[str, Any]:
    return _file_entry(
        "boundaries",
        BOUNDARIES_PATH,
        "Police force area boundaries",
        "Simplified outlines of the 43 police force areas (WGS84 longitude and latitude in "
        "degrees), with properties force (identifier) and name (area name). Contains OS data, "
        "Crown copyright and database right.",
        data_dir,
    ) | {"type": "file", "sources": _sources(("boundaries",), data_dir), "licenses": [LICENCE]}


def _file_entry(
    name: str, path: str, title: str, description: str, data_dir: Path
) -> dict[str, Any]:
    try:
        content = (data_dir / path).read_bytes()
    except FileNotFoundError:
        raise DataIntegrityError(name, f"the file {path} is missing.") from None
    suffix = path.rsplit(".", 1)[1]
    return {
        "name": name,
        "path": path,
        "title": title,
        "description": description,
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": file_fingerprint(content),
    }


def _sources(releases: tuple[str, ...], data_dir: Path) -> list[dict[str, Any]]:
    path = data_dir / TABLES["releases"].path
    try:
        state = path.stat()
    except FileNotFoundError:
        raise DataIntegrityError("releases", "the file releases.csv is missing.") from None
    return sources_of_releases(releases, _notes(path, state.st_mtime_ns, state.st_size))


@lru_cache(maxsize=2)
def _notes(path: Path, _changed: int, _size: int) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str")


def _field(name: str, column: pandera.pandas.Column) -> dict[str, Any]:
    field = {
        "name": name,
        "type": column.metadata["kind"],
        "description": column.description,
    }
    if column.metadata["unit"]:
        field["unit"] = column.metadata["unit"]
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field


def _check_tables(
    tables: list[Table], described: dict[str, dict[str, Any]], data_dir: Path
) -> list[Problem | None]:
    registers = [table for table in tables if table.path.startswith("findings/")]
    if registers and _all_without_fault(registers, described, data_dir):
        tables = [table for table in tables if table not in registers]
    return [_check_table(table, described, data_dir) for table in tables]


def _all_without_fault(
    registers: list[Table], described: dict[str, dict[str, Any]], data_dir: Path
) -> bool:
    """Hold one schema against all registers at once; only where it fails is each looked at alone."""
    try:
        if any(described.get(each.name) != _resource(each, data_dir) for each in registers):
            return False
        frames = [load_table(each.name, data_dir) for each in registers]
        if any(list(frame) != list(registers[0].columns) for frame in frames):
            return False
        # an id is the only one of its register
        named = [
            frame.assign(id=each.name + " " + frame["id"])
            for each, frame in zip(registers, frames, strict=True)
        ]
        registers[0].schema.validate(pd.concat(named, ignore_index=True))
    except (DataIntegrityError, OSError, pandera.errors.SchemaError):
        return False
    return True


def _check_table(
    table: Table, described: dict[str, dict[str, Any]], data_dir: Path
) -> Problem | None:
    try:
        if described.get(table.name) != _resource(table, data_dir):
            return Problem(
                table.name, f"{table.path} is not the file that {PACKAGE_FILE} describes"
            )
        table.schema.validate(load_table(table.name, data_dir))
    except DataIntegrityError as error:
        return Problem(table.name, error.reason)
    except OSError as error:
        return Problem(table.name, f"{table.path} cannot be read: {error.strerror}")
    except pandera.errors.SchemaError as error:
        return Problem(table.name, str(error))
    return None


def _check_boundaries(described: dict[str, dict[str, Any]], data_dir: Path) -> Problem | None:
    try:
        if described.get("boundaries") != _boundaries_resource(data_dir):
            return Problem("boundaries", f"is not the file that {PACKAGE_FILE} describes")
    except DataIntegrityError as error:
        return Problem("boundaries", error.reason)
    except OSError as error:
        return Problem("boundaries", f"cannot be read: {error.strerror}")
    return None
