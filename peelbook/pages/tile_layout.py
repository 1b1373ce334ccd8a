"""Where each force's tile lies on the equal-area map."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from peelbook.errors import PeelbookError
from peelbook.tables.forces import all_forces
from peelbook.tables.inputs import note_inputs
from peelbook.tables.project import PROJECT

LAYOUT = PROJECT / "frameworks" / "tile_map.yml"


def load_tiles(path: Path = LAYOUT) -> pd.DataFrame:
    """Return the tiles: `force` (slug), `column`, `row` (both from 0), `label` (list of lines).

    Raises PeelbookError unless every force has one tile and no two tiles lie in one place.
    """
    note_inputs(f"frameworks/{path.name}")
    tiles = pd.DataFrame(yaml.safe_load(path.read_text(encoding="utf-8"))["tiles"])
    wrong = set(tiles["force"]) ^ set(all_forces())
    if wrong or tiles["force"].duplicated().any():
        raise PeelbookError(f"{path.name}: each force needs one tile; look at {sorted(wrong)}")
    if tiles.duplicated(["column", "row"]).any():
        raise PeelbookError(f"{path.name}: two tiles lie in one place")
    return tiles
