"""Which indicators a site has a page on, and what the pages are called; without what draws them."""

from __future__ import annotations

from html import escape

from peelbook.charts.tables import Html
from peelbook.indicators.catalogue import indicator, load_catalogue
from peelbook.narrative.words import sentence_case


def with_a_page() -> list[str]:
    """Return the ids of the indicators that a site has a page on, in the order of the catalogue."""
    return [name for name, entry in load_catalogue().items() if entry.has_page]


def title_of(indicator_id: str) -> str:
    """Return the title of the page on an indicator."""
    return sentence_case(indicator(indicator_id).name.replace(": ", ", "))


def list_of_pages(folder: str = "indicator") -> Html:
    """List the pages on indicators with links, seen from a page one folder above them."""
    items = "".join(
        f'<li><a href="{folder}/{name}.html">{escape(title_of(name))}</a></li>'
        for name in with_a_page()
    )
    return Html(f'<ul class="peel-columns">{items}</ul>')
