"""A worker that dies loses nothing; what fails or differs is named; nothing else is touched."""

import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from running import FORCES, Cluster, files

from peelbook import cli
from peelbook.errors import PeelbookError
from peelbook.render.books import render_books
from peelbook.render.mark import MARK, write_mark

remote = pytest.importorskip("peelbook.render.remote")
pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

SLOW = """import os, time
from pathlib import Path
Path({marks!r}, f"{{force}}-{{os.getpid()}}").touch()
time.sleep(5)
print("a page of", force)"""


def test_worker_killed_half_way_loses_nothing_and_its_render_server_ends(
    cluster, plan, sets, tmp_path
):
    from distributed import Client

    marks = tmp_path / "marks"
    marks.mkdir()
    books = plan(SLOW.format(marks=str(marks)))
    victim = cluster.start_worker()
    with Client(cluster.scheduler, set_as_default=False) as client:
        client.wait_for_workers(3, timeout=60)
    servers: list[psutil.Process] = []
    killer = threading.Thread(target=_kill, args=(victim, marks, servers))
    killer.start()
    done = {
        book.force: (book.error, book.index)
        for book in remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
    }
    killer.join()
    assert servers
    _, alive = psutil.wait_procs(servers, timeout=30)
    assert alive == []
    assert done == {force: ("", books.output / force / "index.html") for force in FORCES}
    for force in FORCES:
        page = (books.output / force / "chapters" / "made_up.html").read_text(encoding="utf-8")
        assert f"a page of {force}" in page
    begun = [mark.name.partition("-")[0] for mark in marks.iterdir()]
    assert len(begun) == len(FORCES) + 1, "the book of the killed worker was begun again"


def _kill(victim: psutil.Process, marks: Path, children: list[psutil.Process]) -> None:
    """Kill a worker once a chapter runs in a child of it, and note what children it had."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        below = victim.children(recursive=True)
        pids = {int(mark.name.rpartition("-")[2]) for mark in marks.iterdir()}
        if pids & {process.pid for process in below}:
            children.extend(below)
            victim.kill()
            # collected by who started it, so that it is not a zombie
            victim.wait()
            return
        time.sleep(0.1)


def test_chapter_that_fails_on_a_worker_is_named_and_the_others_are_published(cluster, plan, sets):
    books = plan("assert force != 'kent', 'no figures'\nprint(force)")
    earlier = books.output / "kent" / "index.html"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("earlier", encoding="utf-8")
    write_mark(earlier.parent, {})
    remotely = remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
    errors = {book.force: book.error for book in remotely}
    assert errors == {
        "durham": "",
        "kent": "kent: chapter made_up, cell 3: AssertionError: no figures",
        "surrey": "",
    }
    left = files(books.output / "kent")
    del left[MARK]
    assert left == {"index.html": b"earlier"}
    assert {folder.name for folder in books.output.iterdir()} == set(FORCES)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("import os; os.kill(os.getpid(), 9)", "was killed by signal 9"),
        ("import os; os.kill(os.getppid(), 9)", "the process that renders ended with code -9"),
    ],
)
def test_process_that_dies_on_a_worker_takes_down_its_book_only(cluster, plan, sets, wrong, said):
    books = plan(f"if force == 'kent':\n    {wrong}\nprint(force)")
    remotely = remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
    errors = {book.force: book.error for book in remotely}
    assert said in errors.pop("kent")
    assert errors == {"durham": "", "surrey": ""}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("code", "the code in peelbook/"),
        ("versions", "the installed packages"),
        ("data", "the tables in data/"),
        ("definitions", "the definitions in frameworks/"),
        ("book", "the pages and settings of the book"),
    ],
)
def test_worker_that_differs_refuses_and_names_in_what(
    cluster, plan, sets, monkeypatch, name, said
):
    own = remote.fingerprints
    monkeypatch.setattr(remote, "fingerprints", lambda project: own(project) | {name: "another"})
    books = plan("print(force)")
    with pytest.raises(PeelbookError, match=f"differs in {said}") as caught:
        list(remote.render_remotely(sets(), books, scheduler=cluster.scheduler))
    assert len(str(caught.value).splitlines()) == 1
    assert not books.output.exists()


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Return a function from words to exit code and errors, run in an empty folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(remote, "SECONDS_TO_CONNECT", 1)
    monkeypatch.setattr(remote, "SECONDS_TO_WAIT_FOR_A_WORKER", 1)

    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["peelbook", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert list(folder.iterdir()) == [], "nothing is written"
        return left.value.code, capsys.readouterr().err

    return command


@pytest.mark.parametrize(
    ("command", "address"),
    [
        (["render", "kent"], "tcp://127.0.0.1:9"),
        (["site", "--only", "kent"], "tcp://127.0.0.1:9"),
        (["render", "kent"], "tcp://no.invalid:1"),
        (["render", "kent"], "carrier-pigeon://loft:1"),
        (["render", "kent"], "nonsense"),
    ],
)
def test_scheduler_that_cannot_be_reached_ends_with_one_line_and_code_2(run, command, address):
    code, err = run(*command, "--scheduler", address)
    assert code == 2
    assert err.startswith(f"peelbook: Scheduler {address} cannot be reached: ")
    assert len(err.strip().splitlines()) == 1


def test_scheduler_that_ends_half_way_ends_the_render_and_what_came_back_stays(
    plan, sets, tmp_path
):
    books = plan("import time\nif force != 'durham': time.sleep(60)\nprint(force)")
    with Cluster(tmp_path) as cluster:
        cluster.start_worker()
        coming = remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
        first = next(coming)
        cluster.processes[0].kill()
        with pytest.raises(PeelbookError, match="The scheduler has gone"):
            next(coming)
    assert (first.force, first.error) == ("durham", "")
    assert [folder.name for folder in books.output.iterdir()] == ["durham"]
    assert [book.unchanged for book in render_books(sets()[:1], books)] == [True]


def test_scheduler_without_a_worker_ends_with_one_line_and_code_2(run, tmp_path):
    with Cluster(tmp_path) as cluster:
        code, err = run("render", "kent", "--scheduler", cluster.scheduler)
        assert code == 2
        assert f"has no worker; start one: dask worker {cluster.scheduler}" in err
        assert len(err.strip().splitlines()) == 1


def test_dask_that_is_not_installed_ends_with_one_line_that_says_what_to_do(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, err = run("render", "kent", "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "make distributed" in err
    assert len(err.strip().splitlines()) == 1
