"""Executes notebooks into the folder where they are kept, with what they were made from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from peelbook.narrative.page import put_in_order
from peelbook.render.current import Wanted, page_key, stale
from peelbook.render.execute import execute_notebook
from peelbook.render.fingerprints import hash_of_file, input_fingerprint
from peelbook.render.manifest import Page, keep_page
from peelbook.render.plan import Plan, Progress


def execute_page(wanted: Wanted, name: str, plan: Plan) -> Page:
    """Execute a notebook for `name` (a force, or SHARED) into its folder and return what it is.

    Raises ChapterFailed, as :func:`peelbook.render.execute.execute_notebook` does.
    """
    target = plan.kept(name) / wanted.page
    source = plan.project / wanted.notebook
    # taken before, for a source that changes meanwhile has to be executed again
    key = page_key(wanted, plan)
    finish = partial(put_in_order, page=wanted.page)
    names = execute_notebook(
        source, target, wanted.values, force=name, engine=plan.engine, finish=finish
    )
    inputs = {each: input_fingerprint(each) for each in sorted(names)}
    return Page(key, inputs, hash_of_file(target))


def execute_stale(pages: Iterable[Wanted], name: str, plan: Plan, progress: Progress) -> None:
    """Execute those of the pages of `name` that have changed, one after the other, and note each.

    Raises ChapterFailed at the first that does not run to its end; those before it are kept.
    """
    for wanted in stale(pages, name, plan):
        progress(f"{name}: {wanted.page.stem}")
        keep_page(plan.kept(name), wanted.page, execute_page(wanted, name, plan))


def copy_page(wanted: Wanted, name: str, plan: Plan, folder: Path) -> None:
    """Copy an executed notebook to where it is compiled."""
    (folder / wanted.page).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(plan.kept(name) / wanted.page, folder / wanted.page)
