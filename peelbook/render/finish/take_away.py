"""Puts beside every figure and table its data as CSV, a description as JSON, and a link to itself.

A figure `figure-1` of page `chapters/1_preventing_crime` has its data in
`downloads/1_preventing_crime/figure-1.csv`, in the book of every force and after every change.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path, PurePosixPath

from peelbook.render.finish.about import About
from peelbook.render.finish.grids import as_csv, rows_of
from peelbook.render.finish.parts import FIGURE, Part, names_of, parts_of
from peelbook.render.finish.sources import linked, sources_in

DOWNLOADS = "downloads"
MOST_ROWS_ON_PAPER = 50
_PANELS = '<div class="peel-panels">'
_WITHOUT_SCRIPTS = (
    "<noscript><p>The chart needs JavaScript; its data are in the table below.</p></noscript>"
)
LICENCE = {
    "title": "Open Government Licence v3.0",
    "address": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
_SOURCE = re.compile(r'(<p class="peel-source">)(Source: )(.*?)(</p>)', re.DOTALL)
_ITEMS = re.compile(r'(<ol class="peel-sources">)(.*?)(</ol>)', re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)(?:<a\b|</h1>)", re.DOTALL)


def with_files(page: str, name: str, out: Path, about: About) -> tuple[str, list[dict]]:
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

    Returns
    -------
    The page's HTML, and what the JSON of each figure and table says.
    """
    parts = parts_of(page)
    names = names_of(parts, about.name)
    up = "../" * name.count("/")
    folder = f"{DOWNLOADS}/{_folder(name)}"
    pieces, place, described = [], 0, []
    for part, own in zip(parts, names, strict=True):
        rows = rows_of(part)
        address = f"{folder}/{own}"
        pieces += [page[place : part.start]]
        place = part.end
        if len(rows) < 2:
            pieces.append(part.html)
            continue
        about_it = _description(part, own, rows, name, page, about) | {"data": f"{own}.csv"}
        _write(out / f"{address}.csv", as_csv(rows))
        _write(out / f"{address}.json", json.dumps(about_it, indent=1, ensure_ascii=False) + "\n")
        described.append(about_it | {"data": f"{address}.csv"})
        pieces.append(_with_links(part, own, f"{up}{address}", len(rows) - 1, about))
    return _with_linked_sources("".join([*pieces, page[place:]])), described


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
        "source": source,
        "sources": sources_in(source),
        "caveats": [note.get_text() for note in part.soup.select(".peel-notes li")],
        "charts": [chart["aria-label"] for chart in part.soup.select(".peel-chart[aria-label]")],
        "licence": LICENCE,
        "version": about.version,
    }
    return {key: value for key, value in known.items() if value not in ("", [])}


def _page_title(page: str) -> str:
    found = _TITLE.search(page)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


def _with_links(part: Part, own: str, address: str, rows: int, about: About) -> str:
    """Return a part with its id, and below it what can be taken from it."""
    short = own.replace("-", " ").capitalize() if re.fullmatch(r"figure-\d+", own) else part.title
    hidden = f'<span class="peel-hidden"> of {escape(short)}</span>'
    links = (
        f'<p class="peel-take"><a href="{address}.csv" download="{about.prefix}-{own}.csv">'
        f"Data (CSV){hidden}</a> "
        f'<a href="{address}.json" download="{about.prefix}-{own}.json">About the data (JSON)'
        f'{hidden}</a> <a class="peel-permalink" href="#{own}">Link{hidden}</a></p>'
    )
    if part.kind == FIGURE:
        links = _with_long_table(part, rows) + links
        start = f'<figure class="peel-figure" id="{own}" data-name="{about.prefix}-{own}"'
        html = re.sub(r'^<figure class="peel-figure"(?: id="[^"]*")?', start, part.html)
        html = html.replace(_PANELS, _PANELS + _WITHOUT_SCRIPTS, 1)
        html = (
            html.replace("<details>", '<details class="peel-long">')
            if _is_long(part, rows)
            else html
        )
        return html.removesuffix("</figure>") + f"{links}\n</figure>"
    return re.sub(r"^<(\w+)", rf'<\1 id="{own}"', part.html) + links


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
