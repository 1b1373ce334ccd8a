"""Whether two machines would make the same book: same code, packages, data and book."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from peelbook.judgments.framework import FRAMEWORKS
from peelbook.render.contents import read_contents
from peelbook.render.current import hash_of_what_it_is_compiled_with
from peelbook.render.fingerprints import (
    code_fingerprint,
    hash_of,
    hash_of_file,
    hash_of_files,
    input_fingerprint,
    versions_fingerprint,
)
from peelbook.tables import PACKAGE, verify_tables

NAMES = {
    "code": "the code in peelbook/",
    "versions": "the installed packages and their versions",
    "data": "the tables in data/",
    "definitions": "the definitions in frameworks/",
    "book": "the pages and settings of the book",
}


def fingerprints(project: Path) -> dict[str, str]:
    """Return what a book depends on besides its parameters: a name of NAMES -> hash.

    What a process keeps in memory is that of its first call, so that a process that went on
    while its files changed does not claim to have the new ones.
    """
    return _kept_in_memory() | {"book": _book(project)}


def disagreement(wanted: Mapping[str, str], own: Mapping[str, str]) -> str:
    """Return a phrase that names what differs, empty where nothing does."""
    return ", ".join(words for name, words in NAMES.items() if wanted.get(name) != own.get(name))


@cache
def _kept_in_memory() -> dict[str, str]:
    verify_tables()
    return {
        "code": code_fingerprint(),
        "versions": versions_fingerprint(),
        "data": input_fingerprint(PACKAGE),
        "definitions": hash_of_files(FRAMEWORKS),
    }


def _book(project: Path) -> str:
    contents = read_contents(project)
    pages = {
        page.as_posix(): hash_of_file(project / page)
        for page in (*contents.chapters, *contents.methodology)
    }
    return hash_of([pages, hash_of_what_it_is_compiled_with(contents)])
