"""Title, edition and date of a source are those of the files that were read."""

import hashlib

import pandas as pd
import pytest

from peelbook.errors import DataIntegrityError
from peelbook.importers.provenance import Library, sources_of_releases
from peelbook.importers.releases import NOT_STATED, RELEASES


@pytest.fixture
def folder(tmp_path):
    """Return an empty source folder; `put` writes a file below it."""

    def put(name, text="made up"):
        path = tmp_path / "opendata" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    (tmp_path / "opendata").mkdir()
    put.folder = tmp_path / "opendata"
    return put


def rows(column, *values):
    return pd.DataFrame({column: pd.to_datetime(list(values)) if values else []})


def source(library, release):
    return sources_of_releases([release], library.notes())[0]


def test_periods_of_a_source_are_those_in_the_file(folder):
    file = folder("recorded_crime/rec-crime-pfa-made-up.csv")
    library = Library(folder.folder)
    library.read("rolling-crime", lambda _: rows("period_end", "2010-03-31", "2011-06-30"))
    note = library.notes().iloc[0]
    assert (note["edition"], note["released"]) == ("March 2010 to June 2011", NOT_STATED)
    assert note["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    told = source(library, "rolling-crime")
    assert told["title"] == f"{RELEASES['rolling-crime'].title}, March 2010 to June 2011"
    assert told["released"] == NOT_STATED


def test_quarters_begin_three_months_before_their_first_end(folder):
    folder("outcomes/outcomes-2017-18.csv.gz")
    library = Library(folder.folder)
    library.read("outcomes", lambda _: rows("quarter_end", "2017-06-30", "2018-03-31"))
    assert library.notes().iloc[0]["edition"] == "April 2017 to March 2018"


def test_date_of_release_is_read_from_the_name_that_bears_it(folder):
    folder("recorded_crime/prc-pfa-mar2013-onwards-jan2031.parquet")
    library = Library(folder.folder)
    library.read("quarterly-crime", lambda _: rows("quarter_end", "2012-06-30"))
    assert source(library, "quarterly-crime")["released"] == "January 2031"


def test_editions_of_workbooks_are_those_of_their_titles(folder):
    library = Library(folder.folder)
    for year in (2018, 2019):
        file = folder(f"ons_pfa_tables/{year}.xlsx")
        title = f"Crime in England & Wales, year ending March {year} - PFA tables"
        library.note("force-area-tables", file, rows("period_end", f"{year}-03-31"), title)
    assert source(library, "force-area-tables")["title"].endswith(
        ", years ending March 2018 and March 2019"
    )
    assert library.notes()["title"].str.startswith("Crime in England & Wales").all()


@pytest.mark.parametrize(
    ("frame", "edition"),
    [
        (pd.DataFrame({"mid_year": [2001, 2020]}), "mid-2001 to mid-2020"),
        (pd.DataFrame({"mid_year": [2021], "basis": ["Census 2021"]}), "Census 2021"),
        (pd.DataFrame({"year": [2014, 2018]}), "2014 to 2018"),
    ],
)
def test_years_of_a_source_are_those_in_the_file(folder, frame, edition):
    library = Library(folder.folder)
    library.note("officers", folder("context/police-numbers-data.csv.gz"), frame)
    assert library.notes().iloc[0]["edition"] == edition


def test_release_of_which_no_file_was_read_has_no_edition(folder):
    library = Library(folder.folder)
    library.note("officers", folder("context/police-numbers-data.csv.gz"))
    told = source(library, "arrests")
    assert (told["title"], told["released"]) == (RELEASES["arrests"].title, NOT_STATED)


def test_files_are_found_in_any_of_several_folders_and_beside_them(folder, tmp_path):
    beside = tmp_path / "findings" / "judgments_made_up.csv"
    beside.parent.mkdir()
    beside.write_text("made up", encoding="utf-8")
    assert Library(folder.folder).files("judgments") == [beside]
    other = tmp_path / "elsewhere" / "context"
    other.mkdir(parents=True)
    (other / "police-numbers-data.csv.gz").write_text("made up", encoding="utf-8")
    library = Library([folder.folder, other.parent])
    assert library.files("officers") == [other / "police-numbers-data.csv.gz"]
    with pytest.raises(DataIntegrityError, match="arrests"):
        library.files("arrests")
