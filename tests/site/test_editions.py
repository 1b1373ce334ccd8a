"""Editions of a site: which there are, where their books lie, and how readers get from one to another."""

import json

import pytest
from bs4 import BeautifulSoup
from small_site import books_of_all_forces, front

from peelbook.errors import InvalidParameter
from peelbook.parameters import parse_parameters
from peelbook.render.contents import Contents
from peelbook.render.mark import first_stranger, remove_written, write_mark
from peelbook.render.plan import Plan
from peelbook.render.within_site import fit_into_site
from peelbook.site.editions import (
    EDITIONS,
    Edition,
    Published,
    books_of,
    editions_named,
    editions_of,
)
from peelbook.site.front import missing_page
from peelbook.site.scripts import forces_script


def folders(editions: list[Edition]) -> dict[str, str]:
    return {edition.name: edition.folder for edition in editions}


def test_site_that_is_told_nothing_has_four_editions_the_first_at_its_root():
    assert folders(editions_of([], {})) == {
        "peel-2016": "",
        "peel-2017": "peel-2017/",
        "peel-2018-19": "peel-2018-19/",
        "latest": "latest/",
    }


def test_addresses_do_not_depend_on_the_order_in_which_editions_are_named():
    told = ["latest", "peel-2016", "latest", "peel-2017"]
    assert folders(editions_named(told)) == {
        "peel-2016": "",
        "latest": "latest/",
        "peel-2017": "peel-2017/",
    }
    assert folders(editions_named(["latest"])) == {"latest": ""}


def test_edition_is_called_by_its_inspection_and_period():
    assert [edition.title for edition in editions_named(EDITIONS)] == [
        "Inspection of 2016, 12 months to 30 June 2016",
        "Inspection of 2017, 12 months to 30 June 2017",
        "Inspection of 2018/19, 12 months to 31 March 2019",
        "Inspection of 2018/19, 12 months to 31 March 2026",
    ]


def test_values_of_ones_own_make_one_edition_and_go_with_no_name():
    [edition] = editions_of([], {"comparator": "region"})
    assert (edition.folder, edition.parameters.comparator) == ("", "region")
    with pytest.raises(InvalidParameter, match="not both"):
        editions_of(["latest"], {"comparator": "region"})


@pytest.mark.parametrize("name", ["peel-2061", "../parameters/latest", ""])
def test_name_that_no_set_has_is_refused(name):
    with pytest.raises(InvalidParameter, match="Edition"):
        editions_named([name])


def test_books_of_another_edition_have_folders_and_addresses_of_their_own(tmp_path):
    first, second = editions_named(["peel-2016", "peel-2017"])
    plan = Plan(tmp_path / "site", within_site=1, base_url="https://example.org/peel/")
    one, other = (books_of(edition, ["kent"], plan).plan for edition in (first, second))
    assert one == plan
    assert other.earlier_book("kent") == tmp_path / "site" / "peel-2017" / "kent"
    assert other.kept("kent") == plan.kept("peel-2017") / "kent"
    assert other.address_of("kent") == "https://example.org/peel/peel-2017/kent/"


def test_book_of_another_edition_finds_what_the_site_holds_once_two_folders_up(tmp_path):
    page = tmp_path / "chapters" / "one.html"
    page.parent.mkdir()
    page.write_text('<link href="../_static/a.css"><a href="two.html">', encoding="utf-8")
    fit_into_site(tmp_path, Contents(tmp_path, (), (), ()), 2)
    assert page.read_text("utf-8") == '<link href="../../../_static/a.css"><a href="two.html">'


def published() -> list[Published]:
    first, second = editions_named(["peel-2016", "peel-2017"])
    return [Published(first, ["durham", "kent"]), Published(second, ["kent"])]


def test_switcher_is_told_the_editions_only_where_there_are_several():
    books = books_of_all_forces()
    alone = forces_script(books, published()[:1])
    assert alone == forces_script(books)
    assert "PEEL_EDITIONS" not in alone
    text = forces_script(books, published()).partition("window.PEEL_EDITIONS = ")[2]
    told = json.loads(text.rstrip().removesuffix(";"))
    assert [(each["edition"], each["folder"], each["forces"]) for each in told] == [
        ("peel-2016", "", ["durham", "kent"]),
        ("peel-2017", "peel-2017/", ["kent"]),
    ]


def test_front_page_of_an_edition_leads_to_the_others_and_finds_its_files_a_folder_up():
    links = [
        {"title": "One", "href": "../index.html", "current": False},
        {"title": "Two", "href": "../two/index.html", "current": True},
    ]
    page = BeautifulSoup(front(root="../", editions=links), "html.parser")
    choice = page.select("nav.editions a")
    assert [link["href"] for link in choice] == ["../index.html", "../two/index.html"]
    assert [link.get("aria-current") for link in choice] == [None, "page"]
    loaded = [tag.get("src") or tag["href"] for tag in page.select("script[src], link[href]")]
    assert loaded
    assert all(address.startswith("../") for address in loaded)
    assert not BeautifulSoup(front(), "html.parser").select("nav.editions")


def test_page_for_a_wrong_address_leads_to_every_edition():
    page = missing_page("https://example.org", [each.edition for each in published()])
    links = [link["href"] for link in BeautifulSoup(page, "html.parser").select("a")]
    assert links == [
        "https://example.org/",
        "https://example.org/index.html",
        "https://example.org/peel-2017/index.html",
    ]
    assert missing_page("", [published()[0].edition]) == missing_page("")


def test_site_may_be_replaced_with_its_editions_but_for_what_others_put_there(tmp_path):
    for folder in ("kent", "peel-2017/kent", "peel-2017", "."):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "index.html").write_text(folder, encoding="utf-8")
        write_mark(tmp_path / folder, {})
    assert first_stranger(tmp_path) is None
    own = tmp_path / "peel-2017" / "kent" / "own.txt"
    own.write_text("mine", encoding="utf-8")
    assert first_stranger(tmp_path) == "peel-2017/kent/own.txt"
    remove_written(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [own]


def test_error_of_a_book_names_its_edition_where_force_alone_does_not_tell():
    first, second = editions_named(["peel-2016", "peel-2017"])
    assert first.of_it("kent: no") == "kent: no"
    assert second.of_it("kent: no") == "peel-2017: kent: no"
    assert second.of_it("") == ""
    assert Edition(parse_parameters({})).of_it("kent: no") == "kent: no"
