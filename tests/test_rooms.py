"""The rooms of the code, and the contract between them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
ROOMS = {
    "importers", "tables", "statistics", "indicators", "findings", "returns", "judgments",
    "narrative", "charts", "pages", "render", "site", "cli",
}  # fmt: skip


def contract(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(folder), "PATH": ""},
    )  # fmt: skip


def test_package_is_its_rooms_and_at_most_four_loose_modules():
    package = PROJECT / "peelbook"
    assert {path.parent.name for path in package.glob("*/__init__.py")} == ROOMS
    loose = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert loose == {"evidence", "parameters", "errors", "__main__"}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_room_says_what_it_is_for_and_has_tests_of_its_own(room):
    text = (PROJECT / "peelbook" / room / "__init__.py").read_text(encoding="utf-8")
    assert len(text.split('"""')[1]) > 60
    assert list((PROJECT / "tests" / room).glob("**/test_*.py"))


def test_room_names_are_not_repeated_in_its_modules():
    for path in (PROJECT / "peelbook").glob("*/*.py"):
        room = path.parent.name.rstrip("s")
        assert not path.stem.startswith(f"{room}_"), path


@pytest.fixture
def copied_package(tmp_path):
    shutil.copytree(
        PROJECT / "peelbook", tmp_path / "peelbook", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contract_is_kept(copied_package):
    found = contract(copied_package)
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("statistics/ranks.py", "import peelbook.charts.theme"),
        ("indicators/values.py", "from peelbook.narrative import words"),
        ("render/book.py", "from peelbook.importers import checks"),
        ("judgments/framework_parts.py", "from peelbook.judgments import framework_checks"),
    ],
    ids=["up the flow", "text in a computation", "importers at render time", "circle"],
)
def test_contract_fails_on_a_planted_import(copied_package, module, planted):
    path = copied_package / "peelbook" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")
    assert contract(copied_package).returncode == 1
