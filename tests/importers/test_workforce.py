"""Tables of police workforce: officers of 31 March out of a workbook that has other days as well."""

from datetime import datetime

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.officers import read_officers
from peelbook.importers.recognise import recognise
from peelbook.importers.survey import survey

SEPTEMBER_18, MARCH_19, SEPTEMBER_19 = (
    datetime(2018, 9, 30),
    datetime(2019, 3, 31),
    datetime(2019, 9, 30),
)
AREAS = {
    "North Test ": 10.5,
    "Upper Test": 10.5,
    "Middle Test ": 50.25,
    "Middle Test": 20.0,
    "Test, Lower1": 30.25,
    "Wales": 40.0,
    "Testwales": 40.0,
    "Total 43 forces": 100.75,
    "Central Service Secondments": 3.0,
    "British Transport Police": 7.0,
    "Total": 110.75,
}
MARCH = {"upper-test": 10.5, "middle-test": 20.0, "lower-test": 30.25, "test-in-wales": 40.0}


def officers(*days, areas=AREAS, unit="Full-time equivalents", factor=1.0):
    """Return a sheet as published; the count of 31 March is as in `areas`, of other days more."""
    told = [f"{day.day} {day:%B %Y}" if isinstance(day, datetime) else day for day in days]
    change = "Change in 6 months \nMar-19 to Sep-19"
    rows = [
        [f"Table 1: Police officers by police force area, England and Wales, {', '.join(told)}"],
        [],
        ["England and Wales", None, None, unit],
        [None, "As at:", *[None] * len(days), change],
        [None, *days, "number", "%"],
    ]
    for area, count in areas.items():
        march = [str(day).startswith(("2019-03-31", "31")) for day in days]
        rows.append([area, *(factor * count * (1 if one else 2) for one in march), 1.0, 0.1])
    return pd.DataFrame([*rows, [None, None, "Source: made up"], ["1. A note on 2019."]])


@pytest.fixture
def save(tmp_path):
    """Write sheets as a workbook; the cover comes first."""

    def write(name, **of_sheets):
        path = tmp_path / name
        cover = pd.DataFrame([["Police Workforce, England and Wales"], ["Table number"]])
        with pd.ExcelWriter(str(path)) as book:
            for sheet, frame in {"Index": cover, **of_sheets}.items():
                frame.to_excel(book, sheet_name=sheet, header=False, index=False)
        return path

    return write


def read(path):
    rows = read_officers(path)
    assert rows["date"].eq("2019-03-31").all()
    return rows.set_index("force")["officers"].to_dict()


@pytest.mark.parametrize("name", ["tables.ods", "tables.xlsx"])
def test_officers_of_31_march_are_read_and_of_september_are_left(save, name):
    heads = officers(MARCH_19, SEPTEMBER_19, unit="Headcount", factor=1.5)
    path = save(name, Table_7=heads, Table_1=officers(SEPTEMBER_18, MARCH_19, SEPTEMBER_19))
    assert recognise(path).releases == ("officers",)
    assert read(path) == MARCH
    told = survey(path)
    assert "  taken: 31 March 2019" in told
    said = "  left: 30 September 2018, 30 September 2019; the table of officers holds those of 31 March"
    assert said in told


@pytest.mark.parametrize("day", ["31 March 2019", "31-Mar-19", "31 March 2019 [note 2]"])
def test_day_may_be_written_out(save, day):
    assert read(save("tables.xlsx", Table_1=officers(day))) == MARCH


@pytest.mark.parametrize("name", ["tables.ods", "tables.xlsx"])
def test_workbook_of_september_alone_is_not_taken_for_march(save, name):
    path = save(name, Table_1=officers(SEPTEMBER_18, SEPTEMBER_19))
    assert recognise(path).releases == ("officers",)
    assert "  taken: nothing, as no column is of 31 March" in survey(path)
    with pytest.raises(ReleaseFormatError) as error:
        read_officers(path)
    assert str(error.value) == (
        f"{name}, sheet Table_1, row 5: officers as at 30 September 2018, 30 September 2019; the table "
        "of officers holds those as at 31 March"
    )


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        (AREAS | {"Total 43 forces": 130.75}, "'Total 43 forces' is 130.75, but its forces add up"),
        ({a: n for a, n in AREAS.items() if a != "Middle Test"}, "but its forces add up to 131.00"),
        (AREAS | {"Nowhere": 1.0}, "unknown force 'Nowhere'"),
        (
            AREAS | {"Upper Test": "..", "Total 43 forces": 90.25},
            "'..' in officers is not a number",
        ),
    ],
)
def test_table_that_does_not_hold_is_refused(save, areas, said):
    frame = officers(
        MARCH_19, areas={a: n if isinstance(n, float) else 0 for a, n in areas.items()}
    )
    for row in frame.index[frame[0].map(areas).eq("..")]:
        frame.loc[row, 1] = ".."
    with pytest.raises(ReleaseFormatError, match=said.replace(".", r"\.")):
        read_officers(save("tables.xlsx", Table_1=frame))


def test_heads_are_not_taken_for_full_time_equivalents(save):
    path = save("tables.xlsx", Table_7=officers(MARCH_19, unit="Headcount"))
    with pytest.raises(
        ReleaseFormatError, match="no sheet of police officers by police force area"
    ):
        read_officers(path)


@pytest.mark.parametrize(
    ("file", "year"),
    [("police-workforce-sep19-tables.ods", 2019), ("police-workforce-tables-sep16.ods", 2016)],
)
def test_published_workbooks_agree_with_the_series(source, committed, monkeypatch, file, year):
    monkeypatch.setenv("PEELBOOK_DATA", str(committed))
    rows = read_officers(source / "later" / file)
    held = pd.read_csv(committed / "officers.csv", parse_dates=["date"])
    both = rows.merge(held, on=["force", "date"])
    assert len(both) == 43
    assert set(both["date"].dt.year) == {year}
    assert both["officers_x"].equals(both["officers_y"])
