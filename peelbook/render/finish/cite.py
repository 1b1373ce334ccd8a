"""How to cite a book, a page and a figure, in words and as BibTeX, and how to show a figure elsewhere."""

from __future__ import annotations

import re
from html import escape

from peelbook.render.finish.about import About
from peelbook.render.finish.pictures import Picture

AUTHOR = "PEEL book contributors"
YEAR = "2026"
"""Of the version that is cited, as in `_config.yml`."""
_ABOUT_THE_DATA = (
    "Where a figure is published elsewhere, cite the publisher that its source line names."
)
_ELSEWHERE = (
    "To show this chart, with its title, source and licence, on another page. An address that begins "
    "with downloads or chapters begins in the folder of this book."
)
_SPECIAL = re.compile(r"([&%$#_])")


def book_citation(about: About) -> str:
    """Return the citation of a whole book, as a sentence."""
    where = f" {about.address}index.html" if about.address else ""
    return f"{AUTHOR} ({YEAR}). {about.title}. Version {about.version}.{where}"


def citation(about: About, title: str, name: str) -> str:
    """Return the citation of page `name` with that title, as a sentence."""
    where = f" {about.address}{name}.html" if about.address else ""
    return f"{AUTHOR} ({YEAR}). “{title}”. {about.title}. Version {about.version}.{where}"


def figure_citation(about: About, title: str, page_title: str, place: str) -> str:
    """Return the citation of a figure as a sentence; `place` is the page with the figure's mark."""
    where = f" {about.address}{place}" if about.address else ""
    return (
        f"{AUTHOR} ({YEAR}). “{title}”. In “{page_title}”, {about.title}. "
        f"Version {about.version}.{where}"
    )


def book_bibtex(about: About) -> str:
    """Return the citation of a whole book as an entry of BibTeX."""
    return _entry("book", about, "", {"title": about.title}, "index.html")


def bibtex(about: About, title: str, name: str) -> str:
    """Return the citation of page `name` as an entry of BibTeX."""
    fields = {"title": title, "booktitle": about.title}
    return _entry("incollection", about, _slug(name), fields, f"{name}.html")


def figure_bibtex(about: About, title: str, page_title: str, place: str) -> str:
    """Return the citation of a figure as an entry of BibTeX; `place` as for the one in words."""
    page, _, mark = place.partition("#")
    fields = {"title": title, "booktitle": f"{about.title}: {page_title}"}
    return _entry("incollection", about, f"{_slug(page[:-5])}-{mark}", fields, place)


def _entry(kind: str, about: About, end: str, fields: dict[str, str], place: str) -> str:
    # an author in braces is no person, whose last word would be taken for a family name
    known = {"author": f"{{{AUTHOR}}}"} | {key: _tex(text) for key, text in fields.items()}
    known |= {"year": YEAR, "note": f"Version {about.version}"}
    if about.address:
        known["url"] = f"{about.address}{place}"
    name = "-".join(filter(None, ["peel", about.prefix, about.period_end, end]))
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in known.items())
    return f"@{kind}{{{name},\n{lines}\n}}"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.rpartition("/")[2].lower()).strip("-")


def _tex(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def citation_box(about: About, title: str, name: str, links: str = "") -> str:
    """Return the end of a page: how to cite it, and `links` to what can be taken from it."""
    book = (
        f"<p>The book: {escape(book_citation(about))}</p>"
        f"{_code('BibTeX of the book', book_bibtex(about))}"
        if about.force
        else ""
    )
    return (
        f'<section class="peel-cite" aria-label="This page to cite and to keep">{links}'
        f"<details><summary>Cite this page{' or the book' if book else ''}</summary>"
        f"<p>{escape(citation(about, title, name))}</p>{_code('BibTeX', bibtex(about, title, name))}"
        f"{book}<p>{_ABOUT_THE_DATA}</p></details></section>"
    )


def figure_box(
    about: About, said: dict, place: str, pictures: list[Picture], addresses: list[str]
) -> str:
    """Return what is folded away below a figure: how to cite it, and to show its charts elsewhere.

    Parameters
    ----------
    about
        the book.
    said
        what the figure's JSON says of it.
    place
        its page in the book, with its mark.
    pictures, addresses
        of its charts, and where they are in the book.
    """
    given = (about, said["title"], said.get("page", ""), place)
    up = "../" * place.count("/")
    codes = "".join(
        _code("HTML", embed_code(about, place, picture, address), f' data-up="{up}"')
        for picture, address in zip(pictures, addresses, strict=True)
    )
    what = "Cite or embed" if codes else "Cite"
    return (
        f'<details class="peel-keep"><summary>{what}'
        f'<span class="peel-hidden"> {escape(said["id"].replace("-", " "))}</span></summary>'
        f"<p>{escape(figure_citation(*given))}</p>{_code('BibTeX', figure_bibtex(*given))}"
        f"{f'<p>{_ELSEWHERE}</p>{codes}' if codes else ''}</details>"
    )


def embed_code(about: About, place: str, picture: Picture, address: str) -> str:
    """Return HTML that shows a picture, which holds its source, on any page, and leads to ours."""
    width, height = picture.size
    return (
        f'<a href="{about.address}{place}"><img src="{about.address}{address}" width="{width}" '
        f'height="{height}" alt="{escape(picture.description)}"></a>'
    )


def _code(what: str, text: str, more: str = "") -> str:
    return f'<pre tabindex="0" aria-label="{what}"{more}>{escape(text)}</pre>'
