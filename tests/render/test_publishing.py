"""A reader finds the old book or the new one, never a part of either, and nobody loses a file."""

import pytest

from peelbook.render.mark import MARK, write_mark
from peelbook.render.publish import NotOurs, publish, put_back


def pages(folder) -> dict[str, str]:
    files = {page.name: page.read_text(encoding="utf-8") for page in folder.iterdir()}
    files.pop(MARK, None)
    return files


def write_book(folder, **texts: str):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    write_mark(folder, {})
    return folder


@pytest.fixture
def html(tmp_path):
    return write_book(tmp_path / "html", index="new")


@pytest.fixture
def target(books):
    return write_book(books / "kent", page_of_the_past="earlier")


def test_first_book_is_published_where_no_folder_was(html, tmp_path):
    publish(html, tmp_path / "new" / "folder" / "kent")
    assert pages(tmp_path / "new" / "folder" / "kent") == {"index.html": "new"}


def test_published_book_replaces_the_earlier_one_and_leaves_nothing_beside_it(html, target):
    publish(html, target)
    assert pages(target) == {"index.html": "new"}
    assert [folder.name for folder in target.parent.iterdir()] == ["kent"]


def test_earlier_book_stays_when_there_is_no_new_one(tmp_path, target):
    before = pages(target)
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "never_compiled", target)
    assert pages(target) == before


def test_earlier_book_stays_when_the_new_one_cannot_be_moved(html, target, monkeypatch):
    before = pages(target)
    rename = type(html).rename

    def fails_for_the_new_one(path, to):
        if path == html:
            raise OSError("no")
        return rename(path, to)

    monkeypatch.setattr(type(html), "rename", fails_for_the_new_one)
    with pytest.raises(OSError, match="no"):
        publish(html, target)
    assert pages(target) == before
    assert [folder.name for folder in target.parent.iterdir()] == ["kent"]


def test_book_that_a_killed_run_moved_aside_is_put_back(target):
    before = pages(target)
    target.rename(target.with_name(".kent.old"))
    put_back(target)
    assert pages(target) == before


def test_old_book_that_a_killed_run_left_beside_the_new_one_is_cleared(html, target):
    write_book(target.with_name(".kent.old"), half="half")
    publish(html, target)
    assert pages(target) == {"index.html": "new"}
    assert [folder.name for folder in target.parent.iterdir()] == ["kent"]


def test_file_that_a_user_adds_while_the_book_is_made_stops_it(html, target):
    (target / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs, match=r"thesis\.txt"):
        publish(html, target)
    assert (target / "thesis.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside.txt"])
def test_mark_that_names_files_outside_of_its_folder_is_no_mark(html, target, name, tmp_path):
    (target / MARK).write_text(f'{{"files": {{"{name}": ""}}}}', encoding="utf-8")
    with pytest.raises(NotOurs, match="no earlier book"):
        publish(html, target)
    assert (target / "index.html").exists()
