"""Sphinx extension: gives a site the Vega libraries that its charts are drawn with.

The libraries come from the vl-convert package, in the version of Vega-Lite that Altair writes,
so nothing is fetched when a book is built or read.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import altair as alt
import vl_convert

from peelbook.charts.theme import colour_sheet

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

BUNDLE = "vega.js"
COLOURS = "charts.css"
STYLES = ("icons.css", "book.css", COLOURS, "print.css")
"""Style sheets, in the order in which they override one another."""
SCRIPTS = (
    *("figures.js", "chart_links.js", "chart_values.js", "chart_pictures.js"),
    *("sortable.js", "map_choice.js", "wide_tables.js"),
    *("theme_mends.js", "site_root.js", "force_switcher.js", "search.js", "print.js"),
    *("indicator_links.js", "side_by_side.js", "findings_filter.js", "embed.js"),
)
"""Those of `_static`, in the order in which they need one another. The first fetches the bundle."""


@lru_cache
def vega_bundle() -> str:
    """Return vega, vega-lite and vega-embed as one script that defines `vegaEmbed`."""
    version = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
    # in a function of its own, for its top-level names would overwrite those of Sphinx
    return f"(function () {{\n{vl_convert.javascript_bundle(vl_version=version)}\n}})();\n"


def add_bundle(app: Sphinx, config: Config) -> None:
    """Write the bundle beside the output and add its folder to the static files."""
    folder = Path(app.outdir).parent / "chart_libraries"
    folder.mkdir(parents=True, exist_ok=True)
    write_libraries(folder)
    config.html_static_path.append(str(folder))
    # Jupyter Book adds every script of _static once more, in the order of the file system
    config.html_js_files = [name for name in config.html_js_files if name not in SCRIPTS]
    config.html_css_files = [name for name in config.html_css_files if name not in STYLES]


def write_libraries(folder: Path) -> None:
    """Write into `folder` what charts need and nobody wrote by hand, unless it is there."""
    for name, content in ((BUNDLE, vega_bundle), (COLOURS, colour_sheet)):
        if not (folder / name).exists():
            (folder / name).write_text(content(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, object]:
    """Register the extension with Sphinx."""
    app.connect("config-inited", add_bundle)
    for place, name in enumerate(STYLES):
        app.add_css_file(name, priority=900 + place)
    for place, name in enumerate(SCRIPTS):
        app.add_js_file(name, loading_method="defer", priority=700 + place)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
