"""A book in an object store: whole, with nothing left of the one before, or not touched at all."""

import sys
from uuid import uuid4

import pytest
from running import CREDENTIALS, FORCES, files

from peelbook import cli
from peelbook.parameters import parse_parameters
from peelbook.render.books import render_books
from peelbook.render.contents import PROJECT
from peelbook.render.destination import render_to_address, upload
from peelbook.render.plan import Engine, Plan

s3fs = pytest.importorskip("s3fs")
remote = pytest.importorskip("peelbook.render.remote")
pytestmark = pytest.mark.slow

ONLY_IN_KENT = "if force == 'kent':\n    {}\nprint('a page of', force)"


@pytest.fixture
def bucket(store_address, monkeypatch):
    """Return an empty bucket, and let this process reach it."""
    for name, value in (CREDENTIALS | {"AWS_ENDPOINT_URL": store_address}).items():
        monkeypatch.setenv(name, value)
    store = s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)
    name = f"bucket-{uuid4().hex}"
    store.mkdir(name)

    class Bucket:
        address = f"s3://{name}/books"

        def files(self) -> dict[str, bytes]:
            found = store.find(f"{name}/books")
            return {path.removeprefix(f"{name}/books/"): store.cat_file(path) for path in found}

        def put(self, path: str, content: bytes) -> None:
            store.pipe_file(f"{name}/books/{path}", content)

    return Bucket()


@pytest.fixture(params=["here", "on workers"])
def rendered(request, bucket, cluster):
    """Return a function from sets and a plan to force -> (address, error) of books in the bucket."""

    def render(sets, plan) -> dict[str, tuple[object, str]]:
        if request.param == "here":
            books = render_to_address(sets, bucket.address, plan)
        else:
            books = remote.render_remotely(
                sets, plan, scheduler=cluster.scheduler, address=bucket.address
            )
        return {book.force: (book.index, book.error) for book in books}

    return render


def test_books_in_the_store_are_those_of_a_folder_and_stale_objects_go(
    rendered, bucket, plan, sets, tmp_path
):
    bucket.put("kent/chapters/page_of_the_past.html", b"earlier")
    bucket.put("cumbria/index.html", b"another book")
    books = plan("print('a page of', force)")
    assert rendered(sets(), books) == {
        force: (f"{bucket.address}/{force}/index.html", "") for force in FORCES
    }
    assert not books.output.exists(), "nothing is kept here"
    list(render_books(sets(), books))
    assert bucket.files() == files(books.output) | {"cumbria/index.html": b"another book"}


def test_book_that_fails_uploads_nothing(rendered, bucket, plan, sets):
    bucket.put("kent/index.html", b"earlier")
    done = rendered(sets(), plan(ONLY_IN_KENT.format("raise ValueError('no figures')")))
    assert done["kent"] == (None, "kent: chapter made_up, cell 3: ValueError: no figures")
    found = bucket.files()
    assert {path: found[path] for path in found if path.startswith("kent/")} == {
        "kent/index.html": b"earlier"
    }
    assert {"durham/index.html", "surrey/index.html"} < set(found)


def test_front_page_is_written_after_all_that_it_leads_to(tmp_path, monkeypatch):
    """A reader of the store in between finds the old book, for the new one is not yet led to."""
    from fsspec.implementations.memory import MemoryFileSystem

    written: list[str] = []
    put = MemoryFileSystem.put_file

    def note(self, lpath, rpath, **others):
        written.append(rpath.rpartition("/")[2])
        return put(self, lpath, rpath, **others)

    monkeypatch.setattr(MemoryFileSystem, "put_file", note)
    for name in ("a.html", "index.html", "z.html"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert upload(tmp_path, "memory://books/kent") == "memory://books/kent/index.html"
    assert written == ["a.html", "z.html", "index.html"]


def test_address_of_a_folder_is_written_like_a_store(tmp_path):
    book, address = tmp_path / "book", f"file://{tmp_path / 'published' / 'kent'}"
    (book / "chapters").mkdir(parents=True)
    for name in ("index.html", "chapters/old.html"):
        (book / name).write_text(name, encoding="utf-8")
    assert upload(book, address) == f"{address}/index.html"
    (book / "chapters" / "old.html").rename(book / "chapters" / "new.html")
    upload(book, address)
    assert files(tmp_path / "published" / "kent") == files(book)


@pytest.mark.book
def test_site_goes_to_the_store_with_the_books_that_workers_made(
    bucket, cluster, monkeypatch, capsys, tmp_path
):
    bucket.put("narnia/index.html", b"of an earlier site")
    here = Plan(tmp_path / "here", PROJECT, Engine.in_process, within_site=True)
    [kent] = [
        book.index.parent for book in render_books([parse_parameters({"force": "kent"})], here)
    ]
    words = ["site", "--only", "kent", "--scheduler", cluster.scheduler, "-o", bucket.address]
    words += ["-p", "period_end", "2016-06-30"]  # one edition
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["peelbook", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    assert f"Open {bucket.address}/index.html (1 books)" in capsys.readouterr().out
    found = bucket.files()
    book = {path.removeprefix("kent/"): found[path] for path in found if path.startswith("kent/")}
    assert book == files(kent)
    assert {"index.html", "national/overview.html", "methodology/framework.html"} < set(found)
    assert "narnia/index.html" not in found
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("_build")] == []


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("s3://no-such-bucket-at-all/books", "no-such-bucket-at-all"),
        ("carrier-pigeon://loft", "carrier-pigeon"),
        ("s3://", "name a place in the store"),
    ],
)
def test_address_that_cannot_be_written_ends_with_one_line_before_anything_is_rendered(
    bucket, monkeypatch, capsys, tmp_path, output, said
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["peelbook", "render", "kent", "-o", output])
    with pytest.raises(SystemExit) as left:
        cli.main()
    err = capsys.readouterr().err
    assert left.value.code == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
