"""Compiles executed notebooks and texts into a site with Jupyter Book."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from peelbook.errors import PeelbookError
from peelbook.render.contents import Contents

COPIED = ("_toc.yml", "_static", "methodology/references.bib", "CHANGELOG.md")


def lay_out(contents: Contents, folder: Path, title: str) -> None:
    """Copy everything but the executed notebooks into `folder`, with the book's own title."""
    for name in COPIED:
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
    config["execute"] = {"execute_notebooks": "off"}
    text = yaml.safe_dump(config, sort_keys=True, allow_unicode=True)
    (folder / "_config.yml").write_text(text, encoding="utf-8")


def compile_site(folder: Path) -> Path:
    """Run Jupyter Book on a laid-out folder and return the folder of the HTML.

    Warnings count as errors. Raises PeelbookError with the lines that Sphinx complained in;
    a run that writes no page is an error whatever its exit code.
    """
    program = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", program, "build", ".", "--all", "--quiet"]
    command += ["--warningiserror", "--nitpick", "--keep-going"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONHASHSEED": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    html = folder / "_build" / "html"
    if done.returncode or not (html / "index.html").is_file():
        raise PeelbookError(f"Jupyter Book could not compile the book:\n{_complaints(done)}")
    return html


def _complaints(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr + done.stdout).splitlines()
    named = [line for line in lines if "WARNING" in line or "ERROR" in line or "Error" in line]
    return "\n".join(named[:20] or lines[-20:])
