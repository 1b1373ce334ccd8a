"""Mends what the theme and Sphinx leave to mend in the HTML, so that every page can be heard.

What each is for is a rule of axe-core, named beside it.
"""

from __future__ import annotations

import re
from collections import Counter

PLAIN = (
    # label-content-name-mismatch: a button is named by the words that are seen on it
    (
        'search-button__button pst-js-only" title="Search" aria-label="Search"',
        'search-button__button pst-js-only" title="Search"',
    ),
    ('aria-label="Color mode" data-bs-title="Color mode"', 'aria-label="Light or dark"'),
    ('data-mode="light" title="Light"', 'data-mode="light" aria-hidden="true"'),
    ('data-mode="dark"  title="Dark"', 'data-mode="dark" aria-hidden="true"'),
    ('data-mode="auto"  title="System Settings"', 'data-mode="auto" aria-hidden="true"'),
    ('<summary aria-label="Toggle hidden content">', "<summary>"),
    # region: the title of the book and the choice of a force lie in a landmark
    (
        'id="pst-primary-sidebar" class="',
        'id="pst-primary-sidebar" role="region" aria-label="Book" class="',
    ),
    # aria-required-children, aria-deprecated-role: the bibliography is a list of items
    ('role="doc-biblioentry"', 'role="listitem"'),
    ('title="Toggle primary sidebar"', 'title="Contents of the book"'),
    ('title="Toggle secondary sidebar"', 'title="Contents of the page"'),
    ('title="Fullscreen mode"', 'title="Full screen"'),
    # a handler in the markup is one that a policy for scripts forbids; theme_mends.js has it
    ('<button onclick="toggleFullScreen()"', "<button data-full-screen"),
    ('<div id="ethical-ad-placement"', "<div hidden"),
)
_CODE_OF_A_SENTENCE = re.compile(
    r'(<div class="cell tag_hide-input docutils container">\n)'
    r'<details class="admonition hide above-input">(?:(?!</details>).)*</details>\n'
    r'(?=</div>|<div class="cell_output docutils container">\n(?:<p>|</div>))',
    re.DOTALL,
)
_CELL_WITH_CODE = re.compile(
    r'<div class="cell tag_hide-input docutils container">\n'
    r'(<details class="admonition hide above-input">(?:(?!</details>).)*</details>\n)',
    re.DOTALL,
)
_DIV = re.compile(r"<(/?)div\b[^>]*>")
_REGION = re.compile(r'(role="region" aria-label=")([^"]*)(")')


def mend(page: str) -> str:
    """Return the HTML of a page with what is wrong in it mended."""
    for wrong, right in PLAIN:
        page = page.replace(wrong, right)
    # the code is offered beside a figure; where a sentence or nothing stands instead, it is in the way
    page = _CODE_OF_A_SENTENCE.sub(r"\1", page)
    return _with_different_regions(_with_code_below(page))


def _with_code_below(page: str) -> str:
    """Offer the code of a figure below it: a reader comes for the figure."""
    pieces, place = [], 0
    for cell in _CELL_WITH_CODE.finditer(page):
        end = _inner_end(page, cell.end())
        pieces += [page[place : cell.start(1)], page[cell.end() : end], cell[1]]
        place = end
    return "".join([*pieces, page[place:]])


def _inner_end(page: str, start: int) -> int:
    """Return where the end tag of the element begins inside which `start` lies."""
    depth = 1
    for tag in _DIV.finditer(page, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.start()
    raise ValueError("an element div has no end")


def _with_different_regions(page: str) -> str:
    """Number the regions of a name that several have (landmark-unique)."""
    seen: Counter[str] = Counter()

    def numbered(match: re.Match[str]) -> str:
        before, name, after = match.groups()
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        return f"{before}{name}{number}{after}"

    return _REGION.sub(numbered, page)
