"""Registers of findings from the coded list of published findings, with the editor's changes.

The list has one row a finding for many forces and inspections. Findings that it leaves out stand in
`data/register_additions.csv`, changes made by an editor in `data/register_changes.csv`, cell by cell
with their reason, and summaries of core questions in `data/register_summaries.csv`; applied here,
they give `data/findings/<force>-<inspection>.csv`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError
from peelbook.findings.register import COLUMN_TYPES
from peelbook.tables.schemas import TABLES

INSPECTION_OF_YEAR = {2016: "2016", 2017: "2017", 2018: "2018-19"}
"""The list names a round by the year in which it began."""
COLUMNS = (
    "force", "year", "id", "question", "sub_question", "theme", "finding", "polarity", "weight",
    "evidence_kind", "sample_size", "change_since_last", "area_for_improvement",
    "area_for_improvement_text", "cause_of_concern", "concern", "source_kind", "source_title",
    "source_url", "place",
)  # fmt: skip
FLAGS = ("area_for_improvement", "cause_of_concern")
BOOLEANS = ["true", "false"]
HELD_AS = {"weight": "int64", "sample_size": "float64"} | dict.fromkeys(FLAGS, "bool")
DROP = "drop"
EDITS = ("register_additions", "register_changes", "register_summaries")
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
    _wanted(rows, "year", [str(year) for year in INSPECTION_OF_YEAR], path.name)
    rows["inspection"] = rows["year"].astype(int).map(INSPECTION_OF_YEAR)
    twice = rows.duplicated(KEY)
    if twice.any():
        row = int(twice.idxmax())
        raise ReleaseFormatError(path.name, None, row + 2, f"id {rows['id'].iloc[row]} twice")
    return _typed(rows, path.name)


def read_edits(data_dir: Path) -> dict[str, pd.DataFrame]:
    """Read what an editor added, changed and told of the findings: `EDITS`, by name, all as text."""
    return {
        name: pd.read_csv(
            data_dir / TABLES[name].path, dtype="str", na_values=[""], keep_default_na=False
        )
        for name in EDITS
    }


def with_additions(rows: pd.DataFrame, additions: pd.DataFrame) -> pd.DataFrame:
    """Return the findings of the list and those that an editor added.

    Parameters
    ----------
    rows
        as :func:`read_findings_list` gives them.
    additions
        the table `register_additions`, as text.

    Raises
    ------
    ReleaseFormatError
        If an added finding has the id of another of its register, or a cell is not what its
        column holds.
    """
    name = TABLES["register_additions"].path
    told = pd.concat([rows, _typed(additions, name)], ignore_index=True)
    twice = told.duplicated(KEY)
    if twice.any():
        place = " ".join(told.loc[twice.idxmax(), KEY])
        raise ReleaseFormatError(name, None, None, f"{place}: id used twice")
    return told


def edited(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Apply an editor's changes to the findings.

    Parameters
    ----------
    rows
        as :func:`read_findings_list` or :func:`with_additions` gives them.
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


def _typed(rows: pd.DataFrame, file: str) -> pd.DataFrame:
    for name, allowed in (("weight", ["1", "2", "3"]), *((flag, BOOLEANS) for flag in FLAGS)):
        _wanted(rows, name, allowed, file)
    flags = {name: rows[name].str.lower() == "true" for name in FLAGS}
    return rows.assign(**flags, weight=rows["weight"].astype("int64"))


def _wanted(rows: pd.DataFrame, name: str, allowed: list[str], file: str) -> None:
    wrong = ~rows[name].str.lower().isin(allowed)
    if wrong.any():
        row = int(wrong.idxmax())
        reason = f"{name} {rows[name].iloc[row]!r}; wanted: {' or '.join(allowed)}"
        raise ReleaseFormatError(file, None, row + 2, reason)
