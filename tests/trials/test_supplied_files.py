"""Supplied files, generated and damaged: read as they were meant, or refused; never misread.

A misread is a table that differs from the one meant, without an error.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from peelbook.errors import PeelbookError
from peelbook.findings.register import COLUMN_TYPES
from peelbook.findings.supplied import check_findings, read_findings
from peelbook.returns.supplied import COLUMN_MEANINGS, check_returns, read_returns
from trials.running import SEED, number_of

pytestmark = pytest.mark.trials
FILES = number_of(300, 5000)
TEXTS = [
    "Plain.",
    "with, comma",
    'with "quotes"',
    "#1",
    "# heading",
    "é £ ’",
    "1,234",
    "a;b",
    "x" * 300,
]
NUMBERS = {"81": 81.0, "81.5": 81.5, "1,234.50": None, "60.0": 60.0, "0.5": None, "81,5": None}


def quoted(text: str, delimiter: str, dice: random.Random) -> str:
    """Write a cell as a spreadsheet does, or now and then as people type it, without quotes."""
    special = any(letter in text for letter in f'{delimiter}"\n')
    if special and dice.random() < 0.97 or dice.random() < 0.1:
        return '"' + text.replace('"', '""') + '"'
    return text


def written(columns: list[str], rows: list[dict[str, str]], dice: random.Random) -> bytes:
    """Return the bytes of a file, one time in four with a byte changed, added or taken out."""
    delimiter, end = dice.choice(",,;\t"), dice.choice(["\n", "\r\n"])
    lines = [delimiter.join(columns)]
    lines += [
        delimiter.join(quoted(row.get(name, ""), delimiter, dice) for name in columns)
        + (delimiter if dice.random() < 0.08 else "")
        for row in rows
    ]
    content = bytearray((dice.choice(["", "\ufeff"]) + end.join(lines)).encode())
    if dice.random() < 0.25:
        place = dice.randrange(len(content))
        content[place : place + dice.randint(0, 1)] = bytes([dice.randrange(256)])
        return bytes(content) + b"\n# changed"
    return bytes(content)


def one_line(error: PeelbookError) -> None:
    assert "\n" not in str(error)


def finding(number: int, dice: random.Random) -> dict[str, str]:
    return {
        "id": dice.choice([str(number)] * 5 + [f"q1-{number}"] * 5 + [f"#{number}"]),
        "sub_question": "q1.2",
        "theme": dice.choice(TEXTS),
        "finding": f"{dice.choice(TEXTS)} {number}",
        "polarity": "strength",
        "weight": dice.choice(["1", "2", "2.0"]),
        "evidence_kind": "crime file review",
        "sample_size": dice.choice(["60", "60.0", "1"]),
        "place": dice.choice(TEXTS),
    }


def figure(number: int, dice: random.Random) -> dict[str, str]:
    return {
        "indicator": "victim-satisfaction",
        "area": ["kent", "durham", "surrey", "essex"][number],
        "period_start": "2015-07-01",
        "period_end": "2016-06-30",
        "value": dice.choice(list(NUMBERS)),
        "note": dice.choice(["", "a note", "with, comma"]),
    }


@dataclass(frozen=True)
class Kind:
    """A kind of supplied file: how it is made, read, and what each column means."""

    seed: int
    columns: Iterable[str]
    row: Callable[[int, random.Random], dict[str, str]]
    check: Callable[[Path], tuple]
    read: Callable[[Path], pd.DataFrame]
    meant: dict[str, Callable[[str], object]]


def try_files(kind: Kind, file: Path, part: int) -> None:
    """Write files of a kind, each of them read as it was meant or refused in one line."""
    dice = random.Random(SEED + kind.seed + part)
    counts = {"read": 0, "refused": 0, "damaged": 0}
    for _ in range(FILES // 10):
        rows = [kind.row(number, dice) for number in range(dice.randint(1, 4))]
        content = written(list(kind.columns), rows, dice)
        file.write_bytes(content)
        _, problems = kind.check(file)
        try:
            read = kind.read(file)
        except PeelbookError as error:
            assert problems, content
            one_line(error)
            counts["refused"] += 1
            continue
        assert not problems
        if content.endswith(b"# changed"):
            counts["damaged"] += 1
            continue
        counts["read"] += 1
        for name, meant in kind.meant.items():
            assert read[name].tolist() == [meant(row[name]) for row in rows], content
    print(f"{file.stem}, part {part}: {counts}")
    assert counts["read"]


KINDS = {
    "registers": Kind(
        0,
        COLUMN_TYPES,
        finding,
        check_findings,
        read_findings,
        dict.fromkeys(("id", "theme", "finding", "place"), str)
        | dict.fromkeys(("sample_size", "weight"), lambda text: int(float(text))),
    ),
    "returns": Kind(
        100,
        COLUMN_MEANINGS,
        figure,
        check_returns,
        read_returns,
        {"value": NUMBERS.get, "note": str},
    ),
}


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("kind", KINDS)
def test_files_are_read_as_meant_or_refused(tmp_path, kind, part):
    try_files(KINDS[kind], tmp_path / f"{kind}.csv", part)
