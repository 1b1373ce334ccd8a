"""The commands for supplied files: what they print, and how they end."""

import pytest
from typer.testing import CliRunner

from peelbook.cli import app

RUNNER = CliRunner()


def run(*words: str) -> tuple[int, str]:
    result = RUNNER.invoke(app, list(words))
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("kind", ["findings", "returns"])
def test_template_is_written_and_never_over_a_file(kind, tmp_path):
    assert run(kind, "new", "kent", "-o", "own.csv") == (0, "Fill in own.csv\n")
    (tmp_path / "own.csv").write_text("mine", encoding="utf-8")
    code, printed = run(kind, "new", "kent", "-o", "own.csv")
    assert (code, printed.count("\n")) == (2, 1)
    assert (tmp_path / "own.csv").read_text(encoding="utf-8") == "mine"


def test_templates_have_names_of_their_own(tmp_path):
    run("findings", "new", "kent", "--year", "2018")
    run("returns", "new", "kent")
    assert {path.name for path in tmp_path.iterdir()} == {
        "findings-kent-2018.csv",
        "returns-kent.csv",
    }


@pytest.mark.parametrize("kind", ["findings", "returns"])
def test_unknown_force_and_missing_file_end_with_one_line_and_code_2(kind):
    code, printed = run(kind, "new", "kentt")
    assert (code, printed) == (2, "peelbook: Unknown force 'kentt': did you mean kent or gwent?\n")
    code, printed = run(kind, "check", "none.csv")
    assert (code, printed) == (2, "peelbook: File none.csv: there is no such file.\n")


def test_each_problem_stands_on_one_line_with_file_and_line(findings_file):
    findings_file({"weight": "9"}, {"id": "two", "finding": "B.", "polarity": "weak\nness"})
    code, printed = run("findings", "check", "findings.csv")
    assert code == 2
    assert printed.splitlines() == [
        "findings.csv:2: weight '9': allowed: 1, 2, 3.",
        "findings.csv:3: polarity 'weak ness': did you mean weakness?",
    ]


def test_file_without_a_fault_ends_with_code_0(findings_file, returns_file):
    findings_file({})
    returns_file({"indicator": "marac-cases", "area": "kent", "value": "20"})
    assert run("findings", "check", "findings.csv") == (
        0,
        "findings.csv: 1 finding, nothing to correct.\n",
    )
    assert run("returns", "check", "returns.csv") == (
        0,
        "returns.csv: 1 figure of 1 indicator, nothing to correct.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("render", "kent", "-p", "findings=none.csv"),
        ("render", "practice-force"),
        ("render", "kent", "durham", "-p", "findings=findings.csv"),
        ("judgments", "--all", "-p", "findings=findings.csv"),
        ("render", "kent", "-p", "returns=findings.csv"),
    ],
)
def test_file_that_cannot_be_used_ends_with_one_line_and_code_2(findings_file, tmp_path, words):
    findings_file({})
    code, printed = run(*words)
    assert (code, printed.count("\n")) == (2, 1)
    assert printed.startswith("peelbook: ")
    assert not (tmp_path / "_build").exists()
