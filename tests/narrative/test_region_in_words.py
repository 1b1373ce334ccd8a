"""A book compared with its region says which region that is, and what is in it."""

import pytest

from peelbook.narrative import about, crime
from peelbook.tables.forces import all_forces


def test_region_is_not_taken_for_the_force_of_its_name(evidence_of):
    ev = evidence_of("warwickshire", "2018-03-31", comparator="region")
    assert "of the West Midlands region" in crime.levels(ev)
    assert ev.comparator_name != all_forces()["west-midlands"].short_name
    for force in ("metropolitan", "gwent"):
        other = evidence_of(force, "2018-03-31", comparator="region")
        assert "region" not in other.comparator_name


@pytest.mark.parametrize(("force", "forces"), [("metropolitan", 2), ("dyfed-powys", 4)])
def test_region_is_said_to_hold_the_force_itself(evidence_of, force, forces):
    ev = evidence_of(force, "2018-03-31", comparator="region")
    assert f"the area of {forces} forces, this one among them" in about.this_book(ev)
