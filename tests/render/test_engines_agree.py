"""The in-process engine gives what real kernels give, in every cell of every chapter."""

import nbformat
import pytest

from peelbook.parameters import notebook_values, parse_parameters
from peelbook.render.contents import PROJECT, read_contents
from peelbook.render.execute import execute_notebook
from peelbook.render.plan import Engine

pytestmark = pytest.mark.slow

CHAPTERS = read_contents().chapters
FIGURES_MISSING = ("1_preventing_crime", "2_investigating_crime")
"""Chapters that show other things of a force with few figures."""
PAIRS = [
    *((chapter, "leicestershire") for chapter in CHAPTERS),
    *((chapter, "city-of-london") for chapter in CHAPTERS if chapter.stem in FIGURES_MISSING),
]


@pytest.mark.parametrize(
    ("chapter", "force"), PAIRS, ids=[f"{chapter.stem}-{force}" for chapter, force in PAIRS]
)
def test_cells_and_inputs_are_the_same_with_both_engines(chapter, force, tmp_path):
    values = notebook_values(parse_parameters({"force": force}))
    inputs, notebooks = {}, {}
    for engine in Engine:
        target = tmp_path / engine / chapter.name
        inputs[engine] = execute_notebook(
            PROJECT / chapter, target, values, force=force, engine=engine
        )
        notebooks[engine] = nbformat.read(target, as_version=4)
    assert notebooks[Engine.in_process].metadata == notebooks[Engine.kernel].metadata
    cells = {engine: notebook.cells for engine, notebook in notebooks.items()}
    assert len(cells[Engine.kernel]) == len(cells[Engine.in_process])
    for kernel, in_process in zip(cells[Engine.kernel], cells[Engine.in_process], strict=True):
        assert dict(in_process) == dict(kernel)
    assert any(cell.get("outputs") for cell in cells[Engine.kernel])
    # in this process other chapters went before, and left much of what this one reads
    assert inputs[Engine.in_process] == inputs[Engine.kernel]
    assert "data/forces" in inputs[Engine.kernel]


OUTPUTS = [
    "print('one'); print('two')",
    "import sys; print('out'); print('err', file=sys.stderr)",
    "1 + 1",
    "'text'",
    "from IPython.display import display, HTML; display(HTML('<b>1</b>')); 2",
    "import pandas; pandas.DataFrame({'a': [1]})",
    "x = 3;",
    "None",
    "for i in range(3): print(i)",
    "display({'text/plain': 'raw'}, raw=True)",
    "from IPython.display import clear_output; print(1); clear_output(); print(2)",
    "print('no line end', end='')",
]


@pytest.mark.parametrize("code", OUTPUTS)
def test_kinds_of_output_are_the_same_with_both_engines(notebook, code, tmp_path):
    source = notebook(code)
    shown = []
    for engine in Engine:
        target = tmp_path / engine / "made_up.ipynb"
        execute_notebook(source, target, {}, force="nowhere", engine=engine)
        shown.append(target.read_text(encoding="utf-8"))
    assert shown[0] == shown[1]
