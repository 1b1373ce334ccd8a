"""Pages to be printed: all chapters of a book with title page and contents, and its summary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from posixpath import normpath

from peelbook.render.finish.about import About

CHAPTERS = "chapters"
SUMMARY = "0_summary_for_a_panel"
"""The chapter that is printed on its own; all the rest says it at length."""
_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.DOTALL)
_STYLES = re.compile(r'<link [^>]*rel="stylesheet"[^>]*>')
_CHARTS = re.compile(r'<script [^>]*src="[^"]*/figures\.js[^"]*"[^>]*></script>')
_ID = re.compile(r'(?<=[ <])(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_LINK = re.compile(r'<a ([^>]*?)href="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_CITE = re.compile(r'<section class="peel-cite".*?</section>', re.DOTALL)
_PAPER = (
    "@page :first { @top-left { content: none } @top-right { content: none } "
    "@bottom-right { content: none } } "
    # a chapter of a few lines, as those without a grade are, has no page to itself
    ".peel-print-chapter + .peel-print-chapter { margin-top: 14mm; } "
    ".peel-print-contents { break-after: page; } "
    ".peel-print-title { display: flex; flex-direction: column; justify-content: center; "
    "min-height: 230mm; break-after: page; } "
    ".peel-print-title h1 { font-size: 28pt; } "
    ".peel-print-contents li { display: flex; justify-content: space-between; gap: 1em; "
    "padding: 2pt 0; border-bottom: 0.5pt dotted #8a8a8a; } "
    ".peel-print-contents ol { list-style: none; padding: 0; } "
    ".peel-print-chapter .peel-force-name { display: none; }"
)
_H1 = re.compile(
    r"<h1[^>]*>(?:<span class=\"peel-force-name\">.*?</span></span>)?(.*?)(?:<a |</h1>)", re.DOTALL
)


def print_page(
    book: Path, chapters: list[str], about: About, pages: Mapping[str, int] | None = None
) -> str:
    """Return the HTML of the page, to lie beside the chapters.

    Parameters
    ----------
    book
        folder of the rendered book.
    chapters
        names of the chapters' pages, ``1_preventing_crime``, in reading order.
    about
        the book.
    pages
        title of a chapter -> the page of paper it begins on, for the contents.
    """
    texts = {name: _text(book, name) for name in chapters}
    titles = {name: chapter_title(text) for name, text in texts.items()}
    bodies = "\n".join(
        f'<section class="peel-print-chapter" id="{_mark(name)}">{_body(text, name, chapters, about)}'
        "</section>"
        for name, text in texts.items()
    )
    body = f"{_title_page(about)}\n{_contents(titles, pages or {})}\n{bodies}"
    return _whole(next(iter(texts.values())), about.title, f"{_running(about)} {_PAPER}", body)


def summary_page(book: Path, about: About) -> str:
    """Return the HTML of the book's summary alone, to lie beside the chapters; as `print_page`."""
    text = _text(book, SUMMARY)
    body = _body(text, SUMMARY, [SUMMARY], about)
    return _whole(
        text,
        f"{chapter_title(text)}: {about.name}",
        _running(about),
        f'<section class="peel-print-summary" id="{_mark(SUMMARY)}">{body}</section>',
    )


def _text(book: Path, name: str) -> str:
    return (book / CHAPTERS / f"{name}.html").read_text(encoding="utf-8")


def _whole(text: str, title: str, paper: str, body: str) -> str:
    """Return a page of `body` with the styles and the drawing of charts of a chapter's page."""
    styles = "\n".join([*_STYLES.findall(text), f"<style>{paper}</style>"])
    scripts = "\n".join(_CHARTS.findall(text))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB" data-theme="light" data-mode="light">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(title)}</title>\n{styles}\n{scripts}\n</head>\n'
        f'<body class="peel-print"><main class="bd-article">\n{body}\n</main></body>\n</html>\n'
    )


def chapter_title(text: str) -> str:
    """Return the heading of a chapter's page."""
    heading = _H1.search(_ARTICLE.search(text)[1])[1]
    return " ".join(re.sub(r"<[^>]+>", "", heading).split())


def headings_of(page: str) -> list[str]:
    """Return every heading of the page as text, in order."""
    found = re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", page, re.DOTALL)
    whole = (re.sub(r'<a class="headerlink".*?</a>', "", each, flags=re.DOTALL) for each in found)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", each)).split()) for each in whole]


def _running(about: About) -> str:
    """Return the style of the paper's edges: the running name of the force, and numbers of pages."""
    name = about.name.replace('"', "")
    small = "font: 8pt sans-serif; color: #454545;"
    return (
        "@page { size: A4; margin: 18mm 14mm 16mm; "
        f'@top-left {{ content: "{name}"; {small} }} '
        f'@top-right {{ content: "PEEL effectiveness, {about.period}"; {small} }} '
        f"@bottom-right {{ content: counter(page); {small} }} }}"
    )


def _title_page(about: About) -> str:
    where = f"<p>{escape(about.address)}</p>" if about.address else ""
    return (
        f'<section class="peel-print-title"><p>PEEL effectiveness</p><h1>{escape(about.name)}</h1>'
        f"<p>{escape(about.period)}</p>"
        "<p>Judgments in this book are computed by published rules; they are not the inspectorate's. "
        "Contains public sector information licensed under the Open Government Licence v3.0.</p>"
        f"<p>Version {escape(about.version)}</p>{where}</section>"
    )


def _contents(titles: Mapping[str, str], pages: Mapping[str, int]) -> str:
    entries = "".join(
        f'<li><a href="#{_mark(name)}">{title}</a><span>{pages.get(title, "")}</span></li>'
        for name, title in titles.items()
    )
    return f'<nav class="peel-print-contents" aria-label="Contents"><h2>Contents</h2><ol>{entries}</ol></nav>'


def _mark(name: str) -> str:
    return "chapter-" + name.partition("_")[0] + "-" + re.sub(r"[^a-z0-9]+", "-", name.lower())


def _body(text: str, name: str, chapters: list[str], about: About) -> str:
    """Return a chapter's article, its ids its own and its links within the page or to the site."""
    body = _CITE.sub("", _ARTICLE.search(text)[1])

    def own_ids(match: re.Match[str]) -> str:
        marks = " ".join(f"{_mark(name)}--{each}" for each in match[2].split())
        return f'{match[1]}="{marks}"'

    def led(match: re.Match[str]) -> str:
        before, address, after, words = match.groups()
        target = _target(address, name, chapters, about)
        return f'<a {before}href="{target}"{after}>{words}</a>' if target else words

    return _LINK.sub(led, _ID.sub(own_ids, body))


def _target(address: str, name: str, chapters: list[str], about: About) -> str:
    """Return where a link leads on paper; nothing where that has no address of its own."""
    path, _, place = address.partition("#")
    if "://" in address:
        return address
    page = Path(path).stem if path else name
    if page in chapters and "/" not in path:
        return f"#{_mark(page)}--{place}" if place else f"#{_mark(page)}"
    if not about.address:
        return ""
    beyond = normpath(f"{CHAPTERS}/{path}")
    return f"{about.address}{beyond}#{place}" if place else f"{about.address}{beyond}"
