"""The publishers' releases that the tables of `data/` are built from: where, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_DATA_TABLES = "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables"
FORCE_AREA_TABLES = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
    "policeforceareadatatables"
)
BOUNDARIES = "https://geoportal.statistics.gov.uk/"
PEEL = "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/peel-2016/"
NOT_STATED = "date not stated in the file"


@dataclass(frozen=True)
class Release:
    """One publication; `pattern` finds its files in the source folder."""

    publisher: str
    title: str
    released: str
    address: str
    pattern: str = ""


RELEASES = {
    "findings": Release(
        "HMIC, HMICFRS, police and crime commissioners and local press",
        "Published findings on each force from the inspections of 2016, 2017 and 2018/19, coded in "
        "our own words; each finding names its source",
        "date of each source not stated",
        "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/",
        "../findings/findings.csv",
    ),
    "rolling-crime": Release(
        "Home Office and Office for National Statistics",
        "Police recorded crime by police force area, rolling 12 months (rec-crime-pfa), "
        "to December 2018",
        "25 April 2019",
        OPEN_DATA_TABLES,
        "recorded_crime/rec-crime-pfa*.csv",
    ),
    "quarterly-crime": Release(
        "Home Office",
        "Police recorded crime open data tables by police force area, from the year ending March "
        "2013",
        "19 October 2023",
        OPEN_DATA_TABLES,
        "recorded_crime/prc-pfa-*.parquet",
    ),
    "force-area-tables": Release(
        "Office for National Statistics",
        "Crime in England and Wales: police force area data tables, years ending March 2018, "
        "December 2018 and March 2019",
        "19 July 2018 (later replaced by version 2), 25 April 2019 and 18 July 2019",
        FORCE_AREA_TABLES,
        "ons_pfa_tables/*.xlsx",
    ),
    "outcomes": Release(
        "Home Office",
        "Crime outcomes in England and Wales open data, years ending March 2018 and March 2019",
        NOT_STATED,
        OPEN_DATA_TABLES,
        "outcomes/outcomes-20??-??.csv.gz",
    ),
    "outcomes-transcribed": Release(
        "Home Office",
        "Crime outcomes open data, re-release of 2024, transcribed by hand for Leicestershire and "
        "for England and Wales",
        "2024",
        OPEN_DATA_TABLES,
        "outcomes/outcomes-*-transcribed.csv",
    ),
    "boundaries": Release(
        "Office for National Statistics",
        "Police Force Areas (December 2022) Boundaries EW BUC; contains OS data, Crown copyright "
        "and database right",
        "December 2022",
        BOUNDARIES,
        "boundaries/pfa_*.geojson",
    ),
    "judgments": Release(
        "Her Majesty's Inspectorate of Constabulary (and Fire & Rescue Services)",
        "PEEL effectiveness judgments 2014 to 2018/19, collected from force pages and press lists",
        "2014 to 2019",
        PEEL,
        "../findings/judgments_*.csv",
    ),
    "force-names": Release(
        "Office for National Statistics and data.police.uk",
        "Police force area codes and names",
        "December 2022",
        BOUNDARIES,
        "forces/force_lookup_43.csv",
    ),
    "officers": Release(
        "Home Office",
        "Police workforce, England and Wales: officers by force on 31 March",
        NOT_STATED,
        "https://www.gov.uk/government/collections/police-workforce-england-and-wales",
        "context/police-numbers-data.csv.gz",
    ),
    "arrests": Release(
        "Home Office",
        "Police powers and procedures, England and Wales: arrests open data",
        NOT_STATED,
        "https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales",
        "context/police-arrests-data.csv.gz",
    ),
    "crime-severity": Release(
        "Office for National Statistics",
        "Crime Severity Score (experimental statistics), years ending March 2003 to March 2022",
        "2022",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
        "crimeseverityscoreexperimentalstatistics",
        "context/crime-pressure-force-*-data.csv.gz",
    ),
    "report": Release(
        "Her Majesty's Inspectorate of Constabulary",
        "PEEL: Police effectiveness 2016, an inspection of Leicestershire Police",
        "March 2017",
        PEEL,
        "../published/*.csv",
    ),
}
