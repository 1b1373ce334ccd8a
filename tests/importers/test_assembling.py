"""From several files to one table."""

import pandas as pd
import pytest

from peelbook.errors import DataIntegrityError
from peelbook.importers.assemble import newest_wins, release_files


def test_newest_release_wins_where_two_overlap():
    older = pd.DataFrame({"force": ["a", "b"], "incidents": [1, 2]})
    newer = pd.DataFrame({"force": ["b"], "incidents": [3]})
    merged = newest_wins([older, newer], ["force"]).set_index("force")["incidents"]
    assert merged.to_dict() == {"a": 1, "b": 3}


def test_missing_release_is_named(tmp_path):
    with pytest.raises(DataIntegrityError, match="rolling-crime.*rec-crime-pfa"):
        release_files(tmp_path, "rolling-crime")


def test_published_figures_lie_beside_the_releases(tmp_path):
    (tmp_path / "opendata").mkdir()
    (tmp_path / "published").mkdir()
    beside = tmp_path / "published" / "made-up.csv"
    beside.write_text("ref\n", encoding="utf-8")
    assert release_files(tmp_path / "opendata", "report") == [beside]
