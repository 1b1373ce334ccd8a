"""Where chapters, tables and definitions are: in the checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE_FOLDER = Path(__file__).resolve().parents[1]
IN_WHEEL = "_project"
"""Folder of the package that a wheel carries a copy of the project in; a checkout has none."""


def _find() -> Path:
    copied = PACKAGE_FOLDER / IN_WHEEL
    return copied if copied.is_dir() else PACKAGE_FOLDER.parent


PROJECT = _find()
