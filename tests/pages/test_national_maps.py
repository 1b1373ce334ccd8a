"""The maps of all forces: what they show, where a click leads, and what they weigh."""

import json

import pytest
import vl_convert
import yaml
from bs4 import BeautifulSoup

from peelbook.errors import PeelbookError
from peelbook.pages.links import BookLinks
from peelbook.pages.maps import force_maps, navigation_map
from peelbook.pages.tile_layout import LAYOUT, load_tiles
from peelbook.parameters import parse_parameters
from peelbook.tables.forces import all_forces

MOST_BYTES_OF_BOUNDARIES = 150_000
REPORT = parse_parameters({})


@pytest.fixture(scope="module")
def maps():
    return force_maps(REPORT, BookLinks("..", frozenset({"kent"})))


def values(chart: dict) -> list[dict]:
    return next(rows for rows in chart["datasets"].values() if "region" in rows[0])


def test_a_page_carries_the_boundaries_once_and_below_their_weight(maps):
    html = maps._repr_html_()
    assert html.count('"MultiPolygon"') == navigation_map().count('"MultiPolygon"')
    areas = maps.figure.charts["Police force areas"].to_dict()
    assert len(json.dumps(areas, separators=(",", ":"))) < MOST_BYTES_OF_BOUNDARIES
    assert len(navigation_map()) < MOST_BYTES_OF_BOUNDARIES


def test_both_maps_show_every_force_and_link_those_with_a_book(maps):
    for chart in maps.figure.charts.values():
        areas = values(chart.to_dict())
        assert len(areas) == 43
        assert {area["name"]: area["href"] for area in areas if "href" in area} == {
            "Kent": "../kent/index.html"
        }


def test_area_carries_band_value_and_rank_of_each_measure_that_is_offered(maps):
    areas = values(maps.figure.charts["Police force areas"].to_dict())
    leicestershire = next(area for area in areas if area["name"] == "Leicestershire")
    assert leicestershire["recorded-crime"] == [
        "Broadly in line",
        "58.0 per 1,000 population",
        "26th highest of 42",
    ]
    offered = [choice["id"] for choice in maps.choices]
    assert offered == [
        *("recorded-crime", "victim-based-crime", "asb", "asb-change", "charged", "severity")
    ]
    assert set(offered) <= set(leicestershire)


def test_description_of_each_map_names_the_forces_at_both_ends(maps):
    first = maps.choices[0]["descriptions"]
    drawn = [chart.to_dict()["description"] for chart in maps.figure.charts.values()]
    assert drawn == first
    assert "One of the highest: Avon and Somerset, Cleveland" in first[0]
    assert "Not ranked: City of London." in first[0]


def test_measure_of_outcomes_is_offered_where_forces_can_be_compared():
    # outcomes of the year to March 2014 are not held
    for period_end, offered in {"2018-12-31": True, "2014-03-31": False}.items():
        maps = force_maps(parse_parameters({"period_end": period_end}))
        assert ("charged" in [choice["id"] for choice in maps.choices]) == offered


def test_area_is_named_with_value_and_rank_and_is_a_link_only_if_it_has_a_book(maps):
    for chart in maps.figure.charts.values():
        drawn = BeautifulSoup(vl_convert.vegalite_to_svg(chart.to_dict()), "html.parser")
        areas = {area["aria-label"]: area for area in drawn.select("path[aria-label]")}
        named = {name: area["role"] for name, area in areas.items() if " per 1,000" in name}
        assert len(named) == 43
        kent = "Kent: 65.1 per 1,000 population, 16th highest of 42, broadly in line"
        assert [name for name, role in named.items() if role == "link"] == [kent]
        assert "City of London: 771.3 per 1,000 population, not ranked" in named
        links = {link["xlink:href"].rpartition("..")[2] for link in drawn.select("a")}
        assert links == {"/kent/index.html"}


def test_navigation_map_links_every_force():
    areas = values(json.loads(navigation_map(BookLinks("."))))
    assert sorted(area["href"] for area in areas) == [
        f"./{slug}/index.html" for slug in sorted(all_forces())
    ]


def test_every_force_has_one_tile_and_lies_where_it_should():
    tiles = load_tiles().set_index("force")
    assert sorted(tiles.index) == sorted(all_forces())
    assert tiles.loc["northumbria", "row"] < tiles.loc["kent", "row"]
    assert tiles.loc["dyfed-powys", "column"] < tiles.loc["norfolk", "column"]
    assert tiles["row"].idxmin() == "northumbria"


@pytest.mark.parametrize("mistake", ["missing", "same place"])
def test_layout_with_a_mistake_is_refused(tmp_path, mistake):
    layout = yaml.safe_load(LAYOUT.read_text(encoding="utf-8"))
    if mistake == "missing":
        layout["tiles"].pop()
    else:
        layout["tiles"][0] |= {"column": 6, "row": 9}
    path = tmp_path / "tiles.yml"
    path.write_text(yaml.safe_dump(layout), encoding="utf-8")
    with pytest.raises(PeelbookError, match="kent" if mistake == "missing" else "one place"):
        load_tiles(path)
