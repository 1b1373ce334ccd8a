"""make hands the name of a force to the program as one word, whatever is in it."""

import shutil
import subprocess

import pytest


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    "force", ["Devon & Cornwall", "London, City of", "kent; touch broken", "it's", '"kent"']
)
def test_force_is_one_word(project, tmp_path, force):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    program = tmp_path / ".venv" / "bin" / "peelbook"
    program.write_text('#!/bin/sh\nfor word; do echo "<$word>"; done\n', encoding="utf-8")
    program.chmod(0o755)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(project / name, tmp_path)
    (tmp_path / ".venv" / ".ready").touch()
    done = subprocess.run(
        ["make", "--silent", "book", f"FORCE={force}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["<render>", f"<{force}>"]
    assert not (tmp_path / "broken").exists()
