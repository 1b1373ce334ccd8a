"""The data package as one file: every table that the project computes from, as it is in `data/`."""

from __future__ import annotations

from pathlib import Path

from peelbook.render.archive import pack
from peelbook.render.finish.take_away import DOWNLOADS
from peelbook.tables import data_directory

DATA = f"{DOWNLOADS}/data.zip"
"""Its address in a book, or in a site."""
INDICATORS = {"CSV": "indicators.csv", "Parquet": "indicators.parquet", "schema": "indicators.json"}
"""What a site has beside it at its root: every indicator of every force in each edition."""


def write_data_package(out: Path) -> None:
    """Write the data package below `out`; the same data give the same bytes."""
    target = out / DATA
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack({"data": data_directory()}))
