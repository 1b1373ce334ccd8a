"""Text that shows itself as Markdown in a chapter, and the escaping of text that users supply."""

from __future__ import annotations

import re
from html import escape

from IPython.display import display

_MARKS = re.compile(
    r"([\\`*_{}\[\]()#+!|~$^:@%=-]"  # marks of Markdown and MyST
    r"|(?<=\w)\.(?=[^\W\d_])"  # a name of a host, which some readers of Markdown link
    r"|/(?=/)"
    r"|(?<=^\d)\.(?=\s|$)|(?<=^\d\d)\.(?=\s|$)|(?<=^\d{3})\.(?=\s|$))"  # a list's number
)


class Prose(str):
    """Markdown text; a chapter that ends a cell with it shows it as text."""

    __slots__ = ()

    def _ipython_display_(self) -> None:
        # an empty text shows nothing at all, not a pair of quotes
        if self:
            display({"text/markdown": str(self), "text/plain": str(self)}, raw=True)


def paragraphs(*texts: str) -> Prose:
    """Join texts as paragraphs and leave out empty ones."""
    return Prose("\n\n".join(text for text in texts if text))


def sentences(*texts: str) -> str:
    """Join sentences to a paragraph and leave out empty ones."""
    return " ".join(text.strip() for text in texts if text.strip())


def plain(text: str) -> str:
    """Make a text from a table harmless in Markdown: nothing in it is markup."""
    one_line = " ".join(str(text).split())
    return _MARKS.sub(r"\\\1", escape(one_line, quote=False))
