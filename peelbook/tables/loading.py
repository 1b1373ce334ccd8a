"""Load the tables of `data/`, each one checked against `data/datapackage.json` before it is used.

This is the only module of the data layer that runs at render time, so it imports nothing but
pandas, the standard library and what notes which tables were read.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.tables.inputs import note_inputs
from peelbook.tables.project import PROJECT

PANDAS_TYPES = {
    "string": "str",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool",
}

RESTORE = "Restore it, or rebuild the tables."
PACKAGE = "data/datapackage.json"
"""The name under which a reading of the data package itself is noted."""


def data_directory() -> Path:
    """Return the folder of tables: `PEELBOOK_DATA` if set, otherwise `data/` of the project."""
    override = os.environ.get("PEELBOOK_DATA")
    return Path(override) if override else PROJECT / "data"


def definitions_directory() -> Path:
    """Return the folder of definitions, frameworks/ of the project."""
    return PROJECT / "frameworks"


def table_names(data_dir: Path | None = None) -> list[str]:
    """Return the names of all tables that the data package describes."""
    note_inputs(PACKAGE)
    return sorted(_resources(_folder(data_dir)))


def describe_table(name: str, data_dir: Path | None = None) -> dict[str, Any]:
    """Return the entry of a table in the data package: title, columns, units, sources, licence.

    Raises
    ------
    DataIntegrityError
        If the data package does not know the table.
    """
    note_inputs(f"data/{name}")
    folder = _folder(data_dir)
    resources = _resources(folder)
    if name not in resources:
        known = ", ".join(sorted(resources))
        raise DataIntegrityError(name, f"not in the data package. It has: {known}.")
    return resources[name]


@lru_cache(maxsize=1024)
def description_of_table(name: str, folder: Path) -> str:
    """Return the entry of a table in the data package of a folder as JSON, to compare by.

    Raises DataIntegrityError as :func:`describe_table` does.
    """
    return json.dumps(describe_table(name, folder), sort_keys=True)


def blemishes(data_dir: Path | None = None) -> list[dict[str, str]]:
    """Return the known blemishes of the releases and how each is read: `title`, `description`."""
    note_inputs(PACKAGE)
    return read_package(_folder(data_dir))["blemishes"]


def load_table(name: str, data_dir: Path | None = None) -> pd.DataFrame:
    """Return a table by name, for example `recorded_crime` or `findings/leicestershire-2016`.

    The file's sha256 must equal the one in the data package. Date columns are `datetime64`,
    text is the pandas string type and blank cells are missing; an integer column that the data
    package lets be missing is loaded as `float64`. The frame is cached and shared: callers must
    not change it in place.

    Raises
    ------
    DataIntegrityError
        If the table is unknown, its file is missing, or the file has been changed.
    """
    note_inputs(f"data/{name}")
    return _load(name, _folder(data_dir))


def forget_tables() -> None:
    """Read every table anew when it is asked for next: files in a folder were replaced."""
    for kept in (_load, _load_geojson, read_package, _resources, description_of_table):
        kept.cache_clear()


def load_boundaries(data_dir: Path | None = None) -> dict[str, Any]:
    """Return the police force area boundaries as GeoJSON (properties `force` and `name`).

    Raises
    ------
    DataIntegrityError
        As for :func:`load_table`.
    """
    note_inputs("data/boundaries")
    return _load_geojson("boundaries", _folder(data_dir))


def file_fingerprint(content: bytes) -> str:
    """Return the hash of a table's bytes as the data package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _folder(data_dir: Path | None) -> Path:
    return Path(data_dir) if data_dir is not None else data_directory()


@lru_cache(maxsize=8)
def read_package(folder: Path) -> dict[str, Any]:
    """Return the data package of a folder; raise DataIntegrityError where it is none."""
    name = "datapackage.json"
    try:
        package = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataIntegrityError(name, f"not found in {folder}.") from None
    except (OSError, ValueError, RecursionError):
        raise DataIntegrityError(name, f"cannot be read as JSON. {RESTORE}") from None
    try:
        wanted = {"name", "path", "hash", "format"}
        whole = all(wanted <= set(entry) for entry in package["resources"])
        whole = whole and bool(package["resources"]) and isinstance(package["blemishes"], list)
    except (TypeError, KeyError):
        whole = False
    if not whole:
        raise DataIntegrityError(name, f"does not describe the tables. {RESTORE}")
    return package


@lru_cache(maxsize=8)
def _resources(folder: Path) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in read_package(folder)["resources"]}


def _verified_bytes(name: str, folder: Path) -> bytes:
    entry = describe_table(name, folder)
    try:
        content = (folder / entry["path"]).read_bytes()
    except FileNotFoundError:
        raise DataIntegrityError(name, f"the file {entry['path']} is missing.") from None
    except OSError as error:
        reason = f"the file {entry['path']} cannot be read ({error.strerror}). {RESTORE}"
        raise DataIntegrityError(name, reason) from None
    if file_fingerprint(content) != entry["hash"]:
        raise DataIntegrityError(
            name,
            f"the file {entry['path']} is not the one that datapackage.json describes "
            f"(its sha256 differs{_line_ends(content, entry['hash'])}). {RESTORE}",
        )
    return content


def _line_ends(content: bytes, wanted: str) -> str:
    """Say so where only the line ends differ, as they do in a clone that converts them."""
    if file_fingerprint(content.replace(b"\r\n", b"\n")) != wanted:
        return ""
    return ": its line ends are those of Windows; clone with git -c core.autocrlf=false"


@lru_cache(maxsize=128)
def _load(name: str, folder: Path) -> pd.DataFrame:
    entry = describe_table(name, folder)
    if entry["format"] == "geojson":
        raise DataIntegrityError(name, "is a map; use load_boundaries.")
    content = io.BytesIO(_verified_bytes(name, folder))
    fields = entry["schema"]["fields"]
    dates = [field["name"] for field in fields if field["type"] == "date"]
    if entry["format"] == "parquet":
        frame = pd.read_parquet(content)
        # without a blank they would come as integers
        optional = [field["name"] for field in fields if _pandas_type(field) == "float64"]
        frame = frame.astype(dict.fromkeys(optional, "float64"))
    else:
        frame = pd.read_csv(
            content,
            dtype={field["name"]: _pandas_type(field) for field in fields},
            keep_default_na=False,
            na_values=[""],
            true_values=["true"],
            false_values=["false"],
        )
    return frame.assign(**{column: _as_dates(frame[column]) for column in dates})


@lru_cache(maxsize=2)
def _load_geojson(name: str, folder: Path) -> dict[str, Any]:
    return json.loads(_verified_bytes(name, folder))


def _pandas_type(field: dict[str, Any]) -> str:
    kind = field["type"]
    if kind == "integer" and not field.get("constraints", {}).get("required", False):
        return "float64"
    return PANDAS_TYPES.get(kind, "str")


def _as_dates(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column).astype("datetime64[ns]")


def data_fingerprint(data_dir: Path | None = None) -> str:
    """Return the first digits of one sha256 of all that decides what a book says.

    That is the data package, which holds every table's hash, and the definitions in frameworks/,
    which decide the grades.
    """
    definitions = sorted(definitions_directory().glob("*.yml"))
    note_inputs(PACKAGE, *(f"frameworks/{path.name}" for path in definitions))
    digest = hashlib.sha256()
    for path in (_folder(data_dir) / "datapackage.json", *definitions):
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]


def verify_tables(data_dir: Path | None = None) -> None:
    """Check the hash of every file in data/ before a book is rendered from it.

    Raises
    ------
    DataIntegrityError
        For the first table that is missing or differs from the data package.
    """
    for name in table_names(data_dir):
        note_inputs(f"data/{name}")
        _verified_bytes(name, _folder(data_dir))
