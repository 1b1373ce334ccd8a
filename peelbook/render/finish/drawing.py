"""Draws charts without a browser: the script that draws them on the page, in an engine of its own.

The engine is V8 with nothing around it, so what the script asks a browser for is stood in for below.
Text is measured by the widths of Helvetica's letters, those of Arial too: the fonts of a machine
would make the picture depend on where it was drawn.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from peelbook.render.finish.letters import WIDER_BOLD, WIDTH_OF_OTHERS, WIDTHS

WIDTH = 620
"""Pixels between the axes of a chart that is as wide as its page."""
_AS_WIDE_AS_THE_PAGE = "container"
_STAND_INS = """
var addEventListener = () => {}, removeEventListener = () => {};
var setTimeout = (act) => { Promise.resolve().then(act); return 0; };  // soon, whatever the delay
var setInterval = () => 0, requestAnimationFrame = () => 0;
var structuredClone = (given) => JSON.parse(JSON.stringify(given));
var window = globalThis, self = globalThis;
var console = Object.fromEntries(
  ["log", "info", "debug", "warn", "error"].map((name) => [name, () => {}]));
const nothing = new Proxy(function () {}, {
  get: (of, name) => name === Symbol.toPrimitive ? () => "" : name === "then" ? undefined
    : name === "length" ? 0 : nothing,
  set: () => true, apply: () => nothing, construct: () => nothing,
});
const letters = LETTERS;
const pen = { font: "", measureText(text) {
  const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
  const bold = /\\bbold\\b|\\b[6-9]00\\b/.test(this.font) ? BOLD : 1;
  const width = Array.from(text).reduce((sum, letter) => sum + (letters[letter] ?? OTHERS), 0);
  return { width: width * bold * size / 1000 };
} };
var document = { head: nothing, body: nothing,
  createElement: (name) => name === "canvas" ? { getContext: () => pen } : nothing };
async function draw(text) {
  const options = { renderer: "none", actions: false, tooltip: false, defaultStyle: false };
  const made = await vegaEmbed(nothing, JSON.parse(text), options);
  return made.view.toSVG();
}
"""
_NUMBERED = re.compile(r"\b(clip|gradient_)(\d+)\b")
_OF_A_PAGE = re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|font-family)="[^"]*"')
_LINK = re.compile(r"</?a\b[^>]*>")


class Drawer:
    """Draws charts; the engine starts with the first and lives until the drawer is closed.

    Parameters
    ----------
    library
        the script that defines `vegaEmbed`, which a book has in `_static`.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self._engine: Any = None
        self._known: dict[str, str] = {}

    def __enter__(self) -> Drawer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._engine is not None:
            self._engine.close()

    def draw(self, specification: dict[str, Any]) -> str:
        """Return the SVG of a Vega-Lite specification; the same one gives the same bytes.

        Links and what is said of single marks are left out: a picture in a page has neither.
        """
        if specification.get("width") == _AS_WIDE_AS_THE_PAGE:
            specification = specification | {"width": WIDTH}
        text = json.dumps(specification, sort_keys=True)
        if text not in self._known:
            self._known[text] = _plain(self._drawn(text))
        return self._known[text]

    def _drawn(self, text: str) -> str:
        if self._engine is None:
            self._engine = _engine(self._library)
        return self._engine.eval(f"draw({json.dumps(text)})").get()


def _engine(library: Path) -> Any:  # noqa: ANN401
    # a page without a chart, and every command but this one, does without the engine
    from py_mini_racer import MiniRacer

    stand_ins = (
        _STAND_INS.replace("LETTERS", json.dumps(WIDTHS))
        .replace("BOLD", str(WIDER_BOLD))
        .replace("OTHERS", str(WIDTH_OF_OTHERS))
    )
    with _universal_time():
        engine = MiniRacer()
        # asked once, it is known for as long as the process lives
        engine.eval("new Date(2016, 5, 30).getTimezoneOffset()")
    engine.eval(stand_ins)
    engine.eval(library.read_text(encoding="utf-8"))
    return engine


@contextmanager
def _universal_time() -> Iterator[None]:
    """Let the engine begin in universal time, for an axis of dates depends on the zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before


def _plain(drawing: str) -> str:
    """Return a drawing without what only a page needs, its names numbered from 1."""
    drawing = _LINK.sub("", _OF_A_PAGE.sub("", drawing))
    order: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return order.setdefault(match[0], f"{match[1]}{len(order) + 1}")

    return _NUMBERED.sub(numbered, drawing)
