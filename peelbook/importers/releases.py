"""The publishers' releases that the tables of `data/` are built from: by whom, what, where.

What a file alone can say (edition, periods, when it came out) is read from it and kept in the
table `releases`; see `provenance`.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN_DATA_TABLES = "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables"
FORCE_AREA_TABLES = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
    "policeforceareadatatables"
)
COMMUNITY_SAFETY_TABLES = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
    "recordedcrimedatabycommunitysafetypartnershiparea"
)
SEVERITY_SCORE = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/crimeandjustice/datasets/"
    "crimeseverityscoreexperimentalstatistics"
)
POPULATION = (
    "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates"
)
POWERS = "https://www.gov.uk/government/collections/police-powers-and-procedures-england-and-wales"
BOUNDARIES = "https://geoportal.statistics.gov.uk/"
PEEL = "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/peel-2016/"
CRIME_DATA_INTEGRITY = (
    "https://hmicfrs.justiceinspectorates.gov.uk/our-work/article/crime-data-integrity/"
)
NOT_STATED = "date not stated in the file"
HOME_OFFICE = "Home Office"
ONS = "Office for National Statistics"


@dataclass(frozen=True)
class Release:
    """One publication; `pattern` finds its files in the source folder.

    `headings` are those by which a file of it is known whatever its name: all of one group stand
    in one row. Digits in them stand for any (see `recognise`).
    `released` is given only where it is printed on the publication itself; `date_in_name` finds
    it in the name of a file that bears it. `vintage` are the words by which rows that were read
    from it begin to say their vintage. `also` finds further files, of which there may be none.
    """

    publisher: str
    title: str
    address: str
    pattern: str
    released: str = NOT_STATED
    date_in_name: str = ""
    headings: tuple[tuple[str, ...], ...] = ()
    vintage: str = ""
    also: str = ""


RELEASES = {
    "findings": Release(
        "HMIC, HMICFRS, police and crime commissioners and local press",
        "Published findings on each force from the inspections of 2016, 2017 and 2018/19, coded in "
        "our own words; each finding names its source",
        "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/",
        "../findings/findings.csv",
        headings=(
            (
                "force",
                "year",
                "id",
                "sub_question",
                "finding",
                "polarity",
                "weight",
                "evidence_kind",
            ),
        ),
    ),
    "rolling-crime": Release(
        "Home Office and Office for National Statistics",
        "Police recorded crime by police force area, rolling 12 months (rec-crime-pfa)",
        OPEN_DATA_TABLES,
        "recorded_crime/rec-crime-pfa*.csv",
        headings=(("12 months ending", "PFA", "Offence", "Rolling year total number of offences"),),
        vintage="rolling 12 months",
    ),
    "quarterly-crime": Release(
        HOME_OFFICE,
        "Police recorded crime open data tables by police force area",
        OPEN_DATA_TABLES,
        "recorded_crime/prc-pfa-*.parquet",
        date_in_name=r"-onwards-([a-z]{3})(20\d\d)\.",
        headings=(
            (
                "Financial Year",
                "Financial Quarter",
                "Force Name",
                "Offence Code",
                "Number of Offences",
            ),
        ),
        vintage="quarterly open data",
    ),
    "recorded-totals": Release(
        HOME_OFFICE,
        "Police recorded crime open data, totals by force and financial year, transcribed from a "
        "public dashboard of them",
        OPEN_DATA_TABLES,
        "later/recorded-crime-*-by-force-transcribed.csv",
        headings=(("slug", "fy", "recorded_crime"),),
        vintage="recorded crime totals",
    ),
    "headline-crime": Release(
        ONS,
        "Recorded crime by community safety partnership area, table C2",
        COMMUNITY_SAFETY_TABLES,
        "later/policeforceareatables*.csv",
        headings=(("Police Force Area code", "Community Safety Partnership code"),),
        vintage="ONS PFA tables",
    ),
    "force-area-tables": Release(
        ONS,
        "Crime in England and Wales: police force area data tables",
        FORCE_AREA_TABLES,
        "ons_pfa_tables/*.xlsx",
        vintage="ONS PFA tables",
    ),
    "outcomes": Release(
        HOME_OFFICE,
        "Crime outcomes in England and Wales open data",
        OPEN_DATA_TABLES,
        "outcomes/outcomes-20??-??.csv.gz",
        headings=(
            ("Financial Year", "Financial Quarter", "Force Name", "Outcome Group", "Outcome Type"),
        ),
    ),
    "outcomes-transcribed": Release(
        HOME_OFFICE,
        "Crime outcomes open data, a later release, transcribed by hand for Leicestershire and for "
        "England and Wales",
        OPEN_DATA_TABLES,
        "outcomes/outcomes-*-transcribed.csv",
        headings=(("area", "fy", "q", "t1", "oocd", "positive", "assigned"),),
    ),
    "later-outcomes": Release(
        HOME_OFFICE,
        "Crime outcomes open data, offences of each financial year by force, transcribed from a "
        "public dashboard of them",
        OPEN_DATA_TABLES,
        "later/outcomes-recorded-basis-20*-by-force-transcribed.csv",
        headings=(("slug", "fy", "t1", "positive", "assigned"),),
        vintage="outcomes open data",
    ),
    "later-outcomes-by-quarter": Release(
        HOME_OFFICE,
        "Crime outcomes open data, offences of five quarters by force, transcribed from a public "
        "dashboard of them",
        OPEN_DATA_TABLES,
        "later/outcomes-recorded-basis-quarters-*-by-force-transcribed.csv",
        headings=(("slug", "fy", "quarter", "t1", "oocd", "positive", "assigned"),),
        vintage="outcomes open data",
    ),
    "boundaries": Release(
        ONS,
        "Police Force Areas Boundaries EW BUC; contains OS data, Crown copyright and database right",
        BOUNDARIES,
        "boundaries/pfa_*.geojson",
        date_in_name=r"_([a-z]{3})(20\d\d)_",
    ),
    "judgments": Release(
        "Her Majesty's Inspectorate of Constabulary (and Fire & Rescue Services)",
        "PEEL effectiveness judgments, collected from force pages and press lists",
        PEEL,
        "../findings/judgments_*.csv",
        headings=(("force", "year", "question", "grade", "basis", "judged_in"),),
    ),
    "force-names": Release(
        "Office for National Statistics and data.police.uk",
        "Police force area codes and names",
        BOUNDARIES,
        "forces/force_lookup_43.csv",
        headings=(("pfa_code", "boundary_name", "data_police_uk_slug"),),
    ),
    "authority-population": Release(
        ONS,
        "Mid-year population estimates by local authority",
        POPULATION,
        "population/*pop-data.csv.gz",
        headings=(("code", "name", "year", "population"),),
        vintage="ONS estimates by local authority",
    ),
    "authority-population-2024": Release(
        ONS,
        "Mid-year population estimates for England and Wales by local authority, table MYE2",
        POPULATION,
        "population/mye*.csv",
        headings=(("Code", "Name", "Geography", "All ages"),),
        vintage="ONS estimates by local authority",
    ),
    "lookups": Release(
        ONS,
        "Local authority to police force area lookups",
        BOUNDARIES,
        "population/lad_to_pfa_*.csv",
        headings=(
            ("lad21cd", "pfa21cd"),
            ("ltla24_code", "pfa24_code"),
        ),
        vintage="by local authority",
    ),
    "census-households": Release(
        ONS,
        "Households by local authority",
        "https://www.ons.gov.uk/census",
        "population/households_census*.csv",
        headings=(("ltla21_code", "households"),),
        vintage="ONS Census",
    ),
    "officers": Release(
        HOME_OFFICE,
        "Police workforce, England and Wales: officers by force on 31 March",
        "https://www.gov.uk/government/collections/police-workforce-england-and-wales",
        "context/police-numbers-data.csv.gz",
        headings=(("year", "force_name", "officers"),),
        also="later/police-workforce-*.ods",
    ),
    "arrests": Release(
        HOME_OFFICE,
        "Police powers and procedures, England and Wales: arrests open data",
        POWERS,
        "context/police-arrests-data.csv.gz",
        headings=(("financial_year", "force_name", "offence_group", "ethnic_group", "arrests"),),
    ),
    "stop-and-search": Release(
        HOME_OFFICE,
        "Police powers and procedures, England and Wales: stop and search open data",
        POWERS,
        "later/stop-and-search-*.csv.gz",
        headings=(("year_ending", "force_name", "legislation", "searches", "resultant_arrests"),),
    ),
    "crime-severity": Release(
        ONS,
        "Crime Severity Score (experimental statistics)",
        SEVERITY_SCORE,
        "context/crime-pressure-force-*-data.csv.gz",
        headings=(("offence_group", "code", "name", "severity_score", "year_ending"),),
        vintage="Crime Severity Score",
    ),
    "crime-severity-later": Release(
        ONS,
        "Crime Severity Score (experimental statistics), later release",
        SEVERITY_SCORE,
        "later/crime-severity-score-*.csv",
        headings=(("code", "name", "year", "score"),),
        vintage="Crime Severity Score",
    ),
    "crime-data-integrity": Release(
        "Her Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
        "Crime data integrity inspections, as the BBC Shared Data Unit compiled them from the "
        "reports",
        CRIME_DATA_INTEGRITY,
        "later/crime-data-integrity-*.xlsx",
        headings=(("Force", "Overall", "Crimes unrecorded %", "Crimes recorded %"),),
    ),
    "published-elsewhere": Release(
        "The source named in each row",
        "Figures of inspections of 2016 printed on pages and in papers",
        PEEL,
        "../findings/numbers.csv",
        headings=(("force", "indicator", "period", "value", "unit", "source_url"),),
    ),
    "report": Release(
        "Her Majesty's Inspectorate of Constabulary",
        "PEEL: Police effectiveness 2016, an inspection of Leicestershire Police",
        PEEL,
        "../published/*.csv",
        released="March 2017",
        headings=(("ref", "indicator", "area", "period", "value", "decimals"),),
    ),
}
