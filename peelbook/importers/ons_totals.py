"""Check a sheet against the totals and rates that it prints itself."""

from __future__ import annotations

import pandas as pd

from peelbook.importers.areas import BRITISH_TRANSPORT_POLICE, ENGLAND_AND_WALES, curated_table
from peelbook.importers.offence_parts import PARTS
from peelbook.importers.ons_areas import EXCLUDING_BTP
from peelbook.importers.ons_sheets import Sheet

WHOLE = 1e-4
"""How far a count worked out from a percentage may lie from a whole number."""
HALF_OF_ROUNDING = 50
FLOATING_POINT = 1e-6


def check_totals(sheet: Sheet, cells: pd.DataFrame, rounded_to: int, share: float = 0.0) -> None:
    """Check that each region, each nation and England and Wales is the sum of its forces.

    `cells` has the columns area, offence (what is counted) and value, and rows as index. Where
    figures are rounded to the nearest `rounded_to`, a sum may differ by half of that for each
    figure in it; where the total is an estimate of its own, by `share` of it.

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
    allowed += compared["value"] * share
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


def check_parts(sheet: Sheet, counts: pd.DataFrame) -> None:
    """Check that each total of offences is the sum of its parts, where all are printed.

    A column that is read as another offence does not add up.

    Raises
    ------
    ReleaseFormatError
        Naming the first row and total that is not the sum.
    """
    wide = counts.pivot(columns="offence", values="value")
    areas = counts["area"].groupby(level=0).first()
    for total, parts in PARTS.items():
        if not {total, *parts} <= set(wide):
            continue
        known = wide[[total, *parts]].dropna()
        sums = known[list(parts)].sum(axis="columns")
        wrong = known.index[(known[total] - sums).abs() > FLOATING_POINT]
        if len(wrong):
            row = wrong[0]
            raise sheet.error(
                row,
                f"{areas[row]}, {total}: {known.loc[row, total]:,.0f} printed, but its offences "
                f"sum to {sums[row]:,.0f}",
            )


def count_before(count: pd.Series, change: pd.Series) -> pd.Series:
    """Return the count that a percentage change starts from; missing for a fall to nothing."""
    return (count / (1 + change / 100)).where(change > -100)


def is_whole(numbers: pd.Series) -> pd.Series:
    """Say which numbers are whole, but for floating point."""
    return (numbers - numbers.round()).abs() < WHOLE


def check_changes(sheet: Sheet, counts: pd.DataFrame, changes: pd.DataFrame) -> None:
    """Check that each change of Table P2 fits the offences of Table P1.

    A change in full precision starts from a whole number of offences. Where changes are rounded,
    those of forces have to make up the change of their region, nation and country, as far as
    rounding goes.

    Raises
    ------
    ReleaseFormatError
        Naming the first row whose change cannot come from its count.
    """
    unknown = sorted(set(changes["offence"]) - set(counts["offence"]))
    if unknown:
        raise sheet.error(None, f"a change of {unknown[0]}, which Table P1 does not have")
    key = ["area", "offence"]
    both = (
        changes.rename_axis("row")
        .reset_index()
        .merge(counts[[*key, "value"]], on=key, suffixes=("", "_count"), validate="one_to_one")
    )
    both = both.assign(before=count_before(both["value_count"], both["value"]))
    both = both.dropna(subset=["before"])
    if _is_full_precision(both["value"]):
        # nothing changes by a percentage from no offences
        from_none = both["before"].round().eq(0) & both["value_count"].gt(0)
        wrong, expected = both[~is_whole(both["before"]) | from_none], "a whole number"
    else:
        wrong, expected = _not_made_up(both), "what its forces start from"
    if len(wrong):
        first = wrong.iloc[0]
        raise sheet.error(
            first["row"],
            f"{first['area']}, {first['offence']}: a change of {first['value']:.2f} percent "
            f"printed, but {first['value_count']:,.0f} offences in Table P1 would start from "
            f"{first['before']:,.2f}, not {expected}",
        )


def _is_full_precision(values: pd.Series) -> bool:
    """Say whether most values have more decimals than anyone would print."""
    return bool(((values - values.round(4)).abs() > FLOATING_POINT).mean() > 0.5)


def _not_made_up(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the totals whose rounded change does not follow from those of their members."""
    decimals = next(
        d for d in range(5) if d == 4 or changes["value"].round(d).eq(changes["value"]).all()
    )
    half = 0.5 * 10.0**-decimals / 100
    slack = changes["value_count"] / (1 + changes["value"] / 100) ** 2 * half
    cells = changes.assign(slack=slack * 1.01)
    sums = (
        cells[["area", "offence", "value_count", "before", "slack"]]
        .merge(_members_of_totals(), on="area", validate="many_to_many")
        .groupby(["total", "offence"])[["value_count", "before", "slack"]]
        .sum()
    )
    totals = cells.rename(columns={"area": "total"}).merge(
        sums, on=["total", "offence"], suffixes=("", "_sum"), validate="many_to_one"
    )
    complete = totals["value_count"] == totals["value_count_sum"]
    far = (totals["before"] - totals["before_sum"]).abs() > totals["slack"] + totals["slack_sum"]
    return totals[complete & far].rename(columns={"total": "area"})


def check_rates(
    sheet: Sheet, counts: pd.DataFrame, rates: pd.DataFrame, denominators: pd.DataFrame
) -> None:
    """Check that each rate of Table P3 is the offences of Table P1 per 1,000 of its denominator.

    The publisher divides by exact figures and prints them rounded to the nearest 100, so a rate
    may be that of any denominator that rounds to the printed one.

    Raises
    ------
    ReleaseFormatError
        Naming the first row where the rate cannot come from the printed figures, or the offence
        that has a rate and no count.
    """
    unknown = sorted(set(rates["offence"]) - set(counts["offence"]))
    if unknown:
        raise sheet.error(None, f"a rate of {unknown[0]}, which Table P1 does not have")
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
