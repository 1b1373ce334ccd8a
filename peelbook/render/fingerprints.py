"""Hashes of what a page is made from; equal hashes mean that nothing has to be done again."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from peelbook.errors import DataIntegrityError
from peelbook.judgments.framework import FRAMEWORKS
from peelbook.tables import PACKAGE, data_directory
from peelbook.tables.inputs import inputs_read
from peelbook.tables.loading import description_of_table

PACKAGE_CODE = Path(__file__).resolve().parents[1]


def hash_of(content: object) -> str:
    """Return the sha256 of bytes, or of anything else as JSON with sorted keys."""
    if not isinstance(content, bytes):
        content = json.dumps(content, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()


def hash_of_file(path: Path) -> str:
    """Return the sha256 of what a file holds."""
    return hash_of(path.read_bytes())


def hash_of_files(folder: Path, pattern: str = "*") -> str:
    """Return one hash for the names and contents of all files below `folder`."""
    files = sorted(path for path in folder.rglob(pattern) if path.is_file())
    return hash_of({path.relative_to(folder).as_posix(): hash_of_file(path) for path in files})


@cache
def code_fingerprint() -> str:
    """Return the hash of the package's own code."""
    return hash_of_files(PACKAGE_CODE, "*.py")


@cache
def versions_fingerprint() -> str:
    """Return the hash of the names and versions of all installed distributions."""
    return hash_of(sorted((found.name, found.version) for found in distributions()))


def input_fingerprint(name: str) -> str:
    """Return the hash of an input as :mod:`peelbook.tables.inputs` names it; of one that is gone too.

    For a table that is the hash of its description, which holds that of its file.
    """
    folder, _, rest = name.partition("/")
    if folder == "frameworks":
        return _file_hash(FRAMEWORKS / rest)
    if name == PACKAGE:
        return _file_hash(data_directory() / rest)
    try:
        # what is read only to compare is no input of a page that is being executed
        with inputs_read():
            described = description_of_table(rest, data_directory())
    except DataIntegrityError:
        return _file_hash(data_directory() / f"{rest}.csv")
    return hash_of(described.encode())


def _file_hash(path: Path) -> str:
    return hash_of_file(path) if path.is_file() else "absent"
