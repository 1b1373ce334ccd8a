"""Seeded disagreements of two releases, and releases that are gone: each is refused.

Every figure of the made-up tables is right by itself; only another release contradicts it.
"""

import random
from collections import Counter

import pandas as pd
import pytest

from peelbook.errors import DataIntegrityError
from peelbook.importers.agreement import check_agreement, check_populations, check_scores
from peelbook.importers.losses import no_release_lost
from peelbook.tables import data_directory, load_table
from trials.running import number_of

pytestmark = pytest.mark.trials
TRIALS = number_of(60, 300)
TRANSPORT_POLICE = "british-transport-police"
SIZES = {"durham": 1, "kent": 2.3, "surrey": 5, "essex": 11, TRANSPORT_POLICE: 3}
GROUPS = {
    "violence-with-injury": "violence-against-the-person",
    "robbery": "robbery",
    "shoplifting": "theft-offences",
}
QUARTERS = pd.date_range("2015-06-30", "2018-12-31", freq="QE")
YEARS = range(2013, 2019)
NEWEST, OLDER = "year ending December 2018", "year ending March 2018"


def counts_of_quarters():
    rows = [
        (force, day, group, offence, "other", round(4000 * size * 1.07**number * (place + 1)))
        for force, size in SIZES.items()
        for number, day in enumerate(QUARTERS)
        for place, (offence, group) in enumerate(GROUPS.items())
    ]
    columns = ["force", "quarter_end", "offence_group", "offence_subgroup", "offence", "offences"]
    return pd.DataFrame(rows, columns=columns)


def rolling_years(quarters):
    wide = quarters.pivot_table(
        index="quarter_end", columns=["force", "offence_subgroup"], values="offences"
    )
    long = wide.rolling(4).sum().dropna().melt(ignore_index=False).reset_index()
    return long.rename(
        columns={"quarter_end": "period_end", "offence_subgroup": "offence", "value": "offences"}
    ).assign(vintage="rolling 12 months to December 2018")


def residents():
    rows = [(f, y, round(90_000 * s * 1.03 ** (y - 2013))) for f, s in SIZES.items() for y in YEARS]
    return pd.DataFrame(rows, columns=["force", "mid_year", "population"])


def printed(rolling, people):
    cells = [
        rolling[rolling["period_end"].eq(day)].assign(
            workbook=book, table="P1", measure="offences", value=rolling["offences"]
        )
        for book, day in ((NEWEST, "2018-12-31"), (OLDER, "2018-03-31"))
    ]
    forces = people[people["force"].ne(TRANSPORT_POLICE)]
    for book, years in ((NEWEST, (2017, 2018)), (OLDER, (2016, 2017, 2018))):
        of_years = forces[forces["mid_year"].isin([year - 2 for year in years])]
        rate = 30.0 + of_years["mid_year"] % 7 * 5
        day = pd.to_datetime({"year": of_years["mid_year"] + 2, "month": 3, "day": 31})
        incidents = of_years["population"] * rate / 1000
        for measure, value in (("incidents", incidents), ("incident-rate", rate)):
            told = of_years.assign(workbook=book, table="P7", measure=measure, offence="asb")
            cells.append(told.assign(period_end=day, value=value))
    columns = ["workbook", "table", "measure", "force", "offence", "period_end", "value"]
    return pd.concat(cells, ignore_index=True)[columns]


def consistent():
    """Return tables that agree, by name; of two editions the earlier one has its own name."""
    quarters, people = counts_of_quarters(), residents()
    rolling = rolling_years(quarters)
    march = rolling[rolling["period_end"].dt.month.eq(3)]
    scores = people.assign(
        score=people["population"] / 10_000,
        period_end=pd.to_datetime({"year": people["mid_year"], "month": 3, "day": 31}),
    )[["force", "period_end", "score"]]
    return {
        "recorded_crime": rolling,
        "recorded_crime_quarterly": quarters,
        "recorded_crime_by_year": march.groupby(["force", "period_end"], as_index=False)[
            "offences"
        ].sum(),
        "ons_printed": printed(rolling, people),
        "outcomes": pd.DataFrame({"force": list(SIZES)}),
        "population": people,
        "authority_population": people,
        "crime_severity": scores,
        "later_severity": scores,
    }


def check(tables):
    check_agreement(tables)
    check_populations(tables["authority_population"], tables["population"])
    check_scores(tables["crime_severity"], tables["later_severity"])


COUNTS = {
    "recorded_crime": "offences",
    "recorded_crime_by_year": "offences",
    "recorded_crime_quarterly": "offences",
    "ons_printed": "value",
    "population": "population",
    "authority_population": "population",
    "crime_severity": "score",
    "later_severity": "score",
}


def figure_changed(tables, dice):
    name = dice.choice(list(COUNTS))
    table, column = tables[name].copy(), COUNTS[name]
    row = dice.randrange(len(table))
    table[column] = table[column].astype("float64")
    # one of the four quarters of a year has to be far off to matter beyond revisions
    factor = dice.choice([50, -50] if name == "recorded_crime_quarterly" else [10, 0.1, 3, -1])
    table.loc[row, column] = table.loc[row, column] * factor
    tables[name] = table
    return name


def forces_swapped(tables, dice):
    name = dice.choice(list(COUNTS))
    one, other = dice.sample([force for force in SIZES if force != TRANSPORT_POLICE], 2)
    swapped = tables[name]["force"].replace({one: other, other: one})
    tables[name] = tables[name].assign(force=swapped)
    return name


def year_later(tables, dice):
    book = dice.choice([NEWEST, OLDER])
    cells = tables["ons_printed"]
    chosen = cells["workbook"].eq(book) & cells["table"].eq("P1")
    step = pd.DateOffset(years=-1)
    days = cells["period_end"].where(~chosen, cells["period_end"] + step)
    tables["ons_printed"] = cells.assign(period_end=days)
    return book


def years_swapped(tables, dice):
    """Swap two years of incidents, or of residents, while what depends on them stays."""
    if dice.random() < 0.5:
        years = dice.sample(list(YEARS), 2)
        people = tables["population"]
        swapped = people["mid_year"].replace(dict(zip(years, years[::-1], strict=True)))
        tables["population"] = people.assign(mid_year=swapped)
        return f"residents of {years}"
    cells = tables["ons_printed"]
    chosen = cells["table"].eq("P7") & cells["workbook"].eq(OLDER)
    chosen &= cells["measure"].eq("incidents")
    days = list(cells.loc[chosen, "period_end"].unique())
    one, other = dice.sample(days, 2)
    swapped = cells["period_end"].replace({one: other, other: one})
    tables["ons_printed"] = cells.assign(period_end=swapped.where(chosen, cells["period_end"]))
    return "incidents"


def no_transport_police(tables, dice):
    name = dice.choice(["recorded_crime", "recorded_crime_quarterly", "outcomes"])
    tables[name] = tables[name][tables[name]["force"].ne(TRANSPORT_POLICE)]
    return name


MUTATIONS = {
    "figure changed": figure_changed,
    "forces swapped": forces_swapped,
    "a year later": year_later,
    "years swapped": years_swapped,
    "no transport police": no_transport_police,
}


def test_releases_that_disagree_are_refused():
    check(consistent())
    dice = random.Random("disagreements")
    counts, missed = Counter(), []
    for trial in range(TRIALS):
        tables, kind = consistent(), dice.choice([*MUTATIONS, "figure changed", "forces swapped"])
        place = MUTATIONS[kind](tables, dice)
        try:
            check(tables)
        except DataIntegrityError as error:
            assert "\n" not in str(error)  # noqa: PT017
            counts[kind] += 1
        else:
            missed.append((trial, kind, place))
    print(f"releases that disagree: {TRIALS} mutations, refused {dict(counts)}")
    assert missed == []


def test_each_release_that_is_gone_is_missed():
    notes = load_table("releases", data_directory())
    with_period = notes[notes["period_to"].notna()]
    for row in with_period.index:
        rest = notes.drop(index=row)
        same = rest[rest["release"].eq(notes["release"][row])]
        if same.empty:
            continue  # a release without any file is named before anything is read
        covered = same["period_to"].ge(notes["period_to"][row])
        if (covered & same["period_from"].le(notes["period_from"][row])).any():
            continue  # another file of the release covers its period
        with pytest.raises(DataIntegrityError, match="no file covers"):
            no_release_lost(rest)
