"""Runs the command line as a user would, and says what came of it."""

import sys

import pytest

from peelbook import cli


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Return a function from words to (exit code, output, errors), run in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["peelbook", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = left.code or 0
        written = capsys.readouterr()
        return code, written.out, written.err

    return command
