"""Later outcomes and recorded crime, and denominators of local authorities."""

import pandas as pd
import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.later_crime import (
    PART_OF,
    quarters_without_fraud,
    read_headline_crime,
    read_recorded_totals,
    with_transport_police,
)
from peelbook.importers.later_outcomes import (
    read_outcomes_of_quarters,
    read_outcomes_of_years,
    with_recorded,
    with_years_of_quarters,
)
from peelbook.importers.local_authorities import (
    read_census_households,
    read_population_of_authorities,
    read_population_of_one_year,
)

FORCES = ("upper-test", "middle-test", "lower-test", "test-in-wales")
TYPES = "t1,t2,t3,t6,t7,t8,t22"
YEARS = f"slug,fy,{TYPES},positive,assigned\n" + "".join(
    f"{force},2015/16,40,4,0,0,0,8,0,52,400\n" for force in FORCES
)
QUARTERS = f"slug,fy,quarter,{TYPES},oocd,positive,assigned\n" + "".join(
    f"{force},{year},{quarter},10,1,0,0,0,2,0,3,13,100\n"
    for force in FORCES
    for year, quarter in [*(("2015/16", number) for number in range(1, 5)), ("2016/17", 1)]
)


def years_of(write, text=YEARS):
    return read_outcomes_of_years(write("years.csv", text))


def quarters_of(write, text=QUARTERS):
    return read_outcomes_of_quarters(write("quarters.csv", text))


def offences_of(rows, force, period_end, outcome_type=1):
    own = rows[(rows["force"] == force) & (rows["period_end"] == period_end)]
    return own.loc[own["outcome_type"] == outcome_type, "offences"].tolist()


def test_outcomes_of_a_year_have_its_days_types_and_totals(write):
    year = years_of(write).query("force == 'upper-test'")
    assert set(year["period_start"]) == {pd.Timestamp("2015-04-01")}
    assert set(year["period_end"]) == {pd.Timestamp("2016-03-31")}
    totals = year.set_index("measure")["offences"]
    assert totals[["assigned", "charged-or-out-of-court"]].tolist() == [400, 52]
    assert len(year) == 9


def test_force_written_by_the_name_of_its_area_is_known(write):
    text = YEARS.replace("test-in-wales", "testwales").replace("lower-test", "lower-and-test")
    assert set(years_of(write, text)["force"]) == set(FORCES)


def test_year_that_a_force_did_not_supply_is_missing(write):
    text = YEARS.replace(
        "upper-test,2015/16,40,4,0,0,0,8,0,52,400", "upper-test,2015/16" + ",0" * 9
    )
    assert set(years_of(write, text)["force"]) == set(FORCES) - {"upper-test"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("8,0,52,400", "8,0,53,400", "row 2: positive is not the sum of types"),
        ("8,0,52,400", "8,0,52,51", "row 2: assigned is less than the sum of its parts"),
        ("40,4,0", "40,-4,0", "row 2: a count below zero"),
        ("40,4,0", "40,some,0", "row 2: 'some' in 2 is not a whole number"),
        ("upper-test", "nowhere", "row 2: unknown force"),
        ("upper-test", "middle-test", "row 3: the same force and period twice"),
        ("2015/16", "2015/17", "row 2: '2015/17'.* is not a quarter of a financial year"),
    ],
)
def test_broken_outcomes_of_a_year_are_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        years_of(write, YEARS.replace(old, new, 1))


def test_year_without_a_force_is_refused(write):
    lines = YEARS.splitlines(keepends=True)
    with pytest.raises(ReleaseFormatError, match=r"no row for test-in-wales \(31 March 2016\)"):
        years_of(write, "".join(lines[:-1]))


def test_out_of_court_of_a_quarter_has_to_be_its_sum(write):
    with pytest.raises(ReleaseFormatError, match="row 2: out of court is not the sum of types"):
        quarters_of(write, QUARTERS.replace("2,0,3,13", "2,0,4,13", 1))


def test_four_quarters_in_a_row_make_12_months(write):
    years = with_years_of_quarters(years_of(write), quarters_of(write))
    assert offences_of(years, "upper-test", "2016-06-30") == [40]
    assert offences_of(years, "upper-test", "2016-03-31") == [40]
    assert set(years["period_end"].astype(str)) == {"2016-03-31", "2016-06-30"}
    to_june = years[years["period_end"] == "2016-06-30"]
    assert set(to_june["period_start"]) == {pd.Timestamp("2015-07-01")}


def test_force_with_three_quarters_has_no_12_months(write):
    text = QUARTERS.replace(
        "upper-test,2016/17,1,10,1,0,0,0,2,0,3,13,100", "upper-test,2016/17,1" + ",0" * 10
    )
    years = with_years_of_quarters(years_of(write), quarters_of(write, text))
    assert offences_of(years, "upper-test", "2016-06-30") == []
    assert offences_of(years, "lower-test", "2016-06-30") == [40]


def test_quarters_that_are_not_their_year_are_refused(write):
    changed = YEARS.replace("40,4,0,0,0,8,0,52", "41,3,0,0,0,8,0,52", 1)
    with pytest.raises(ReleaseFormatError, match="upper-test, year to March 2016: four quarters"):
        with_years_of_quarters(years_of(write, changed), quarters_of(write))


def test_offences_recorded_are_added_for_forces_and_periods_of_the_outcomes(write):
    start, end = pd.Timestamp("2015-04-01"), pd.Timestamp("2016-03-31")
    recorded = pd.DataFrame(
        [
            ("upper-test", start, end, 500, "first"),
            ("upper-test", start, end, 501, "second"),
            ("british-transport-police", start, end, 9, "first"),
            ("upper-test", start, pd.Timestamp("2015-06-30"), 100, "first"),
        ],
        columns=["force", "period_start", "period_end", "offences", "vintage"],
    )
    rows = with_recorded(years_of(write), recorded).query("measure == 'recorded'")
    assert rows[["force", "offences", "vintage"]].to_numpy().tolist() == [
        ["upper-test", 500, "first"]
    ]


TOTALS = "slug,fy,recorded_crime\n" + "".join(
    f"{force},{year},{count}\n"
    for force in FORCES
    for year, count in (("2012/13", 1), ("2013/14", 9))
)


def test_year_with_fraud_left_in_is_left_out(write):
    totals = read_recorded_totals(write("totals.csv", TOTALS))
    assert set(totals["period_end"]) == {pd.Timestamp("2014-03-31")}
    assert set(totals["vintage"]) == {"recorded crime totals to March 2014"}


def test_quarters_make_years_without_fraud_and_fill_in_transport_police(write):
    ends = pd.to_datetime(["2013-06-30", "2013-09-30", "2013-12-31", "2014-03-31"])
    quarterly = pd.DataFrame(
        [
            ("british-transport-police", end, group, 5)
            for end in ends
            for group in ("robbery", "fraud-offences")
        ],
        columns=["force", "quarter_end", "offence_group", "offences"],
    )
    told = quarters_without_fraud(quarterly)
    assert told["offences"].tolist() == [5, 5, 5, 5, 20]
    assert told.iloc[-1]["period_start"] == pd.Timestamp("2013-04-01")
    totals = with_transport_police(read_recorded_totals(write("totals.csv", TOTALS)), told)
    assert totals.set_index("force")["offences"]["british-transport-police"] == 20


OFFENCES = ["Total recorded crime\n (excluding fraud)"] + [
    name.replace("-", " ").capitalize() for name in PART_OF
]


def headline(areas=("Upper Test", "Middle Test [note 4]", "Testwales")):
    """Return a table of two partnerships an area; one force has only a partnership."""
    parts = dict.fromkeys(PART_OF, 1)
    parts |= {"burglary": 2, "theft-offences": 7, "violence-against-the-person": 5}
    whole = 5 + 1 + 1 + 7 + 5
    cells = [f'"{count:,} "' for count in (whole, *parts.values())]
    twice = [f'"{2 * count:,} "' for count in (whole, *parts.values())]
    lead = ["Police Force\nArea code", "Police Force\nArea name", "c", "Partnership", "l", "LA"]
    heading = ",".join(f'"{name}"' for name in [*lead, *OFFENCES])
    lines = ['"Table C2: offences, year ending June 2025 [note 1]"' + "," * 28, heading]
    for area in areas:
        lines += [",".join(["E1", area, "", "", "", "", *twice])]
        lines += [",".join(["E1", area, "E2", name, "", "", *cells]) for name in ("North", "South")]
        lines += [",".join(["E1", area, "", f"unassigned {area}", "", "", *[""] * len(cells)])]
    lines += [",".join(["E1", '"Test, Lower"', "E2", "Lower", "E3", "Lower", *cells])]
    return "\n".join(lines) + "\n"


def test_headline_offences_are_those_of_the_force_or_of_its_only_partnership(write):
    rows = read_headline_crime(write("headline.csv", headline()))
    totals = rows[rows["offence"] == "recorded-crime"].set_index("force")
    assert totals["offences"].to_dict() == {
        "upper-test": 38,
        "middle-test": 38,
        "test-in-wales": 38,
        "lower-test": 19,
    }
    assert totals["part_of"].isna().all()
    assert set(rows["vintage"]) == {"ONS PFA tables, year ending June 2025"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"38 "', '"39 "', "the total is not that of its partnerships"),
        (
            '"10 "',
            '"11 "',
            "violence-against-the-person is not the sum of its parts|recorded-crime",
        ),
        ("Robbery", "Piracy", "unknown offence 'piracy'"),
        ("Upper Test", "Nowhere", "unknown force 'Nowhere'"),
        ("Area code", "Area", "no heading 'Police Force Area code'"),
        ("year ending June 2025", "some year", "no 'year ending' in the title"),
    ],
)
def test_broken_headline_offences_are_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_headline_crime(write("headline.csv", headline().replace(old, new, 1)))


LOOKUP = "lad21cd,pfa21cd,pfa21nm\n" + (
    "E1,E23999001,Upper Test\nE2,E23999001,Upper Test\nE3,E23999002,Middle Test\n"
    "E4,E23999003,x\nE5,W15999001,x\n"
)
PARTNERSHIPS = LOOKUP.replace("lad21cd,pfa21cd", "ltla24_code,pfa24_code") + "E1,E23999001,other\n"
PEOPLE = "code,name,year,population\n" + "".join(
    f"E{number} ,x,{year},{number * 100 + year}\n"
    for number in range(1, 6)
    for year in (2001, 2002)
)


def people_of(write, text=PEOPLE, lookup=LOOKUP):
    return read_population_of_authorities(
        write("people.csv", text), write("lad_to_pfa_2021.csv", lookup)
    )


def test_residents_of_authorities_are_summed_to_forces(write):
    people = people_of(write).set_index(["force", "mid_year"])["population"]
    assert people["upper-test", 2001] == 100 + 200 + 2 * 2001
    assert people["middle-test", 2002] == 300 + 2002
    assert set(people_of(write)["vintage"]) == {
        "ONS estimates by local authority, mid-2001 to mid-2002"
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("E1 ,x,2001", "E9,x,2001", "row 2: E9 is not in lad_to_pfa_2021.csv"),
        ("E1 ,x,2001", "E1,x,2002", "row 3: E1 twice in a year"),
        ("E5 ,x,2002,2502\n", "", "no number for E5 in some year"),
        (",2101", ",2101.5", "row 2: '2101.5' in count is not a whole number"),
    ],
)
def test_broken_residents_of_authorities_are_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        people_of(write, PEOPLE.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("E2,E23999001", "E1,E23999002", "row 3: E1 is in two force areas"),
        ("E5,W15999001", "E5,W15999009", "row 6: unknown force area 'W15999009'"),
        ("E5,W15999001,x\n", "", "no row for test-in-wales"),
    ],
)
def test_broken_lookup_is_refused(write, old, new, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        people_of(write, lookup=LOOKUP.replace(old, new, 1))


ONE_YEAR = (
    "\ufeffCode,Name,Geography,All ages,0\nK04000001,ENGLAND AND WALES,Country,15,1\n"
    + "".join(f"E{number},x,Unitary Authority,{number},0\n" for number in range(1, 6))
)


def one_year_of(write, text=ONE_YEAR, name="mye24made_up.csv"):
    return read_population_of_one_year(
        write(name, text), write("lad_to_pfa_2024.csv", PARTNERSHIPS)
    )


def test_authority_in_two_partnerships_counts_once_and_the_year_is_in_the_name(write):
    people = one_year_of(write).set_index("force")
    assert people.loc["upper-test", "population"] == 3
    assert set(people["mid_year"]) == {2024}


def test_one_year_of_residents_has_to_add_up(write):
    with pytest.raises(ReleaseFormatError, match="row 2: authorities do not add up"):
        one_year_of(write, ONE_YEAR.replace(",15,1", ",16,1"))


def test_file_without_a_year_in_its_name_is_refused(write):
    with pytest.raises(ReleaseFormatError, match="no year in the name"):
        one_year_of(write, name="people.csv")


def test_households_of_the_census_are_summed_and_dated(write):
    text = "ltla21_name,ltla21_code,households\n" + "".join(
        f"x,E{n},{n}00.0\n" for n in range(1, 6)
    )
    homes = read_census_households(
        write("households_census2021_x.csv", text), write("lad_to_pfa_2021.csv", LOOKUP)
    ).set_index("force")
    assert homes.loc["upper-test", ["mid_year", "households", "basis"]].tolist() == [
        2021,
        300,
        "Census 2021",
    ]
