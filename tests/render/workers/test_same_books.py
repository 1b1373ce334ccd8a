"""Books from workers are those from this machine, to the byte, and are known as such."""

from dataclasses import replace

import pytest
from running import FORCES, files

from peelbook.parameters import parse_parameters
from peelbook.render.books import render_books
from peelbook.render.contents import PROJECT
from peelbook.render.plan import Engine, Plan
from peelbook.render.pool import Job

remote = pytest.importorskip("peelbook.render.remote")
pytest.importorskip("distributed")

READS = (
    "from peelbook.tables import load_table\nprint('a page of', force, len(load_table('forces')))"
)
NOWHERE = "tcp://127.0.0.1:9"


def done(books) -> dict[str, str]:
    return {book.force: book.error for book in books}


@pytest.mark.slow
@pytest.mark.book
def test_real_book_is_the_same_from_a_worker_as_from_here(cluster, tmp_path):
    kent = [parse_parameters({"force": "kent"})]
    here = Plan(tmp_path / "here", PROJECT, Engine.in_process)
    there = replace(here, output=tmp_path / "there")
    assert done(render_books(kent, here)) == {"kent": ""}
    assert done(remote.render_remotely(kent, there, scheduler=cluster.scheduler)) == {"kent": ""}
    assert files(there.output) == files(here.output)
    for name in ("kent", "shared"):
        assert files(there.kept(name)) == files(here.kept(name))
    # the real one, with pages that all books share: neither has to be done again
    assert [book.unchanged for book in render_books(kent, there)] == [True]


@pytest.mark.parametrize("within_site", [pytest.param(False, marks=pytest.mark.slow), True])
def test_several_books_are_the_same_from_workers_as_from_here(
    cluster, plan, sets, within_site, tmp_path
):
    here = plan(READS, more="print(force, 'once more')", within_site=within_site)
    there = replace(here, output=tmp_path / "there")
    assert set(done(render_books(sets(), here))) == set(FORCES)
    remotely = remote.render_remotely(sets(), there, scheduler=cluster.scheduler)
    assert done(remotely) == dict.fromkeys(FORCES, "")
    assert files(there.output) == files(here.output)
    for force in FORCES:
        assert (
            f"a page of {force}".encode() in files(there.output)[f"{force}/chapters/made_up.html"]
        )
        assert files(there.kept(force)) == files(here.kept(force))


def test_only_what_changed_is_sent_and_neither_side_does_it_again(cluster, plan, sets):
    books = plan(READS)
    first, *others = sets()
    assert done(render_books([first], books)) == {first.force: ""}
    again = {
        book.force: book.unchanged
        for book in remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
    }
    assert again == {first.force: True} | {parameters.force: False for parameters in others}
    assert all(book.unchanged for book in render_books(sets(), books))
    # nobody is asked, for nothing is to do
    assert all(book.unchanged for book in remote.render_remotely(sets(), books, scheduler=NOWHERE))
    taken = remote.render_remotely([first], books, scheduler=cluster.scheduler, rerun=True)
    assert [book.unchanged for book in taken] == [False]


def test_supplied_file_travels_with_its_content_and_name(cluster, plan, tmp_path):
    from peelbook.returns.supplied import COLUMN_MEANINGS

    row = {"indicator": "domestic-abuse-arrest-rate", "area": "kent", "value": "50"}
    row |= {"period_start": "2015-07-01", "period_end": "2016-06-30"}
    cells = ",".join(row.get(name, "") for name in COLUMN_MEANINGS)
    file = tmp_path / "returns of mine.csv"
    file.write_text(f"{','.join(COLUMN_MEANINGS)}\n{cells}\n", encoding="utf-8")
    books = plan(
        "from pathlib import Path\nfile = Path(returns)\nprint(file.name, file.stat().st_size)"
    )
    [kent] = [parse_parameters({"force": "kent", "returns": str(file)})]
    assert done(remote.render_remotely([kent], books, scheduler=cluster.scheduler)) == {"kent": ""}
    page = (books.output / "kent" / "chapters" / "made_up.html").read_text(encoding="utf-8")
    assert f"returns of mine.csv {file.stat().st_size}" in page
    assert [book.unchanged for book in render_books([kent], books)] == [True]


def test_what_a_chapter_prints_past_its_cell_does_not_reach_the_replies(cluster, plan, sets):
    books = plan("import os\nos.write(1, b'not JSON\\n')\nos.system('echo neither')\nprint(force)")
    remotely = remote.render_remotely(sets(), books, scheduler=cluster.scheduler)
    assert done(remotely) == dict.fromkeys(FORCES, "")


def test_jobs_beside_the_books_run_here_and_have_to_succeed(cluster, plan, sets):
    from peelbook.errors import PeelbookError

    def fail(_progress):
        raise PeelbookError("no page")

    ran: list[int] = []
    beside = [Job("page", lambda progress: 1, prepare=lambda: ran.append(1))]
    books = plan("print(force)", within_site=True)
    one = sets()[:1]
    assert len(list(remote.render_remotely(one, books, scheduler=cluster.scheduler, beside=beside)))
    assert ran == [1]
    with pytest.raises(PeelbookError, match="no page"):
        list(
            remote.render_remotely(
                one, books, scheduler=cluster.scheduler, beside=[Job("page", fail)], rerun=True
            )
        )
