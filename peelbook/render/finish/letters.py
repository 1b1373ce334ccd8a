"""How wide letters are, to break lines and to lay out charts without the fonts of a machine.

Widths of Helvetica in thousandths of the size of the type, as Adobe published them with PostScript;
Arial and Liberation Sans have the same.
"""

from __future__ import annotations

_BY_WIDTH = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r“”",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~−×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
WIDTH_OF_OTHERS = 556
WIDER_BOLD = 1.07
"""How much wider bold letters are, about."""


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the words of a text as lines that are no wider than `width` in type of a size.

    A single word that is wider stands on a line of its own.
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in the unit of the size of its type."""
    width = sum(WIDTHS.get(letter, WIDTH_OF_OTHERS) for letter in text)
    return width * size / 1000 * (WIDER_BOLD if bold else 1)
