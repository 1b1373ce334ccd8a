"""Takes from a page the scripts and styles that it has no use for, and their files from the book."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

UNUSED_FILES = (
    *("scripts/fontawesome.js", "scripts/fontawesome.js.LICENSE.txt", "vendor", "locales"),
    *("plus.png", "minus.png", "images", "searchtools.js", "language_data.js"),
    *("design-tabs.js", "sphinx-design.min.css", "togglebutton.js", "togglebutton.css"),
    *("copybutton_funcs.js", "translations.js", "sphinx_highlight.js", "doctools.js"),
)
"""Below `_static`. Icons are drawn by icons.css, search is that of search.js, and neither tabs nor
toggles of the extensions are used."""
_NEEDED_FOR_TABS = re.compile(r'class="(?:[^"]* )?sd-')
_NEEDED_FOR_TOGGLES = re.compile(r'class="(?:[^"]* )?(?:toggle|dropdown)[ "]')
_SCRIPTS = r"[^>]*src=\"[^\"]*(?:%s)[^\"]*\"[^>]*></script>\n?"
_NEVER = ("scripts/fontawesome\\.js", "searchtools\\.js", "language_data\\.js", "searchindex\\.js")
_SPHINX = ("doctools\\.js", "sphinx_highlight\\.js", "translations\\.js")
_COMMENT = re.compile(r"[ \t]*<!-- (?:So that users can add custom icons|.{0,60}load.{0,60}) -->\n")
_PRELOAD = re.compile(r'[ \t]*<link rel="preload" as="script"[^>]*>\n')
_VIEWPORT = re.compile(
    r'\s*<meta name="viewport" content="width=device-width, initial-scale=1" ?/>'
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_ICON_FONT = re.compile(
    r"@font-face\{[^{}]*Font Awesome[^{}]*\}"
    r"|(?<=\})\.fa[a-z]?(?:-[a-z0-9-]+)?(?:[:,][^{}@]*)?\{[^{}]*\}"
)


def lighten(page: str) -> str:
    """Return the HTML of a page without what it loads and does not use."""
    for pattern in (*_NEVER, *_SPHINX):
        page = _without_script(page, pattern)
    if not _NEEDED_FOR_TABS.search(page):
        page = _without_script(page, "design-tabs\\.js")
        page = _without_style(page, "sphinx-design\\.min\\.css")
    if not _NEEDED_FOR_TOGGLES.search(page):
        page = _without_script(page, "togglebutton\\.js")
        page = _without_style(page, "togglebutton\\.css")
    for pattern in (_COMMENT, _PRELOAD, _VIEWPORT):
        page = pattern.sub("", page)
    return _BLANK_LINES.sub("\n\n", page)


def _without_script(page: str, name: str) -> str:
    return re.sub(r"[ \t]*<script" + _SCRIPTS % name, "", page)


def _without_style(page: str, name: str) -> str:
    return re.sub(rf'[ \t]*<link [^>]*href="[^"]*{name}[^"]*"[^>]*>\n?', "", page)


def lighten_static(static: Path) -> None:
    """Remove from `_static` what no page loads, and the icon font from the theme's style sheet."""
    for name in UNUSED_FILES:
        path = static / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for sheet in (static / "styles").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(_ICON_FONT.sub("", text), encoding="utf-8")
