"""A made-up country of four forces, and small releases about it in the publishers' formats."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

FORCES = pd.DataFrame(
    [
        ("upper-test", "Upper Test", "E23999001", "North Test", "England"),
        ("middle-test", "Middle Test", "E23999002", "Middle Test", "England"),
        ("lower-test", "Lower and Test", "E23999003", "Middle Test", "England"),
        ("test-in-wales", "Testwales", "W15999001", "Wales", "Wales"),
    ],
    columns=["force", "area_name", "pfa_code", "region", "nation"],
)
SPELLINGS = [
    ("British Transport Police", "british-transport-police"),
    ("Test, Lower", "lower-test"),
    *FORCES[["area_name", "force"]].itertuples(index=False, name=None),
]
COUNTS = {
    "ENGLAND AND WALES7,8": 110,
    "ENGLAND": 60,
    "North Test": 10,
    "Upper Test": 10,
    "Middle Test ": 50,
    "Middle Test": 20,
    "Test, Lower10": 30,
    "WALES": 40,
    "Testwales": 40,
    "British Transport Police(2006)": 10,
}
CODES = {
    "ENGLAND AND WALES7,8": "K04000001",
    "ENGLAND": "E92000001",
    "North Test": "E12999001",
    "Upper Test": "E23999001",
    "Middle Test ": "E12999002",
    "Middle Test": "E23999002",
    "Test, Lower10": "E23999003",
    "WALES": "W92000004",
    "Testwales": "W15999001",
}


@pytest.fixture(autouse=True)
def made_up_country(tmp_path_factory, monkeypatch):
    """Put the four made-up forces in the place of the 43."""
    folder = tmp_path_factory.mktemp("made_up_country")
    FORCES.to_csv(folder / "forces.csv", index=False)
    pd.DataFrame(SPELLINGS, columns=["published_name", "force"]).to_csv(
        folder / "force_names.csv", index=False
    )
    monkeypatch.setenv("PEELBOOK_DATA", str(folder))
    return folder


@pytest.fixture
def write(tmp_path):
    """Write a text file and return its path."""

    def write_text(name: str, text: str):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_text


@pytest.fixture
def write_workbook(tmp_path):
    """Write a workbook of force area tables; `change` may spoil it before it is saved."""

    def write_book(change=None, with_series=True, with_codes=True):
        book = openpyxl.Workbook()
        _crime_sheet(book.active, "Table P1 ", COUNTS, "Numbers", "number of offences,")
        doubled = dict.fromkeys(COUNTS, 100)
        _crime_sheet(book.create_sheet(), "Table P2", doubled, "Percentage change", _COMPARING)
        _rates_sheet(book.create_sheet("Table P3"))
        _incidents_sheet(book.create_sheet("Table P7 "), with_codes)
        if with_series:
            _series_sheet(book.create_sheet("Table P9"), "population", 1000)
            _series_sheet(book.create_sheet("Table P10"), "household", 400)
        if change:
            change(book)
        path = tmp_path / "made-up-tables.xlsx"
        book.save(path)
        return path

    return write_book


_COMPARING = "percentage change, year ending december 2017 compared with"


def _crime_sheet(sheet, name, counts, unit, words):
    sheet.title = name
    sheet.append([f"Table: Police recorded crime, {words} year ending December 181,2"])
    sheet.append([])
    sheet.append(["England and Wales"])
    sheet.append([None, None, "Total recorded crime (excluding fraud3)", None, "Victim-based"])
    sheet.append(["Area Code", "Area Name", None, None, "Residental burglary4", "Robbery"])
    sheet.append([None, None, unit])
    for area, count in counts.items():
        robbery = "-" if area == "Testwales" and unit != "Numbers" else count
        sheet.append([CODES.get(area), area, count, None, count, robbery])
        sheet.cell(sheet.max_row, 3).number_format = "#,##0.0"
    sheet.append([])
    sheet.append(["Source: made up for a test"])
    sheet.append(["1. A note about 2018."])


def _rates_sheet(sheet):
    sheet.append(["Table P3: rate of offences, year ending December 181,2"])
    sheet.append([None, None, None, None, None, None, "Victim-based crime"])
    sheet.append(
        [
            "Area Code",
            "Area Name",
            "Population figures\n (mid-2017)3  rounded to 100",
            "Household figures\n (mid-2017)4  rounded to 100 ",
            "Total recorded crime (excluding fraud5)",
            None,
            "Residential burglary6",
            "Residential burglary (households) 6,7",
        ]
    )
    for area, count in COUNTS.items():
        if area.startswith("British"):
            continue
        people = 1000 * (count - (10 if area.startswith("ENGLAND AND") else 0))
        rate = "+" if area.startswith("Test, Lower") else count / people * 1000
        households = people * 0.4
        sheet.append(
            [CODES[area], area, people, households, rate, None, rate, count / households * 1000]
        )
    sheet.append(["Source: made up for a test"])
    sheet.append(["4. Based on 2016-based 2017 household projections."])


def _incidents_sheet(sheet, with_codes):
    pad = [None] if with_codes else []
    sheet.append(["Table P7: incidents, year ending March 2017 to year ending March 20181,2"])
    sheet.append(["England and Wales"])
    sheet.append([*pad, None, "Apr '16 to Mar '173", None, "Apr '17 to Mar '184, 5"])
    heading = ["Number of Incidents", "Rate per 1,000 population"]
    sheet.append([*pad, None, *heading, *heading])
    rows = {
        "ENGLAND AND WALES (inc. BTP)9": ("..", 110),
        "ENGLAND AND WALES (exc. BTP)": (100, 100),
        **{area: (count, count) for area, count in list(COUNTS.items())[1:-1]},
        "British Transport Police9": ("..", 10),
    }
    for area, (before, after) in rows.items():
        code = [CODES.get(area)] if with_codes else []
        sheet.append([*code, area, before, 1.5, after, 1.5])
    sheet.append(["Source: made up for a test"])


def _series_sheet(sheet, what, each):
    sheet.append([f"Table: Mid-year {what} estimates, 2015 to 20161"])
    sheet.append([None, None, "Mid-year"])
    sheet.append(["Area Code", "Area Name", 2015, 2016])
    for area, count in list(COUNTS.items())[:-1]:
        of_forces = count - (10 if area.startswith("ENGLAND AND") else 0)
        sheet.append([CODES[area], area, of_forces * each, of_forces * each])
    sheet.append(["Source: made up for a test"])
