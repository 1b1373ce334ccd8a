"""What is done to the pages of a book after Sphinx has written them.

A Sphinx extension. Pages are edited as text, for every edit is a small one in markup that is known,
and the rest of a page stays byte for byte what Sphinx wrote.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from peelbook.render.finish.about import About

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def finish_build(app: Sphinx, failure: Exception | None) -> None:
    """Finish the pages of a build that has not failed."""
    if failure is None and app.builder.name == "html":
        # plain commands of Sphinx, such as a check of links, do without what this needs
        from peelbook.render.finish.pages import finish_pages

        about = About.from_settings(app.config.peel_about, app.config.html_title)
        finish_pages(Path(app.outdir), Path(app.srcdir), about)


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    app.add_config_value("peel_about", {}, "html")
    app.connect("build-finished", finish_build)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
