"""Check a sheet against the totals and rates that it prints itself."""

from __future__ import annotations

import pandas as pd

from peelbook.importers.areas import BRITISH_TRANSPORT_POLICE, ENGLAND_AND_WALES, curated_table
from peelbook.importers.ons_sheets import EXCLUDING_BTP, Sheet

HALF_OF_ROUNDING = 50
FLOATING_POINT = 1e-6


def check_totals(sheet: Sheet, cells: pd.DataFrame, rounded_to: int) -> None:
    """Check that each region, each nation and England and Wales is the sum of its forces.

    `cells` has the columns area, offence (what is counted) and value, and rows as index. Where
    figures are rounded to the nearest `rounded_to`, a sum may differ by half of that for each
    figure in it.

    Raises
    ------
    ReleaseFormatError
        Naming the first row whose total is not the sum of its forces.
    """
    sums = (
        cells[["area", "offence", "value"]]
        .merge(_members_of_totals(), on="area", validate="many_to_many")
        .groupby(["total", "offence"])["value"]
        .agg(["sum", "count"])
    )
    printed = cells.rename_axis("row").reset_index().rename(columns={"area": "total"})
    compared = printed.merge(sums, on=["total", "offence"], validate="many_to_one").dropna()
    allowed = (compared["count"] + 1) * rounded_to / 2 if rounded_to > 1 else 0.5
    wrong = compared.loc[(compared["value"] - compared["sum"]).abs() > allowed]
    if len(wrong):
        first = wrong.iloc[0]
        raise sheet.error(
            first["row"],
            f"{first['total'].removeprefix('region:').removeprefix('nation:')}, "
            f"{first['offence']}: {first['value']:,.0f} printed, but its forces "
            f"sum to {first['sum']:,.0f}",
        )


def _members_of_totals() -> pd.DataFrame:
    forces = curated_table("forces")
    force, wales = forces["force"], forces["nation"].eq("Wales")
    regions = pd.DataFrame({"area": force, "total": "region:" + forces["region"]}).loc[~wales]
    nations = pd.DataFrame({"area": force, "total": "nation:" + forces["nation"]})
    all_forces = pd.DataFrame({"area": force, "total": EXCLUDING_BTP})
    everyone = pd.DataFrame({"area": [*force, BRITISH_TRANSPORT_POLICE]}).assign(
        total=ENGLAND_AND_WALES
    )
    return pd.concat([regions, nations, all_forces, everyone])


def check_rates(
    sheet: Sheet, counts: pd.DataFrame, rates: pd.DataFrame, denominators: pd.DataFrame
) -> None:
    """Check that each rate of Table P3 is the offences of Table P1 per 1,000 of its denominator.

    The publisher divides by exact figures and prints them rounded to the nearest 100, so a rate
    may be that of any denominator that rounds to the printed one.

    Raises
    ------
    ReleaseFormatError
        Naming the first row where the rate cannot come from the printed figures.
    """
    offences = counts.rename(columns={"area": "force", "value": "offences"})
    compared = (
        rates.rename_axis("row")
        .reset_index()
        .rename(columns={"area": "force"})
        .merge(
            offences[["force", "offence", "offences"]],
            on=["force", "offence"],
            validate="many_to_one",
        )
        .merge(denominators, on="force", validate="many_to_one")
        .dropna(subset=["value", "offences"])
    )
    divisor = compared["households"].where(
        compared["measure"].eq("rate-per-1000-households"), compared["population"]
    )
    expected = compared["offences"] / divisor * 1000
    allowed = expected * HALF_OF_ROUNDING / (divisor - HALF_OF_ROUNDING) + FLOATING_POINT
    wrong = compared.loc[(compared["value"] - expected).abs() > allowed]
    if len(wrong):
        first = wrong.iloc[0]
        raise sheet.error(
            first["row"],
            f"{first['force']}, {first['offence']}: a rate of {first['value']:.2f} printed, but "
            f"the offences and the population give {expected[wrong.index[0]]:.2f}",
        )
