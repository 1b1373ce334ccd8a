"""What can be put right only when a whole page is known: after its notebook has been executed.

A reason for a missing figure stands once on a page, with all figures that are missing for it, a
heading with nothing under it goes, and the first use of a term leads to the glossary.
"""

from __future__ import annotations

import re
from pathlib import Path

import nbformat

from peelbook.indicators.catalogue import load_rules
from peelbook.indicators.completeness import HAVE_AN_OUTCOME
from peelbook.indicators.values import FIGURES_HELD
from peelbook.narrative.terms import with_terms
from peelbook.narrative.words import listing
from peelbook.tables import load_table

SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z0-9])")
HEADING = re.compile(r"#{2,} [^\n]+")
NO_FIGURE = re.compile(r"(?P<what>[^\n]+?)\\?: no figure\. (?P<reason>[^\n]+)")
"""A paragraph that only says what has no figure, and why."""
SILENT = {"parameters", "injected-parameters", "remove-cell"}


def put_in_order(notebook: nbformat.NotebookNode, page: Path) -> nbformat.NotebookNode:
    """Put an executed chapter in order, in place: reasons once, no empty section, terms linked.

    `page` is where it lies among the pages of its book or site, for links are relative to it.
    """
    folders = len(page.parts) - 1
    _missing_together(notebook)
    _reasons_once(notebook)
    notebook["cells"] = _without_empty_sections(notebook.cells)
    said: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["source"] = with_terms(cell.source, said, folders)
        for shown in _markdown_of(cell):
            shown["text/markdown"] = with_terms(shown["text/markdown"], said, folders)
    return notebook


def _markdown_of(cell: nbformat.NotebookNode) -> list[dict]:
    outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [data for data in outputs if "text/markdown" in data]


def _missing_together(notebook: nbformat.NotebookNode) -> None:
    """Say once what has no figure for one and the same reason, where the first of it would stand."""
    first: dict[str, tuple[dict, str]] = {}
    others: dict[str, list[str]] = {}
    for cell in notebook.cells:
        for shown in _markdown_of(cell):
            found = NO_FIGURE.fullmatch(shown["text/markdown"].strip())
            if not found:
                continue
            what, reason = found["what"], found["reason"]
            if reason not in first:
                first[reason] = (shown, what)
                continue
            others.setdefault(reason, []).append(_without_area(what, first[reason][1]))
            shown.clear()
    for reason, named in others.items():
        shown, _ = first[reason]
        shown["text/markdown"] += f" The same holds for {listing(named)}."


def _without_area(what: str, first: str) -> str:
    """Write what else has no figure as it stands inside a sentence: the area has just been named."""
    area = first.rpartition(" in ")[2]
    return what[:1].lower() + what[1:].removesuffix(f" in {area}")


def _reasons_once(notebook: nbformat.NotebookNode) -> None:
    known, said = _reasons(), set()
    for cell in notebook.cells:
        for shown in _markdown_of(cell):
            shown["text/markdown"] = "\n\n".join(
                " ".join(
                    sentence
                    for sentence in SENTENCE_END.split(part)
                    if not _was_said(sentence, known, said)
                )
                for part in shown["text/markdown"].split("\n\n")
            )


def _was_said(sentence: str, known: frozenset[str], said: set[str]) -> bool:
    bare = re.sub(r"\\(.)", r"\1", sentence).strip()
    computed = bare.startswith(FIGURES_HELD) or HAVE_AN_OUTCOME in bare
    if bare not in known and not computed:
        return False
    if bare in said:
        return True
    said.add(bare)
    return False


def _reasons() -> frozenset[str]:
    """Return the sentences of every reason for a missing value or an exclusion."""
    texts = [*load_table("missing_values")["reason"], *load_table("exclusions")["reason"]]
    texts += [" ".join(rule["reason"].split()) for rule in load_rules()["few_residents"]]
    return frozenset(sentence for text in texts for sentence in SENTENCE_END.split(text))


def _without_empty_sections(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Leave out a heading that no text, figure or deeper heading with any follows."""
    kept: list[nbformat.NotebookNode] = []
    for place, cell in enumerate(cells):
        if not _is_heading(cell) or _says_something(cells[place + 1 :], _level(cell)):
            kept.append(cell)
    return kept


def _is_heading(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "markdown" and bool(HEADING.fullmatch(cell.source.strip()))


def _level(cell: nbformat.NotebookNode) -> int:
    return len(cell.source) - len(cell.source.lstrip("#"))


def _says_something(cells: list[nbformat.NotebookNode], level: int) -> bool:
    for cell in cells:
        if _is_heading(cell):
            if _level(cell) <= level:
                return False
        elif cell.cell_type == "markdown" or _shows(cell):
            return True
    return False


def _shows(cell: nbformat.NotebookNode) -> bool:
    silent = SILENT & set(cell.metadata.get("tags", []))
    return not silent and any(output.get("data") for output in cell.get("outputs", []))
