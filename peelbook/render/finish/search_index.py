"""What the search knows of a book: its sections, figures and tables, each with a place to open at.

A script rather than a data file, for a page that is opened from a folder may not read other files.
"""

from __future__ import annotations

import json
import re
from html import unescape

from peelbook.render.finish.about import About

INDEX = "search_index.js"
_ARTICLE = re.compile(r"<article[^>]*>(.*?)</article>", re.DOTALL)
_HEADING = re.compile(
    r'<section id="([^"]+)">\s*(?:<span id="[^"]*"></span>\s*)*<h[1-4][^>]*>(.*?)</h[1-4]>'
    r'|<figure class="peel-figure" id="([^"]+)"[^>]*>.*?<p class="peel-title">(.*?)</p>'
    r'|<div id="(table-[^"]+)"[^>]*>.*?<caption[^>]*>(.*?)</caption>'
    r'|<dt id="([^"]+)">(.*?)</dt>',
    re.DOTALL,
)
_NOT_READ = re.compile(
    r"<script.*?</script>|<style.*?</style>|<details class=\"admonition hide.*?</details>"
    r'|<p class="peel-take">.*?</p>|<details class="peel-keep">.*?</details>'
    r'|<section class="peel-cite".*?</section>'
    r'|<a class="headerlink".*?</a>|<ul class="peel-notes">.*?</ul>|<t[dh] ?[^>]*>[^<]{0,12}</t[dh]>',
    re.DOTALL,
)
_TAGS = re.compile(r"<[^>]+>")
_LONGEST = 600
"""Letters of a section's text that are kept, of which a result shows a few."""


def sections_of(page: str, name: str, title: str) -> list[list[str]]:
    """Return the sections of a page: address, title of the page, heading, text."""
    article = _ARTICLE.search(page)
    if not article:
        return []
    body = _NOT_READ.sub(" ", article[1])
    marks = list(_HEADING.finditer(body))
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    found = []
    # a page without a mark has an end all the same
    for mark, end in zip(marks, ends, strict=False):
        anchor, heading = [group for group in mark.groups() if group is not None][:2]
        text = _plain(body[mark.end() : end])[:_LONGEST]
        found.append([f"{name}.html#{anchor}", title, _plain(heading), text])
    return found


def _plain(html: str) -> str:
    return " ".join(unescape(_TAGS.sub(" ", html)).replace("¶", "").replace("#", "").split())


def index_script(sections: list[list[str]], about: About) -> str:
    """Return the script that adds a book, under the slug of its force, to what can be searched."""
    text = json.dumps(sections, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        "window.PEEL_INDEX = window.PEEL_INDEX || {};\n"
        f"window.PEEL_INDEX[{json.dumps(about.force)}] = {text};\n"
    )
