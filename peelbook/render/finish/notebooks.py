"""Copies the executed notebooks into a book, ready to be run again where the project is installed."""

from __future__ import annotations

import json
import re
from pathlib import Path

from peelbook.render.finish.take_away import DOWNLOADS

_FILE = re.compile(r'^((?:findings|returns) = ")(?:[^"]*[/\\])([^"/\\]+")', re.MULTILINE)
"""A file of the user's, which a reader of the book has under its name only."""


def copy_notebook(source: Path, name: str, out: Path) -> str:
    """Copy the executed notebook of page `name` and return its address in the book."""
    content = json.loads(source.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if "injected-parameters" in cell["metadata"].get("tags", []):
            text = _FILE.sub(r"\1\2", "".join(cell["source"]))
            cell["source"] = text.splitlines(keepends=True)
    address = f"{DOWNLOADS}/notebooks/{name.removeprefix('chapters/')}.ipynb"
    target = out / address
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
    target.write_text(text + "\n", encoding="utf-8")
    return address
