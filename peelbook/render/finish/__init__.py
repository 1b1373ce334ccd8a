"""What is done to the pages of a book after Sphinx has written them.

A Sphinx extension. Pages are edited as text, for every edit is a small one in markup that is known,
and the rest of a page stays byte for byte what Sphinx wrote.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from peelbook.render.finish.about import About

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

OF_THE_SITE = "methodology/"
"""Where the pages are that a book of a site leaves to the site."""


def finish_build(app: Sphinx, failure: Exception | None) -> None:
    """Finish the pages of a build that has not failed."""
    if failure is None and app.builder.name == "html":
        # plain commands of Sphinx, such as a check of links, do without what this needs
        from peelbook.render.finish.pages import finish_pages

        about = About.from_settings(app.config.peel_about, app.config.html_title)
        finish_pages(Path(app.outdir), Path(app.srcdir), about)


def leave_out(app: Sphinx) -> None:
    """Keep Sphinx from making what no reader gets, which takes a quarter of the time of compiling.

    That is an index for its own search, and in a book of a site the pages that the site holds once.
    """
    builder = app.builder
    if builder.name != "html":
        return
    builder.index_page = builder.dump_search_index = lambda *_: None
    if app.config.peel_about.get("within_site"):
        write = builder.write_doc

        def write_own(name: str, doctree: nodes.document) -> None:
            if not name.startswith(OF_THE_SITE):
                write(name, doctree)

        builder.write_doc = write_own


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    app.add_config_value("peel_about", {}, "html")
    app.connect("builder-inited", leave_out)
    app.connect("build-finished", finish_build)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
