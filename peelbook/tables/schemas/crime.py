"""Tables of crime: recorded crime, anti-social behaviour, outcomes, and the printed figures."""

from __future__ import annotations

import pandera.pandas as pa

from peelbook.tables.schemas.columns import (
    AREA,
    AT_LEAST_0,
    FORCE,
    FORCE_43,
    OFFENCE_GROUP,
    OUTCOME_TYPES,
    PERIOD_END,
    QUARTER_END,
    VINTAGE,
    Table,
    chosen,
    code,
    column,
    count,
    day,
    number,
    text,
)

OFFENCES = count("Offences recorded; below zero where more were cancelled than recorded.", "count")
OUTCOMES_OF_PERIOD = {
    "force": FORCE,
    "period_start": day("First day of the period in which the offences were recorded."),
    "period_end": day("Last day of the period in which the offences were recorded."),
    "measure": chosen(
        "One outcome type; charged or out of court, the sum of the types held; all offences that "
        "have been assigned an outcome; or all offences recorded, without fraud.",
        "outcome-type",
        "charged-or-out-of-court",
        "assigned",
        "recorded",
    ),
    "outcome_type": column(
        "integer",
        "Outcome type: 1, 2, 3, 6, 7, 8 or 22; blank for the other measures.",
        OUTCOME_TYPES,
        unit="type",
        optional=True,
    ),
    "offences": count("Offences.", "count", AT_LEAST_0),
    "vintage": VINTAGE,
}
OUTCOMES_OF_PERIOD_KEY = ("force", "period_start", "period_end", "measure", "outcome_type")
LINKED_OFFENCES = count("Offences recorded in the quarter that have this outcome.", "count")

CRIME_TABLES = (
    Table(
        "recorded_crime",
        "Recorded crime, rolling 12 months",
        "Offences recorded in 12 months by offence group; fraud recorded nationally is left out. "
        "Periods after the end of the rolling file are those of the force area tables.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "offence": OFFENCE_GROUP,
            "offences": OFFENCES,
            "vintage": VINTAGE,
        },
        ("force", "period_end", "offence"),
        ("rolling-crime", "force-area-tables"),
        "parquet",
    ),
    Table(
        "recorded_crime_year_before",
        "Recorded crime of the year before, as a newer release compares with it",
        "Offences recorded in 12 months as they stood when the force area tables for the next year "
        "came out, worked out from the count and the change that these print. A change to a period "
        "of those tables starts from here; offences with fewer than 50 to start from are missing.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "offence": OFFENCE_GROUP,
            "offences": OFFENCES,
            "vintage": VINTAGE,
        },
        ("force", "period_end", "offence"),
        ("force-area-tables",),
        "parquet",
    ),
    Table(
        "recorded_crime_quarterly",
        "Recorded crime by quarter",
        "Offences recorded in a quarter by offence subgroup; assault with injury stands apart.",
        {
            "force": FORCE,
            "quarter_end": QUARTER_END,
            "offence_group": OFFENCE_GROUP,
            "offence_subgroup": code("Offence subgroup, as published, in kebab case."),
            "offence": chosen("Single offence, or other.", "assault-with-injury", "other"),
            "offences": OFFENCES,
        },
        ("force", "quarter_end", "offence_group", "offence_subgroup", "offence"),
        ("quarterly-crime",),
        "parquet",
    ),
    Table(
        "recorded_crime_by_year",
        "Recorded crime by financial year, later release",
        "All offences recorded in years ending in March, without fraud, as revised since.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "offences": count("Offences recorded.", "count", AT_LEAST_0),
            "vintage": VINTAGE,
        },
        ("force", "period_end"),
        ("recorded-totals", "quarterly-crime"),
    ),
    Table(
        "recorded_crime_headline",
        "Headline offences of the newest year",
        "Offences recorded in 12 months by headline offence; some are part of others.",
        {
            "force": FORCE_43,
            "period_end": PERIOD_END,
            "offence": OFFENCE_GROUP,
            "part_of": code(
                "Offence that this one is counted in; blank for all recorded crime.", optional=True
            ),
            "offences": count("Offences recorded.", "count", AT_LEAST_0),
            "vintage": VINTAGE,
        },
        ("force", "period_end", "offence"),
        ("headline-crime",),
    ),
    Table(
        "earlier_vintages",
        "Figures as earlier releases had them",
        "What a later release replaced: each figure that another table of this package now takes "
        "from a newer release of the same period, changed or not.",
        {
            "table": chosen(
                "Table that holds the figure of the newest release.",
                "arrests",
                "asb_incidents",
                "crime_severity",
                "households",
                "knife_crime",
                "officers",
                "outcomes",
                "outcomes_by_quarter",
                "outcomes_by_year",
                "population",
                "recorded_crime",
                "recorded_crime_by_year",
                "recorded_crime_headline",
                "recorded_crime_quarterly",
                "recorded_crime_year_before",
            ),
            "force": code(
                "Police force identifier, british-transport-police or england-and-wales."
            ),
            "period_end": day(
                "Last day of the period that is counted, or day of the count; 30 June for an estimate "
                "of a mid-year."
            ),
            "item": column(
                "string",
                "Offence, where the table has several, or what else tells its rows of a period "
                "apart, with a stroke between them; all otherwise.",
                pa.Check.str_matches(r"^[a-z0-9-]+(/[a-z0-9-]*)*$"),
            ),
            "value": number("Figure of the earlier release.", "as the table"),
            "vintage": VINTAGE,
        },
        ("table", "force", "period_end", "item", "vintage"),
        ("force-area-tables", "authority-population", "census-households", "crime-severity"),
        "parquet",
    ),
    Table(
        "asb_incidents",
        "Anti-social behaviour incidents",
        "Incidents recorded in years ending in March.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "incidents": count("Incidents recorded.", "count", AT_LEAST_0),
            "vintage": VINTAGE,
        },
        ("force", "period_end"),
        ("force-area-tables",),
    ),
    Table(
        "outcomes",
        "Outcomes assigned to offences recorded",
        "Offences recorded in a quarter by the outcome they have been given since.",
        {
            "force": FORCE,
            "quarter_end": QUARTER_END,
            "offence_group": OFFENCE_GROUP,
            "outcome_type": count("Outcome type; 0 means not yet assigned.", "type", OUTCOME_TYPES),
            "offences": LINKED_OFFENCES,
        },
        ("force", "quarter_end", "offence_group", "outcome_type"),
        ("outcomes",),
        "parquet",
    ),
    Table(
        "outcomes_by_year",
        "Outcomes of the offences of 12 months, all forces",
        "Offences recorded in 12 months by the outcome they have been given since, for seven "
        "outcome types: financial years, and the 12 months to June 2016. A year that a force did "
        "not supply has no row but that of the offences recorded; what is assigned, against what "
        "was recorded, tells how complete a year is.",
        OUTCOMES_OF_PERIOD,
        OUTCOMES_OF_PERIOD_KEY,
        ("later-outcomes", "later-outcomes-by-quarter", "recorded-totals", "quarterly-crime"),
        "parquet",
    ),
    Table(
        "outcomes_by_quarter",
        "Outcomes of the offences of a quarter, all forces",
        "As the outcomes of 12 months, for the five quarters from April 2015 to June 2016.",
        OUTCOMES_OF_PERIOD,
        OUTCOMES_OF_PERIOD_KEY,
        ("later-outcomes-by-quarter", "quarterly-crime"),
        "parquet",
    ),
    Table(
        "outcome_types",
        "Outcome types",
        "Names and groups of the outcome types.",
        {
            "outcome_type": count("Outcome type.", "type", OUTCOME_TYPES),
            "name": text("Name of the outcome type."),
            "group": code("Identifier of the outcome group."),
            "group_name": text("Name of the outcome group."),
        },
        ("outcome_type",),
        ("outcomes",),
    ),
    Table(
        "outcomes_transcribed",
        "Outcomes transcribed by hand, 2014/15 to 2016/17",
        "Seven outcome types for Leicestershire and for England and Wales, which includes British "
        "Transport Police here; totals have no outcome type.",
        {
            "area": AREA,
            "quarter_end": QUARTER_END,
            "measure": chosen(
                "One outcome type, or a total: out of court, charged or out of court, assigned.",
                "outcome-type",
                "out-of-court",
                "charged-or-out-of-court",
                "assigned",
            ),
            "outcome_type": column(
                "integer",
                "Outcome type; blank for totals.",
                OUTCOME_TYPES,
                unit="type",
                optional=True,
            ),
            "offences": count("Offences with this outcome.", "count", AT_LEAST_0),
        },
        ("area", "quarter_end", "measure", "outcome_type"),
        ("outcomes-transcribed",),
    ),
    Table(
        "ons_printed",
        "Figures printed in the ONS police force area tables",
        "Counts, changes and rates as printed, to test computed ones against. England and Wales "
        "includes British Transport Police; cells with a marker instead of a number are left out.",
        {
            "workbook": text("Period that the workbook is about."),
            "table": chosen("Table of the workbook.", "P1", "P2", "P3", "P7"),
            "measure": chosen(
                "What is printed.",
                "offences",
                "percent-change",
                "rate-per-1000-population",
                "rate-per-1000-households",
                "incidents",
                "incident-rate",
            ),
            "force": code(
                "Police force identifier, england-and-wales (with British Transport Police) or "
                "england-and-wales-excluding-btp."
            ),
            "offence": code(
                "Offence group; recorded-crime is all but fraud; or anti-social behaviour."
            ),
            "period_end": PERIOD_END,
            "value": column("number", "Value held in the cell.", unit="as measure"),
            "decimals": count(
                "Decimals that the cell displays; 0 where the file's form does not say (ODS, XLS).",
                "decimals",
                AT_LEAST_0,
            ),
        },
        ("workbook", "table", "measure", "force", "offence", "period_end"),
        ("force-area-tables",),
        "parquet",
    ),
)
