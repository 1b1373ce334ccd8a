"""Turns the paper of a page whose table has too many columns for an upright one."""

from __future__ import annotations

import re

MOST_COLUMNS = 8
"""That an upright page of A4 has room for, at a size that can be read."""
_HEAD = re.compile(r'<div class="peel-table peel-wide".*?<thead>(.*?)</thead>', re.DOTALL)
_LANDSCAPE = '<style media="print">@page { size: A4 landscape; }</style>\n'


def with_paper(page: str) -> str:
    """Return a page that is printed on its side if one of its wide tables needs that."""
    heads = (match[1].count("<th ") for match in _HEAD.finditer(page))
    return (
        page.replace("</head>", f"{_LANDSCAPE}</head>", 1)
        if max(heads, default=0) > MOST_COLUMNS
        else page
    )
