"""The outcomes open data and the outcomes transcribed by hand."""

import pytest

from peelbook.errors import ReleaseFormatError
from peelbook.importers.outcomes import (
    read_outcome_types,
    read_outcomes,
    read_transcribed_outcomes,
)

NEWER = (
    "Financial Year,Financial Quarter,Force Name,Offence Description,Offence Group,"
    "Offence Code,Outcome Description,Outcome Group,Outcome Type,"
    "Force outcomes for offences recorded in quarter\n"
)
OLDER = (
    "financial_year,financial_quarter,force_name,offence_description,offence_group,"
    "offence_code,outcome_description,outcome_group,outcome_type,offences\n"
)
FORCES = ("Upper Test", "Middle Test", '"Test, Lower"', "Testwales")
CHARGED = "Charged/Summonsed,Charged/Summonsed,1"


def rows(count="3"):
    return "".join(
        f"2018/19,1,{force},{offence},Robbery,{code},{CHARGED},{count}\n"
        for force in FORCES
        for offence, code in (("Robbery of business", "34A"), ("Robbery of a person", "34B"))
    )


@pytest.mark.parametrize("header", [NEWER, OLDER], ids=["2018/19 headings", "2017/18 headings"])
def test_outcomes_are_summed_over_offence_codes(write, header):
    outcomes = read_outcomes(write("outcomes.csv", header + rows()))
    assert len(outcomes) == 4
    assert outcomes["offences"].tolist() == [6, 6, 6, 6]
    assert outcomes["outcome_type"].tolist() == [1, 1, 1, 1]


def test_expired_offence_code_counts_as_no_offence(write):
    expired = (
        f"2018/19,1,Upper Test,Old,Robbery,12,{CHARGED},N/A - offence code expired\n"
        f"2018/19,1,Upper Test,Older,Fraud,13,{CHARGED},N/A - offence code expired\n"
    )
    outcomes = read_outcomes(write("outcomes.csv", NEWER + rows() + expired))
    assert outcomes.query("force == 'upper-test'")["offences"].sum() == 6


def test_empty_last_row_is_dropped(write):
    empty = ",".join(["NA"] * 10) + "\n"
    outcomes = read_outcomes(write("outcomes.csv", OLDER + rows() + empty))
    assert outcomes["offences"].sum() == 24


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (rows("many"), "row 2: 'many' in offences"),
        (rows().replace("Testwales", "Nowhere"), "unknown force 'Nowhere'"),
        (rows() + rows(), "row 10: the same force, offence and outcome twice"),
        (rows().replace("2018/19", "2018/20"), "row 2: '2018/20', quarter '1' is not a quarter"),
        ("".join(rows().splitlines(keepends=True)[2:]), "no row for upper-test"),
    ],
    ids=["text in a number", "unknown force", "duplicate key", "wrong year", "missing force"],
)
def test_broken_outcomes_are_refused_with_row_and_reason(write, text, reason):
    with pytest.raises(ReleaseFormatError, match=reason):
        read_outcomes(write("outcomes.csv", NEWER + text))


def test_outcome_types_have_one_name_and_a_group_identifier(write):
    types = read_outcome_types(write("outcomes.csv", NEWER + rows()))
    assert types.to_dict("records") == [
        {
            "outcome_type": 1,
            "name": "Charged/Summonsed",
            "group": "charged-summonsed",
            "group_name": "Charged/Summonsed",
        }
    ]


def test_unknown_outcome_group_is_refused(write):
    text = NEWER + rows().replace("Charged/Summonsed,1", "Something new,1")
    with pytest.raises(ReleaseFormatError, match="unknown outcome group 'Something new'"):
        read_outcome_types(write("outcomes.csv", text))


TRANSCRIBED = (
    "area,fy,q,t1,t2,t3,t6,t7,t8,t22,oocd,positive,assigned\n"
    "England and Wales incl BTP,2016/17,1,10,1,2,3,4,5,0,15,25,40\n"
)


def test_transcribed_totals_come_without_an_outcome_type(write):
    outcomes = read_transcribed_outcomes(write("transcribed.csv", TRANSCRIBED))
    assert outcomes["area"].unique().tolist() == ["england-and-wales"]
    totals = outcomes[outcomes["outcome_type"].isna()].set_index("measure")["offences"]
    assert totals.to_dict() == {"out-of-court": 15, "charged-or-out-of-court": 25, "assigned": 40}


def test_transcribed_total_that_is_not_the_sum_is_refused(write):
    with pytest.raises(ReleaseFormatError, match="row 2: a printed total is not the sum"):
        read_transcribed_outcomes(write("transcribed.csv", TRANSCRIBED.replace(",15,", ",16,")))


def test_transcribed_quarter_that_stands_twice_is_refused(write):
    twice = TRANSCRIBED + TRANSCRIBED.splitlines()[-1] + "\n"
    with pytest.raises(ReleaseFormatError, match="row .: the same area and quarter_end .* twice"):
        read_transcribed_outcomes(write("transcribed.csv", twice))
