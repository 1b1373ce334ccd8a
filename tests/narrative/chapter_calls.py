"""The calls that the chapters make, so that a test says what a reader will read."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import nbformat

from peelbook.evidence import Evidence

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
MODULES = {
    name: importlib.import_module(f"peelbook.narrative.{name}")
    for name in (
        "about",
        "chance",
        "crime",
        "improvements",
        "introduction",
        "judgments",
        "organised_crime",
        "outcomes",
        "panel",
        "register",
        "sections",
        "since_last",
        "summaries",
        "vulnerability",
    )
}


def calls_in_chapters() -> list[tuple[str, tuple[str, ...]]]:
    """Return (function such as `crime.levels`, its further arguments) for each chapter's calls."""
    found = dict.fromkeys(
        (f"{call.func.value.id}.{call.func.attr}", tuple(a.value for a in call.args[1:]))
        for path in sorted(CHAPTERS.glob("*.ipynb"))
        for call in _calls(path)
        if call.func.value.id in MODULES
    )
    return list(found)


def _calls(path: Path) -> Iterator[ast.Call]:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    yield node


@cache
def say(ev: Evidence, function: str, arguments: tuple[str, ...]) -> str:
    """Return what one call of a chapter shows."""
    module, name = function.split(".")
    return str(getattr(MODULES[module], name)(ev, *arguments))


def public_functions(module: ModuleType) -> list[str]:
    """Return the functions of a narrative module that take evidence and are its own."""
    return [
        name
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == module.__name__ and not name.startswith("_")
    ]
