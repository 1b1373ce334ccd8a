"""An installed wheel carries what a book is made from, and renders without a checkout."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

NOT_COPIED = shutil.ignore_patterns(".*", "_build", "build", "tests", "*.egg-info", "__pycache__")
RENDER = """
import sys
from pathlib import Path
from peelbook.parameters import notebook_values, parse_parameters
from peelbook.render.contents import read_contents
from peelbook.render.execute import execute_notebook
from peelbook.render.plan import Engine
contents = read_contents()
page = contents.chapters[-1]
values = notebook_values(parse_parameters({"force": "kent"}))
target = Path("executed.ipynb")
execute_notebook(contents.project / page, target, values, force="kent", engine=Engine.in_process)
print(contents.project)
"""


@pytest.mark.slow
def test_wheel_renders_a_chapter_from_any_folder(project, tmp_path):
    copy = shutil.copytree(project, tmp_path / "project", ignore=NOT_COPIED)
    here = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1"}

    def run(*words, cwd=tmp_path, **more):
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=cwd,
            env=os.environ | here | more,
            capture_output=True,
            text=True,
            check=False,
        )

    # no build isolation and no dependencies, so that nothing is fetched
    wheel = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, copy)
    made = run(*wheel)
    assert made.returncode == 0, made.stderr
    [built] = tmp_path.glob("*.whl")
    shutil.rmtree(copy)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(built) as archive:
        archive.extractall(installed)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ended = run("-c", RENDER, cwd=elsewhere, PYTHONPATH=str(installed))
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == str(installed / "peelbook" / "_project")
    assert "Kent" in (elsewhere / "executed.ipynb").read_text(encoding="utf-8")
