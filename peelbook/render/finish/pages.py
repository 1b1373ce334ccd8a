"""Finishes the pages of a build: lighter, mended, with what can be taken from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from peelbook.charts.bundle import BUNDLE
from peelbook.render.finish.about import About
from peelbook.render.finish.data_zip import write_data_package
from peelbook.render.finish.drawing import Drawer
from peelbook.render.finish.ends import with_end
from peelbook.render.finish.mends import mend
from peelbook.render.finish.metadata import with_metadata
from peelbook.render.finish.paper import with_paper
from peelbook.render.finish.places import WORDS, words_script
from peelbook.render.finish.policy import with_policy
from peelbook.render.finish.search_index import INDEX, index_script, sections_of
from peelbook.render.finish.take_away import Taken, with_files
from peelbook.render.finish.weight import lighten, lighten_static
from peelbook.render.finish.workbook import write_workbook

NOT_IN_A_BOOK = ("search", "genindex")
STATEMENT = "methodology/accessibility.html"
_FOOTER = '<div class="extra_footer">'
_H1 = re.compile(r"(<h1[^>]*>)(.*?)(<a class=\"headerlink\"[^>]*>.*?</a></h1>|</h1>)", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_START = "<article"
_REFRESH = re.compile(r'http-equiv="Refresh" content="0; url=([^"]*)"', re.IGNORECASE)


def finish_pages(out: Path, sources: Path, about: About) -> None:
    """Finish every page below `out`, which Sphinx wrote from the files in `sources`.

    Writes data, descriptions, notebooks and the spreadsheet of a book below `out`/downloads, and
    leaves `_static` without what no page loads.
    """
    sections, every = [], []
    with Drawer(out / "_static" / BUNDLE) as drawer:
        build = Build(out, sources, about, drawer)
        for path in sorted(out.rglob("*.html")):
            name = path.relative_to(out).with_suffix("").as_posix()
            if not name.startswith("_static/"):
                page, taken = finish_page(path.read_text(encoding="utf-8"), name, build)
                path.write_text(page, encoding="utf-8")
                every += taken
                if name not in NOT_IN_A_BOOK:
                    sections += sections_of(page, name, title_of(page))
    (out / INDEX).write_text(index_script(sections, about), encoding="utf-8")
    (out / "_static" / WORDS).write_text(words_script(), encoding="utf-8")
    if not about.within_site:
        write_data_package(out)
    if about.force:
        write_workbook(out, every, about)
    lighten_static(out / "_static")


@dataclass(frozen=True)
class Build:
    """A build that is being finished: where it is, where its pages came from, what draws charts."""

    out: Path
    sources: Path
    about: About
    drawer: Drawer


def finish_page(page: str, name: str, build: Build) -> tuple[str, list[Taken]]:
    """Return page `name` as readers get it, and its figures and tables; write their files."""
    about = build.about
    if moved := _REFRESH.search(page):
        return _way_on(moved[1], build), []
    if name.startswith("methodology/"):
        about = about.without_force()
    page = _with_statement(with_paper(mend(lighten(page))), name, build.sources)
    title = title_of(page)
    data: list[Taken] = []
    if name not in NOT_IN_A_BOOK:
        page, data = with_files(page, name, build.out, about, build.drawer)
        in_site = build.about.within_site or not build.about.force
        page = with_end(
            _with_force(page, about), name, title, about, build.sources, build.out, in_site=in_site
        )
    return with_policy(with_metadata(page, name, title, about, data)), data


def _with_statement(page: str, name: str, sources: Path) -> str:
    """Lead from the foot of a page to the statement on accessibility, where the book has one."""
    if not (sources / STATEMENT).with_suffix(".md").is_file():
        return page
    up = "../" * name.count("/")
    link = f'<p><a href="{up}{STATEMENT}">Accessibility statement</a></p>'
    return page.replace(_FOOTER, f"{_FOOTER}{link}", 1)


def _way_on(address: str, build: Build) -> str:
    """Return the front page of a book, which leads on to its first page by its name."""
    title = escape(build.about.title)
    named = title_of((build.out / address).read_text(encoding="utf-8"))
    first = escape(named.removeprefix(f"{build.about.name}: "))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<meta http-equiv="Refresh" content="0; url={address}">\n'
        f'<meta name="description" content="{title}. First page: {first}.">\n'
        '<link rel="icon" type="image/svg+xml" href="_static/favicon.svg">\n'
        f'</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p><a href="{address}">{first}</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )


def title_of(page: str) -> str:
    """Return the heading of a page as text, or what its window is called."""
    found = _H1.search(page)
    text = found[2] if found else _TITLE.search(page)[1].partition(" &#8212; ")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


def _with_force(page: str, about: About) -> str:
    """Name the force in the heading of a page, in small type above it."""
    if not about.name:
        return page
    of = f'<span class="peel-force-name">{escape(about.name)}<span class="peel-hidden">: </span></span>'
    before, start, article = page.partition(_START)
    return before + start + _H1.sub(lambda m: f"{m[1]}{of}{m[2]}{m[3]}", article, count=1)
