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

import yaml

from peelbook.parameters import parse_parameters
from peelbook.render.compile import lay_out
from peelbook.render.contents import PROJECT, read_contents
from peelbook.render.current import book_title
from peelbook.render.execute import execute_notebook
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
    _set_title(book / "_config.yml", book_title(parse_parameters({"force": force})))
    (book / "chapters").mkdir()
    for chapter in contents.chapters:
        source, target = str(PROJECT / chapter), str(book / chapter)
        _run("papermill", source, target, "-p", "force", force, "--no-progress-bar")
    _run("jupyter-book", "build", "--all", "--quiet", str(book))


def _set_title(config: Path, title: str) -> None:
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    content["title"] = title
    content["parse"]["myst_substitutions"]["book_title"] = title
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
