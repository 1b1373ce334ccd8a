"""Tables kept by hand: forces, their names, exclusions, caveats, grades, releases."""

from __future__ import annotations

from peelbook.tables.schemas.columns import (
    FORCE,
    FORCE_43,
    FROM,
    INDICATOR_RULE,
    TO,
    Table,
    chosen,
    code,
    column,
    day,
    text,
)

CURATED_TABLES = (
    Table(
        "forces",
        "The 43 territorial forces",
        "Names of the forces as they were in 2016, and their areas.",
        {
            "force": FORCE_43,
            "name": text("Official name of the force in 2016."),
            "area_name": text("Name of the police force area."),
            "area_in_sentence": text("The area as it is named after 'in'."),
            "short_name": text("Label on charts."),
            "noun": chosen(
                "What to call the force in a sentence.", "the force", "the constabulary"
            ),
            "pfa_code": text("ONS code of the police force area."),
            "region": text("English region, or Wales."),
            "nation": chosen("Nation.", "England", "Wales"),
        },
        ("force",),
        ("force-names", "rolling-crime"),
        curated=True,
    ),
    Table(
        "force_names",
        "Spellings of force names",
        "Every spelling of a force's or an area's name that a release uses.",
        {"published_name": text("Name as published."), "force": FORCE},
        ("published_name",),
        ("force-names",),
        curated=True,
    ),
    Table(
        "exclusions",
        "Exclusions",
        "Forces and periods for which an indicator is not given, not ranked or not compared.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "effect": chosen(
                "excluded: no value and not in the England and Wales value; not-ranked: shown with "
                "its note only; no-change: no change over time.",
                "excluded",
                "not-ranked",
                "no-change",
            ),
            "reason": text("Why."),
            "source": text("Where the reason is stated."),
        },
        ("indicator", "force", "period_from", "effect"),
        ("report", "force-area-tables"),
        curated=True,
    ),
    Table(
        "missing_values",
        "Why a value is missing",
        "The reason for a dash, for an indicator, a force and a period.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "reason": text("Why there is no value, one sentence."),
            "source": text("How this is known."),
        },
        ("indicator", "force", "period_from"),
        ("report",),
        curated=True,
    ),
    Table(
        "caveats",
        "Caveats",
        "What a reader should know about an indicator for a force and period.",
        {
            "indicator": INDICATOR_RULE,
            "force": code("Police force identifier, or all."),
            "period_from": FROM,
            "period_to": TO,
            "caveat": text("The caveat, one sentence."),
            "source": text("Where it is stated."),
            "explains_change": column(
                "boolean",
                "Whether it explains, or says that nothing explains, a change from the year before "
                "that is beyond any plausible year.",
            ),
            "breaks_series": column(
                "boolean",
                "Whether figures from `period_from` on do not compare with those before, so that no "
                "sentence goes from one to the other.",
            ),
            "beside_a_trend": text(
                "What is said of it beside a trend: of a year that the trend starts from; or, where "
                "the series breaks, of the years before.",
                optional=True,
            ),
        },
        ("indicator", "force", "period_from", "caveat"),
        ("report", "force-area-tables"),
        curated=True,
    ),
)

RELEASES_TABLE = Table(
    "releases",
    "Files that the tables were built from",
    "What each file says of itself: nothing here is known from elsewhere. Blank means that the "
    "file does not say.",
    {
        "release": code("Identifier of the release."),
        "file": text("Name of the file."),
        "title": text("Title that the file gives itself.", optional=True),
        "edition": text("Edition or periods, as the file has them.", optional=True),
        "released": text("When it came out, if the file or its name says so."),
        "period_from": day("First day, period end or mid-year in the file.", optional=True),
        "period_to": day("Last day, period end or mid-year in the file.", optional=True),
        "sha256": text("Hash of the file."),
    },
    ("release", "file"),
    (),
)
