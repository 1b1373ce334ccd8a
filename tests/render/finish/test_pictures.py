"""Charts drawn without a browser: the same bytes anywhere, with title, measure, source and licence."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import altair as alt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from peelbook.charts.bundle import BUNDLE, vega_bundle
from peelbook.charts.figure import Figure
from peelbook.render.finish.about import About
from peelbook.render.finish.drawing import WIDTH, Drawer
from peelbook.render.finish.letters import lines_of, width_of
from peelbook.render.finish.parts import parts_of
from peelbook.render.finish.pictures import LICENCE, Words, compose, pictures_of
from peelbook.render.finish.take_away import with_files

ABOUT = About(
    "PEEL effectiveness: Kent Police",
    "kent",
    "Kent Police",
    "2016-06-30",
    "https://example.org/kent/",
)
WORDS = Words("Figure 3. It fell by a third & more", "Per 1,000 population", "", "Source: A; B")
SVG = "{http://www.w3.org/2000/svg}"
DRAW = """
import json, sys
from pathlib import Path
from peelbook.render.finish.drawing import Drawer
with Drawer(Path(sys.argv[1])) as drawer:
    for text in sys.argv[2:]:
        drawing = drawer.draw(json.loads(text))
print(drawing)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / BUNDLE
    path.write_text(vega_bundle(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def drawer(library):
    with Drawer(library) as made:
        yield made


def bars():
    data = pd.DataFrame({"force": ["Kent", "Essex", "Surrey"], "value": [10.0, 20.0, 5.0]})
    bar = (
        alt.Chart(data).mark_bar().encode(x="value:Q", y="force:N", href=alt.value("../kent.html"))
    )
    return bar.properties(width="container", description="Bars of <3> & more forces.")


def line():
    data = pd.DataFrame({"end": pd.date_range("2016-03-31", periods=4, freq="QE"), "value": 1.0})
    drawn = alt.Chart(data).mark_line(clip=True).encode(x="end:T", y="value:Q")
    return drawn.properties(width=300, description="A line.")


def test_drawing_has_every_bar_at_its_length_and_leads_nowhere(drawer):
    drawing = drawer.draw(bars().to_dict())
    lengths = [float(each) for each in re.findall(r'<path[^>]* d="M0,[\d.]+h([\d.]+)v18', drawing)]
    assert sorted(lengths) == pytest.approx([WIDTH / 4, WIDTH / 2, WIDTH])
    assert "<a " not in drawing
    assert {"Kent", "Essex", "Surrey"} <= set(re.findall(r">([^<]+)</text>", drawing))


def test_drawing_is_the_same_in_another_time_zone_and_after_another(drawer, library):
    ours = drawer.draw(line().to_dict())
    assert "clip1" in ours
    specs = [json.dumps(chart.to_dict()) for chart in (bars(), line().properties(width=99), line())]
    theirs = subprocess.run(
        [sys.executable, "-c", DRAW, str(library), *specs],
        env=os.environ | {"TZ": "Australia/Lord_Howe"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert theirs.strip() == ours.strip()


def test_zone_of_the_process_is_left_as_it_was(drawer, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    drawer.draw(line().properties(height=99).to_dict())
    assert os.environ["TZ"] == "Europe/London"


def test_picture_holds_its_words_above_and_below_the_chart(drawer):
    picture = compose(drawer.draw(bars().to_dict()), WORDS, "Bars of <3> & more.")
    root = ET.fromstring(picture.svg)
    assert root.find(f"{SVG}title").text == WORDS.title
    assert root.find(f"{SVG}desc").text == "Bars of <3> & more."
    texts = root.findall(f"{SVG}text")
    said = " ".join(text.text for text in texts)
    assert said == f"{WORDS.title} {WORDS.measure} {WORDS.source} {LICENCE}"
    x, y, width, height = map(float, root.find(f"{SVG}view").get("viewBox").split())
    assert (width, height) == picture.chart_size
    above = [text for text in texts if float(text.get("y")) < y]
    below = [text for text in texts if float(text.get("y")) > y + height]
    assert len(above) == 2
    assert len(above) + len(below) == len(texts)
    assert x + width < picture.size[0] == int(root.get("width"))
    for text in texts:
        assert float(text.get("y")) < picture.size[1]


def test_picture_of_a_panel_is_titled_by_it_and_says_what_its_marks_mean(drawer):
    charts = {"All crime": bars(), "Burglary": bars()}
    notes = ("Shaded: the middle half.", "a: Counted otherwise since 2014.", "Not a mark.")
    made = Figure("", "All crime fell", "Rate", "A", pd.DataFrame({"a": ["1"]}), charts, notes)
    [part] = parts_of(made.to_html())
    for picture, panel in zip(pictures_of(part, drawer), charts, strict=True):
        said = [text.text for text in ET.fromstring(picture.svg).findall(f"{SVG}text")]
        assert said[:2] == [panel, "Rate"]
        told = " ".join(said[2:])
        assert told.startswith("Part of the figure: All crime fell Shaded: the middle half. a: ")
        assert told.endswith(f"since 2014. Source: A {LICENCE}")


def test_figure_has_its_picture_beside_the_page_and_shows_it_until_its_chart_is_drawn(
    drawer, tmp_path
):
    made = Figure("Figure 3", "It fell", "Per 1,000", "A", pd.DataFrame({"a": ["1"]}), {"": bars()})
    page = f"<article><h1>Crime</h1>{made.to_html()}</article>"
    html, [taken] = with_files(page, "chapters/1_crime", tmp_path, ABOUT, drawer)
    soup = BeautifulSoup(html, "html.parser")
    address = "../downloads/1_crime/figure-3.svg"
    assert soup.select_one(f'.peel-take a[href="{address}"]')["download"] == "kent-figure-3.svg"
    still = soup.select_one(".peel-chart > img.peel-still")
    assert still["src"] == f"{address}#chart"
    file = tmp_path / "chapters" / address
    assert "It fell" in file.resolve().read_text("utf-8")
    assert taken.description["pictures"] == ["figure-3.svg"]
    shown = BeautifulSoup(soup.select_one(".peel-keep pre[data-up]").get_text(), "html.parser")
    assert shown.img["src"] == "https://example.org/kent/downloads/1_crime/figure-3.svg"
    assert shown.img["alt"] == "Bars of <3> & more forces."
    assert shown.a["href"] == "https://example.org/kent/chapters/1_crime.html#figure-3"


def test_panels_of_a_figure_have_a_picture_each(drawer, tmp_path):
    charts = {"All": bars(), "Some": bars().properties(height=50)}
    made = Figure("", "It fell", "Rate, 2016", "A", pd.DataFrame({"a": ["1"]}), charts)
    said = '<p>A text says loading="lazy" too.</p>'
    page = f"{said}{made.to_html()}"
    html, [taken] = with_files(page, "chapters/1_crime", tmp_path, ABOUT, drawer)
    assert html.startswith(said)
    files = taken.description["pictures"]
    assert files == ["figure-rate-1.svg", "figure-rate-2.svg"]
    texts = [(tmp_path / "downloads/1_crime" / file).read_text("utf-8") for file in files]
    assert [panel in text for panel in (">All<", ">Some<") for text in texts] == [
        *(True, False, False, True)
    ]
    stills = BeautifulSoup(html, "html.parser").select("img.peel-still")
    assert [still.get("loading") for still in stills] == [None, "lazy"]


@settings(deadline=None)
@given(st.text(alphabet="abc MW.–é", max_size=60), st.integers(20, 200), st.booleans())
def test_lines_hold_all_words_and_are_no_wider_than_they_may_be(text, width, bold):
    lines = lines_of(text, width, 12, bold=bold)
    assert " ".join(lines) == " ".join(text.split())
    for each in lines:
        assert width_of(each, 12, bold=bold) <= width or len(each.split()) == 1
