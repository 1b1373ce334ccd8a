"""One table in every form that a publisher issues it in, and twelve ways in which one is spoilt."""

import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.ons_tables import read_crime_tables, read_households, read_population
from peelbook.importers.recorded_crime import read_quarterly_crime
from peelbook.importers.spreadsheets import form_of

FORCES = (
    "Upper Test",
    "Middle Test",
    "Test, Lower",
    "Testwales",
    "British Transport Police",
    "Action Fraud",
)
OFFENCES = (
    ("Assault with injury", "Violence against the person", "Violence with injury", "8N"),
    ("Robbery of business property", "Robbery", "Robbery of business property", "34A"),
)
HEADINGS = (
    "Financial Year",
    "Financial Quarter",
    "Force Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Number of Offences",
)
COVER = pd.DataFrame([["Police recorded crime open data"], ["Made up for a test"]])


def of_year(year):
    """Return a made-up year: 100 offences of each kind in each force, more by the quarter."""
    rows = [
        (year, quarter, force, *offence, 100 * quarter)
        for quarter in (1, 2, 3, 4)
        for force in FORCES
        for offence in OFFENCES
    ]
    return pd.DataFrame(rows, columns=HEADINGS)


def sheets():
    return {"2018-19": of_year("2018/19"), "2019-20": of_year("2019/20")}


@pytest.fixture
def save(tmp_path):
    """Write sheets as a workbook as published, with a cover before and notes behind."""

    def write(of_years, name="release.xlsx", above=0):
        path = tmp_path / name
        with pd.ExcelWriter(str(path)) as book:
            COVER.to_excel(book, sheet_name="Cover", header=False, index=False)
            for sheet, frame in of_years.items():
                frame.to_excel(book, sheet_name=sheet, index=False, startrow=above)
            COVER.to_excel(book, sheet_name="Notes", header=False, index=False)
        return path

    return write


@pytest.fixture
def meant(tmp_path):
    path = tmp_path / "release.parquet"
    pd.concat(sheets().values()).to_parquet(path)
    return read_quarterly_crime(path)


def test_ods_xlsx_csv_and_parquet_of_one_table_are_read_to_the_same_frame(save, meant, tmp_path):
    xlsx, ods = save(sheets()), save(sheets(), "release.ods")
    text = tmp_path / "release.csv"
    pd.concat(sheets().values()).to_csv(text, index=False)
    assert [form_of(path) for path in (xlsx, ods, text)] == ["XLSX", "ODS", "CSV"]
    for path in (xlsx, ods, text):
        pd.testing.assert_frame_equal(read_quarterly_crime(path), meant)
    assert meant["offences"].sum() == 2 * 5 * 2 * (100 + 200 + 300 + 400)


def test_form_is_that_of_the_content_and_not_of_the_name(save, meant):
    path = save(sheets(), "release.ods")
    pd.testing.assert_frame_equal(
        read_quarterly_crime(path.rename(path.with_suffix(".csv"))), meant
    )


def by_libreoffice(path, form, folder):
    """Write a workbook again with LibreOffice, which has its own idea of cells, styles and ends."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form}"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ods", "xlsx", "xls"])
def test_workbook_written_by_libreoffice_is_read_to_the_same_frame(save, meant, tmp_path, form):
    written = by_libreoffice(save(sheets()), form, tmp_path / "written")
    assert form_of(written) == form.upper()
    pd.testing.assert_frame_equal(read_quarterly_crime(written), meant)


def columns_renamed(frame):
    return frame.rename(columns=lambda name: name.replace(" ", ".").upper())


def columns_reordered_and_one_more(frame):
    return frame[list(reversed(frame.columns))].assign(**{"Offence code expired": None})


def blank_row_between(frame):
    return pd.concat([frame.iloc[:5], pd.DataFrame([{}]), frame.iloc[5:]])


@pytest.mark.parametrize(
    "change", [columns_renamed, columns_reordered_and_one_more, blank_row_between]
)
def test_what_a_publisher_may_do_changes_nothing(save, meant, change):
    path = save({name: change(frame) for name, frame in sheets().items()}, above=3)
    pd.testing.assert_frame_equal(read_quarterly_crime(path), meant)


def set_cell(column, value):
    def change(frame):
        frame = frame.astype("object")
        frame.loc[frame.index[0], column] = value
        return frame

    return change


COUNT = "Number of Offences"
SPOILT = {
    "a column is missing": (
        lambda frame: frame.drop(columns=COUNT),
        r"sheet 2019-20, row 1: no column 'Number of Offences' among Financial Year",
    ),
    "a column is there twice": (
        lambda frame: pd.concat([frame, frame[[COUNT]]], axis=1),
        "sheet 2019-20, row 1: two columns 'Number of Offences'",
    ),
    "text in a number": (
        set_cell(COUNT, "many"),
        "row 2 of sheet 2019-20: 'many' is not a whole number of offences",
    ),
    "half an offence": (
        set_cell(COUNT, 2.5),
        "row 2 of sheet 2019-20: '2.5' is not a whole number",
    ),
    "an empty cell": (set_cell(COUNT, None), "row 2 of sheet 2019-20: '' is not a whole number"),
    "a force that is not known": (
        set_cell("Force Name", "Upper Tset"),
        "row 2 of sheet 2019-20: unknown force 'Upper Tset': did you mean upper test",
    ),
    "a force left out": (
        lambda frame: frame[frame["Force Name"].ne("Testwales")],
        r"no row for test-in-wales \(30 June 2019\)",
    ),
    "a row left out": (lambda frame: frame.drop(index=2), "no row for middle-test: 30 June 2019"),
    "a row twice": (
        lambda frame: pd.concat([frame, frame.iloc[:1]]),
        "row 50 of sheet 2019-20: the same force, quarter and offence twice",
    ),
    "a quarter left out": (
        lambda frame: frame[frame["Financial Quarter"].ne(2)],
        "nothing between 30 June 2019 and 31 December 2019",
    ),
    "a year that is none": (
        set_cell("Financial Year", "2019/21"),
        "row 2 of sheet 2019-20: '2019/21', quarter '1' is not a quarter",
    ),
    "a total among the offences": (
        set_cell("Offence Description", "All offences"),
        "row 2 of sheet 2019-20: 'All offences' in description is a total",
    ),
    "figures without a heading": (
        lambda frame: frame.assign(**{"": 7}),
        "sheet 2019-20, row 2: more cells than there are headings",
    ),
    "the year before again": (
        lambda frame: frame.assign(**{"Financial Year": "2018/19"}),
        "row 2 of sheet 2019-20: the same force, quarter and offence twice",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_workbook_is_refused_with_sheet_row_and_reason(save, name):
    change, reason = SPOILT[name]
    years = sheets()
    path = save(years | {"2019-20": change(years["2019-20"])})
    with pytest.raises(ReleaseFormatError, match=f"release.xlsx.*{reason}"):
        read_quarterly_crime(path)


@pytest.mark.parametrize("name", ["release.ods", "release.xlsx"])
def test_workbook_that_was_cut_off_is_refused(save, name):
    path = save(sheets(), name)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ReleaseFormatError, match=f"{name}: not a workbook"):
        read_quarterly_crime(path)


def test_transport_police_may_leave_for_good_but_not_for_a_quarter(save):
    is_btp = "`Force Name` == 'British Transport Police'"
    years = {f"{year}-{year - 1999}": of_year(f"{year}/{year - 1999}") for year in (2018, 2019)}
    later = {"2019-20": years["2019-20"].query(f"not ({is_btp})")}
    read = read_quarterly_crime(save(years | later))
    assert read.query("force == 'british-transport-police'")["quarter_end"].max() == pd.Timestamp(
        "2019-03-31"
    )
    once = years["2019-20"].query(f"not ({is_btp} and `Financial Quarter` == 4)")
    with pytest.raises(ReleaseFormatError, match="no row for british-transport-police"):
        read_quarterly_crime(save(years | {"2019-20": once}))


def test_force_area_tables_as_ods_are_read_as_those_of_the_xlsx(write_workbook, tmp_path):
    xlsx, ods = write_workbook(), tmp_path / "tables.ods"
    book = openpyxl.load_workbook(xlsx)
    with pd.ExcelWriter(str(ods)) as writer:
        for sheet in book.worksheets:
            rows = pd.DataFrame(sheet.iter_rows(values_only=True))
            rows.to_excel(writer, sheet_name=sheet.title, header=False, index=False)
    for read in (read_population, read_households):
        pd.testing.assert_frame_equal(read(ods), read(xlsx))
    # an ODS does not tell how many decimals a cell shows
    of_both = [read_crime_tables(path).drop(columns="decimals") for path in (ods, xlsx)]
    pd.testing.assert_frame_equal(*of_both)
