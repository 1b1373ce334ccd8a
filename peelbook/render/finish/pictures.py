"""Writes each chart as a picture to keep, with its title, measure, source and licence inside."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from peelbook.render.finish.drawing import Drawer
from peelbook.render.finish.letters import lines_of
from peelbook.render.finish.parts import Part

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
CHART = "chart"
"""Mark in a picture that shows the chart alone, for a page that has title and source beside it."""
EDGE = 16
GAP = 10
INK, QUIET = "#1f1f1f", "#454545"
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""Fonts whose letters are as wide as the layout takes them to be."""
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')
_OUTER = re.compile(r"^.*?<svg[^>]*>|</svg>\s*$", re.DOTALL)
_PANEL = re.compile(
    r'<div class="peel-chart"[^>]*><script type="application/json">(.*?)</script></div>', re.DOTALL
)
_LATER = ' loading="lazy"'
_STILL_LATER = re.compile(f'(<img class="peel-still"[^>]*?){_LATER}')
_MARK = re.compile(r"(?:Shaded|[a-z]): ")
_BESIDE = re.compile(r'<p class="peel-panel-title">([^<]*)</p>$')


@dataclass(frozen=True)
class Picture:
    """A chart as a picture: the SVG, how large it is, how large the chart in it, and what is in it."""

    svg: str
    size: tuple[int, int]
    chart_size: tuple[int, int]
    description: str


@dataclass(frozen=True)
class Words:
    """What stands above and below a chart in its picture."""

    title: str
    measure: str
    panel: str
    source: str
    marks: tuple[str, ...] = ()
    """What a letter or a shade in the chart means, a sentence each."""


def pictures_of(part: Part, drawer: Drawer) -> list[Picture]:
    """Return a picture of each chart of a figure, in order."""
    source = part.soup.select_one(".peel-source")
    notes = [" ".join(note.get_text().split()) for note in part.soup.select(".peel-notes li")]
    made = []
    for match in _PANEL.finditer(part.html):
        beside = _BESIDE.search(part.html[: match.start()])
        words = Words(
            title=part.title,
            measure=part.subtitle,
            panel=unescape(beside[1]) if beside else "",
            source=" ".join(source.get_text().split()) if source else "",
            marks=tuple(note for note in notes if _MARK.match(note)),
        )
        specification = json.loads(match[1])
        made.append(compose(drawer.draw(specification), words, specification["description"]))
    return made


def compose(drawing: str, words: Words, description: str) -> Picture:
    """Return the picture of a drawing with its words around it, no wider than the chart."""
    width, height = (round(float(each) + 0.5) for each in _SIZE.search(drawing).groups())
    parts: list[str] = []
    # the title of a figure may be about another of its charts
    top = _write(parts, words.panel or words.title, EDGE // 2, width, 16, INK, bold=True)
    top = _write(parts, words.measure, top + 2, width, 12, QUIET)
    if words.panel:
        top = _write(parts, f"Part of the figure: {words.title}", top + 2, width, 12, QUIET)
    begins = top + GAP
    inner = _OUTER.sub("", drawing)
    parts.append(f'<svg x="{EDGE}" y="{begins}" width="{width}" height="{height}">{inner}</svg>\n')
    top = begins + height + 4
    for text in (*words.marks, words.source):
        top = _write(parts, text, top, width, 10, QUIET)
    top = _write(parts, LICENCE, top, width, 10, QUIET) + EDGE
    whole = (width + 2 * EDGE, top)
    view = f"{EDGE} {begins} {width} {height}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]}" height="{whole[1]}" '
        f'viewBox="0 0 {whole[0]} {whole[1]}" font-family="{FONT}">\n'
        f"<title>{escape(words.title)}</title>\n<desc>{escape(description)}</desc>\n"
        f'<view id="{CHART}" viewBox="{view}"/>\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{"".join(parts)}</svg>\n'
    )
    return Picture(svg, whole, (width, height), description)


def _write(
    parts: list[str], text: str, top: int, width: int, size: int, colour: str, *, bold: bool = False
) -> int:
    """Add a text to the parts of a picture from `top` downwards, and return where it ends."""
    weight = ' font-weight="600"' if bold else ""
    for line in lines_of(text, width, size, bold=bold):
        top += round(size * 1.35)
        parts.append(
            f'<text x="{EDGE}" y="{top}" font-size="{size}"{weight} fill="{colour}">'
            f"{escape(line)}</text>\n"
        )
    return top


def write_pictures(pictures: list[Picture], folder: Path, own: str) -> list[str]:
    """Write the pictures of figure `own` into a folder, and return the names of their files."""
    names = [
        f"{own}{f'-{n}' if len(pictures) > 1 else ''}.svg" for n in range(1, len(pictures) + 1)
    ]
    for picture, name in zip(pictures, names, strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(picture.svg, encoding="utf-8", newline="\n")
    return names


def with_stills(html: str, pictures: list[Picture], addresses: list[str]) -> str:
    """Return a figure that shows its pictures, the charts alone, until they are drawn.

    Where scripts do not run they stay.
    """
    stills = iter(zip(pictures, addresses, strict=True))

    def with_still(match: re.Match[str]) -> str:
        picture, address = next(stills)
        width, height = picture.chart_size
        still = (
            f'<img class="peel-still" src="{escape(address)}#{CHART}" width="{width}" '
            # its own shape is that of the whole picture
            f'height="{height}" style="aspect-ratio: {width} / {height}"{_LATER} alt="">'
        )
        return match[0].removesuffix("</div>") + f"{still}</div>"

    return _PANEL.sub(with_still, html)


def with_first_still_at_once(page: str) -> str:
    """Return a page that fetches the still of its first chart with the text, the others when near.

    On a slow phone it stands seconds before what draws charts has come.
    """
    return _STILL_LATER.sub(r"\1", page, count=1)
