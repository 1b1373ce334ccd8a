"""The rolling 12-month file and the quarterly open data."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.recorded_crime import read_quarterly_crime, read_rolling_crime

HEADER = "12 months ending,PFA,Region,Offence,Rolling year total number of offences\n"
ROWS = (
    "31-03-2017,Upper Test,North Test,Drug offences,5\n"
    "31-03-2017,Middle Test,Middle Test,Drug offences,6\n"
    '31-03-2017,"Test, Lower",Middle Test,Drug offences,7\n'
    "31-03-2017,Testwales,Wales,Drug offences,8\n"
    "31-03-2017,British Transport Police,British Transport Police,Drug offences,1\n"
)


def test_rolling_file_becomes_one_row_for_each_force_period_and_offence(write):
    crime = read_rolling_crime(write("rec-crime.csv", HEADER + ROWS))
    assert list(crime.columns) == ["force", "period_end", "offence", "offences", "vintage"]
    assert set(crime["vintage"]) == {"rolling 12 months to March 2017"}
    assert crime.set_index("force")["offences"].to_dict() == {
        "upper-test": 5,
        "middle-test": 6,
        "lower-test": 7,
        "test-in-wales": 8,
        "british-transport-police": 1,
    }
    assert set(crime["offence"]) == {"drug-offences"}
    assert set(crime["period_end"]) == {pd.Timestamp("2017-03-31")}


def test_30_december_2017_is_read_as_31_december_2017(write):
    text = HEADER + ROWS.replace("31-03-2017", "30-12-2017")
    crime = read_rolling_crime(write("rec-crime.csv", text))
    assert set(crime["period_end"]) == {pd.Timestamp("2017-12-31")}


def test_negative_counts_are_kept(write):
    crime = read_rolling_crime(write("rec-crime.csv", HEADER + ROWS.replace(",5\n", ",-5\n")))
    assert crime.loc[crime["force"] == "upper-test", "offences"].item() == -5


def test_national_fraud_bodies_are_left_out(write):
    fraud = "31-03-2017,CIFAS,Fraud: CIFAS,CIFAS,900\n"
    crime = read_rolling_crime(write("rec-crime.csv", HEADER + ROWS + fraud))
    assert 900 not in set(crime["offences"])


@pytest.mark.parametrize(
    ("spoilt", "row", "reason"),
    [
        (ROWS.replace(",7\n", ",seven\n"), "row 4", "'seven' in offences is not a whole number"),
        (ROWS.replace("Testwales", "Nowhere"), "row 5", "unknown force 'Nowhere'"),
        (ROWS.replace("31-03-2017,Upper", "31-02-2017,Upper"), "row 2", "end of a quarter"),
        (ROWS + ROWS.splitlines()[0] + "\n", "row 2", "force and period_end and offence twice"),
        ("".join(ROWS.splitlines(keepends=True)[1:]), "", "no row for upper-test"),
    ],
    ids=["text in a number", "unknown force", "impossible date", "duplicate key", "missing force"],
)
def test_broken_rolling_file_is_refused_with_row_and_reason(write, spoilt, row, reason):
    with pytest.raises(ReleaseFormatError, match=reason) as raised:
        read_rolling_crime(write("rec-crime.csv", HEADER + spoilt))
    assert "rec-crime.csv" in str(raised.value)
    assert row in str(raised.value)


def test_missing_column_is_named(write):
    with pytest.raises(ReleaseFormatError, match="no column 'Offence'"):
        read_rolling_crime(write("rec-crime.csv", HEADER.replace("Offence,", "Thing,") + ROWS))


@pytest.fixture
def quarterly(tmp_path):
    """Two quarters of the open data, with changes on request."""
    names = ["Upper Test", "Middle Test", "Test, Lower", "Testwales", "Action Fraud"]
    frame = pd.DataFrame(
        [
            (
                "2016/17",
                quarter,
                name,
                text,
                "Violence against the person",
                "Violence with injury",
                code,
                2.0,
            )
            for quarter in (3.0, 4.0)
            for name in names
            for text, code in (("Assault with injury", "8N"), ("Wounding", "8P"), ("Other", "8Q"))
        ],
        columns=[
            "Financial.Year",
            "Financial.Quarter",
            "Force.Name",
            "Offence.Description",
            "Offence.Group",
            "Offence.Subgroup",
            "Offence.Code",
            "Number.of.Offences",
        ],
    )

    def write_parquet(change=lambda rows: rows):
        path = tmp_path / "prc-pfa.parquet"
        change(frame).to_parquet(path)
        return path

    return write_parquet


def test_quarterly_file_keeps_assault_with_injury_apart_and_sums_the_rest(quarterly):
    crime = read_quarterly_crime(quarterly())
    one = crime[(crime["force"] == "upper-test") & (crime["quarter_end"] == "2016-12-31")]
    assert one.set_index("offence")["offences"].to_dict() == {"assault-with-injury": 2, "other": 4}
    assert set(crime["quarter_end"]) == {pd.Timestamp("2016-12-31"), pd.Timestamp("2017-03-31")}


def test_quarterly_file_with_a_row_twice_is_refused(quarterly):
    path = quarterly(lambda rows: pd.concat([rows, rows.head(1)]))
    with pytest.raises(ReleaseFormatError, match="same force, quarter and offence twice"):
        read_quarterly_crime(path)


def test_quarterly_file_with_part_of_an_offence_is_refused(quarterly):
    path = quarterly(lambda rows: rows.assign(**{"Number.of.Offences": 1.5}))
    with pytest.raises(ReleaseFormatError, match="row 2: '1.5' is not a whole number"):
        read_quarterly_crime(path)


def test_quarterly_file_without_a_force_is_refused(quarterly):
    path = quarterly(lambda rows: rows[rows["Force.Name"] != "Testwales"])
    with pytest.raises(ReleaseFormatError, match="no row for test-in-wales"):
        read_quarterly_crime(path)
