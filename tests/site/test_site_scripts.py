"""The files that make books one site."""

import json

from small_site import books_of_all_forces, front

from peelbook.site.scripts import forces_script, place_in_site, write_front


def test_list_of_forces_is_a_script_in_the_order_of_names():
    books = books_of_all_forces()
    text = forces_script(reversed(books))
    start, _, rest = text.partition("=")
    assert start == "window.PEEL_FORCES "
    forces = json.loads(rest.rstrip().removesuffix(";"))
    assert len(forces) == 43
    assert forces[0] == {
        "force": "avon-and-somerset",
        "name": "Avon and Somerset Constabulary",
        "folder": "avon-and-somerset/",
    }
    assert forces == sorted(forces, key=lambda force: force["name"])


def test_name_cannot_end_the_script():
    book = {"force": "x", "name": "</script>", "region": "Wales", "href": "x/index.html"}
    assert "</script>" not in forces_script([book])


def test_book_is_told_where_the_site_is(tmp_path):
    (tmp_path / "_static").mkdir()
    place_in_site(tmp_path)
    said = (tmp_path / "_static" / "site_root.js").read_text(encoding="utf-8")
    assert said == 'window.PEEL_SITE_ROOT = "./";\n'


def test_front_has_every_file_that_its_page_names(tmp_path):
    page = front()
    write_front(tmp_path, books_of_all_forces())
    assert {file.name for file in tmp_path.iterdir()} == {
        *("forces.js", "site.css", "find_force.js", "last_rendered.js", "_static")
    }
    # fetched by figures.js where there is a chart
    assert (tmp_path / "_static" / "vega.js").is_file()
    for name in (
        *("site.css", "find_force.js", "last_rendered.js"),
        *("_static/figures.js", "_static/chart_links.js", "_static/charts.css"),
        "_static/favicon.svg",
    ):
        assert f'"{name}"' in page
        assert (tmp_path / name).is_file()


def test_front_leaves_the_libraries_of_the_books_as_they_are(tmp_path):
    libraries = tmp_path / "_static" / "vega.js"
    libraries.parent.mkdir()
    libraries.write_text("// the books'", encoding="utf-8")
    write_front(tmp_path, books_of_all_forces())
    assert libraries.read_text(encoding="utf-8") == "// the books'"
