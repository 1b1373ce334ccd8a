"""How to cite a page: in words, and as BibTeX."""

from __future__ import annotations

import re
from html import escape

from peelbook.render.finish.about import About

AUTHOR = "PEEL book contributors"
YEAR = "2026"
"""Of the version that is cited, as in `_config.yml`."""
_ABOUT_THE_DATA = (
    "Where a figure is published elsewhere, cite the publisher that its source line names."
)


def citation(about: About, title: str, name: str) -> str:
    """Return the citation of page `name` with that title, as a sentence."""
    where = f" {about.address}{name}.html" if about.address else ""
    return f"{AUTHOR} ({YEAR}). “{title}”. {about.title}. Version {about.version}.{where}"


def bibtex(about: About, title: str, name: str) -> str:
    """Return the citation of page `name` as an entry of BibTeX."""
    page = re.sub(r"[^a-z0-9]+", "-", name.rpartition("/")[2].lower()).strip("-")
    period = f"-{about.period_end}" if about.period_end else ""
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{title}}}",
        "booktitle": f"{{{about.title}}}",
        "year": YEAR,
        "note": f"Version {about.version}",
    }
    if about.address:
        fields["url"] = f"{about.address}{name}.html"
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@incollection{{peel-{about.prefix}{period}-{page},\n{lines}\n}}"


def citation_box(about: About, title: str, name: str, links: str = "") -> str:
    """Return the end of a page: how to cite it, and `links` to what can be taken from it."""
    return (
        f'<section class="peel-cite" aria-label="This page to cite and to keep">{links}'
        "<details><summary>Cite this page</summary>"
        f"<p>{escape(citation(about, title, name))}</p>"
        f'<pre tabindex="0" aria-label="BibTeX">{escape(bibtex(about, title, name))}</pre>'
        f"<p>{_ABOUT_THE_DATA}</p></details></section>"
    )
