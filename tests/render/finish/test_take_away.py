"""Every figure and table has a stable name, its data as a file, and links to both."""

import csv
import io
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from peelbook.render.finish.about import About
from peelbook.render.finish.cite import (
    bibtex,
    book_bibtex,
    book_citation,
    citation,
    figure_bibtex,
    figure_citation,
)
from peelbook.render.finish.drawing import Drawer
from peelbook.render.finish.grids import as_csv, plain
from peelbook.render.finish.notebooks import copy_notebook
from peelbook.render.finish.parts import names_of, parts_of
from peelbook.render.finish.sources import linked, source_addresses, sources_in
from peelbook.render.finish.take_away import with_files

ABOUT = About("PEEL effectiveness: Kent Police", "kent", "Kent Police", "2016-06-30")
TABLE = (
    '<div class="peel-table" tabindex="0" role="region" aria-label="{caption}"><table>'
    '<caption class="peel-hidden">{caption}</caption><thead><tr><th scope="col">Offence</th>'
    '<th scope="col">Rate</th><th scope="col">Change</th></tr></thead><tbody>'
    '<tr><th scope="row">Burglary, all</th><td>1,234.5</td><td>−5.0%</td></tr>'
    '<tr><th scope="row">Robbery</th><td>–</td><td>+3%</td></tr></tbody></table></div>'
)
WITHOUT_CHARTS = Drawer(Path("no library is needed"))
# the package names the periods that the files cover too, which change with each release
WORKFORCE = "Home Office, Police workforce, England and Wales: officers by force on 31 March, "
SOURCE = next(name for name in source_addresses() if name.startswith(WORKFORCE))


def figure(title, subtitle="Per 1,000 population, 2016", number=""):
    anchor = f' id="{number}"' if number else ""
    return (
        f'<figure class="peel-figure"{anchor}><figcaption><p class="peel-title">{title}</p>'
        f'<p class="peel-subtitle">{subtitle}</p></figcaption><details><summary>Data</summary>'
        f'{TABLE.format(caption=title)}</details><p class="peel-source">Source: {SOURCE}</p>'
        '<ul class="peel-notes"><li>A caveat.</li></ul></figure>'
    )


def page(*parts):
    return f"<article><h1>Preventing crime</h1>{'<p>Between.</p>'.join(parts)}</article>"


def test_numbered_figure_keeps_its_name_and_another_is_named_by_what_it_measures():
    parts = parts_of(
        page(
            figure("Figure 3. It fell", number="figure-3"),
            figure("Recorded crime: from 42.0 to 92.2"),
            figure("Strengths weigh more in 10 of 13", "Weight of evidence by question, 2016"),
            figure("It rose", "Offences per 1,000 population (burglary: per household)"),
            TABLE.format(caption="Caveats that apply to Kent Police"),
        )
    )
    assert names_of(parts, "Kent Police") == [
        "figure-3",
        "figure-recorded-crime",
        "figure-weight-of-evidence-by-question",
        "figure-offences-per-1000-population",
        "table-caveats-that-apply-to",
    ]


def test_title_that_begins_with_the_force_gives_no_name():
    crime = "Recorded crime (excluding fraud), per 1,000 population, 2016"
    parts = parts_of(page(figure("Kent Police: 58.0, 2nd of 42", crime), figure("It rose", crime)))
    assert names_of(parts, "Kent Police") == ["figure-recorded-crime", "figure-recorded-crime-2"]


def test_name_is_the_same_for_every_force_and_after_the_data_changed():
    names = {
        tuple(names_of(parts_of(page(figure(title), TABLE.format(caption=f"Why {force}"))), force))
        for title, force in (("Crime: 1.0 in Kent", "Kent Police"), ("Crime: 2.0", "Gwent Police"))
    }
    assert names == {("figure-crime", "table-why")}


def test_two_tables_of_one_caption_have_names_of_their_own():
    parts = parts_of(page(*[TABLE.format(caption="Why this grade")] * 3))
    assert names_of(parts) == [f"table-why-this-grade{end}" for end in ("", "-2", "-3")]


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("1,234.5", "1234.5"),
        ("−5.0%", "-5.0"),
        ("+8.4", "8.4"),
        ("–", ""),
        ("7th of 42", "7th of 42"),
        ("2011, 2016", "2011, 2016"),
        ("12,34", "12,34"),
    ],
)
def test_number_is_read_as_a_program_writes_it_and_words_as_they_are(shown, read):
    assert plain(shown) == read


def test_file_of_a_figure_holds_its_table(tmp_path):
    with_files(
        page(figure("It fell", number="figure-3")),
        "chapters/1_crime",
        tmp_path,
        ABOUT,
        WITHOUT_CHARTS,
    )
    text = (tmp_path / "downloads/1_crime/figure-3.csv").read_bytes().decode()
    assert text == (
        'Offence,Rate,Change (percent)\r\n"Burglary, all",1234.5,-5.0\r\nRobbery,,3\r\n'
    )
    assert list(csv.reader(io.StringIO(text)))[1] == ["Burglary, all", "1234.5", "-5.0"]


def test_description_says_what_the_data_are_and_where_they_come_from(tmp_path):
    with_files(
        page(figure("It fell", number="figure-3")),
        "chapters/1_crime",
        tmp_path,
        ABOUT,
        WITHOUT_CHARTS,
    )
    said = json.loads((tmp_path / "downloads/1_crime/figure-3.json").read_text("utf-8"))
    assert said["title"] == "It fell"
    assert said["measure"] == "Per 1,000 population, 2016"
    assert (said["force"], said["period"]) == ("Kent Police", "12 months to 30 June 2016")
    assert said["page"] == "Preventing crime"
    assert said["columns"] == ["Offence", "Rate", "Change (percent)"]
    assert said["caveats"] == ["A caveat."]
    assert [each["title"] for each in said["sources"]] == [SOURCE]
    assert said["sources"][0]["address"].startswith("https://www.gov.uk/")
    assert said["sources"][0]["released"]
    assert said["licence"]["title"] == "Open Government Licence v3.0"


def test_description_names_the_indicators_that_the_data_are_of(tmp_path):
    marked = figure("It fell").replace(
        'class="peel-figure"', 'class="peel-figure" data-indicators="recorded-crime robbery"'
    )
    _, [taken] = with_files(page(marked), "chapters/1_crime", tmp_path, ABOUT, WITHOUT_CHARTS)
    assert [(each["id"], each["unit"]) for each in taken.description["indicators"]] == [
        ("recorded-crime", "per 1,000 population"),
        ("robbery", "per 1,000 population"),
    ]
    assert [each["name"] for each in taken.description["indicators"]][1] == "robbery"


def test_tiles_of_a_page_are_rows_with_block_indicator_value_and_unit(tmp_path):
    tile = (
        '<section class="peel-card" data-indicators="robbery"><h4>Robbery</h4><p>'
        '<span class="peel-value">0.5</span> per 1,000 population</p><span class="peel-beside">7th of '
        '42</span><span class="peel-beside">England and Wales: 0.9</span>'
        '<p class="peel-when">12 months to 30 June 2016</p></section>'
    )
    numbers = (
        f'<div class="peel-numbers"><h3>Crime</h3><div class="peel-cards">{tile}</div>'
        f'<h3>Work</h3><div class="peel-cards">{tile.replace("0.5", "–")}</div></div>'
    )
    html, [taken] = with_files(page(numbers), "chapters/0_n", tmp_path, ABOUT, WITHOUT_CHARTS)
    assert taken.description["id"] == "cards-force-in-numbers"
    assert 'id="cards-force-in-numbers"' in html
    unit, when = "per 1,000 population", "12 months to 30 June 2016"
    assert taken.rows[1:] == [
        ["Robbery", "Crime", "robbery", "0.5", unit, "0.9", "7th of 42", when],
        ["Robbery", "Work", "robbery", "", unit, "0.9", "7th of 42", when],
    ]


def test_page_leads_to_the_files_and_to_the_figure_itself(tmp_path):
    html, taken = with_files(
        page(figure("It fell", number="figure-3"), TABLE.format(caption="Why this grade")),
        "chapters/1_crime",
        tmp_path,
        ABOUT,
        WITHOUT_CHARTS,
    )
    soup = BeautifulSoup(html, "html.parser")
    assert [each.description["id"] for each in taken] == ["figure-3", "table-why-this-grade"]
    for own in ("figure-3", "table-why-this-grade"):
        assert soup.find(id=own)
        address = f"../downloads/1_crime/{own}"
        for kind in ("csv", "json"):
            link = soup.find("a", href=f"{address}.{kind}")
            assert link["download"] == f"kent-{own}.{kind}"
            assert (tmp_path / "chapters" / link["href"]).resolve().is_file()
        assert soup.select_one(f'a.peel-permalink[href="#{own}"]')


def test_source_line_leads_to_the_publisher():
    html = linked(f"{SOURCE}; HMIC data return, not published in bulk")
    link = BeautifulSoup(html, "html.parser").a
    assert link.text == SOURCE
    assert link["href"] == source_addresses()[SOURCE]
    assert sources_in("HMIC data return, not published in bulk") == []


def test_every_source_of_the_data_package_has_an_address():
    assert len(source_addresses()) > 10
    assert all(address.startswith("https://") for address in source_addresses().values())


def test_rows_are_written_with_the_ends_of_lines_of_the_standard():
    assert as_csv([["a", "b"], ["1", 'x"y']]) == 'a,b\r\n1,"x""y"\r\n'


def test_notebook_names_a_readers_file_without_its_folder(tmp_path):
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["injected-parameters"]},
        "source": ['force = "kent"\n', 'findings = "/home/someone/own.csv"\n', 'returns = ""'],
    }
    source = tmp_path / "in.ipynb"
    source.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    address = copy_notebook(source, "chapters/1_crime", tmp_path)
    assert address == "downloads/notebooks/1_crime.ipynb"
    text = "".join(json.loads((tmp_path / address).read_text("utf-8"))["cells"][0]["source"])
    assert text == 'force = "kent"\nfindings = "own.csv"\nreturns = ""'


def test_citation_names_page_book_version_and_address():
    about = About(ABOUT.title, "kent", "Kent Police", "2016-06-30", "https://example.org/kent/")
    said = citation(about, "Preventing crime", "chapters/1_crime")
    for part in ("“Preventing crime”", ABOUT.title, about.version):
        assert part in said
    assert said.endswith("https://example.org/kent/chapters/1_crime.html")
    entry = bibtex(about, "Preventing crime", "chapters/1_crime")
    assert entry.startswith("@incollection{peel-kent-2016-06-30-1-crime,")
    assert entry.count("{") == entry.count("}")
    assert "url = {https://example.org/kent/chapters/1_crime.html}" in entry
    assert "url" not in bibtex(ABOUT, "Preventing crime", "chapters/1_crime")


def test_book_and_figure_have_citations_of_their_own():
    about = About(ABOUT.title, "kent", "Kent Police", "2016-06-30", "https://example.org/kent/")
    assert book_citation(about).endswith("https://example.org/kent/index.html")
    assert book_bibtex(about).startswith("@book{peel-kent-2016-06-30,")
    place = "chapters/1_crime.html#figure-3"
    said = figure_citation(about, "Figure 3. It fell", "Preventing crime", place)
    for part in (
        "“Figure 3. It fell”",
        "“Preventing crime”",
        ABOUT.title,
        f"Version {ABOUT.version}",
    ):
        assert part in said
    assert said.endswith(f"https://example.org/kent/{place}")
    entry = figure_bibtex(about, "Down 5% & more", "Preventing crime", place)
    assert entry.startswith("@incollection{peel-kent-2016-06-30-1-crime-figure-3,")
    assert r"title = {Down 5\% \& more}" in entry
    assert "url" not in figure_bibtex(ABOUT, "It fell", "Preventing crime", place)


def test_figure_can_be_cited_on_its_page_and_has_code_to_show_it_only_with_a_chart(tmp_path):
    given = page(figure("It fell", number="figure-3"))
    html, _ = with_files(given, "chapters/1_crime", tmp_path, ABOUT, WITHOUT_CHARTS)
    box = BeautifulSoup(html, "html.parser").select_one("#figure-3 .peel-keep")
    assert box.summary.get_text() == "Cite figure 3"
    assert "@incollection" in box.pre.get_text()
    assert "<img" not in box.get_text()
