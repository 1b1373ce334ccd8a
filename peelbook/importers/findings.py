"""Registers of findings from the coded list of published findings, with the editor's changes.

The list has one row a finding for many forces and inspections. Changes made by an editor stand in
`data/register_changes.csv`, cell by cell with their reason, and summaries of core questions in
`data/register_summaries.csv`; applied here, they give `data/findings/<force>-<inspection>.csv`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.findings.register import COLUMN_TYPES

INSPECTION_OF_YEAR = {2016: "2016", 2017: "2017", 2018: "2018-19"}
"""The list names a round by the year in which it began."""
COLUMNS = (
    "force", "year", "id", "question", "sub_question", "theme", "finding", "polarity", "weight",
    "evidence_kind", "sample_size", "change_since_last", "area_for_improvement",
    "area_for_improvement_text", "cause_of_concern", "concern", "source_kind", "source_title",
    "source_url", "place",
)  # fmt: skip
HELD_AS = {
    "weight": "int64",
    "sample_size": "float64",
    "area_for_improvement": "bool",
    "cause_of_concern": "bool",
}
DROP = "drop"
KEY = ["force", "inspection", "id"]


def read_findings_list(path: Path) -> pd.DataFrame:
    """Read the list of findings.

    Returns
    -------
    DataFrame with `force`, `inspection` and the columns of a register, all as text but `weight`,
    `sample_size` and the two flags.

    Raises
    ------
    ReleaseFormatError
        If a column is missing, a row repeats an id, or a cell is not what its column holds.
    """
    rows = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    for name in COLUMNS:
        if name not in rows.columns:
            raise ReleaseFormatError(path.name, None, None, f"no column '{name}'")
    for name, allowed in (
        ("year", [str(year) for year in INSPECTION_OF_YEAR]),
        ("weight", ["1", "2", "3"]),
        ("area_for_improvement", ["true", "false"]),
        ("cause_of_concern", ["true", "false"]),
    ):
        wrong = ~rows[name].str.lower().isin(allowed)
        if wrong.any():
            row = int(wrong.idxmax())
            reason = f"{name} {rows[name].iloc[row]!r}; wanted: {' or '.join(allowed)}"
            raise ReleaseFormatError(path.name, None, row + 2, reason)
    rows["inspection"] = rows["year"].astype(int).map(INSPECTION_OF_YEAR)
    twice = rows.duplicated(KEY)
    if twice.any():
        row = int(twice.idxmax())
        raise ReleaseFormatError(path.name, None, row + 2, f"id {rows['id'].iloc[row]} twice")
    flags = {
        name: rows[name].str.lower() == "true"
        for name in ("area_for_improvement", "cause_of_concern")
    }
    return rows.assign(**flags, weight=rows["weight"].astype("int64"))


def edited(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Apply an editor's changes to the findings.

    Parameters
    ----------
    rows
        as :func:`read_findings_list` gives them.
    changes
        columns `force`, `inspection`, `id`, `column`, `becomes`, `reason`; `column` is ``drop``
        where the finding is left out.

    Raises
    ------
    ReleaseFormatError
        If a change is to a finding or column that is not there.
    """
    table = rows.reindex(columns=[*KEY, *(name for name in COLUMN_TYPES if name != "id")])
    table = table.astype(object).set_index(KEY)
    for change in changes.itertuples(index=False):
        place = (change.force, change.inspection, change.id)
        if place not in table.index or change.column not in (DROP, *table.columns):
            reason = f"{' '.join(place)}: no such finding or column '{change.column}'"
            raise ReleaseFormatError("register_changes.csv", None, None, reason)
    cells = changes[changes["column"] != DROP]
    for name, group in cells.groupby("column"):
        places = pd.MultiIndex.from_frame(group[KEY])
        becomes = group["becomes"].where(group["becomes"].notna(), None)
        table.loc[places, name] = becomes.astype("int64" if name == "weight" else object).to_numpy()
    dropped = pd.MultiIndex.from_frame(changes.loc[changes["column"] == DROP, KEY])
    kept = table.drop(dropped).reset_index().astype(dict.fromkeys(COLUMN_TYPES, "str") | HELD_AS)
    return kept.assign(question=kept["sub_question"].str.split(".").str[0])


def registers(rows: pd.DataFrame, summaries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return ``<force>-<inspection>`` -> register, in the order of the findings' ids.

    A summary stands on the first finding of its core question.
    """
    told = rows.sort_values([*KEY], kind="stable", ignore_index=True)
    first = ~told.duplicated(["force", "inspection", "question"])
    keyed = summaries.set_index(["force", "inspection", "question"])["summary"]
    own = pd.MultiIndex.from_frame(told[["force", "inspection", "question"]])
    told["question_summary"] = pd.Series(keyed.reindex(own).to_numpy(), index=told.index).where(
        first
    )
    return {
        f"{force}-{inspection}": group[list(COLUMN_TYPES)].reset_index(drop=True)
        for (force, inspection), group in told.groupby(["force", "inspection"])
    }
