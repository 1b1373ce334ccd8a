"""A project whose site has the real settings and scripts, but a small notebook for each page."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_markdown_cell
from small_project import write_notebook

from peelbook.render.contents import PROJECT
from peelbook.site.shared import NATIONAL, ONE_INDICATOR

CHAPTER = "chapters/0_overview"
FRAMEWORK = "methodology/framework"
SIDE_BY_SIDE = "national/side_by_side.ipynb"
TOC = {
    "format": "jb-book",
    "root": CHAPTER,
    "parts": [{"caption": "Methodology", "chapters": [{"file": FRAMEWORK}]}],
}


def write_site_project(folder: Path) -> Path:
    """Write a project of one chapter, which prints its inspection, and one methodology page."""
    for name in ("_config.yml", "CHANGELOG.md", "methodology/references.bib"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PROJECT / name, folder / name)
    shutil.copytree(PROJECT / "_static", folder / "_static")
    (folder / "_toc.yml").write_text(yaml.safe_dump(TOC), encoding="utf-8")
    write_notebook(folder / f"{CHAPTER}.ipynb", "print(force, 'in', inspection)")
    for page in (*NATIONAL, ONE_INDICATOR, Path(f"{FRAMEWORK}.ipynb")):
        write_notebook(folder / page, "print(1)")
    # the front page leads to this part of it
    pages = nbformat.read(folder / SIDE_BY_SIDE, 4)
    pages.cells.append(new_markdown_cell("## One page for each indicator\n\nMade up.", id="pages"))
    nbformat.write(pages, folder / SIDE_BY_SIDE)
    return folder
