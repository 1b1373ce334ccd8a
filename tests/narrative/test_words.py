"""Numbers, changes and comparisons in words."""

import pytest

from peelbook.narrative.prose import paragraphs, plain
from peelbook.narrative.words import (
    above_or_below,
    changed,
    counted,
    listing,
    more_or_fewer,
    number,
    ordinal,
    percent,
    sentence_case,
    signed,
)
from peelbook.statistics.rounding import rounded

MISSING = float("nan")
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.25, 1, 0.3),
        (-0.25, 1, -0.3),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (1.005, 2, 1.01),
        (16.65, 1, 16.7),
        (16.649999, 1, 16.6),
        (7, 1, 7.0),
        (1e-17, 1, 0.0),
    ],
)
def test_half_is_rounded_away_from_zero(value, decimals, expected):
    assert rounded(value, decimals) == expected


def test_zero_is_never_minus_zero():
    assert str(rounded(-0.04, 1)) == "0.0"
    assert number(-0.04) == "0.0"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (58.04, 1, "58.0"),
        (1234567.4, 0, "1,234,567"),
        (-11.14, 1, f"{MINUS}11.1"),
        (0, 1, "0.0"),
        (0.05, 1, "0.1"),
        (MISSING, 1, "–"),
    ],
)
def test_number(value, decimals, expected):
    assert number(value, decimals) == expected


def test_percent_is_spelt_out():
    assert percent(58.04) == "58.0 percent"
    assert percent(17, 0) == "17 percent"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3.716, "+3.7"), (-17.39, f"{MINUS}17.4"), (0, "0.0"), (-0.04, "0.0"), (MISSING, "–")],
)
def test_signed(value, expected):
    assert signed(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (33, "33rd"),
        (42, "42nd"),
        (43, "43rd"),
        (111, "111th"),
    ],
)
def test_ordinal(value, expected):
    assert ordinal(value) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (3.716, 1, "rose by 3.7 percent"),
        (-5.87, 1, "fell by 5.9 percent"),
        (0.04, 1, "was unchanged"),
        (-0.4, 0, "was unchanged"),
        (1200, 0, "rose by 1,200 percent"),
    ],
)
def test_changed(value, decimals, expected):
    assert changed(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(-17.4, "17 percent fewer"), (8.0, "8 percent more"), (0.3, "the same number of")],
)
def test_more_or_fewer(value, expected):
    assert more_or_fewer(value) == expected


@pytest.mark.parametrize(
    ("value", "other", "expected"),
    [
        (58.0, 67.4, "below"),
        (2.0, 1.9, "above"),
        (1.94, 1.86, "the same as"),
        (0, 0, "the same as"),
    ],
)
def test_comparison_is_of_the_numbers_as_printed(value, other, expected):
    assert above_or_below(value, other) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["Kent", "Avon and Somerset", "Norfolk"], "Kent, Avon and Somerset, and Norfolk"),
        (
            ["shoplifting", "criminal damage and arson"],
            "shoplifting, and criminal damage and arson",
        ),
        (
            ["not supported, suspect identified", "complete, no suspect identified"],
            "not supported, suspect identified; and complete, no suspect identified",
        ),
        (["charged", "complete, no suspect", "stops"], "charged; complete, no suspect; and stops"),
        (["1,200 forces", "robbery (4, there 2)"], "1,200 forces and robbery (4, there 2)"),
    ],
)
def test_listing(words, expected):
    assert listing(words) == expected


def test_listing_with_or():
    assert listing(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "no forces"), (1, "1 force"), (39, "39 forces"), (1200, "1,200 forces")],
)
def test_counted(count, expected):
    assert counted(count, "force") == expected


def test_counted_with_an_uneven_plural():
    assert counted(2, "weakness", "weaknesses") == "2 weaknesses"


def test_sentence_case_leaves_the_rest_alone():
    assert sentence_case("crime Severity Score") == "Crime Severity Score"
    assert sentence_case("") == ""


def test_paragraphs_leave_out_empty_ones():
    assert paragraphs("One.", "", "Two.") == "One.\n\nTwo."


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[link](https://example.org)",
        "![image](x)",
        "**bold** and _underlined_",
        "`code` {doc}`/index` $x$",
        "# heading\n- item\n1. item",
        "a | b\n--|--",
        "<!-- comment --> &lt;",
    ],
)
def test_text_from_a_table_holds_no_markup_once_it_is_plain(hostile, shown_as_text):
    assert shown_as_text(plain(hostile)) == " ".join(hostile.split())
