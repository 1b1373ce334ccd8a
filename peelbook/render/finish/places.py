"""Counties and towns by which a reader looks for a force, and words that mean the same."""

from __future__ import annotations

import csv
import json
from functools import cache

import yaml

from peelbook.tables.project import PROJECT

FOLDER = PROJECT / "site"
PLACES = FOLDER / "places.csv"
SAME = FOLDER / "search_words.yml"
WORDS = "search_words.js"


@cache
def places_of_forces() -> dict[str, tuple[str, ...]]:
    """Return slug of a force -> counties and towns of its area, from `site/places.csv`."""
    found: dict[str, list[str]] = {}
    with PLACES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["force"], []).append(row["place"])
    return {force: tuple(places) for force, places in found.items()}


def words_script() -> str:
    """Return the script that tells the search of places and of words that mean the same."""
    words = yaml.safe_load(SAME.read_text(encoding="utf-8"))
    text = json.dumps(words | {"places": places_of_forces()}, ensure_ascii=False)
    return f"window.PEEL_WORDS = {text};\n"
