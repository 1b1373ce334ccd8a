"""The tutorial does what it says, followed literally from an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "methodology" / "tutorial.md"
STEP = re.compile(r"```console\n(?P<commands>.*?)```(?:\n\n```text\n(?P<printed>.*?)```)?", re.S)
PROBLEM = re.compile(r"^\S+\.csv:\d+: ", re.M)


def steps() -> list[tuple[str, str | None]]:
    found = STEP.finditer(PAGE.read_text(encoding="utf-8"))
    return [(step["commands"], step["printed"]) for step in found]


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Return a function that runs commands in one empty folder, with peelbook on the path."""
    folder, programs = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("bin")
    program = programs / "peelbook"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m peelbook "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(PROJECT),
    }

    def run(commands: str) -> tuple[int, str, Path]:
        done = subprocess.run(
            ["bash", "-c", commands],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, folder

    return run


@pytest.mark.slow
@pytest.mark.book
def test_tutorial_followed_literally_ends_with_a_book(shell):
    followed = steps()
    assert len(followed) == 8
    for commands, expected in followed:
        code, printed, folder = shell(commands)
        assert code == (2 if PROBLEM.search(expected or "") else 0), printed
        if expected is not None:
            assert printed == expected
    pages = folder / "books" / "practice-force" / "chapters"
    book = {page.stem: page.read_text(encoding="utf-8") for page in pages.glob("*.html")}
    assert "does not exist" in book["0_introduction"]
    assert "12.5 percent of the crime recorded" in book["3_protecting_vulnerable_people"]
    assert "30 organised crime groups per million" in book["4_serious_and_organised_crime"]
    assert "findings.csv (sha256" in book["7_annex_a_about_the_data"]
    everything = [path for path in (folder / "books").rglob("*") if path.is_file()]
    assert not [path for path in everything if str(folder).encode() in path.read_bytes()]
