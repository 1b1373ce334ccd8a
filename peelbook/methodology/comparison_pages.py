"""Tables of the page on comparison methods."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.comparison import HIGHEST, LOWEST, band_by_quarter


def bands(counts: tuple[int, ...] = (43, 42, 40, 38)) -> Html:
    """Return how many forces fall into each band, for several numbers of ranked forces."""
    rows = []
    for count in counts:
        found = band_by_quarter(pd.Series(range(count), dtype=float)).value_counts()
        rows.append(
            {
                "Ranked forces": count,
                "One of the highest": found[HIGHEST],
                "Broadly in line": count - found[HIGHEST] - found[LOWEST],
                "One of the lowest": found[LOWEST],
            }
        )
    return text_table(pd.DataFrame(rows), "Forces in each band when no two values are equal")
