"""What the 2016 report said when it set a force beside England and Wales, under later releases.

A pair of printed numbers says whether the force was above, below or the same as England and Wales.
The same words are taken from the numbers that each later release gives.
"""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import Indicator, load_catalogue
from peelbook.indicators.comparators import ENGLAND_AND_WALES
from peelbook.indicators.counts import numerators
from peelbook.indicators.one_year import RECORDED_CRIME
from peelbook.indicators.reproduction import transcribed_share
from peelbook.indicators.values import values_at
from peelbook.indicators.vintages import later_releases_held, open_data_to
from peelbook.parameters import Parameters
from peelbook.statistics.ranks import percent_change
from peelbook.statistics.rounding import rounded
from peelbook.tables import load_table
from peelbook.tables.inputs import remembered
from peelbook.tables.periods import REPORT_PERIOD_END, years_before
from peelbook.tables.published import printed_figures

PRINTED = "the report"
TRANSCRIBED = "outcomes open data, transcribed"
KEYS = ["place", "label", "indicator", "measure", "period_end", "base_period_end"]
COLUMNS = [*KEYS, "decimals", "release", "force", "country", "said"]


@remembered(maxsize=1)
def statements() -> pd.DataFrame:
    """Return each comparison of the report with what later releases make of it.

    Returns
    -------
    DataFrame with the columns of :data:`COLUMNS`, one row a comparison and release, the report itself
    first: `force` (the one that the report is about) and `country` in the unit of the indicator; `said` is
    ``above``, ``below`` or ``the same as``, by the numbers rounded as printed. Only comparisons that
    at least one later release can make are returned.
    """
    if not later_releases_held():
        return pd.DataFrame(columns=COLUMNS)
    figures = printed_figures()
    known = figures[figures["indicator"].isin(_computable())]
    rows = []
    for key, pair in known.groupby(KEYS, sort=False, dropna=False):
        values = pair.set_index("area")["value"]
        own = values.drop(ENGLAND_AND_WALES, errors="ignore")
        if len(pair) != 2 or len(own) != 1:
            continue
        told = dict(zip(KEYS, key, strict=True)) | {"decimals": int(pair["decimals"].iloc[0])}
        later = _later(told, own.index[0])
        if later:
            printed = (PRINTED, float(own.iloc[0]), float(values[ENGLAND_AND_WALES]))
            rows += [told | _row(*one, told["decimals"]) for one in (printed, *later)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _computable() -> list[str]:
    kinds = ("rolling", "quarterly", "outcomes")
    return [name for name, entry in load_catalogue().items() if entry.kind in kinds]


def _row(release: str, force: float, country: float, decimals: int) -> dict[str, object]:
    difference = rounded(force, decimals) - rounded(country, decimals)
    said = "the same as" if difference == 0 else "above" if difference > 0 else "below"
    return {"release": release, "force": force, "country": country, "said": said}


def _later(told: dict[str, object], force: str) -> list[tuple[str, float, float]]:
    entry = load_catalogue()[str(told["indicator"])]
    found = _outcome(entry, force) if entry.kind == "outcomes" else _recorded(entry, told, force)
    return [one for one in found if pd.notna(one[1]) and pd.notna(one[2])]


def _recorded(
    entry: Indicator, told: dict[str, object], force: str
) -> list[tuple[str, float, float]]:
    end, base = told["period_end"], told["base_period_end"]
    quarters = load_table("recorded_crime_quarterly")["quarter_end"].max()
    rolling = load_table("recorded_crime").groupby("period_end")["vintage"].first()
    held = entry.kind == "rolling" and end in rolling.index
    releases = {rolling[end]: end} if held else {}
    found = []
    for name, release in (releases | {open_data_to(quarters): quarters}).items():
        known = set(numerators(entry, release=release)["period_end"])
        if not {end, end if pd.isna(base) else base} <= known:
            continue
        values = _values(entry, end, base, release)
        found.append((name, float(values[force]), float(values[ENGLAND_AND_WALES])))
    return found


def _values(
    entry: Indicator, end: pd.Timestamp, base: pd.Timestamp, release: pd.Timestamp
) -> pd.Series:
    now = values_at(entry, end, Parameters(), release=release)
    if pd.isna(base):
        return now["value"]
    before = values_at(entry, base, Parameters(), base=True, release=release)
    return percent_change(now["numerator"], before["numerator"].reindex(now.index))


def _outcome(entry: Indicator, force: str) -> list[tuple[str, float, float]]:
    table = load_table("outcomes_by_year")
    vintage = table.loc[table["period_end"] == table["period_end"].max(), "vintage"].iloc[0]
    transcribed = [transcribed_share(area, entry) for area in (force, ENGLAND_AND_WALES)]
    values = values_at(entry, REPORT_PERIOD_END, Parameters())["value"]
    later = [float(values.get(area, float("nan"))) for area in (force, ENGLAND_AND_WALES)]
    pairs = {TRANSCRIBED: transcribed, vintage: later}
    return [(name, *both) for name, both in pairs.items() if None not in both]


def forces_with_increase() -> pd.DataFrame:
    """Count the forces whose recorded crime rose in the year of the report, by release.

    Returns
    -------
    DataFrame with columns `release`, `forces` (a count), `of`; the report itself first.
    """
    printed = printed_figures().set_index("indicator")["value"]
    total = len(load_table("forces"))
    rows = [(PRINTED, int(printed["forces-with-increase"]), total)]
    base = years_before(REPORT_PERIOD_END, 1)
    entry = load_catalogue()[RECORDED_CRIME]
    for name, release in _releases_of_total().items():
        change = _values(entry, REPORT_PERIOD_END, base, release)
        own = change.reindex(load_table("forces")["force"]).dropna()
        rows.append((name, int((own > 0).sum()), len(own)))
    return pd.DataFrame(rows, columns=["release", "forces", "of"])


def _releases_of_total() -> dict[str, pd.Timestamp]:
    rolling = load_table("recorded_crime").groupby("period_end")["vintage"].first()
    quarters = load_table("recorded_crime_quarterly")["quarter_end"].max()
    return {rolling[REPORT_PERIOD_END]: REPORT_PERIOD_END, open_data_to(quarters): quarters}
