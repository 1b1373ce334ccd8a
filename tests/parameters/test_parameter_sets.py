"""The parameter sets that come with the project."""

from pathlib import Path

import pytest

from peelbook.cli.options import collect_parameters
from peelbook.parameters import Parameters, parse_parameters

FOLDER = Path(__file__).resolve().parents[2] / "parameters"
SETS = sorted(FOLDER.glob("*.yml"))


def test_the_seven_sets_are_there():
    assert [path.stem for path in SETS] == [
        "latest",
        "peel-2016",
        "peel-2017",
        "peel-2018-19",
        "regional-comparison",
        "similar-forces",
        "year-ending-march-2018",
    ]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_each_is_valid_for_any_force_and_says_what_it_is_for(path):
    values = collect_parameters(path, None)
    assert "force" not in values  # so that any force can be named on the command line
    assert parse_parameters(values | {"force": "kent"}).force == "kent"
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_the_reference_set_spells_out_every_default():
    values = collect_parameters(FOLDER / "peel-2016.yml", None)
    assert set(values) == set(Parameters.model_fields) - {"force"}
    named = parse_parameters(values)
    assert named == Parameters(inspection="2016")
    assert named.inspected == Parameters().inspected


def test_what_the_others_change():
    named = {path.stem: collect_parameters(path, None) for path in SETS}
    assert named["year-ending-march-2018"] == {"period_end": "2018-03-31"}
    assert named["latest"] == {"period_end": "2026-03-31", "inspection": "2018-19"}
    assert named["peel-2017"] == {"period_end": "2017-06-30", "inspection": "2017"}
    assert named["peel-2018-19"] == {"period_end": "2019-03-31", "inspection": "2018-19"}
    assert named["regional-comparison"] == {"comparator": "region"}
    assert named["similar-forces"] == {"comparator": "similar-forces"}
