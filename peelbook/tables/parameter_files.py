"""Reads a parameter file: YAML, of which only lines of the form `name: value` are taken.

A value is one word or text. Lists, nested values, tags, anchors and references mean nothing in a
parameter set, so they are refused where they stand, before anything is built from them; what a
file of a few bytes could grow to is never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from peelbook.errors import InvalidParameter, cut, cut_path

MOST_BYTES = 64 * 1024
WANTED = "wanted lines of the form 'name: value'"
TRUE = frozenset({"true", "yes", "on"})
FALSE = frozenset({"false", "no", "off"})
NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,8})")
EMPTY = frozenset({"", "~", "null"})


def read_parameter_file(file: Path) -> dict[str, object]:
    """Return the names and values of a parameter file; numbers and yes or no as such, else text.

    Raises
    ------
    InvalidParameter
        in one line, for a file that is not there, too large or no YAML, and for anything in it
        that is not a name with one value, each name once.
    """
    shown = f"Parameter file {cut_path(file)}"
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InvalidParameter(f"{shown}: larger than {MOST_BYTES // 1024} KiB; {WANTED}")
        return dict(_pairs(content.decode("utf-8-sig")))
    except InvalidParameter as error:
        reason = str(error)
        raise InvalidParameter(reason if reason.startswith(shown) else f"{shown}{reason}") from None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise InvalidParameter(f"{shown}: {cut(reason)}") from None


def _pairs(text: str) -> Iterator[tuple[str, object]]:
    """Yield name and value; errors begin with the place, `, line 3: ...`."""
    seen: set[str] = set()
    name: str | None = None
    inside = done = False
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        place = f", line {event.start_mark.line + 1}"
        if isinstance(event, yaml.ScalarEvent) and inside:
            _refuse_tags_and_anchors(event, place)
            if name is None:
                name = event.value
                if name in seen:
                    raise InvalidParameter(f"{place}: {cut(name)!r} stands there twice")
                seen.add(name)
            else:
                yield name, _value(event, f"{place}: {cut(name)}")
                name = None
        elif isinstance(event, yaml.MappingStartEvent) and not inside and not done:
            _refuse_tags_and_anchors(event, place)
            inside = True
        elif isinstance(event, yaml.MappingEndEvent):
            inside, done = False, True
        elif isinstance(event, yaml.NodeEvent) or (
            isinstance(event, yaml.DocumentStartEvent) and done
        ):
            of = f": {cut(name)!r}" if name is not None else ""
            raise InvalidParameter(f"{place}{of}: {WANTED}, one value for each name")
    if not done:
        raise InvalidParameter(f": {WANTED}")


def _refuse_tags_and_anchors(event: yaml.NodeEvent, place: str) -> None:
    if event.anchor or event.tag:
        mark = f"&{event.anchor}" if event.anchor else event.tag
        raise InvalidParameter(f"{place}: {cut(mark)!r}: tags and anchors are not for parameters")


def _value(event: yaml.ScalarEvent, place: str) -> object:
    text = event.value
    if not event.implicit[0]:  # in quotes
        return text
    if text.lower() in EMPTY:
        raise InvalidParameter(f"{place}: no value; leave the line out, or write '' for none")
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    return int(text) if NUMBER.fullmatch(text) else text
