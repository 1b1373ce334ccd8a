"""What a reader sees of Markdown: the text of a page, if nothing in it is markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt


@pytest.fixture(scope="session")
def shown_as_text() -> Callable[[str], str]:
    """Return a function from Markdown to its text; it fails if there is any markup in it."""
    parser = MarkdownIt("commonmark").enable("table")

    def text_of(markdown: str) -> str:
        tokens = parser.parse(markdown)
        kinds = [token.type for token in tokens]
        assert kinds == ["paragraph_open", "inline", "paragraph_close"], kinds
        parts = tokens[1].children
        assert {part.type for part in parts} <= {"text", "text_special"}, markdown
        return "".join(part.content for part in parts)

    return text_of


@pytest.fixture(scope="session")
def kinds_of_markup() -> Callable[[str], set[str]]:
    """Return a function from Markdown to the kinds of markup in it."""
    parser = MarkdownIt("commonmark").enable("table")

    def kinds(markdown: str) -> set[str]:
        tokens = parser.parse(markdown)
        inline = [child for token in tokens for child in (token.children or [])]
        return {token.type for token in [*tokens, *inline]}

    return kinds
