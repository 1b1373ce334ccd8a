"""Computed text of the page on revisions."""

from __future__ import annotations

import pandas as pd

from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.comparators import ENGLAND_AND_WALES
from peelbook.indicators.statements import KEYS, PRINTED, forces_with_increase
from peelbook.indicators.vintages import revised_counts
from peelbook.narrative.prose import Prose, sentences
from peelbook.narrative.words import (
    changed,
    counted,
    in_words,
    listing,
    number,
    percent,
    sentence_case,
    signed,
)
from peelbook.pages.revisions import (
    few_named,
    in_group_words,
    in_other_bands,
    name_of,
    of_kinds,
    places,
    where_told,
)
from peelbook.tables import load_table
from peelbook.tables.periods import REPORT_PERIOD_END
from peelbook.tables.periods import in_words as day_in_words

RECORDED = "recorded-crime"
CHARGED = "outcome-charged-summonsed"
KNIFE = "knife-crime"


@where_told
def first_of_all(rows: pd.DataFrame, told: pd.DataFrame) -> Prose:
    """Say first what revisions change and what they do not."""
    kept, made = _kept(told)
    recorded = _of_report(rows)
    ranked = recorded[recorded["rank_earlier"].notna()]
    moved = in_other_bands(recorded)
    return Prose(
        sentences(
            f"**Of the {made} comparisons with England and Wales that the 2016 report printed and a "
            f"later release can make again, {kept} come out the same way in every later release.**",
            f"Bands are less firm: of {len(ranked):,} places of a force in the order of a measure of "
            f"recorded crime in that year, {len(moved)} are in another band of the later release, and "
            f"{int((places(recorded) > 2).sum())} moved by more than two places.",
            "Figures that forces finish after the release, such as outcomes, and figures whose counting "
            "was mended, such as offences with a knife, change by far more than totals do.",
        )
    )


def _of_report(rows: pd.DataFrame) -> pd.DataFrame:
    recorded = of_kinds(rows, "rolling")
    return recorded[recorded["period_end"] == REPORT_PERIOD_END]


def _kept(told: pd.DataFrame) -> tuple[int, int]:
    """Return how many comparisons of the report every later release makes, and how many there are."""
    groups = told.groupby(KEYS, dropna=False)["said"].nunique()
    return int((groups == 1).sum()), len(groups)


@where_told
def recorded_crime(rows: pd.DataFrame) -> Prose:
    """Say what became of the total of the report's year, and which group moved most."""
    total = _of_report(rows).query(f"indicator == '{RECORDED}'").set_index("force")
    country = total.loc[ENGLAND_AND_WALES]
    forces = total.drop(ENGLAND_AND_WALES)
    steady = int((forces["change"].abs() <= 1).sum())
    furthest = forces["change"].abs().idxmax()
    counts = revised_counts()
    largest = counts.loc[counts["difference"].abs().idxmax()]
    moved = in_other_bands(total.reset_index())
    of_furthest = counts[counts["force"] == furthest]
    reason = of_furthest.loc[of_furthest["difference"].abs().idxmax()]
    return Prose(
        sentences(
            f"The count of recorded crime in England and Wales {changed(country['change'])} from the "
            f"earlier release to the later one. It moved by one percent or less in {steady} of "
            f"{len(forces)} forces.",
            f"{name_of(furthest)} moved furthest, by {signed(forces.loc[furthest, 'change'])} percent, "
            f"nearly all of it in one group: {_group(reason)}."
            if _explains(reason, of_furthest)
            else f"{name_of(furthest)} moved furthest, by "
            f"{signed(forces.loc[furthest, 'change'])} percent.",
            f"The largest revision of one group is in {name_of(largest['force'])}, {_group(largest)}.",
            "A revision of that size in one group of one force means that something else is counted there "
            "now, or that one of the releases has an error; neither says which.",
            f"{sentence_case(in_words(len(moved)))} forces are in another band of the rate of recorded "
            f"crime: {few_named(moved['force'])}."
            if len(moved) > 1
            else "",
            _newest_year(rows),
        )
    )


def _newest_year(rows: pd.DataFrame) -> str:
    """Say what became of the total of the newest year that two releases hold."""
    total = rows[(rows["indicator"] == RECORDED) & (rows["force"] != ENGLAND_AND_WALES)]
    newest = total[total["period_end"] == total["period_end"].max()]
    furthest = newest.loc[newest["change"].abs().idxmax()]
    revised = int((newest["earlier"] != newest["later"]).sum())
    return (
        f"Of the newest year that both hold, to {day_in_words(furthest['period_end'])}, the first "
        f"release was changed in {revised} of {len(newest)} forces, most in "
        f"{name_of(furthest['force'])} ({signed(furthest['change'])} percent)."
    )


def _explains(reason: pd.Series, of_force: pd.DataFrame) -> bool:
    return abs(reason["difference"]) > 0.8 * abs(of_force["difference"].sum())


def _group(row: pd.Series) -> str:
    return (
        f"{in_group_words(row['offence']).lower()}, from {number(row['earlier'], 0)} to "
        f"{number(row['later'], 0)} offences"
    )


@where_told
def outcomes(rows: pd.DataFrame) -> Prose:
    """Say how outcomes mature."""
    own = rows[rows["indicator"] == CHARGED]
    country = own[own["force"] == ENGLAND_AND_WALES]
    said = [
        f"from {number(row.earlier)} to {percent(row.later)} in the year to "
        f"{day_in_words(row.period_end)}"
        for row in country.itertuples()
    ]
    moved = in_other_bands(own)
    newest = own[own["period_end"] == own["period_end"].max()]
    forces = newest[newest["force"] != ENGLAND_AND_WALES]
    furthest = forces.loc[forces["change"].abs().idxmax()]
    return Prose(
        sentences(
            f"The share of offences that ended in a charge or summons rose {listing(said)}, from the "
            "first release to the later one, because suspects are charged months after a release."
            if (country["later"] > country["earlier"]).all()
            else f"The share of offences that ended in a charge or summons went {listing(said)}.",
            f"In the newer of these years {name_of(furthest['force'])} moved furthest, by "
            f"{signed(furthest['change'])} percentage points"
            + (
                ": its first release was not complete, so this book does not rank it."
                if pd.isna(furthest["rank_earlier"])
                else "."
            ),
            f"{sentence_case(counted(len(moved), 'place'))} of a force in a band changed over the two "
            f"years ({few_named(moved['force'], 12)})."
            if len(moved)
            else "No force changed its band.",
            "Forces do not finish at one pace, so even a rank among first releases compares how fast "
            "outcomes are entered as well as what they are.",
        )
    )


@where_told
def other_counts(rows: pd.DataFrame) -> Prose:
    """Say what became of counts that the force area tables and the score restate."""
    knife = rows[(rows["indicator"] == KNIFE) & (rows["force"] != ENGLAND_AND_WALES)]
    newest = knife[knife["period_end"] == knife["period_end"].max()]
    up = newest.sort_values("change", ascending=False).head(3)
    decimals = load_catalogue()[KNIFE].decimals
    said = [
        f"{name_of(row.force)} from {number(row.earlier, decimals)} to {number(row.later, decimals)}"
        for row in up.itertuples()
    ]
    moved = in_other_bands(newest)
    score = rows[(rows["indicator"] == "crime-severity-score") & rows["rank_earlier"].notna()]
    return Prose(
        sentences(
            "Serious offences with a knife were counted anew between the tables for two successive years: "
            f"per 1,000 population {listing(said)}.",
            f"{sentence_case(in_words(len(moved)))} forces changed their band "
            f"({few_named(moved['force'], 12)}), so a rank from the older tables is not to be relied on."
            if len(moved) > 1
            else "",
            "The Crime Severity Score moved little: the largest change is "
            f"{percent(score['change'].abs().max())}, and {int((places(score) > 1).sum())} of "
            f"{len(score)} places moved by more than one.",
        )
    )


@where_told
def denominators() -> Prose:
    """Say how far two sources of the residents of the report's mid-year are apart."""
    earlier = load_table("earlier_vintages")
    mid_year = REPORT_PERIOD_END - pd.DateOffset(years=1)
    first = earlier[(earlier["table"] == "population") & (earlier["period_end"] == mid_year)]
    now = load_table("population")
    now = now[now["mid_year"] == mid_year.year].set_index("force")["population"]
    apart = (first.set_index("force")["value"] / now - 1).abs() * 100
    furthest = apart.idxmax()
    return Prose(
        sentences(
            "Residents are held from two publications of the same estimates, by police force area and "
            f"by local authority. For mid-{mid_year.year} they agree within "
            f"{number(apart.drop(furthest).max(), 2)} percent, which is rounding, in every force but "
            f"{name_of(furthest)} ({number(apart.max(), 2)} percent).",
            "The estimates that the 2016 report divided by, of June 2016, have been revised since and "
            "are not held here, nor are those that the census of 2021 corrected; so this page cannot "
            "show what they would change. A denominator moves every rate of a force by the same "
            "percentage, and its rank only past a close neighbour.",
        )
    )


@where_told
def report(rows: pd.DataFrame, told: pd.DataFrame) -> Prose:
    """Say which statements of the report later releases would change."""
    kept, made = _kept(told)
    odd = told.groupby(KEYS, dropna=False)["said"].transform("nunique") > 1
    names = list(dict.fromkeys(told.loc[odd, "label"].str.removeprefix("outcome: ")))
    force = _force_of_report(rows)
    moved = force[force["band_earlier"] != force["band_later"]]
    rises = forces_with_increase()
    later = rises[rises["release"] != PRINTED]
    return Prose(
        sentences(
            f"All {made} comparisons stand."
            if kept == made
            else f"{kept} of {made} comparisons stand. Not so for {listing(names)}.",
            f"The report says that recorded crime rose in {rises['forces'].iloc[0]} forces; it is "
            + listing([f"{row.forces} by the {row.release}" for row in later.itertuples()])
            + ".",
            f"Leicestershire keeps its band in all {len(force)} measures of recorded crime."
            if moved.empty
            else f"Leicestershire changes its band in {len(moved)} of {len(force)} measures of "
            "recorded crime.",
            f"It moves by {int(places(force).max())} places at most.",
            "No grade in this book rests on a rate of recorded crime, so no grade changes either.",
        )
    )


def _force_of_report(rows: pd.DataFrame) -> pd.DataFrame:
    return _of_report(rows).query("force == 'leicestershire'")
