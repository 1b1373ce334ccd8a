"""The command line with chapters and Jupyter Book replaced by a copier, to be killed at any point.

Commands, pool, manifests, working folders, locks and publishing are the real ones.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from pathlib import Path

from peelbook.cli import main
from peelbook.render import book, books, pages
from peelbook.render.plan import Engine

PAGES = 40
SECONDS_A_PAGE = float(os.environ.get("STUB_SECONDS_A_PAGE", "0.004"))
SECONDS_A_CHAPTER = 0.02


def write_chapter(
    source: Path,
    target: Path,
    values: Mapping[str, object],
    *,
    force: str,
    engine: Engine,
    finish: object,
) -> frozenset[str]:
    """Write what stands for an executed notebook."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([source.name, dict(values)], sort_keys=True), encoding="utf-8")
    time.sleep(SECONDS_A_CHAPTER)
    return frozenset()


def write_pages(folder: Path, engine: Engine) -> Path:
    """Write pages that all hold the hash of the chapters, so that a mixture would be seen."""
    html = folder / "_build" / "html"
    (html / "chapters").mkdir(parents=True)
    chapters = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.ipynb")))
    edition = hashlib.sha256(chapters).hexdigest()
    for number in range(PAGES):
        time.sleep(SECONDS_A_PAGE)
        page = html / "chapters" / f"{number}.html"
        page.write_text(f"{edition}\n" * 200, encoding="utf-8")
    (html / "index.html").write_text(f"{edition}\n", encoding="utf-8")
    return html


if __name__ == "__main__":
    pages.execute_notebook = write_chapter
    book.compile_site = write_pages
    books._import = lambda: None
    books._prepare = lambda sets, plan: None
    main()
