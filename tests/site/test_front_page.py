"""The front page of a site, as HTML."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from small_site import books_of_all_forces, front

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters, notebook_values
from peelbook.site.front_page import TEMPLATES, front_page

MADE_UP = {
    "force": "nowhere",
    "name": "Nowhere Police",
    "region": "Wales",
    "href": "nowhere/index.html",
}


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return BeautifulSoup(front(), "html.parser")


def test_every_book_is_a_link_in_the_list_by_region_without_any_script(page):
    regions = {
        region.h3.get_text(): [link["href"] for link in region.select("li a")]
        for region in page.select(".region")
    }
    assert list(regions) == sorted(regions)
    assert regions["London"] == ["city-of-london/index.html", "metropolitan/index.html"]
    assert sum(len(links) for links in regions.values()) == 43
    assert page.select_one("#find-form").has_attr("hidden")


def test_page_tells_period_parameters_and_licence_and_links_to_what_is_common(page):
    text = " ".join(page.get_text().split())
    assert "12 months to 30 June 2016" in text.replace("\xa0", " ")
    names = [name.get_text() for name in page.select("dt code")]
    assert "period_end" in names
    assert "force" not in names
    links = [link["href"] for link in page.select("a")]
    assert {"methodology/framework.html", "national/overview.html"} <= set(links)
    assert any("open-government-licence" in link for link in links)


def test_page_does_not_know_the_time_unless_it_is_told():
    assert front() == front(books=list(reversed(books_of_all_forces())))
    place = BeautifulSoup(front(), "html.parser").find(id="last-rendered")
    assert place.has_attr("hidden")
    assert place.time.get_text() == ""
    told = front(last_rendered="1 May 2020")
    assert "Last rendered: 1 May 2020. The build was given this date" in told
    assert "last_rendered.js" not in told


def test_page_names_the_parameter_set_that_has_its_values_and_lists_all_of_them(page):
    assert "parameter set <code>peel-2016</code>" in front()
    values = notebook_values(Parameters())
    listed = {row.code.get_text() for row in page.select("dl dt")}
    assert listed == set(values) - {"force"}
    other = front(parameters=values | {"fraud_in_base_year": True})
    assert "none of the project's own parameter sets" in other


def test_page_shows_no_folder_of_the_computer_that_rendered_it():
    values = notebook_values(Parameters()) | {"findings": "/home/someone/private/kent.csv"}
    html = front(parameters=values)
    assert "<dd>kent.csv</dd>" in html
    assert "private" not in html


def test_page_says_the_licence_of_data_boundaries_and_code(page):
    text = " ".join(page.footer.get_text().split())
    assert "Data: contains public sector information licensed under the Open Government" in text
    assert "contain OS data © Crown copyright and database right" in text
    assert "Code: the program that makes the books is under the MIT licence" in text


def test_nothing_is_loaded_from_elsewhere(page):
    loaded = [
        tag.get("src") or tag.get("href") for tag in page.select("script[src], link[href], img")
    ]
    assert loaded
    assert [address for address in loaded if "//" in address or address.startswith("/")] == []
    style = (TEMPLATES / "site.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


def test_page_has_landmarks_labels_and_a_way_past_them(page):
    assert page.html["lang"] == "en-GB"
    assert all(page.find(tag) for tag in ("header", "main", "footer", "nav", "title"))
    assert len(page.find_all("h1")) == 1
    assert page.find("label", attrs={"for": "find-name"})
    assert page.select_one(page.select_one("a.skip")["href"])
    for section in page.select("section[aria-labelledby]"):
        assert page.find(id=section["aria-labelledby"]).get_text()
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_map_is_described_and_its_data_cannot_end_the_script(page):
    chart = page.select_one(".peel-chart")
    assert chart["role"] == "img"
    assert "43 police force areas" in chart["aria-label"]
    hostile = json.dumps({"description": "</script><b>", "mark": "</script>"})
    html = front_page([MADE_UP], parameters={"period_end": "2016-06-30"}, map_spec=hostile)
    assert html.count("</script>") == 5
    assert "<b>" not in html


def test_names_are_escaped():
    book = MADE_UP | {"name": "<i>Nowhere</i> & Co"}
    html = front_page(
        [book], parameters={"period_end": "2016-06-30"}, map_spec='{"description": ""}'
    )
    assert "&lt;i&gt;Nowhere&lt;/i&gt; &amp; Co" in html


def test_site_of_one_book_speaks_of_one_force():
    html = front(books=[MADE_UP], national_href="", methodology_href="")
    assert "1 police force of" in html
    assert "<nav" not in html


@pytest.mark.parametrize("href", ["https://example.org/", "//example.org/", "/kent/index.html"])
def test_address_that_is_not_relative_is_refused(href):
    with pytest.raises(PeelbookError, match="not a relative address"):
        front(books=[MADE_UP | {"href": href}])


def test_site_without_books_is_refused():
    with pytest.raises(PeelbookError, match="at least one book"):
        front(books=[])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_contrast_with_both_grounds(scheme):
    style = (TEMPLATES / "site.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", light if scheme == "light" else dark))
    for ground in (colours["ground"], colours["tint"]):
        for name in ("ink", "quiet", "strong"):
            assert contrast(colours[name], ground) >= 4.5
        assert contrast(colours["focus"], ground) >= 3
    assert contrast(colours["edge"], colours["ground"]) >= 3
