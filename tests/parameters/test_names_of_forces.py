"""Every name that publishers and people use for a force leads to it, or it is said why not."""

from datetime import date

import pytest

from peelbook.errors import InvalidParameter, PeelbookError
from peelbook.parameters import parse_parameters
from peelbook.tables import load_table
from peelbook.tables.force_names import force_slug, names_of_forces
from peelbook.tables.forces import all_forces, force_named, name_definitions

OTHERS = [
    ("GMP", "greater-manchester"),
    ("Met", "metropolitan"),
    ("the met police", "metropolitan"),
    ("MPS", "metropolitan"),
    ("TVP", "thames-valley"),
    ("WMP", "west-midlands"),
    ("London, City of", "city-of-london"),
    ("Devon & Cornwall", "devon-and-cornwall"),
    ("DEVON AND CORNWALL POLICE", "devon-and-cornwall"),
    ("Hampshire & Isle of Wight Constabulary", "hampshire"),
    ("Heddlu De Cymru", "south-wales"),
    ("Heddlu Dyfed-Powys", "dyfed-powys"),
    ("E23000032", "kent"),
    ("e23000001", "metropolitan"),
    ("Berkshire", "thames-valley"),
    ("Rutland", "leicestershire"),
    ("Tyne & Wear", "northumbria"),
    ("West Mercia Police", "west-mercia"),
]


def test_every_spelling_of_a_publisher_leads_to_its_force():
    table = load_table("force_names")
    ours = table[table["force"].isin(list(all_forces()))]
    assert len(ours) > 90
    assert [force_slug(name) for name in ours["published_name"]] == ours["force"].tolist()


def test_every_official_name_and_area_code_leads_to_its_force():
    for slug, force in all_forces().items():
        for name in (slug, force.name, force.short_name, force.pfa_code):
            assert force_slug(name) == slug


@pytest.mark.parametrize(("name", "slug"), OTHERS)
def test_short_later_welsh_and_county_names_lead_to_their_force(name, slug):
    assert force_slug(name) == slug
    assert parse_parameters({"force": name}).force == slug


def test_every_defined_name_leads_to_its_force_and_no_name_to_two():
    names = [(name, slug) for slug, known in names_of_forces().items() for name in known]
    assert [force_slug(name) for name, _ in names] == [slug for _, slug in names]
    assert len({name.lower() for name, _ in names}) == len(names)


@pytest.mark.parametrize("name", ["BTP", "British Transport Police", "Police Scotland", "PSNI"])
def test_force_without_a_book_is_explained(name):
    with pytest.raises(InvalidParameter, match=name):
        force_slug(name)


@pytest.mark.parametrize("name", ["XYZ", "", "police", "  ", "&", "x" * 100_000, "é" * 400])
def test_unknown_name_gives_one_short_line(name):
    with pytest.raises(PeelbookError) as raised:
        force_slug(name)
    assert len(str(raised.value)) < 300
    assert "\n" not in str(raised.value)


def test_short_nonsense_is_not_answered_with_a_guess():
    with pytest.raises(PeelbookError, match="43 allowed values"):
        force_slug("XYZ")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (None, "Hampshire Constabulary"),
        (date(2016, 6, 30), "Hampshire Constabulary"),
        (date(2022, 11, 15), "Hampshire Constabulary"),
        (date(2022, 11, 16), "Hampshire and Isle of Wight Constabulary"),
        (date(2026, 3, 31), "Hampshire and Isle of Wight Constabulary"),
    ],
    ids=str,
)
def test_force_has_the_name_that_it_had_on_a_day(day, name):
    force = force_named("hampshire", day)
    assert force.name == name
    assert (force.slug, force.short_name, force.pfa_code) == ("hampshire", "Hampshire", "E23000030")


def test_every_later_name_leads_to_its_force_and_names_its_source():
    for row in name_definitions()["renamed"]:
        assert force_slug(row["name"]) == row["force"]
        assert row["name"] != all_forces()[row["force"]].name
        assert row["source"]
