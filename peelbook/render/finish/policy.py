"""A policy that lets a page run its own scripts only, none that is made from text.

`file:` is for pages that are opened from a folder, where a page has no host of its own. Styles are
not limited: the pictures of charts have theirs in attributes.
"""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE = re.compile(r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<text>.*?)</script>", re.DOTALL)
_CHARSET = re.compile(r'<meta charset="utf-8"[^>]*>', re.IGNORECASE)


def with_policy(page: str) -> str:
    """Return a page with its Content-Security-Policy, which names the scripts written in it."""
    hashes = " ".join(dict.fromkeys(f"'sha256-{_hash(text)}'" for text in _inline_scripts(page)))
    sources = f"'self' file: {hashes}".strip()
    policy = f"script-src {sources}; object-src 'none'; base-uri 'none'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _CHARSET.sub(lambda match: f"{match[0]}\n    {meta}", page, count=1)


def _inline_scripts(page: str) -> list[str]:
    """Return the scripts that are written in a page; data in a script element are none."""
    return [
        match["text"]
        for match in _INLINE.finditer(page)
        if "src=" not in match["attributes"] and "application/" not in match["attributes"]
    ]


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
