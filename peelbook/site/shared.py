"""The pages that a site holds once: all forces together, and the methodology."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import yaml

from peelbook.pages.indicator_list import title_of, with_a_page
from peelbook.parameters import Parameters, notebook_values
from peelbook.render.contents import Contents
from peelbook.render.current import Wanted, compile_key
from peelbook.render.finish.about import settings_of_shared
from peelbook.render.manifest import Manifest
from peelbook.render.plan import SHARED, Plan

NATIONAL = (
    Path("national/overview.ipynb"),
    Path("national/all_grades.ipynb"),
    Path("national/side_by_side.ipynb"),
)
ONE_INDICATOR = Path("national/indicator.ipynb")
"""The notebook that is executed once for each indicator that has a page."""
INDICATORS = Path("national/indicator")
"""Folder of those pages, each named after its indicator."""
TITLE = "PEEL effectiveness: all forces and methodology"


def site_pages_wanted(
    contents: Contents, parameters: Parameters, forces: list[str]
) -> list[Wanted]:
    """Return the notebooks that the site holds once; `forces` have a book to link to."""
    values = {name: v for name, v in notebook_values(parameters).items() if name != "force"}
    values |= {"books": "..", "linked_forces": ",".join(forces)}
    national = {page: _parameters_of(contents.project / page, values) for page in NATIONAL}
    pages = national | {page: {} for page in contents.methodology}
    wanted = [Wanted(page, given, given) for page, given in pages.items()]
    return [*wanted, *_indicator_pages(contents, values)]


def _indicator_pages(contents: Contents, values: dict[str, object]) -> list[Wanted]:
    common = _parameters_of(contents.project / ONE_INDICATOR, values) | {"books": "../.."}
    wanted = []
    for name in with_a_page():
        given = common | {"indicator_id": name}
        wanted.append(Wanted(INDICATORS / f"{name}.ipynb", given, given, ONE_INDICATOR))
    return wanted


def _parameters_of(notebook: Path, values: dict[str, object]) -> dict[str, object]:
    """Keep the values that the notebook's parameters cell names."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = (c for c in cells if "parameters" in c["metadata"].get("tags", []))
    names = {line.split(":")[0].strip() for cell in tagged for line in cell["source"]}
    return {name: value for name, value in values.items() if name in names}


def shared_key(contents: Contents, wanted: list[Wanted], plan: Plan) -> str:
    """Return the hash of everything that the shared pages are compiled from."""
    known = Manifest.load(plan.kept(SHARED)).pages
    executed = [known[each.page.as_posix()].executed for each in wanted]
    return compile_key(executed, contents, TITLE, plan)


def compile_shared(contents: Contents, wanted: list[Wanted], plan: Plan, folder: Path) -> Path:
    """Compile the executed pages in `folder` and return the folder of the HTML.

    Raises PeelbookError when Jupyter Book cannot compile them.
    """
    from peelbook.render.compile import compile_site, lay_out
    from peelbook.render.pages import copy_page

    for each in wanted:
        copy_page(each, SHARED, plan, folder)
        if each.source == ONE_INDICATOR:
            _entitle(folder / each.page)
    lay_out(contents, folder, TITLE, settings_of_shared(plan.address_of()))
    (folder / "_toc.yml").write_text(_table_of_contents(contents), encoding="utf-8")
    return compile_site(folder, plan.engine)


def _entitle(page: Path) -> None:
    """Give a page on an indicator its own title, which Markdown in a notebook cannot compute."""
    notebook = nbformat.read(page, as_version=4)
    _, *text = notebook.cells[0].source.split("\n")
    notebook.cells[0].source = "\n".join([f"# {title_of(page.stem)}", *text])
    nbformat.write(notebook, page)


def _table_of_contents(contents: Contents) -> str:
    root, *others = (page.with_suffix("").as_posix() for page in NATIONAL)
    methodology = yaml.safe_load((contents.project / "_toc.yml").read_text(encoding="utf-8"))
    parts = [{"caption": "All forces", "chapters": [{"file": page} for page in others]}]
    pages = [{"file": (INDICATORS / name).as_posix()} for name in with_a_page()]
    parts.append({"caption": "One page for each indicator", "chapters": pages})
    parts += [part for part in methodology["parts"] if part["caption"] == "Methodology"]
    return yaml.safe_dump({"format": "jb-book", "root": root, "parts": parts}, sort_keys=False)
