"""Names of police force areas: from any publisher's spelling to one slug."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from peelbook.errors import ReleaseFormatError, suggestion
from peelbook.tables import data_directory

BRITISH_TRANSPORT_POLICE = "british-transport-police"
ENGLAND_AND_WALES = "england-and-wales"
NATIONAL_FRAUD_BODIES = (
    "action fraud",
    "report fraud",
    "cifas",
    "uk finance",
    "financial fraud action uk",
)

AREA_BLEMISHES = {
    "footnote digits glued to area names": (
        "The workbooks print footnote numbers as part of the name ('City of London10', "
        "'ENGLAND AND WALES7,8', 'British Transport Police(2006)', 'Kent [note 3]'); trailing "
        "digits, asterisks, commas, spaces and notes in brackets are dropped."
    ),
    "several spellings of one force": (
        "'London, City of' and 'City of London', 'Devon & Cornwall' and 'Devon and Cornwall' "
        "are matched to one force by data/force_names.csv."
    ),
    "national fraud bodies": (
        "Action Fraud, CIFAS and UK Finance appear among the forces; their rows are dropped, as "
        "they record fraud for the whole country."
    ),
}


def curated_table(name: str) -> pd.DataFrame:
    """Return a hand-curated table (`forces`, `force_names`, ...) as text, blanks as ''."""
    return _read_curated(data_directory() / f"{name}.csv")


@lru_cache(maxsize=8)
def _read_curated(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def the_43_forces() -> list[str]:
    """Return the slugs of the 43 territorial forces of England and Wales."""
    return sorted(curated_table("forces")["force"])


FOOTNOTES = r"(\((note )?\d+\)|\[[^\]]*\]|[\d,\s*†‡¹²³⁰⁴-⁹])+$"
"""Marks of footnotes at the end of a name or heading."""
AREA_CODE = r"[A-Z]\d{8}"


def clean_name(names: pd.Series) -> pd.Series:
    """Return area names in lower case, without footnotes, spare spaces or ampersands."""
    return (
        names.astype("str")
        .str.replace(r"\s+", " ", regex=True)
        .str.replace(FOOTNOTES, "", regex=True)
        .str.replace("&", "and")
        .str.strip()
        .str.lower()
    )


def without_fraud_bodies(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows that are not those of a national fraud body."""
    return frame.loc[~clean_name(frame[column]).isin(NATIONAL_FRAUD_BODIES)]


def force_slugs(names: pd.Series, file: Path, sheet: str | None = None) -> pd.Series:
    """Return the slug for each published name; the index is the row in the file.

    Raises
    ------
    ReleaseFormatError
        If a name is not that of one of the 43 forces or British Transport Police.
    """
    spellings = curated_table("force_names")
    known = dict(zip(clean_name(spellings["published_name"]), spellings["force"], strict=True))
    given = pd.Series(names.unique(), dtype="str")
    unknown = given[~clean_name(given).isin(known)]
    if len(unknown):
        name = unknown.iloc[0]
        row = names.index[names == name][0]
        raise ReleaseFormatError(
            file.name, sheet, row, f"unknown force '{name}': {suggestion(name, known)}"
        )
    return names.map(dict(zip(given, clean_name(given).map(known), strict=True)))


def codes_agree(
    forces: pd.Series, codes: pd.Series, file: Path, sheet: str | None = None
) -> pd.Series:
    """Return the forces (slugs, by row) if none stands beside the area code of another.

    A blank code says nothing; British Transport Police have none.

    Raises
    ------
    ReleaseFormatError
        At the first row whose code is not that of its force.
    """
    table = curated_table("forces")
    known = dict(zip(table["force"], table["pfa_code"], strict=True))
    given = codes.astype("str").str.strip()
    wrong = given.str.fullmatch(AREA_CODE) & given.ne(forces.map(known).fillna(""))
    if wrong.any():
        row = given.index[wrong][0]
        raise ReleaseFormatError(
            file.name, sheet, row, f"{given[row]} is not the area code of {forces[row]}"
        )
    return forces


def force_of_identifiers(names: pd.Series, file: Path) -> pd.Series:
    """Return the slug for each identifier of a force, which may be a spelling of its name.

    Raises
    ------
    ReleaseFormatError
        As for :func:`force_slugs`.
    """
    is_slug = names.isin([*the_43_forces(), BRITISH_TRANSPORT_POLICE])
    spelled = names[~is_slug].str.replace("-", " ")
    return names.where(is_slug, force_slugs(spelled, file) if len(spelled) else names)


def slug(names: pd.Series) -> pd.Series:
    """Return names in kebab case: 'Drug offences' becomes 'drug-offences'."""
    return (
        names.astype("str")
        .str.lower()
        .str.replace("&", "and")
        .str.replace(r"[^a-z0-9]+", "-", regex=True)
        .str.strip("-")
    )
