"""The benchmark measures whole trees of processes, and compares equal books only."""

import sys

import pytest

from benchmarks.bench import fit
from benchmarks.compare import require_same_book
from benchmarks.measure import Measured, measure

PAGE = (
    "<html><body><nav>{nav}</nav><article><p>{text}</p>"
    "<script type='application/json'>{chart}</script>"
    "<div class='cell tag_injected-parameters docutils'>{injected}</div></article></body></html>"
)


@pytest.fixture
def book(tmp_path):
    def write(name: str, chapters=("one", "two"), **parts: str):
        folder = tmp_path / name / "chapters"
        folder.mkdir(parents=True)
        given = {"nav": "", "text": "A rate.", "chart": "{}", "injected": ""} | parts
        for chapter in chapters:
            (folder / f"{chapter}.html").write_text(PAGE.format(**given), encoding="utf-8")
        return folder.parent

    return write


def test_books_with_the_same_articles_are_compared(book):
    assert require_same_book(book("a"), book("b", nav="site", injected="force = 'kent'")) == 2


def test_how_far_up_the_methodology_is_and_what_is_there_to_take_away_do_not_count(book):
    link = "<a href='{}methodology/glossary.html'>rate</a>".replace("'", '"')
    take = '<section class="peel-cite">{}</section>'
    alone = book("a", text=link.format("../") + take.format("the book"))
    of_a_site = book("b", text=link.format("../../") + take.format("the site"))
    assert require_same_book(alone, of_a_site) == 2
    elsewhere = book("c", text=link.format("../").replace("glossary", "data") + take.format(""))
    with pytest.raises(ValueError, match="one.html"):
        require_same_book(alone, elsewhere)


@pytest.mark.parametrize("part", ["text", "chart"])
def test_books_that_say_other_things_are_not_compared(book, part):
    with pytest.raises(ValueError, match="one.html"):
        require_same_book(book("a"), book("b", **{part: "another"}))


@pytest.mark.parametrize("chapters", [["one"], ["one", "two", "three"], []])
def test_books_with_other_chapters_are_not_compared(book, chapters):
    with pytest.raises(ValueError, match="chapters"):
        require_same_book(book("a"), book("b", chapters))


def test_line_is_fitted_through_times():
    growth = {n: Measured(wall=3 + 2 * n, cpu=0, memory=0) for n in (1, 2, 5)}
    assert fit(growth) == pytest.approx({"start": 3, "each": 2, "r2": 1})


def test_processor_time_and_memory_of_children_are_counted(tmp_path):
    child = "x = bytearray(200 << 20); import time; time.sleep(0.5); sum(range(5_000_000))"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    measured = measure([sys.executable, "-c", parent], folder=tmp_path)
    assert measured.memory > 200
    assert measured.wall > 0.5
    assert measured.cpu > 0.1


def test_command_that_fails_is_not_measured(tmp_path):
    with pytest.raises(RuntimeError, match="no such way"):
        measure([sys.executable, "-c", "raise SystemExit('no such way')"], folder=tmp_path)
