"""Puts beside every figure and table its data as CSV, a description as JSON, and a link to itself.

A figure `figure-1` of page `chapters/1_preventing_crime` has its data in
`downloads/1_preventing_crime/figure-1.csv`, in the book of every force and after every change.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath

from peelbook.indicators.catalogue import load_catalogue
from peelbook.render.finish.about import About
from peelbook.render.finish.cite import figure_box
from peelbook.render.finish.drawing import Drawer
from peelbook.render.finish.grids import Rows, as_csv, rows_of
from peelbook.render.finish.parts import FIGURE, Part, names_of, parts_of
from peelbook.render.finish.pictures import (
    Picture,
    pictures_of,
    with_first_still_at_once,
    with_stills,
    write_pictures,
)
from peelbook.render.finish.sources import linked, sources_in

DOWNLOADS = "downloads"
MOST_ROWS_ON_PAPER = 50
LICENCE = {
    "title": "Open Government Licence v3.0",
    "address": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_SOURCE = re.compile(r'(<p class="peel-source">)(Source: )(.*?)(</p>)', re.DOTALL)
_ITEMS = re.compile(r'(<ol class="peel-sources">)(.*?)(</ol>)', re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)(?:<a\b|</h1>)", re.DOTALL)


@dataclass(frozen=True)
class Taken:
    """What a reader can take from a figure or table: what is said of it, and its rows.

    `page` is the name of the page that it stands on; `description` is what its JSON says, with the
    address of the data in the book as `data`.
    """

    page: str
    description: dict
    rows: Rows


def with_files(
    page: str, name: str, out: Path, about: About, drawer: Drawer
) -> tuple[str, list[Taken]]:
    """Write the files of a page's figures and tables, and return the page with links to them.

    Parameters
    ----------
    page
        HTML.
    name
        of the page in the book, ``chapters/1_preventing_crime``.
    out
        folder of the book.
    about
        the book.
    drawer
        what draws the charts of the figures.

    Returns
    -------
    The page's HTML, and each figure and table of it.
    """
    parts = parts_of(page)
    names = names_of(parts, about.name)
    folder = f"{DOWNLOADS}/{_folder(name)}"
    pieces, place, taken = [], 0, []
    for part, own in zip(parts, names, strict=True):
        rows = rows_of(part)
        address = f"{folder}/{own}"
        pieces += [page[place : part.start]]
        place = part.end
        if len(rows) < 2:
            pieces.append(part.html)
            continue
        pictures = pictures_of(part, drawer)
        files = write_pictures(pictures, out / folder, own)
        about_it = _description(part, own, rows, name, page, about) | {"data": f"{own}.csv"}
        about_it |= {"pictures": files} if files else {}
        _write(out / f"{address}.csv", as_csv(rows))
        _write(out / f"{address}.json", json.dumps(about_it, indent=1, ensure_ascii=False) + "\n")
        taken.append(Taken(name, about_it | {"data": f"{address}.csv"}, rows))
        shown = _Shown(own, f"{name}.html#{own}", folder, pictures, files)
        pieces.append(_with_links(part, shown, about_it, about))
    whole = with_first_still_at_once("".join([*pieces, page[place:]]))
    return _with_linked_sources(whole), taken


def _folder(name: str) -> str:
    """Return a page's folder of files: a chapter's is its own name, for it is in no other folder."""
    return PurePosixPath(name.removeprefix("chapters/")).as_posix()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _description(
    part: Part, own: str, rows: list[list[str]], name: str, page: str, about: About
) -> dict:
    """Return what the JSON beside a file of data says of it."""
    lines = part.soup.select(".peel-source")
    source = "; ".join(dict.fromkeys(line.get_text().removeprefix("Source: ") for line in lines))
    known = {
        "id": own,
        "title": part.title,
        "measure": part.subtitle,
        "force": about.name,
        "period": about.period,
        "book": about.title,
        "page": _page_title(page),
        "address": f"{about.address}{name}.html#{own}" if about.address else f"{name}.html#{own}",
        "columns": rows[0],
        "rows": len(rows) - 1,
        "indicators": _indicators(part),
        "source": source,
        "sources": sources_in(source),
        "caveats": [note.get_text() for note in part.soup.select(".peel-notes li")],
        "charts": [chart["aria-label"] for chart in part.soup.select(".peel-chart[aria-label]")],
        "licence": LICENCE,
        "version": about.version,
    }
    return {key: value for key, value in known.items() if value not in ("", [])}


def _indicators(part: Part) -> list[dict[str, str]]:
    """Return the indicators that a part is of, as the catalogue names them."""
    catalogue = load_catalogue()
    marked = part.soup.select("[data-indicators]")
    names = dict.fromkeys(name for each in marked for name in each["data-indicators"].split())
    return [
        {"id": name, "name": catalogue[name].name, "unit": catalogue[name].unit} for name in names
    ]


def _page_title(page: str) -> str:
    found = _TITLE.search(page)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


@dataclass(frozen=True)
class _Shown:
    """A part as its page shows it: its id, its place and its files in the book."""

    own: str
    place: str
    folder: str
    pictures: list[Picture]
    files: list[str]

    @property
    def up(self) -> str:
        """The way from its page to the top of the book."""
        return "../" * self.place.count("/")

    def address(self, file: str) -> str:
        """Return the address of one of its files, from its page."""
        return f"{self.up}{self.folder}/{file}"


def _with_links(part: Part, shown: _Shown, said: dict, about: About) -> str:
    """Return a part with its id, and below it what can be taken from it."""
    own, rows = shown.own, said["rows"]
    links = f'<p class="peel-take">{_links(part, shown, about)}</p>'
    if part.kind != FIGURE:
        return re.sub(r"^<(\w+)", rf'<\1 id="{own}"', part.html) + links
    in_book = [f"{shown.folder}/{file}" for file in shown.files]
    links += figure_box(about, said, shown.place, shown.pictures, in_book)
    start = f'<figure class="peel-figure" id="{own}" data-name="{about.prefix}-{own}"'
    html = re.sub(r'^<figure class="peel-figure"(?: id="[^"]*")?', start, part.html)
    html = with_stills(html, shown.pictures, [shown.address(file) for file in shown.files])
    if _is_long(part, rows):
        html = html.replace("<details>", '<details class="peel-long">')
    return html.removesuffix("</figure>") + f"{_with_long_table(part, rows)}{links}\n</figure>"


def _links(part: Part, shown: _Shown, about: About) -> str:
    own = shown.own
    short = own.replace("-", " ").capitalize() if re.fullmatch(r"figure-\d+", own) else part.title
    hidden = f'<span class="peel-hidden"> of {escape(short)}</span>'
    pictures = {
        file: "Picture (SVG)" if len(shown.files) == 1 else f"Picture {number} (SVG)"
        for number, file in enumerate(shown.files, start=1)
    }
    files = {f"{own}.csv": "Data (CSV)", f"{own}.json": "About the data (JSON)"} | pictures
    links = [
        f'<a href="{shown.address(file)}" download="{about.prefix}-{file}">{what}{hidden}</a>'
        for file, what in files.items()
    ]
    permalink = f'<a class="peel-permalink" href="#{own}">Link{hidden}</a>'
    return " ".join([*links, permalink])


def _is_long(part: Part, rows: int) -> bool:
    """Return whether a table lies behind a picture of all it holds, and is too long for paper."""
    return rows > MOST_ROWS_ON_PAPER and part.soup.select_one(".peel-chart") is not None


def _with_long_table(part: Part, rows: int) -> str:
    if not _is_long(part, rows):
        return ""
    return (
        f'<p class="peel-on-paper">The {rows} rows behind this figure are in its file of data, '
        "on the page that this was printed from.</p>"
    )


def _with_linked_sources(page: str) -> str:
    page = _SOURCE.sub(
        lambda m: f'{m[1]}<span class="peel-source-text">{m[2]}{linked(m[3])}</span>{m[4]}', page
    )
    return _ITEMS.sub(lambda m: f"{m[1]}{linked(m[2])}{m[3]}", page)
