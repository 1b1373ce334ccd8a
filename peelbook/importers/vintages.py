"""Several releases that hold the same period: the newest counts, the earlier ones are kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from peelbook.tables.schemas import TABLES

FIGURE_OF = {
    "asb_incidents": "incidents",
    "crime_severity": "score",
    "households": "households",
    "knife_crime": "offences",
    "population": "population",
}
"""The column of each table of which several releases are read together."""
REPLACED_FIGURE_OF = {
    "arrests": "arrests",
    "officers": "officers",
    "outcomes": "offences",
    "outcomes_by_quarter": "offences",
    "outcomes_by_year": "offences",
    "recorded_crime": "offences",
    "recorded_crime_by_year": "offences",
    "recorded_crime_headline": "offences",
    "recorded_crime_quarterly": "offences",
    "recorded_crime_year_before": "offences",
}
"""The column of each table of which a new release takes the place of what is held."""
WORDS_OF = {
    "arrests": "arrests open data",
    "officers": "police workforce",
    "outcomes": "outcomes open data",
    "recorded_crime_quarterly": "quarterly open data",
}
"""How the vintage begins of tables whose rows do not say it: they are of the release in `releases`."""
DAYS = ("period_end", "quarter_end", "date", "mid_year")
BETWEEN = "/"
ALL = "all"
COLUMNS = ["table", "force", "period_end", "item", "value", "vintage"]


def newest_wins(frames: Sequence[pd.DataFrame], key: Sequence[str]) -> pd.DataFrame:
    """Return one row for each key; where frames (oldest first) overlap, the newest counts."""
    return pd.concat(frames, ignore_index=True).drop_duplicates(list(key), keep="last")


def earlier_vintages(
    read: Mapping[str, Sequence[pd.DataFrame]],
    newest: Mapping[str, pd.DataFrame],
    held: Callable[[str], list[pd.DataFrame]] = lambda _: [],
) -> pd.DataFrame:
    """Return the figures of which a newer release has the same period, of all tables in one.

    Parameters
    ----------
    read
        name of a table -> what releases give for it, each with `force`, `period_end` (date) or
        `mid_year` (year), the figure, `vintage`, and perhaps `offence`. Tables that are not in
        :data:`FIGURE_OF` are left out.
    newest
        name of a table -> its rows, each of the newest vintage.
    held
        returns the rows that a table held before, in a list that is empty where there are none.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`: `item` is the offence, or ``all``; a mid-year is
    its 30 June; `value` is in the unit of the table. Figures that a release left blank are absent.
    """
    names = [name for name in FIGURE_OF if name in read]
    known = [_tidy(name, rows) for name in names for rows in (*held(name), *read[name])]
    rows = pd.concat([*held("earlier_vintages"), *known], ignore_index=True)
    shown = pd.concat([_tidy(name, newest[name]) for name in names], ignore_index=True)
    key = ["table", "force", "period_end", "item"]
    both = rows.merge(shown[[*key, "vintage"]], on=key, suffixes=("", "_shown"), how="left")
    earlier = both[both["vintage"] != both["vintage_shown"]]
    return earlier.dropna(subset=["value"]).drop_duplicates([*key, "vintage"], keep="last")[COLUMNS]


def day_column(table: str) -> str:
    """Return the column of a table that says the day to which a figure belongs."""
    return next(name for name in DAYS if name in TABLES[table].columns)


def item_columns(table: str) -> list[str]:
    """Return the columns of a table that `item` stands for: beside force, day, figure and vintage."""
    beside = {"force", "vintage", day_column(table), REPLACED_FIGURE_OF[table]}
    return [name for name in TABLES[table].columns if name not in beside]


def vintages_of(table: str, rows: pd.DataFrame, notes: pd.DataFrame) -> pd.Series:
    """Return the vintage of each row of a table, as it says or as the table `releases` tells.

    Where rows say none, it is that of the file that covers the day and runs to the latest day.
    """
    if "vintage" in rows:
        return rows["vintage"]
    files = notes[notes["release"].isin(TABLES[table].releases)]
    days = rows[day_column(table)]

    def runs_to(day: pd.Timestamp) -> str:
        covers = files["period_from"].le(day) & files["period_to"].ge(day)
        last = files.loc[covers if covers.any() else files.index, "period_to"].max()
        return f"{WORDS_OF[table]} to {last:%B %Y}"

    return days.map({day: runs_to(day) for day in days.unique()})


def with_replaced(
    tables: Mapping[str, pd.DataFrame], held: Callable[[str], list[pd.DataFrame]]
) -> pd.DataFrame:
    """Return the table `earlier_vintages` with the figures that new releases took the place of.

    Parameters
    ----------
    tables
        the new tables by name, with `releases` and `earlier_vintages`.
    held
        returns the rows that a table held before, in a list that is empty where there are none.
    """
    kept = [tables["earlier_vintages"]]
    key = [name for name in COLUMNS if name != "value"]
    for name in REPLACED_FIGURE_OF:
        says = vintages_of(name, tables[name], tables["releases"])
        for rows in held(name):
            said = vintages_of(name, rows, held("releases")[0])
            if rows.equals(tables[name]) and said.equals(says):
                continue
            now = pd.MultiIndex.from_frame(_with_items(name, tables[name], says)[key])
            before = _with_items(name, rows, said)
            same = pd.MultiIndex.from_frame(before[key]).isin(now)
            kept.append(before[~same].dropna(subset=["value"]))
    return pd.concat(kept, ignore_index=True).drop_duplicates(key, keep="last")


def _with_items(name: str, rows: pd.DataFrame, vintages: pd.Series) -> pd.DataFrame:
    parts = [_as_text(rows[column]) for column in item_columns(name)]
    item = parts[0].str.cat(parts[1:], sep=BETWEEN) if parts else ALL
    return rows.assign(
        table=name,
        item=item,
        value=rows[REPLACED_FIGURE_OF[name]].astype("float64"),
        period_end=rows[day_column(name)].astype("datetime64[ns]"),
        vintage=vintages,
    )[COLUMNS]


def _as_text(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d")
    whole = values.astype("Int64") if pd.api.types.is_numeric_dtype(values) else values
    return whole.astype("object").where(whole.notna(), "").astype(str)


def _tidy(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    if "mid_year" in rows:
        days = pd.to_datetime({"year": rows["mid_year"], "month": 6, "day": 30})
        rows = rows.assign(period_end=days)
    return rows.assign(
        table=name,
        item=rows.get("offence", ALL),
        value=rows[FIGURE_OF[name]].astype("float64"),
        period_end=rows["period_end"].astype("datetime64[ns]"),
    )[COLUMNS]
