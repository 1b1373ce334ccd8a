"""What is taken from a page, mended in it and said by it."""

import base64
import hashlib
import json

import altair as alt
import pytest
from bs4 import BeautifulSoup

from peelbook.charts import theme
from peelbook.pages.marks import BAND_COLOURS, HIGHEST, IN_LINE, LOWEST
from peelbook.render.finish.about import About
from peelbook.render.finish.mends import mend
from peelbook.render.finish.metadata import description, with_metadata
from peelbook.render.finish.paper import with_paper
from peelbook.render.finish.places import places_of_forces, words_script
from peelbook.render.finish.policy import with_policy
from peelbook.render.finish.search_index import index_script, sections_of
from peelbook.render.finish.take_away import Taken
from peelbook.render.finish.weight import lighten
from peelbook.render.print_page import chapter_title, headings_of, print_page
from peelbook.tables.forces import all_forces

ABOUT = About("PEEL effectiveness: Kent Police", "kent", "Kent Police", "2016-06-30")
HEAD = """<head><meta charset="utf-8" />
<script defer src="../_static/scripts/fontawesome.js?digest=1"></script>
<script src="../_static/searchtools.js"></script>
<script src="../searchindex.js"></script>
<link rel="stylesheet" href="../_static/sphinx-design.min.css?v=1" />
<link rel="stylesheet" href="../_static/book.css?v=1" />
<script defer src="../_static/figures.js?v=1"></script>
</head>"""


def test_page_does_not_load_what_it_does_not_use():
    page = lighten(f"{HEAD}<body></body>")
    for name in ("fontawesome", "searchtools", "searchindex", "sphinx-design"):
        assert name not in page
    assert "book.css" in page
    assert "figures.js" in page


def test_page_with_tabs_keeps_what_draws_them():
    assert "sphinx-design" in lighten(f'{HEAD}<body><div class="sd-tab-set"></div></body>')


def test_button_is_named_by_its_words_and_regions_have_names_of_their_own():
    region = '<div role="region" aria-label="Indicators"></div>'
    button = '<button class="search-button__button pst-js-only" title="Search" aria-label="Search">'
    soup = BeautifulSoup(mend(f"{button}Search</button>{region * 3}"), "html.parser")
    assert not soup.button.has_attr("aria-label")
    names = [each["aria-label"] for each in soup.select("[role=region]")]
    assert names == ["Indicators", "Indicators (2)", "Indicators (3)"]


def test_code_is_offered_with_a_figure_and_not_with_a_sentence_or_nothing():
    code = '<details class="admonition hide above-input">\n<summary>Show</summary>x\n</details>\n'
    start = f'<div class="cell tag_hide-input docutils container">\n{code}'
    output = '<div class="cell_output docutils container">\n'
    figure = f"{start}{output}<figure><details>data</details></figure></div></div>"
    sentence = f"{start}{output}<p>No figure.</p></div></div>"
    nothing = f"{start}</div>"
    # below the figure, for that is what a reader comes for
    mended = figure.replace(code, "").removesuffix("</div>") + f"{code}</div>"
    assert mend(figure) == mended
    assert mend(sentence + nothing + figure) == (
        sentence.replace(code, "") + nothing.replace(code, "") + mended
    )
    assert mend(figure + sentence) == mended + sentence.replace(code, "")
    assert mend(mended) == mended


def test_policy_names_each_inline_script_and_no_other_way_to_run_one():
    data = '<script type="application/json">{"a": 1}</script>'
    page = with_policy(f'<meta charset="utf-8" /><script>let a = 1;</script>{data}')
    said = BeautifulSoup(page, "html.parser").find("meta", attrs={"http-equiv": True})["content"]
    digest = base64.b64encode(hashlib.sha256(b"let a = 1;").digest()).decode()
    assert f"'sha256-{digest}'" in said
    assert said.count("sha256-") == 1
    assert "unsafe" not in said


def test_page_describes_itself_and_its_data():
    said = {"title": "It fell", "data": "downloads/1_crime/figure-3.csv"}
    data = [Taken("chapters/1_crime", said, [])]
    page = f"<head></head><article><p>Short.</p><p>{'Crime fell in the area. ' * 20}</p></article>"
    page = with_metadata(page, "chapters/1_crime", "Preventing crime", ABOUT, data)
    soup = BeautifulSoup(page, "html.parser")
    said = soup.find("meta", attrs={"name": "description"})["content"]
    assert said.startswith("Kent Police, 12 months to 30 June 2016: Crime fell")
    assert len(said) <= 245
    assert soup.find("meta", property="og:title")["content"] == "Preventing crime: Kent Police"
    known = json.loads(soup.find("script", type="application/ld+json").string)
    assert known["@type"] == "Dataset"
    address = known["distribution"][0]["contentUrl"]
    assert address == "../downloads/1_crime/figure-3.csv"
    assert not soup.find("link", rel="canonical")


def test_page_has_an_address_where_the_site_has_one():
    about = About(ABOUT.title, "kent", "Kent Police", "2016-06-30", "https://example.org/kent/")
    page = with_metadata("<head></head>", "chapters/1_crime", "Crime", about, [])
    link = BeautifulSoup(page, "html.parser").find("link", rel="canonical")
    assert link["href"] == "https://example.org/kent/chapters/1_crime.html"
    assert description("<p>x</p>", ABOUT, "Crime").endswith("Crime")


def test_paper_is_turned_for_a_table_of_many_columns_only():
    def page(columns):
        cells = '<th scope="col"></th>' * columns
        return f'<head></head><div class="peel-table peel-wide"><thead>{cells}</thead></div>'

    assert "landscape" in with_paper(page(12))
    assert "landscape" not in with_paper(page(5))
    assert "landscape" not in with_paper("<head></head>")


def test_every_force_has_places_and_no_place_names_a_force_that_is_none():
    assert set(places_of_forces()) == set(all_forces())
    assert "Rutland" in places_of_forces()["leicestershire"]
    assert "Bristol" in places_of_forces()["avon-and-somerset"]
    known = json.loads(words_script().partition(" = ")[2].rstrip(";\n"))
    assert any({"asb", "anti-social behaviour"} <= set(group) for group in known["same"])
    assert known["wider"]["rape"] == ["sexual offences"]


def test_search_knows_sections_figures_and_terms_with_their_places():
    page = (
        '<article><section id="top"><h1>Crime<a class="headerlink">#</a></h1><p>First words.</p>'
        '<section id="judgment"><h2>Judgment</h2><p>It is good.</p>'
        '<figure class="peel-figure" id="figure-3"><p class="peel-title">It fell</p></figure>'
        '<dl><dt id="term-MARAC">MARAC</dt><dd>A meeting.</dd></dl></section></section></article>'
    )
    found = sections_of(page, "chapters/1_crime", "Crime")
    assert [section[0] for section in found] == [
        f"chapters/1_crime.html#{place}" for place in ("top", "judgment", "figure-3", "term-MARAC")
    ]
    assert found[0][2:] == ["Crime", "First words."]
    assert found[3][3] == "A meeting."
    assert "</script>" not in index_script([["a", "b", "c", "</script>"]], ABOUT)


def test_colours_of_charts_have_a_dark_form_that_can_be_told_from_its_ground():
    ground = theme.DARK["#ffffff"]
    for name in (theme.FORCE, theme.OTHER, theme.LINE, theme.INK, "#a8460a"):
        assert contrast(theme.DARK[name], ground) >= 4.5, name
    bands = [theme.DARK[BAND_COLOURS[each]] for each in (HIGHEST, IN_LINE, LOWEST)]
    for one, other in zip(bands, bands[1:], strict=False):
        assert contrast(one, other) >= 2


def test_colours_that_the_theme_sets_are_among_those_with_a_dark_form():
    config = alt.theme.get()()["config"]
    used = {each for each in _strings(config) if each.startswith("#")}
    assert used
    assert used <= set(theme.DARK)
    sheet = theme.colour_sheet()
    for colour in used:
        assert f'[fill="{colour}"]' in sheet
    assert "@media screen" in sheet
    assert "forced-colors" in sheet


def test_printed_book_holds_every_chapter_once_and_links_within_itself(tmp_path):
    (tmp_path / "chapters").mkdir()
    for name, other in (("1_crime", "2_next"), ("2_next", "1_crime")):
        body = (
            f'<h1>Chapter {name}<a class="headerlink">#</a></h1><figure id="figure-{name}"></figure>'
            f'<a href="{other}.html#figure-{other}">over there</a>'
            '<a href="../methodology/framework.html">rules</a>'
            '<section class="peel-cite"><p>not on paper</p></section>'
        )
        (tmp_path / "chapters" / f"{name}.html").write_text(
            f'<head><link rel="stylesheet" href="../_static/book.css"></head><article>{body}</article>',
            encoding="utf-8",
        )
    page = print_page(tmp_path, ["1_crime", "2_next"], ABOUT, {"Chapter 2_next": 9})
    soup = BeautifulSoup(page, "html.parser")
    ids = [each["id"] for each in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in soup.select('a[href^="#"]'):
        assert soup.find(id=link["href"][1:]), link
    assert "not on paper" not in page
    assert not soup.find("a", string="rules")  # it leads nowhere from paper without an address
    assert soup.select_one(".peel-print-contents").text.endswith("Chapter 2_next9")
    assert headings_of(page) == ["Kent Police", "Contents", "Chapter 1_crime", "Chapter 2_next"]
    assert chapter_title("<article><h1>A<a class='x'>#</a></h1></article>") == "A"


@pytest.mark.parametrize("name", ["canonical", "og:url"])
def test_address_is_not_made_up(name):
    assert name not in with_metadata("<head></head>", "a", "A", ABOUT, [])


def contrast(one, other):
    """Return the contrast of two colours by WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _strings(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    return [value] if isinstance(value, str) else []
