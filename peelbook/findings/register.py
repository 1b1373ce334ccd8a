"""Registers of findings: what an inspection of one force found, one finding a row.

A register is `findings/<force>-<inspection>.csv` in the data folder. Another force is added by putting
a file of the same columns there; the framework file says how findings are coded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.judgments.framework import Framework, load_framework
from peelbook.tables.inputs import note_inputs

REQUIRED_TYPES = {
    "id": "str",
    "question": "str",
    "sub_question": "str",
    "theme": "str",
    "finding": "str",
    "polarity": "str",
    "weight": "int64",
    "evidence_kind": "str",
    "sample_size": "Int64",
    "change_since_last": "str",
    "area_for_improvement": "bool",
    "area_for_improvement_text": "str",
    "cause_of_concern": "bool",
    "restates_indicator": "str",
    "place": "str",
}
OPTIONAL_TYPES = dict.fromkeys(
    (
        "heading",
        "because_of",
        "leads_to",
        "concern",
        "question_summary",
        "source_kind",
        "source_title",
        "source_url",
    ),
    "str",
)
"""Columns that a register may leave out: what joins findings, and where each comes from."""
COLUMN_TYPES = REQUIRED_TYPES | OPTIONAL_TYPES
POLARITIES = ("strength", "weakness")
CHANGES = ("improved", "unchanged", "deteriorated")


def load_findings(
    force: str,
    inspection: str = "2016",
    data_dir: Path | None = None,
    framework: Framework | None = None,
) -> pd.DataFrame:
    """Return the register of a force and an inspection, checked, or an empty frame if there is none.

    Columns: `id`, `question`, `sub_question`, `theme`, `finding`, `polarity` (strength or
    weakness), `weight` (1 to 3), `evidence_kind`, `sample_size`, `change_since_last` (improved,
    unchanged, deteriorated or missing), `area_for_improvement` and its text, `cause_of_concern`,
    `restates_indicator` (an indicator that the finding repeats), `place` in the report; `heading`
    (a sub-heading of its sub-question), `because_of` and `leads_to` (ids of other findings, blanks
    between), `concern` (rows with the same word are one published cause of concern),
    `question_summary` (an analyst's own summary of the core question), `source_kind`,
    `source_title` and `source_url`.

    Raises
    ------
    DataIntegrityError
        If the file lacks a column or a row breaks the coding rules; the message names the row.
    """
    folder = data_dir if data_dir is not None else _data_directory()
    name = f"findings/{force}-{inspection}"
    # noted where there is none too, for one may be added
    note_inputs(f"data/{name}")
    path = Path(folder) / f"{name}.csv"
    if not path.is_file():
        return no_findings()
    try:
        findings = pd.read_csv(path, dtype=COLUMN_TYPES)
    except (ValueError, TypeError) as error:
        raise DataIntegrityError(name, f"a cell is not what its column holds: {error}") from None
    return validate_findings(findings, framework or load_framework(), name)


def no_findings() -> pd.DataFrame:
    """Return a register without rows, with all columns and their types."""
    return pd.DataFrame({column: pd.Series(dtype=t) for column, t in COLUMN_TYPES.items()})


def validate_findings(findings: pd.DataFrame, framework: Framework, name: str) -> pd.DataFrame:
    """Return the register with its columns in order, or say which row is wrong.

    `name` is the table that an error speaks of.

    Raises
    ------
    DataIntegrityError
        For a missing column or the first finding that breaks a coding rule.
    """
    missing = [column for column in REQUIRED_TYPES if column not in findings.columns]
    if missing:
        raise DataIntegrityError(name, f"no column '{missing[0]}'")
    absent = {
        column: pd.Series(None, index=findings.index, dtype=kind)
        for column, kind in OPTIONAL_TYPES.items()
        if column not in findings.columns
    }
    findings = findings.assign(**absent)
    for reason, wrong in _faults(findings, framework).items():
        if wrong.any():
            row = findings.loc[wrong, "id"].iloc[0]
            raise DataIntegrityError(name, f"finding {row}: {reason}")
    return findings[list(COLUMN_TYPES)].reset_index(drop=True)


def faulty_rows(findings: pd.DataFrame, framework: Framework) -> Iterator[tuple[int, str]]:
    """Yield the position of each finding that breaks a coding rule, and what is wrong with it.

    `findings` has all columns of a register.
    """
    for reason, wrong in _faults(findings, framework).items():
        for position in wrong.to_numpy().nonzero()[0]:
            yield int(position), reason


def _faults(findings: pd.DataFrame, framework: Framework) -> dict[str, pd.Series]:
    """Return what can be wrong, and for each row whether it is."""
    sub_question = findings["sub_question"]
    parents = {part.id: part.question for part in framework.sub_questions}
    speaks_to = {link.id: link.sub_question for link in framework.indicators.values()}
    restated = findings["restates_indicator"]
    improvement = findings["area_for_improvement"].astype(bool)
    concern = findings["cause_of_concern"].astype(bool)
    misplaced = sub_question.map(parents) != findings["question"]
    blank = findings[["finding", "theme", "place"]].isna().any(axis=1)
    without_text = findings["area_for_improvement_text"].isna()
    not_weak = findings["polarity"] != "weakness"
    return {
        "its id is missing or used twice": findings["id"].isna() | findings["id"].duplicated(),
        "unknown sub-question": ~sub_question.isin(list(parents)),
        "its question is not the one that its sub-question belongs to": misplaced,
        "its text, theme or place is blank": blank,
        **_unlisted(findings, "polarity", POLARITIES),
        **_unlisted(findings, "weight", list(framework.finding_weights)),
        **_unlisted(findings, "evidence_kind", framework.evidence_kinds),
        **_unlisted(findings, "change_since_last", (*CHANGES, pd.NA)),
        "an area for improvement or cause of concern must be a weakness": (
            (improvement | concern) & not_weak
        ),
        "an area for improvement needs its text, and only an area for improvement has one": (
            improvement == without_text
        ),
        "its heading is not one of its sub-question": _misplaced_heading(findings, framework),
        "it is linked to a finding that is not there, or to itself": _broken_links(findings),
        "a concern is named on a strength": findings["concern"].notna() & not_weak,
        "it restates an indicator that does not speak to its sub-question": (
            restated.notna() & (restated.map(speaks_to) != sub_question)
        ),
    }


def _misplaced_heading(findings: pd.DataFrame, framework: Framework) -> pd.Series:
    known = {(part.id, heading.id) for part in framework.sub_questions for heading in part.headings}
    pairs = zip(findings["sub_question"], findings["heading"], strict=True)
    wrong = [pd.notna(heading) and (part, heading) not in known for part, heading in pairs]
    return pd.Series(wrong, index=findings.index, dtype=bool)


def _broken_links(findings: pd.DataFrame) -> pd.Series:
    ids = set(findings["id"])
    rows = zip(findings["id"], findings["because_of"], findings["leads_to"], strict=True)
    wrong = [bool(set(linked(*links)) - (ids - {own})) for own, *links in rows]
    return pd.Series(wrong, index=findings.index, dtype=bool)


def linked(*cells: object) -> list[str]:
    """Return the ids that cells of `because_of` or `leads_to` name; a missing cell names none."""
    return [name for cell in cells if pd.notna(cell) for name in str(cell).split()]


def _unlisted(findings: pd.DataFrame, column: str, allowed: Iterable) -> dict[str, pd.Series]:
    names = ["blank" if pd.isna(value) else str(value) for value in allowed]
    reason = f"{column.replace('_', ' ')} must be one of: {', '.join(names)}"
    return {reason: ~findings[column].isin(list(allowed))}


def _data_directory() -> Path:
    from peelbook.tables import data_directory

    return data_directory()
