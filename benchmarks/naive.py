"""The naive way of making a book: `papermill` for each chapter, then `jupyter-book build`.

It is spared what only our own way needs or does once: the methodology is executed beforehand, and
a copy of the project with it is ready. What is left is nine chapters and one build for each force.

    python -m benchmarks.naive prepare FOLDER
    python -m benchmarks.naive book FOLDER FORCE
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml

from peelbook.narrative.page import put_in_order
from peelbook.parameters import Parameters, parse_parameters
from peelbook.render.compile import lay_out
from peelbook.render.contents import PROJECT, read_contents
from peelbook.render.current import book_title
from peelbook.render.execute import execute_notebook
from peelbook.render.finish.about import settings_of
from peelbook.render.plan import Engine

PREPARED = "prepared"
PROGRAMS = Path(sys.executable).parent


def prepare(folder: Path) -> None:
    """Lay out a project in which everything is executed but the chapters."""
    contents = read_contents()
    target = folder / PREPARED
    for page in contents.methodology:
        execute_notebook(PROJECT / page, target / page, {}, force="", engine=Engine.in_process)
    lay_out(contents, target, "")


def make_book(folder: Path, force: str) -> None:
    """Execute each chapter by a process of its own, then compile the book by another."""
    contents = read_contents()
    book = folder / force
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(folder / PREPARED, book)
    _say_what_it_is(book / "_config.yml", parse_parameters({"force": force}))
    (book / "chapters").mkdir()
    for chapter in contents.chapters:
        source, target = str(PROJECT / chapter), str(book / chapter)
        _run("papermill", source, target, "-p", "force", force, "--no-progress-bar")
        nbformat.write(put_in_order(nbformat.read(target, 4), Path(chapter)), target)
    _run("jupyter-book", "build", "--all", "--quiet", str(book))


def _say_what_it_is(config: Path, parameters: Parameters) -> None:
    title = book_title(parameters)
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    content["title"] = title
    content["parse"]["myst_substitutions"]["book_title"] = title
    content["sphinx"]["config"]["peel_about"] = settings_of(parameters, "", within_site=False)
    config.write_text(yaml.safe_dump(content), encoding="utf-8")


def _run(program: str, *words: str) -> None:
    done = subprocess.run(
        [str(PROGRAMS / program), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{program} {' '.join(words)}:\n{done.stderr[-2000:]}")


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "prepare":
        prepare(Path(where))
    else:
        make_book(Path(where), *rest)
