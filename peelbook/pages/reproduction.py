"""Tables and computed text of the page that reproduces the 2016 figures."""

from __future__ import annotations

import pandas as pd

from peelbook.charts.tables import Html, text_table
from peelbook.indicators.catalogue import load_catalogue
from peelbook.indicators.reproduction import agreement
from peelbook.indicators.values import ENGLAND_AND_WALES
from peelbook.indicators.variants import OF_THE_TRANSCRIBED_RELEASE, VARIANTS
from peelbook.narrative.prose import Prose, paragraphs
from peelbook.narrative.words import counted, number, sentence_case
from peelbook.tables.forces import all_forces
from peelbook.tables.published import printed_figures


def summary(table: pd.DataFrame) -> Prose:
    """Count the verdicts in a sentence."""
    found = agreement(table)
    computed = int(found.drop("quoted").sum())
    return Prose(
        f"Of {counted(len(table), 'printed number')}, {computed} can be computed from open data: "
        f"{found['reproduced']} are reproduced, {found['reproduced-under-variant']} are reproduced "
        f"under a stated variant, and {found['not-reproduced']} are not. The other "
        f"{found['quoted']} are quoted, for their sources are not public."
    )


def _labelled(table: pd.DataFrame) -> pd.DataFrame:
    places = printed_figures()[["place", "label"]]
    return pd.concat([table.reset_index(drop=True), places], axis="columns")


def _area(slug: str) -> str:
    return "England and Wales" if slug == ENGLAND_AND_WALES else all_forces()[slug].short_name


def computed(table: pd.DataFrame) -> Html:
    """Return every number that can be computed, with its verdict."""
    rows = _labelled(table).query("verdict != 'quoted'")
    return text_table(
        pd.DataFrame(
            {
                "Number": rows["label"].map(sentence_case) + " (" + rows["place"] + ")",
                "Area": rows["area"].map(_area),
                "Printed": _numbers(rows, "published"),
                "Computed": [
                    number(value, int(decimals) + 2)
                    for value, decimals in zip(rows["computed"], rows["decimals"], strict=True)
                ],
                "Verdict and reason": [_verdict(row) for row in rows.itertuples()],
            }
        ),
        "Printed and computed numbers",
    )


def _verdict(row: tuple) -> str:
    verdict = sentence_case(row.verdict.replace("-", " "))
    if row.variant:
        return f"Reproduced under a variant: {row.variant}."
    return f"{verdict}. {row.reason}"


def _numbers(rows: pd.DataFrame, column: str) -> list[str]:
    return [
        number(value, int(decimals))
        for value, decimals in zip(rows[column], rows["decimals"], strict=True)
    ]


def quoted(table: pd.DataFrame) -> Html:
    """Return every number that is only quoted, with the reason."""
    rows = _labelled(table).query("verdict == 'quoted'")
    return text_table(
        pd.DataFrame(
            {
                "Number": rows["label"].map(sentence_case) + " (" + rows["place"] + ")",
                "Area": rows["area"].map(_area),
                "Printed": _numbers(rows, "published"),
                "Reason": rows["reason"].str.removeprefix("Quoted: ").map(sentence_case),
            }
        ),
        "Quoted numbers",
    )


def variants() -> Html:
    """Return the declared variants in the order in which they are tried."""
    rows = [
        {"Variant": sentence_case(variant.id), "Why it may have been used": variant.because}
        for variant in (*VARIANTS, OF_THE_TRANSCRIBED_RELEASE)
    ]
    return text_table(pd.DataFrame(rows), "Declared variants")


def discussion(table: pd.DataFrame) -> Prose:
    """Discuss the numbers that come out only under a variant, and those that do not come out."""
    return paragraphs(
        _five_years(table), _country(table), _households(table), _revisions(table), _outcomes(table)
    )


def _value(table: pd.DataFrame, ref: str, indicator: str, area: str, column: str) -> float:
    rows = table[
        (table["ref"] == ref) & (table["indicator"] == indicator) & (table["area"] == area)
    ]
    return float(rows[column].iloc[0])


def _five_years(table: pd.DataFrame) -> str:
    own = _value(table, "figure-1", "recorded-crime", "leicestershire", "published")
    return (
        f"**Five-year changes.** The fall of {number(abs(own))} percent in recorded crime comes out "
        "only if fraud that the force itself recorded in 2011 stays in the earlier year, though "
        "the report says that fraud is excluded. By 2016 fraud had moved to Action Fraud, so this "
        "compares a total with fraud to one without, and overstates the fall. The change in "
        "victim-based crime, from which fraud is absent in both years, comes out as printed for "
        "the force."
    )


def _country(table: pd.DataFrame) -> str:
    total = _value(table, "figure-2", "recorded-crime", ENGLAND_AND_WALES, "published")
    victims = _value(table, "figure-2", "victim-based-crime", ENGLAND_AND_WALES, "published")
    return (
        f"**Rates of England and Wales.** The printed {number(total)} and {number(victims)} are "
        "above what the 43 forces give. Both come near when British Transport Police is counted "
        "in, which the report says it left out, but no single variant gives both: the first also "
        "needs the City of London left out, the second the counts of the quarterly table. The "
        "difference is within what later revisions can do, so the variants are a plausible "
        "reading, not a finding about how the report was made."
    )


def _households(table: pd.DataFrame) -> str:
    own = _value(table, "figure-2", "domestic-burglary", "leicestershire", "published")
    return (
        f"**Burglary.** The {number(own)} of the force and the value of England and Wales come out "
        "with the households of mid-2014. Population is said to be of mid-2015; household "
        "estimates appear later, and mid-2014 were probably the newest."
    )


def _revisions(table: pd.DataFrame) -> str:
    missed = table[(table["verdict"] == "not-reproduced")]
    kinds = missed["indicator"].map(lambda name: load_catalogue()[name].kind)
    recorded = int((kinds != "outcomes").sum())
    return (
        f"**Revisions.** {sentence_case(counted(recorded, 'number'))} on recorded crime do not "
        "come out. Forces revise what they have recorded: Avon and Somerset, for one, later added "
        "crimes to the years from 2015/16 onwards, which raises the change for England and Wales. "
        "The printed release of October 2016 is not public any more, so the difference cannot be "
        "split between revision and method."
    )


def _outcomes(table: pd.DataFrame) -> str:
    printed = _value(table, "figure-4", "outcome-total-assigned", "leicestershire", "published")
    now = _value(table, "figure-4", "outcome-total-assigned", "leicestershire", "computed")
    return (
        f"**Outcomes.** Figure 4 cannot be reproduced from later releases, and should not be: when "
        f"the report was made, {number(printed)} percent of offences had an outcome; in the later "
        f"release {number(now)} percent have. The shares of outcomes that were not in use, and "
        "stayed so, agree."
    )
