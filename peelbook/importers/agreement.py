"""What two releases say of the same thing has to agree, within what revisions explain."""

from __future__ import annotations

import pandas as pd

from peelbook.errors import DataIntegrityError
from peelbook.importers.areas import BRITISH_TRANSPORT_POLICE
from peelbook.importers.offence_parts import FRAUD, GROUP_OF
from peelbook.importers.tolerances import TOLERANCES

POPULATION_LAG = 2
"""Years that the population of Table P7 is older than the incidents."""
QUARTERS = 4
FEW_RESIDENTS = "city-of-london"
"""Estimates of its few residents have been revised by a quarter, so its rates fit none of now."""
WITH_TRANSPORT_POLICE = ("recorded_crime", "recorded_crime_quarterly", "outcomes")
"""Tables of releases that hold British Transport Police in every period."""


def check_agreement(tables: dict[str, pd.DataFrame]) -> None:
    """Check the tables of all releases against each other.

    `tables` is what is built, by name.

    Raises
    ------
    DataIntegrityError
        Naming the table, the force and the period of the first figure that another release
        contradicts, or the release without British Transport Police.
    """
    for name in WITH_TRANSPORT_POLICE:
        if BRITISH_TRANSPORT_POLICE not in set(tables[name]["force"]):
            raise DataIntegrityError(name, f"no row for {BRITISH_TRANSPORT_POLICE}.")
    rolling = tables["recorded_crime"]
    rolling = rolling[rolling["vintage"].str.startswith("rolling")]
    _rolling_and_workbooks(rolling, tables["ons_printed"])
    _rolling_and_later(rolling, tables)
    _incidents_of_workbooks(tables["ons_printed"])
    _rates_of_incidents(tables["ons_printed"], tables["population"])


def _same(
    one: pd.DataFrame, other: pd.DataFrame, key: list[str], tolerance: str, tables: tuple[str, str]
) -> None:
    """Compare the column `value` of two frames where both have a key."""
    both = one.merge(other, on=key, suffixes=("", "_other")).dropna(subset=["value", "value_other"])
    wrong = both[TOLERANCES[tolerance].exceeded(both["value"], both["value_other"])]
    if len(wrong):
        first = wrong.iloc[0]
        what = ", ".join(
            f"{part:%d %B %Y}" if isinstance(part, pd.Timestamp) else str(part)
            for part in first[key]
        )
        raise DataIntegrityError(
            tables[0],
            f"{what}: {first['value']:,.6g}, but {first['value_other']:,.6g} in {tables[1]}.",
        )


def _rolling_and_workbooks(rolling: pd.DataFrame, printed: pd.DataFrame) -> None:
    key = ["force", "period_end", "offence"]
    counts = rolling.rename(columns={"offences": "value"})[[*key, "value"]]
    for workbook, cells in printed[printed["table"].eq("P1")].groupby("workbook"):
        newest = cells["period_end"].max() == counts["period_end"].max()
        tolerance = "one edition" if newest else "an earlier edition"
        _same(counts, cells[[*key, "value"]], key, tolerance, ("recorded_crime", workbook))


def _rolling_and_later(rolling: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> None:
    group = rolling["offence"].map(GROUP_OF).fillna(rolling["offence"])
    groups = (
        rolling.assign(offence_group=group)
        .groupby(["force", "period_end", "offence_group"], as_index=False)["offences"]
        .sum()
        .rename(columns={"offences": "value"})
        .loc[lambda rows: rows["offence_group"].ne(FRAUD)]
    )
    quarters = _years_of_quarters(tables["recorded_crime_quarterly"])
    names = ("recorded_crime", "recorded_crime_quarterly")
    key = ["force", "period_end"]
    _same(groups, quarters, [*key, "offence_group"], "later editions, one group", names)
    total, of_quarters = (
        frame.groupby(key, as_index=False)["value"].sum() for frame in (groups, quarters)
    )
    _same(total, of_quarters, key, "later editions, all crime", names)
    by_year = tables["recorded_crime_by_year"].rename(columns={"offences": "value"})
    for one, name in ((total, "recorded_crime"), (of_quarters, names[1])):
        told = (name, "recorded_crime_by_year")
        _same(one, by_year[[*key, "value"]], key, "later editions, all crime", told)


def _years_of_quarters(quarterly: pd.DataFrame) -> pd.DataFrame:
    """Return force, period_end, offence_group and value of each four quarters in a row."""
    kept = quarterly[quarterly["offence_group"].ne(FRAUD)]
    wide = kept.pivot_table(
        index="quarter_end", columns=["force", "offence_group"], values="offences", aggfunc="sum"
    )
    years = wide.rolling(QUARTERS, min_periods=QUARTERS).sum().rename_axis(index="period_end")
    long = years.melt(ignore_index=False).reset_index()
    return long.dropna(subset="value")


def _incidents_of_workbooks(printed: pd.DataFrame) -> None:
    incidents = printed[printed["table"].eq("P7") & printed["measure"].eq("incidents")]
    key = ["force", "period_end"]
    books = [(name, rows[[*key, "value"]]) for name, rows in incidents.groupby("workbook")]
    for place, (name, rows) in enumerate(books):
        for other, others in books[place + 1 :]:
            _same(rows, others, key, "incidents in two workbooks", (f"Table P7, {name}", other))


def _rates_of_incidents(printed: pd.DataFrame, population: pd.DataFrame) -> None:
    kept = printed["table"].eq("P7") & printed["force"].ne(FEW_RESIDENTS)
    cells = printed[kept].pivot(
        index=["workbook", "force", "period_end"], columns="measure", values="value"
    )
    told = cells.reset_index().assign(
        mid_year=lambda rows: rows["period_end"].dt.year - POPULATION_LAG,
        value=lambda rows: rows["incidents"] / rows["incident-rate"] * 1000,
    )
    people = population.rename(columns={"population": "value"})[["force", "mid_year", "value"]]
    _same(
        told,
        people,
        ["force", "mid_year"],
        "rate over population",
        ("Table P7: incidents by their rate", "population"),
    )


def check_populations(of_authorities: pd.DataFrame, of_areas: pd.DataFrame) -> None:
    """Check residents that are summed from authorities against the force area tables.

    Both have the columns force, mid_year and population.

    Raises
    ------
    DataIntegrityError
        Naming the first force and year in which they differ by more than rounding explains.
    """
    one, other = (
        frame.rename(columns={"population": "value"}) for frame in (of_areas, of_authorities)
    )
    tables = ("population", "the sum of authorities")
    _same(one, other, ["force", "mid_year"], "population of two tables", tables)


def check_scores(earlier: pd.DataFrame, later: pd.DataFrame) -> None:
    """Check the Crime Severity Score of two editions against each other.

    Both have the columns force, period_end and score.

    Raises
    ------
    DataIntegrityError
        Naming the first force and year in which they differ by more than revisions explain.
    """
    one, other = (frame.rename(columns={"score": "value"}) for frame in (earlier, later))
    tables = ("crime_severity", "the later edition")
    _same(one, other, ["force", "period_end"], "score of two editions", tables)
