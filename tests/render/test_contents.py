"""What the book is made of follows from the table of contents."""

from pathlib import Path

import pytest
import yaml

from peelbook.errors import PeelbookError
from peelbook.render.contents import read_contents


@pytest.fixture
def project(tmp_path):
    for name in ("chapters/one.ipynb", "chapters/two.ipynb", "methodology/a.ipynb", "m/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    parts = [
        {"caption": "The force", "chapters": [{"file": "chapters/two"}]},
        {"caption": "Methodology", "chapters": [{"file": "m/b"}, {"file": "methodology/a"}]},
    ]
    toc = {"format": "jb-book", "root": "chapters/one", "parts": parts}
    (tmp_path / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    return tmp_path


def test_pages_are_sorted_by_kind_in_reading_order(project):
    contents = read_contents(project)
    assert contents.chapters == (Path("chapters/one.ipynb"), Path("chapters/two.ipynb"))
    assert contents.methodology == (Path("methodology/a.ipynb"),)
    assert contents.texts == (Path("m/b.md"),)


def test_page_without_a_file_is_named(project):
    (project / "chapters" / "two.ipynb").unlink()
    with pytest.raises(PeelbookError, match="chapters/two"):
        read_contents(project)


def test_every_notebook_and_text_of_the_book_is_in_its_table_of_contents():
    contents = read_contents()
    listed = {*contents.chapters, *contents.methodology, *contents.texts}
    folders = [contents.project / name for name in ("chapters", "methodology")]
    present = {
        file.relative_to(contents.project)
        for folder in folders
        for file in folder.iterdir()
        if file.suffix in (".ipynb", ".md")
    }
    assert present == listed
