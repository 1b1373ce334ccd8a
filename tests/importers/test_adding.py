"""A new release laid over the tables of the project: what it changes is shown, and nothing is lost."""

import pandas as pd
import pytest

from peelbook.errors import PeelbookError
from peelbook.importers.adding import add, put_back, put_in_place
from peelbook.importers.as_it_stood import write_as_it_stood
from peelbook.importers.datapackage import check
from peelbook.importers.held import LaidOver, newest_vintage
from peelbook.importers.recognise import recognise
from peelbook.tables import load_table


@pytest.fixture(autouse=True)
def made_up_country():
    """Leave the real forces in their place: these tests are about the project's own tables."""


@pytest.fixture
def officers(tmp_path, committed):
    """Write officers of some years, made from those held; `more` is added to Kent's."""

    def write(*years, more=0.0):
        held = load_table("officers", committed)
        last = held[held["date"].eq(held["date"].max())].set_index("force")["officers"]
        spellings = load_table("force_names", committed).drop_duplicates("force")
        names = spellings.set_index("force")["published_name"]
        rows = [
            f"{year},{names[force]},{count + more * (force == 'kent')}\n"
            for year in years
            for force, count in last.items()
        ]
        path = tmp_path / "a download"
        path.write_text("year,force_name,officers\n" + "".join(rows), encoding="utf-8")
        return path

    return write


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def quiet(_line):
    """Say nothing."""


def test_new_release_is_shown_taken_and_then_held(copied, officers, tmp_path):
    before, shown = contents(copied), []

    def agree(proposal):
        shown.extend(proposal.changed)
        return True

    file = officers(2019, 2020, more=10.0)
    assert not add([file], copied, lambda _: False, quiet)
    assert contents(copied) == before
    assert add([file], copied, agree, quiet)
    assert "officers: 1 new periods: March 2020" in shown
    assert "officers: 1 values of officers revised in March 2019" in shown
    assert any(line.startswith("  kent: ") for line in shown)
    assert "releases: + a download (officers)" in shown
    now = contents(copied)
    assert {name for name in now if now[name] != before[name]} == {
        "earlier_vintages.parquet",
        "officers.csv",
        "releases.csv",
        "datapackage.json",
    }
    assert check(copied) == []
    assert load_table("officers", copied)["date"].max() == pd.Timestamp("2020-03-31")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a download", "data"]
    # what it took the place of is kept
    write_as_it_stood(pd.Timestamp("2019-03-31"), tmp_path / "then", copied)
    assert contents(tmp_path / "then")["officers.csv"] == before["officers.csv"]


def test_nothing_is_changed_where_the_file_is_broken(copied, officers, tmp_path):
    before = contents(copied)
    broken = officers(2020)
    broken.write_text(broken.read_text().replace("Kent,", "Knet,"), encoding="utf-8")
    with pytest.raises(PeelbookError, match="unknown force 'Knet'"):
        add([broken], copied, lambda _: True, quiet)
    assert contents(copied) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a download", "data"]


def test_unknown_file_is_refused_by_name_and_left_out_of_a_folder(copied, tmp_path):
    (tmp_path / "files").mkdir()
    odd = tmp_path / "files" / "odd.csv"
    odd.write_text("a,b,c\n", encoding="utf-8")
    with pytest.raises(PeelbookError, match=r"odd\.csv: not a release that is known"):
        add([odd], copied, lambda _: True, quiet)
    said = []
    with pytest.raises(PeelbookError, match="no file to add"):
        add([tmp_path / "files"], copied, lambda _: True, said.append)
    assert any(line.startswith("Left out: odd.csv") for line in said)


def test_older_file_only_fills_what_is_not_held(copied, officers):
    library = LaidOver([recognise(officers(2005, 2006, 2007))], copied, quiet)
    made = pd.DataFrame(
        {
            "force": ["kent"] * 2,
            "date": pd.to_datetime(["2006-03-31", "2007-03-31"]),
            "officers": [1.0, 2.0],
        }
    )
    read = library.read("officers", lambda _: made).query("force == 'kent'").set_index("date")
    held = load_table("officers", copied).query("force == 'kent'").set_index("date")
    assert read.loc["2006-03-31", "officers"] == 1.0
    assert read.loc["2007-03-31", "officers"] == held.loc["2007-03-31", "officers"]


def test_newest_vintage_counts_whatever_the_order():
    rows = [
        pd.DataFrame({"force": ["a"], "value": [value], "vintage": [vintage]})
        for value, vintage in (
            (2, "ONS PFA tables, year ending March 2019"),
            (1, "ONS PFA tables, year ending December 2018"),
            (0, "ONS Census 2011 by local authority"),
        )
    ]
    assert newest_vintage(rows, ["force"])["value"].tolist() == [2]
    assert newest_vintage(reversed(rows), ["force"])["value"].tolist() == [2]


def test_process_killed_between_the_renames_loses_nothing(copied, tmp_path, monkeypatch):
    before = contents(copied)
    made = tmp_path / "made"
    made.mkdir()
    copied.rename(tmp_path / ".data.before")  # as far as the killed one came
    put_back(copied)
    assert contents(copied) == before
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "not there", copied)
    assert contents(copied) == before


@pytest.mark.slow
def test_raw_files_alone_give_the_committed_tables_to_the_byte(source, tmp_path, committed):
    folders = [source, source.parent / "findings", source.parent / "published"]
    assert add(folders, tmp_path / "data", lambda _: True, quiet)
    built, kept = contents(tmp_path / "data"), contents(committed)
    assert [name for name in built if built[name] != kept[name]] == []
    assert set(kept) - set(built) == {"LICENCE.md"}
    # laid over themselves they change nothing
    assert not add(folders, tmp_path / "data", lambda _: True, quiet)
