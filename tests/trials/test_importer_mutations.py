"""Seeded mutations of small releases: a misread is a table that differs without an error.

Each mutation contradicts what the file itself says elsewhere, or changes nothing; so it must be
refused or read the same.
"""

import io
import random
from collections import Counter

import pandas as pd
import pytest
from importers.conftest import made_up_country  # noqa: F401

from peelbook.errors import DataIntegrityError, PeelbookError
from peelbook.importers.arrests import read_arrests
from peelbook.importers.crime_severity import read_crime_severity
from peelbook.importers.judgments import read_judgments
from peelbook.importers.losses import no_row_lost
from peelbook.importers.officers import read_officers
from peelbook.importers.outcomes import read_outcomes, read_transcribed_outcomes
from peelbook.importers.recorded_crime import read_quarterly_crime, read_rolling_crime
from peelbook.tables.schemas import TABLES
from trials.losses import in_order, rows_are_gone
from trials.running import names_its_file, number_of

pytestmark = pytest.mark.trials
TRIALS = number_of(20, 80)
NAMES = ("Upper Test", "Middle Test", "Testwales")
REGIONS = ("North Test", "Middle Test", "Wales")
LOWER = '"Test, Lower"'
CODES = ("E23999001", "E23999002", "W15999001", "E23999003")


def rolling():
    days = ("31-03-2016", "30-06-2016", "30-09-2016", "31-12-2016", "31-03-2017")
    rows = [
        f"{day},{name},{region},{offence},{1000 * (place + 1) + 10 * number}"
        for number, day in enumerate(days)
        for place, (name, region) in enumerate(
            [*zip(NAMES, REGIONS, strict=True), (LOWER, "Middle Test")]
        )
        for offence in ("Drug offences", "Robbery", "Shoplifting")
    ]
    return "12 months ending,PFA,Region,Offence,Rolling year total number of offences", rows


def outcomes():
    rows = [
        f"2018/19,{quarter},{name},{offence},Robbery,{code},Charged/Summonsed,Charged/Summonsed,1,7"
        for quarter in (1, 2)
        for name in (*NAMES, LOWER)
        for offence, code in (("Robbery of business", "34A"), ("Robbery of a person", "34B"))
    ]
    return (
        "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
        "Offence Code,Outcome Description,Outcome Group,Outcome Type,"
        "Force outcomes for offences recorded in quarter",
        rows,
    )


def arrests():
    rows = [
        f"{year},{name},{group},White,Unknown,{sex},40"
        for year in ("2016/17", "2017/18")
        for name in (*NAMES, LOWER)
        for group in ("Burglary", "Robbery")
        for sex in ("Female", "Male")
    ]
    return "financial_year,force_name,offence_group,ethnic_group,age_group,sex,arrests", rows


def officers():
    rows = [f"{year},{name},1000.5" for year in (2015, 2016, 2017) for name in (*NAMES, LOWER)]
    return "year,force_name,officers", rows


def severity():
    rows = [
        f"Total recorded crime,{code},{name},x,{place + 5}.5,{year}-03-31"
        for year in (2015, 2016)
        for place, (code, name) in enumerate(zip(CODES, (*NAMES, LOWER), strict=True))
    ]
    return "offence_group,code,name,year,severity_score,year_ending", rows


def quarterly():
    offences = (
        "Violence against the person,Violence with injury,Assault with injury,8N",
        "Robbery,Robbery,Robbery of business property,34A",
    )
    rows = [
        f"2016/17,{quarter},{name},{offence},{100 + 7 * quarter}"
        for quarter in (1, 2, 3, 4)
        for name in (*NAMES, LOWER)
        for offence in offences
    ]
    return (
        "Financial.Year,Financial.Quarter,Force.Name,Offence.Group,Offence.Subgroup,"
        "Offence.Description,Offence.Code,Number.of.Offences",
        rows,
    )


def judgments():
    rows = [
        f"{force},{year},{question},good,https://example.org,source,explicit,,"
        for year in (2016, 2017)
        for question in ("overall", "q1", "q2")
        for force in ("upper-test", "middle-test", "lower-test", "test-in-wales")
    ]
    return "force,year,question,grade,source_url,confidence,basis,note,judged_in", rows


def transcribed():
    rows = [
        f"{area},2015/16,{quarter},10,1,2,3,4,0,5,15,25,{40 + quarter}"
        for area in ("Leicestershire", "England and Wales incl BTP")
        for quarter in (1, 2, 3, 4)
    ]
    return "area,fy,q,t1,t2,t3,t6,t7,t8,t22,oocd,positive,assigned", rows


RELEASES = {
    "rolling": (rolling, read_rolling_crime),
    "outcomes": (outcomes, read_outcomes),
    "arrests": (arrests, read_arrests),
    "officers": (officers, read_officers),
    "severity": (severity, read_crime_severity),
    "quarterly": (quarterly, read_quarterly_crime),
    "judgments": (judgments, read_judgments),
    "transcribed": (transcribed, read_transcribed_outcomes),
}
TABLE_OF = {
    "rolling": "recorded_crime",
    "outcomes": "outcomes",
    "arrests": "arrests",
    "officers": "officers",
    "severity": "crime_severity",
    "quarterly": "recorded_crime_quarterly",
    "judgments": "judgments",
    "transcribed": "outcomes_transcribed",
}
NUMBER_COLUMN = {"severity": -2, "judgments": 1, "transcribed": -1}
ALL_KINDS = (
    *("drop", "end early", "cut", "twice", "no number", "unknown force", "swap codes or names"),
    *("total", "shuffle", "windows lines", "byte"),
)
KINDS = {
    # compressed, so that a changed byte may be any change
    "quarterly": (*ALL_KINDS[:9], "code renamed"),
    "judgments": ("drop", "end early", "twice", "no number", "unknown force", *ALL_KINDS[8:]),
    "transcribed": ("drop", "end early", "twice", "no number", "fewer", *ALL_KINDS[8:]),
}
NO_STRUCTURE = ("judgments", "transcribed")
"""Releases in which nothing says which rows there have to be: only a rebuild does."""
NO_NUMBERS = ("inf", "nan", "1" * 25, "many", "", "1,000", "0x1f", "-9999999", "=1+1")


def as_parquet(text):
    made = io.BytesIO()
    pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False).to_parquet(made)
    return made.getvalue()


def with_number(release, row, text):
    cells = row.split(",")
    cells[NUMBER_COLUMN.get(release, -1)] = text
    return ",".join(cells)


def mutated(release, header, rows, dice):
    """Return the kind of a mutation and the bytes of the file with it."""
    rows, at = list(rows), dice.randrange(len(rows))
    kind = dice.choice(KINDS.get(release, ALL_KINDS))
    if kind == "drop":
        del rows[at]
    elif kind == "end early":
        del rows[-dice.randrange(1, 6) :]
    elif kind == "twice":
        rows.append(rows[at])
    elif kind == "no number":
        # a quarter may be below zero, after corrections; the workbooks tell by how much
        wrong = NO_NUMBERS[:5] if release == "quarterly" else NO_NUMBERS
        rows[at] = with_number(release, rows[at], dice.choice(wrong))
    elif kind == "fewer":
        rows[at] = with_number(release, rows[at], dice.choice(["9", "24", "0"]))
    elif kind == "code renamed":
        rows = [row.replace(",8N,", ",9N,") for row in rows]
    elif kind == "unknown force":
        rows[at] = rows[at].replace("Test", "Tset").replace("test", "tset")
    elif kind == "swap codes or names":
        rows[at] = rows[at].replace("Upper Test", "Testwales", 1)
        rows[at] = rows[at] if "Testwales" in rows[at] else rows[at].replace(LOWER, "Upper Test")
    elif kind == "total":
        rows.append(rows[at].replace("Robbery", "All offences").replace("Burglary", "Total"))
    elif kind == "shuffle":
        dice.shuffle(rows)
    text = "\n".join([header, *rows]) + "\n"
    if release == "quarterly":
        content = as_parquet(text)
        return kind, content[: dice.randrange(len(content))] if kind == "cut" else content
    if kind == "windows lines":
        return kind, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    if kind == "cut":
        # within the last figure only another release can tell
        return kind, text[: dice.randrange(len(text) - len(rows[-1]) - 1)].encode()
    raw = bytearray(text.encode())
    if kind == "byte":
        raw[dice.randrange(len(header) - 1)] = dice.choice([0, 255, 254, 34])
    return kind, bytes(raw)


@pytest.mark.parametrize("release", RELEASES)
def test_mutation_is_refused_or_changes_nothing(release, tmp_path):
    make, read = RELEASES[release]
    header, rows = make()
    path = tmp_path / "made-up.csv"
    text = "\n".join([header, *rows]) + "\n"
    path.write_bytes(as_parquet(text) if release == "quarterly" else text.encode())
    meant = in_order(read(path))
    dice = random.Random(f"importers {release}")
    counts, misread = Counter(), []
    for trial in range(TRIALS):
        kind, content = mutated(release, header, rows, dice)
        path.write_bytes(content)
        try:
            table = in_order(read(path))
        except PeelbookError as error:
            counts["refused"] += 1
            names_its_file(error, path)
            continue
        same = table.equals(meant)
        if not same and is_left_to_the_rebuild(release, kind, meant, table):
            # nothing in the file says so; a rebuild does, for rows are gone
            counts["left to the rebuild"] += 1
            continue
        counts["same" if same else "misread"] += 1
        if not same:
            misread.append((trial, kind))
    print(f"{release}: {TRIALS} mutations, {dict(counts)}")
    assert misread == []
    assert counts["refused"] > TRIALS / 3


def is_left_to_the_rebuild(release, kind, meant, table):
    if release in NO_STRUCTURE:
        return rows_are_gone(meant, table, TABLE_OF[release])
    return kind in ("cut", "end early") and whole_periods_gone(meant, table, TABLE_OF[release])


def whole_periods_gone(meant, table, name):
    """Say whether a file ends with a period, and a rebuild would refuse it as rows are gone."""
    key = TABLES[name].key
    period = next(name for name in key if name in ("period_end", "quarter_end", "date"))
    kept = meant[meant[period] <= table[period].max()].drop(columns="vintage", errors="ignore")
    read = table.drop(columns="vintage", errors="ignore")
    if not kept.reset_index(drop=True).equals(read):
        return False
    with pytest.raises(DataIntegrityError, match="rows are gone"):
        no_row_lost(TABLES[name], meant, table)
    return True
