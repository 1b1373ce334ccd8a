"""The end of a page: what can be taken from the page, the book and the site, and how to cite it."""

from __future__ import annotations

from html import escape
from pathlib import Path, PurePosixPath

from peelbook.render.finish.about import About
from peelbook.render.finish.cite import citation_box
from peelbook.render.finish.data_zip import DATA, INDICATORS
from peelbook.render.finish.notebooks import copy_notebook
from peelbook.render.finish.workbook import workbook_address

_END = "</article>"


def with_end(
    page: str, name: str, title: str, about: About, sources: Path, out: Path, *, in_site: bool
) -> str:
    """Return a page with its end; copies its notebook, where it has one, into the book.

    Parameters
    ----------
    page, name, title
        its HTML, its name in the book, and its heading.
    about
        what it says of the book.
    sources, out
        folders of the executed notebooks, and of the book.
    in_site
        whether a site holds the book, or the page itself.
    """
    up = "../" * name.count("/")
    lines = [_link(f"{up}{DATA}", "peel-data.zip", "All data tables (zip)")]
    if about.force:
        file = f"{about.prefix}-tables.xlsx"
        address = f"{up}{workbook_address(about)}"
        lines.append(_link(address, file, "All tables of this book (XLSX)"))
    if in_site:
        files = [_link(f"{up}{file}", f"peel-{file}", kind) for kind, file in INDICATORS.items()]
        lines.append(f"All indicators of all forces: {', '.join(files)}")
    notebook = sources / f"{name}.ipynb"
    if notebook.is_file():
        address = f"{up}{copy_notebook(notebook, name, out)}"
        file = f"{about.prefix}-{PurePosixPath(name).name}.ipynb"
        made = _link(address, file, "This page as a notebook")
        lines.append(f"{made} (runs where the project is installed)")
    links = "".join(f"<p>{line}</p>" for line in lines)
    before, end, after = page.rpartition(_END)
    return f"{before}{citation_box(about, title, name, links)}\n{end}{after}" if end else page


def _link(address: str, file: str, what: str) -> str:
    return f'<a href="{address}" download="{escape(file)}">{what}</a>'
