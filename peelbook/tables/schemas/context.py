"""Tables about forces and areas: denominators, officers, arrests, severity, judgments."""

from __future__ import annotations

from peelbook.tables.schemas.columns import (
    ABOVE_0,
    AREA,
    AT_LEAST_0,
    FORCE,
    FORCE_43,
    GRADES,
    MID_YEAR,
    NOTE,
    PERCENT,
    PERIOD_END,
    QUESTIONS,
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

PRINTED_NUMBER = {
    "ref": code("Place in the report, short."),
    "place": text("Place in the report."),
    "label": text("What the number is, in our words."),
    "indicator": code("Indicator identifier."),
    "area": AREA,
    "period_start": day("First day of the period.", optional=True),
    "period_end": day("Last day of the period, or the day.", optional=True),
    "base_period_end": day("Last day of the 12 months compared with.", optional=True),
    "measure": chosen("A rate or share, a change, or a count.", "value", "change", "count"),
    "value": column("number", "The number as printed.", unit="as column unit"),
    "unit": text("Unit of the number."),
    "decimals": count("Decimals printed.", "decimals", AT_LEAST_0),
    "source": text("Source that the report names."),
    "note": NOTE,
}
"""Columns of the two tables of numbers that the 2016 report printed."""

CONTEXT_TABLES = (
    Table(
        "population",
        "Population by police force area",
        "Mid-year estimates of residents: of the force area tables, rounded to the nearest 100, "
        "where these have the year, otherwise summed from local authorities. The vintage says "
        "which; mid-2021 to mid-2023 are not held.",
        {
            "force": FORCE_43,
            "mid_year": count("Year of the mid-year estimate.", "year", MID_YEAR),
            "population": count("Resident population.", "people", ABOVE_0),
            "vintage": VINTAGE,
        },
        ("force", "mid_year"),
        ("force-area-tables", "authority-population", "authority-population-2024", "lookups"),
    ),
    Table(
        "households",
        "Households by police force area",
        "Mid-year households, rounded to the nearest 100; mid-2017 is on a newer basis, and 2021 "
        "is a count of the census. The basis says which.",
        {
            "force": FORCE_43,
            "mid_year": count("Year of the mid-year figure.", "year", MID_YEAR),
            "households": count("Households.", "households", ABOVE_0),
            "basis": text(
                "Household projections for England that the figure rests on, or the census."
            ),
            "vintage": VINTAGE,
        },
        ("force", "mid_year"),
        ("force-area-tables", "census-households", "lookups"),
    ),
    Table(
        "officers",
        "Police officers",
        "Officers on 31 March.",
        {
            "force": FORCE_43,
            "date": day("Day of the count."),
            "officers": number("Officers.", "full-time equivalent", ABOVE_0),
        },
        ("force", "date"),
        ("officers",),
    ),
    Table(
        "arrests",
        "Arrests",
        "Arrests in years ending in March, all offences.",
        {
            "force": FORCE_43,
            "period_end": PERIOD_END,
            "arrests": column(
                "integer",
                "Arrests; blank where the force supplied none.",
                AT_LEAST_0,
                unit="count",
                optional=True,
            ),
        },
        ("force", "period_end"),
        ("arrests",),
    ),
    Table(
        "crime_severity",
        "Crime Severity Score",
        "Score of all recorded crime, years ending in March. Forces are of the later release, which "
        "revised the earlier; England and Wales is in the earlier one only, to March 2022.",
        {
            "force": AREA,
            "period_end": PERIOD_END,
            "score": column(
                "number",
                "Crime Severity Score; blank where none is given.",
                AT_LEAST_0,
                unit="weighted offences per person",
                optional=True,
            ),
            "vintage": VINTAGE,
        },
        ("force", "period_end"),
        ("crime-severity", "crime-severity-later"),
    ),
    Table(
        "knife_crime",
        "Offences involving a knife",
        "Selected serious offences recorded in 12 months in which a knife or sharp instrument was "
        "used: all together since the year ending March 2011, and by offence for the years that a "
        "workbook is about. A special collection, not checked as closely as recorded crime.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "offence": code("Offence, or selected-serious-offences for all of them."),
            "offences": count("Offences that involved a knife.", "count", AT_LEAST_0),
            "share": column(
                "number",
                "Share of all such offences; blank where these are fewer than 50, and in tables put back "
                "as they stood in an earlier month.",
                PERCENT,
                unit="percent",
                optional=True,
            ),
            "vintage": VINTAGE,
        },
        ("force", "period_end", "offence"),
        ("force-area-tables",),
    ),
    Table(
        "asb_experience",
        "Experience of anti-social behaviour, from the crime survey",
        "Adults who experienced or saw anti-social behaviour in the 12 months. Small samples: "
        "estimates for a force area are a rough guide.",
        {
            "force": AREA,
            "period_end": PERIOD_END,
            "behaviour": code("Kind of behaviour, as published, in kebab case."),
            "share": number("Share of adults.", "percent", PERCENT),
            "adults_asked": count("Adults asked (unweighted base).", "people", AT_LEAST_0),
            "vintage": VINTAGE,
        },
        ("force", "period_end", "behaviour"),
        ("force-area-tables",),
    ),
    Table(
        "crime_data_integrity",
        "Inspections of crime recording",
        "Share of reported crime that was recorded, as estimated by the inspectorate from a "
        "sample of reports; reports of August 2016 to September 2017 on 14 forces.",
        {
            "force": FORCE_43,
            "report_date": day("Day of the report."),
            "year": count("Year of the inspection programme.", "year", MID_YEAR),
            "share_recorded": number(
                "Share of reported crime that was recorded.", "percent", PERCENT
            ),
            "crimes_unrecorded": count(
                "Reported crimes not recorded in a year, estimated.", "count", AT_LEAST_0
            ),
            "grade": chosen("How effective the force is at recording reported crime.", *GRADES),
            "overall": chosen("Overall grade of the inspection of crime recording.", *GRADES),
        },
        ("force", "report_date"),
        ("crime-data-integrity",),
    ),
    Table(
        "stop_and_search",
        "Stop and search",
        "Searches of people (and vehicles, for the earlier powers) in years ending in March, by "
        "power, with the arrests that followed.",
        {
            "force": FORCE,
            "period_end": PERIOD_END,
            "power": chosen(
                "Section 1 of the Police and Criminal Evidence Act 1984 and like powers; section "
                "60 of the Criminal Justice and Public Order Act 1994; section 44 or 47A of the "
                "Terrorism Act 2000.",
                "section-1",
                "section-60",
                "section-44-or-47a",
            ),
            "searches": column(
                "integer",
                "Searches; blank where the force supplied none.",
                AT_LEAST_0,
                unit="count",
                optional=True,
            ),
            "arrests": column(
                "integer",
                "Arrests that followed; blank where the force supplied none.",
                AT_LEAST_0,
                unit="count",
                optional=True,
            ),
        },
        ("force", "period_end", "power"),
        ("stop-and-search",),
    ),
    Table(
        "published_elsewhere",
        "Figures published about other forces",
        "Numbers of inspections of 2016 that pages or papers printed about forces. Where sources "
        "disagree, each value has its row, and the note says so.",
        {
            "force": FORCE_43,
            "measure": text("What the number is, as the source has it."),
            "period": text("Period as the source has it."),
            "period_start": day("First day of the period, where it is known.", optional=True),
            "period_end": day("Last day of the period, where it is known.", optional=True),
            "value": column("number", "The number as printed.", unit="as column unit"),
            "unit": text("Unit of the number."),
            "source_url": text("Address of the source."),
            "note": NOTE,
        },
        ("force", "measure", "period", "source_url"),
        ("published-elsewhere",),
        facts_only=True,
    ),
    Table(
        "judgments",
        "Published PEEL effectiveness judgments",
        "Grades that the inspectorate published, with the source of each.",
        {
            "force": FORCE_43,
            "year": count(
                "Year of the inspection programme; 2018 is that of 2018/19.", "year", MID_YEAR
            ),
            "question": chosen("Core question; overall; or anti-social behaviour.", *QUESTIONS),
            "grade": chosen("Grade.", *GRADES),
            "basis": chosen(
                "How the grade is known: a grade word was read, or it follows from the wording.",
                "explicit",
                "narrative",
                "carried-over",
                "elimination",
            ),
            "confidence": chosen("How well it is sourced.", "source", "two-sources", "derived"),
            "judged_in": column(
                "integer",
                "Year of the earlier inspection whose judgment stands; blank where it is this one.",
                MID_YEAR,
                unit="year",
                optional=True,
            ),
            "source_url": text("Address of the source."),
            "note": NOTE,
        },
        ("force", "year", "question"),
        ("judgments",),
    ),
    Table(
        "published_figures",
        "Figures of the 2016 report on Leicestershire",
        "Numbers that the report prints, to reproduce them or to quote them.",
        PRINTED_NUMBER,
        ("ref", "indicator", "area", "period_end", "measure"),
        ("report",),
    ),
    Table(
        "published_text_figures",
        "Further figures of the text of the 2016 report on Leicestershire",
        "Numbers that the report prints in its sentences only, kept by hand.",
        PRINTED_NUMBER,
        ("ref", "indicator", "area", "period_end", "measure"),
        ("report",),
        curated=True,
    ),
)
