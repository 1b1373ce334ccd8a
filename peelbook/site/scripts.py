"""The files that make books one site: list of forces, way to the site's root, scripts, styles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from peelbook.charts.bundle import write_libraries
from peelbook.site.editions import Published
from peelbook.site.front_page import TEMPLATES, Book

STATIC = TEMPLATES.parent / "_static"
FORCES = "forces.js"
SITE_ROOT = "_static/site_root.js"
FRONT = ("site.css", "find_force.js", "last_rendered.js")
"""Files of the front page alone."""
CHARTS = ("figures.js", "chart_links.js", "favicon.svg")
"""Files of the books that the front page needs too."""


def forces_script(books: Iterable[Book], published: Sequence[Published] = ()) -> str:
    """Return the script at the site's root that names the forces and editions for the switcher.

    It sets `window.PEEL_FORCES` to a list of objects with `force`, `name` and `folder` (of the
    book, relative to the folder of its edition, with a slash at its end), in the order of names,
    and where there are several editions `window.PEEL_EDITIONS` to a list of objects with `edition`,
    `title`, `folder` (relative to the site's root) and `forces` (slugs with a book in it). A script
    rather than a data file, for a page opened from a folder may not read other files.
    """
    listed = [
        {
            "force": book["force"],
            "name": book["name"],
            "folder": book["href"].rpartition("/")[0] + "/",
        }
        for book in sorted(books, key=lambda book: book["name"])
    ]
    script = _assignment("PEEL_FORCES", listed)
    if len(published) < 2:
        return script
    editions = [
        {
            "edition": each.edition.name,
            "title": each.edition.title,
            "folder": each.edition.folder,
            "forces": each.forces,
        }
        for each in published
    ]
    return script + _assignment("PEEL_EDITIONS", editions)


def _assignment(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f"window.{name} = {text};\n"


def site_root_script(root: str = "./") -> str:
    """Return what `_static/site_root.js` says once its pages are part of a site.

    `root` is the relative path from the folder that holds `_static` to the site's root: itself
    where all books share one `_static`, ``../`` where each has its own. The file that comes with
    a single book says that there is no site, so that the switcher looks for nothing.
    """
    return f"window.PEEL_SITE_ROOT = {json.dumps(root)};\n"


def place_in_site(folder: Path, root: str = "./") -> None:
    """Tell the pages that use `folder`/_static that they are part of a site; see above."""
    (folder / SITE_ROOT).write_text(site_root_script(root), encoding="utf-8")


def write_front(folder: Path, books: Sequence[Book], published: Sequence[Published] = ()) -> None:
    """Write everything that front pages and the switcher need into `folder`, the site's root.

    Writes `forces.js` and the files of `FRONT`, and into `_static` what is not there already.
    """
    static = folder / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (folder / FORCES).write_text(forces_script(books, published), encoding="utf-8")
    for name in FRONT:
        shutil.copyfile(TEMPLATES / name, folder / name)
    write_libraries(static)
    for name in CHARTS:
        if not (static / name).exists():
            shutil.copyfile(STATIC / name, static / name)
    place_in_site(folder)
