"""What a page says of itself to machines that send readers: description, picture, data set."""

from __future__ import annotations

import json
import re
from html import escape, unescape

from peelbook.render.finish.about import About
from peelbook.render.finish.take_away import LICENCE, Taken

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_LONGEST = 240
_HEAD_END = "</head>"


def with_metadata(page: str, name: str, title: str, about: About, data: list[Taken]) -> str:
    """Return a page that describes itself; `data` are its figures and tables."""
    described = description(page, about, title)
    whole = f"{title}: {about.name}" if about.name else title
    up = "../" * name.count("/")
    head = [
        f'<meta name="description" content="{escape(described)}">',
        f'<meta property="og:title" content="{escape(whole)}">',
        f'<meta property="og:description" content="{escape(described)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(about.title)}">',
        '<meta property="og:locale" content="en_GB">',
        f'<link rel="icon" type="image/svg+xml" href="{up}_static/favicon.svg">',
    ]
    if about.address:
        address = escape(f"{about.address}{name}.html")
        head += [
            f'<link rel="canonical" href="{address}">',
            f'<meta property="og:url" content="{address}">',
        ]
    if data:
        text = json.dumps(_data_set(name, whole, described, about, data), ensure_ascii=False)
        text = text.replace("<", "\\u003c")
        head.append(f'<script type="application/ld+json">{text}</script>')
    return page.replace(_HEAD_END, "\n".join(head) + f"\n{_HEAD_END}", 1)


def description(page: str, about: About, title: str) -> str:
    """Return what a page is about in a sentence or two: its force and period, and how it begins."""
    article = _ARTICLE.search(page)
    paragraphs = _PARAGRAPH.findall(article[0]) if article else []
    first = next((text for text in map(_plain, paragraphs) if len(text.split()) > 5), title)
    of_what = ", ".join(filter(None, [about.name, about.period]))
    text = f"{of_what}: {first}" if of_what else first
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def _data_set(name: str, title: str, described: str, about: About, data: list[Taken]) -> dict:
    """Return the page as a Dataset of schema.org, a file of data for each figure and table."""
    up = about.address or "../" * name.count("/")
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": described,
        "version": about.version,
        "license": LICENCE["address"],
        "isAccessibleForFree": True,
        "spatialCoverage": about.name or "England and Wales",
        **({"temporalCoverage": f"../{about.period_end}"} if about.period_end else {}),
        "creator": {"@type": "Organization", "name": "PEEL book contributors"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.description["title"],
                "encodingFormat": "text/csv",
                "contentUrl": f"{up}{each.description['data']}",
            }
            for each in data
        ],
    }
