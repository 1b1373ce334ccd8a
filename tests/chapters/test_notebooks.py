"""Static checks of the chapters: what a reader of the source finds, before anything is run."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from peelbook.parameters import Parameters, notebook_values

CHAPTERS = sorted((Path(__file__).resolve().parents[2] / "chapters").glob("*.ipynb"))
NAMES = [path.stem for path in CHAPTERS]
LONGEST_CELL = 12
PARAMETER_LINE = re.compile(r'^(\w+): (str|bool|int) = ("[^"]*"|\w+)  # (.+)$')
TEXTS = ("force", "period_end", "inspection", "comparator", "findings", "returns")
TYPES = dict.fromkeys(TEXTS, "str") | {"households_mid_year": "int"}


@pytest.fixture(params=CHAPTERS, ids=NAMES)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def code_of(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag: str) -> list:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def test_the_pages_of_a_book_are_all_there():
    assert NAMES == [
        "0_force_in_numbers",
        "0_introduction",
        "0_overview",
        "0_summary_for_a_panel",
        "1_preventing_crime",
        "2_investigating_crime",
        "3_protecting_vulnerable_people",
        "4_serious_and_organised_crime",
        "5_specialist_capabilities",
        "6_next_steps",
        "7_annex_a_about_the_data",
        "8_findings",
    ]


def test_notebook_is_valid(notebook):
    nbformat.validate(notebook)


def test_first_cell_is_a_title_and_a_sentence(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    title, _, sentence = first.source.partition("\n\n")
    assert title.startswith("# ")
    assert sentence.rstrip().endswith(".")


def test_committed_without_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_one_parameters_cell_and_it_is_the_second(notebook):
    (cell,) = tagged(notebook, "parameters")
    assert notebook.cells.index(cell) == 1
    assert cell.cell_type == "code"


def test_parameters_cell_is_the_parameter_model_in_names_defaults_and_descriptions(notebook):
    (cell,) = tagged(notebook, "parameters")
    lines = [PARAMETER_LINE.match(line) for line in cell.source.splitlines()]
    assert all(lines), "every line is: name: type = default  # description"
    found = {m[1]: (m[2], ast.literal_eval(m[3]), m[4]) for m in lines}
    expected = {
        name: (TYPES.get(name, "bool"), value, Parameters.model_fields[name].description)
        for name, value in notebook_values(Parameters()).items()
    }
    assert found == expected
    assert list(found) == list(expected)


def test_evidence_is_loaded_from_the_parameters_of_the_notebook(notebook):
    (call,) = [
        node
        for source in code_of(notebook)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_evidence"
    ]
    assert ast.unparse(call) == "load_evidence(**chosen(globals()))"


def test_code_cells_are_short(notebook):
    assert max(len(source.splitlines()) for source in code_of(notebook)) <= LONGEST_CELL


def test_code_holds_no_definition_no_loop_no_warning_filter_and_no_file(notebook):
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for source in code_of(notebook):
        nodes = list(ast.walk(ast.parse(source)))
        assert not [node for node in nodes if isinstance(node, (*forbidden, ast.For, ast.While))]
        assert not re.search(r"warnings|open\(|Path\(|os\.|sys\.|read_csv|%|^!", source)


def test_code_imports_only_the_book(notebook):
    modules = {
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for source in code_of(notebook)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert all(module.split(".")[0] == "peelbook" for module in modules)


def test_every_import_is_used(notebook):
    source = "\n".join(code_of(notebook))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                assert len(re.findall(rf"\b{name.name}\b", source)) > 1, name.name


def test_no_absolute_path_and_no_machine_in_the_source(notebook):
    text = "\n".join(cell.source for cell in notebook.cells)
    assert not re.search(r"(?<![\w}`/])/(?:home|root|tmp|usr|work|Users|mnt)\b|[A-Z]:\\", text)
    assert "http" not in "\n".join(code_of(notebook))


def test_cell_ids_are_stable_and_used_once(notebook):
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    stems = {cell_id.rpartition("-")[0] for cell_id in ids}
    assert len(stems) == 1, "ids are the chapter's name and a number or a word, not random"
    numbers = [end for end in (cell_id.rpartition("-")[2] for cell_id in ids) if end.isdigit()]
    assert numbers == sorted(numbers)


def test_cell_ids_are_used_in_one_chapter_only():
    ids = [c.id for path in CHAPTERS for c in nbformat.read(path, as_version=4).cells]
    assert len(set(ids)) == len(ids)


def test_every_code_cell_is_hidden_one_way_or_another(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            tags = set(cell.metadata.get("tags", []))
            assert tags & {"hide-input", "remove-input", "remove-cell"}, cell.source


def test_no_force_is_named_in_the_prose_of_a_chapter(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert "eicester" not in prose
    assert "2016" not in prose


def test_headings_do_not_skip_a_level(notebook):
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


def test_file_ends_with_one_line_break_and_names_no_machine():
    for path in CHAPTERS:
        text = path.read_text(encoding="utf-8")
        assert text.endswith("}\n"), path.name
        assert '"kernelspec"' in text
