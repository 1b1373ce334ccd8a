"""A book that fails, hangs, eats memory or is killed takes down no other, and is named."""

import time

import pytest

from peelbook.parameters import parse_parameters
from peelbook.render.books import render_books
from peelbook.render.plan import Engine, Plan
from peelbook.render.pool import Job, Limits, run_jobs

FORCES = ["durham", "kent", "surrey"]
ONLY_IN_KENT = "if force == 'kent':\n    {}\nprint('a page of', force)"


@pytest.fixture
def rendered(project, tmp_path):
    """Return a function from what goes wrong in Kent to the books and errors by force."""

    def render(wrong: str, **limits: float) -> tuple[dict[str, str], dict[str, str]]:
        plan = Plan(tmp_path / "books", project(ONLY_IN_KENT.format(wrong)), Engine.in_process)
        sets = [parse_parameters({"force": force}) for force in FORCES]
        done = {book.force: book for book in render_books(sets, plan, Limits(2, **limits))}
        pages = {
            path.parent.name: (path.parent / "chapters" / "made_up.html").read_text("utf-8")
            for path in (tmp_path / "books").glob("*/index.html")
        }
        assert {force for force, book in done.items() if book.index} <= set(pages)
        return pages, {force: book.error for force, book in done.items() if book.error}

    return render


@pytest.mark.parametrize(
    ("wrong", "limits", "said"),
    [
        ("raise ValueError('no such table')", {}, "chapter made_up, cell 3: ValueError: no such"),
        ("import os; os.kill(os.getpid(), 9)", {}, "was killed by signal 9"),
        ("import os; os._exit(0)", {}, "ended with code 0"),
        ("while True: pass", {"timeout": 15}, "took longer than 15 seconds and was stopped"),
        ("hold = bytearray(3 << 30)", {"memory": 512}, "chapter made_up, cell 3: MemoryError"),
    ],
)
def test_book_that_goes_wrong_is_named_and_the_others_are_published(rendered, wrong, limits, said):
    pages, errors = rendered(wrong, **limits)
    assert list(errors) == ["kent"]
    assert errors["kent"].startswith("kent: ")
    assert said in errors["kent"]
    assert set(pages) == {"durham", "surrey"}
    for force, page in pages.items():
        assert f"a page of {force}" in page


def test_killed_book_leaves_no_working_folder(rendered, tmp_path):
    rendered(
        "import os, pathlib\n"
        "    from peelbook.render.publish import working_folder\n"
        f"    with working_folder(pathlib.Path(r'{tmp_path / 'books'}'), 'kent'):\n"
        "        os.kill(os.getpid(), 9)"
    )
    assert {folder.name for folder in (tmp_path / "books").iterdir()} == {"durham", "surrey"}


@pytest.mark.parametrize("size", [1 << 20, 1 << 10])
def test_memory_that_grows_by_and_by_is_limited_too(rendered, size):
    pages, errors = rendered(
        f"hold = []\n    while True: hold.append(bytearray({size}))", memory=256, timeout=60
    )
    assert set(errors) == {"kent"}
    assert "MemoryError" in errors["kent"]
    assert set(pages) == {"durham", "surrey"}


def test_earlier_book_stays_when_the_new_one_fails(rendered, tmp_path):
    rendered("pass")
    pages, errors = rendered("raise ValueError('later')")
    assert set(errors) == {"kent"}
    assert "a page of kent" in pages["kent"]


def run(*jobs: Job, **limits: object) -> dict[str, tuple[object, str]]:
    return {ended.name: (ended.result, ended.error) for ended in run_jobs(jobs, Limits(**limits))}


@pytest.mark.parametrize("fork", [True, False])
def test_job_waits_for_those_that_it_comes_after(fork):
    order: list[str] = []
    jobs = [
        Job("first", lambda progress: 1, prepare=lambda: order.append("first")),
        Job("second", lambda progress: 2, frozenset({"first"}), lambda: order.append("second")),
    ]
    assert run(*jobs, workers=2, fork=fork) == {"first": (1, ""), "second": (2, "")}
    assert order == ["first", "second"]


@pytest.mark.parametrize("fork", [True, False])
def test_job_after_one_that_failed_has_its_error_and_is_not_run(fork):
    from peelbook.errors import PeelbookError

    def fail(_progress):
        raise PeelbookError("no page")

    def never(_progress):
        raise AssertionError

    ended = run(Job("page", fail), Job("book", never, frozenset({"page"})), fork=fork)
    assert ended == {"page": (None, "no page"), "book": (None, "no page")}


def test_job_that_is_the_work_of_two_books_may_take_twice_as_long():
    jobs = [
        Job("one", lambda progress: time.sleep(60)),
        Job("two", lambda progress: time.sleep(60), books=2),
    ]
    ended = run(*jobs, workers=2, timeout=1)
    assert ended == {
        "one": (None, "one: took longer than 1 seconds and was stopped"),
        "two": (None, "two: took longer than 2 seconds and was stopped"),
    }
