"""Compiles executed notebooks and texts into a site with Jupyter Book."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from peelbook import __version__
from peelbook.errors import PeelbookError
from peelbook.render.contents import COMPILED_WITH, STATIC, Contents
from peelbook.render.plan import Engine

HTML = Path("_build") / "html"
"""Where Jupyter Book writes, in the folder that it builds."""
FINISH = "peelbook.render.finish"
"""The extension that wants to know what a book is about."""
NEVER_USED = ("_static/**/*.map", "_static/**/*macros.html", ".buildinfo")
"""Source maps and templates of the theme, and what only a later build would use."""


def lay_out(
    contents: Contents, folder: Path, title: str, about: Mapping[str, Any] | None = None
) -> None:
    """Copy everything but the executed notebooks into `folder`, with the book's own title.

    `about` is what the pages say of the book, as :mod:`peelbook.render.finish.about` gives it.
    """
    for name in (*COMPILED_WITH, STATIC):
        source, target = contents.project / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)
    for page in contents.texts:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(contents.project / page, folder / page)
    config = yaml.safe_load((contents.project / "_config.yml").read_text(encoding="utf-8"))
    config["title"] = title
    substitutions = config.setdefault("parse", {}).setdefault("myst_substitutions", {})
    substitutions |= {"book_title": title, "version": __version__}
    config["execute"] = {"execute_notebooks": "off"}
    settings = config.get("sphinx", {}).get("config", {})
    if FINISH in settings.get("extensions", ()):
        settings["peel_about"] = dict(about or {})
    text = yaml.safe_dump(config, sort_keys=True, allow_unicode=True)
    (folder / "_config.yml").write_text(text, encoding="utf-8")


def compile_site(folder: Path, engine: Engine = Engine.kernel) -> Path:
    """Run Jupyter Book on a laid-out folder and return the folder of the HTML.

    `engine` says whether it runs in this process. Warnings count as errors. Raises PeelbookError
    with the lines that Sphinx complained in; a run that writes no page is an error whatever its
    exit code.
    """
    words = ["build", str(folder), "--all", "--quiet"]
    words += ["--warningiserror", "--nitpick", "--keep-going"]
    run = _in_this_process if engine is Engine.in_process else _in_a_process
    succeeded, said = run(words)
    html = folder / HTML
    if not succeeded or not (html / "index.html").is_file():
        raise PeelbookError(f"Jupyter Book could not compile the book:\n{_complaints(said)}")
    for pattern in NEVER_USED:
        for file in html.glob(pattern):
            file.unlink()
    return html


def _in_a_process(words: list[str]) -> tuple[bool, str]:
    program = (
        "from peelbook.render.children import end_with_parent; "
        f"end_with_parent({os.getpid()}); from jupyter_book.cli.main import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stderr + done.stdout


def _in_this_process(words: list[str]) -> tuple[bool, str]:
    from jupyter_book.cli.main import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main(words, standalone_mode=False)
        # Jupyter Book raises what Sphinx raised, or leaves when warnings count as errors
        except (Exception, SystemExit) as error:  # noqa: BLE001
            said.write(f"\nError: {error}")
            return False, said.getvalue()
    return True, said.getvalue()


def _complaints(said: str) -> str:
    lines = said.splitlines()
    words = ("WARNING", "ERROR", "Error", "exception:")
    named = [line for line in lines if any(word in line for word in words)]
    return "\n".join(named[:20] or lines[-20:])
