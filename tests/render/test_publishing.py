"""A reader finds the old book or the new one, never a part of either."""

import pytest

from peelbook.render.publish import publish


def pages(folder) -> dict[str, str]:
    return {page.name: page.read_text(encoding="utf-8") for page in folder.iterdir()}


@pytest.fixture
def html(tmp_path):
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text("new", encoding="utf-8")
    return folder


@pytest.fixture
def target(books):
    (books / "kent" / "page_of_the_past.html").write_text("earlier", encoding="utf-8")
    return books / "kent"


def test_first_book_is_published_where_no_folder_was(html, tmp_path):
    publish(html, tmp_path / "new" / "folder" / "kent")
    assert pages(tmp_path / "new" / "folder" / "kent") == {"index.html": "new"}


def test_published_book_replaces_the_earlier_one_and_leaves_nothing_beside_it(html, target):
    publish(html, target)
    assert pages(target) == {"index.html": "new"}
    assert [folder.name for folder in target.parent.iterdir()] == ["kent"]


def test_earlier_book_stays_when_the_new_one_cannot_be_copied(tmp_path, target):
    before = pages(target)
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "never_compiled", target)
    assert pages(target) == before


def test_book_that_a_killed_run_moved_aside_is_put_back(tmp_path, target):
    before = pages(target)
    target.rename(target.with_name(".kent.old"))
    with pytest.raises(FileNotFoundError):
        publish(tmp_path / "never_compiled", target)
    assert pages(target) == before


def test_leftovers_of_a_killed_run_are_cleared(html, target):
    for name in (".kent.old", ".kent.new"):
        leftover = target.with_name(name)
        leftover.mkdir()
        (leftover / "half.html").write_text("half", encoding="utf-8")
    publish(html, target)
    assert pages(target) == {"index.html": "new"}
    assert [folder.name for folder in target.parent.iterdir()] == ["kent"]
