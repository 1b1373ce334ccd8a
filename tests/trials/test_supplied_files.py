"""Supplied files, generated and damaged: read as they were meant, or refused; never misread.

A misread is a table that differs from the one meant, without an error.
"""

from __future__ import annotations

import random

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


@pytest.mark.parametrize("part", range(10))
def test_registers_are_read_as_meant_or_refused(tmp_path, part):
    dice = random.Random(SEED + part)
    counts = {"read": 0, "refused": 0, "damaged": 0}
    for _ in range(FILES // 10):
        rows = [finding(number, dice) for number in range(dice.randint(1, 4))]
        file = tmp_path / "findings.csv"
        content = written(list(COLUMN_TYPES), rows, dice)
        file.write_bytes(content)
        _, problems = check_findings(file)
        try:
            read = read_findings(file)
        except PeelbookError as error:
            assert problems
            one_line(error)
            counts["refused"] += 1
            continue
        assert not problems
        if content.endswith(b"# changed"):
            counts["damaged"] += 1
            continue
        counts["read"] += 1
        for name in ("id", "theme", "finding", "place"):
            assert read[name].tolist() == [row[name] for row in rows], content
        assert read["sample_size"].tolist() == [int(float(r["sample_size"])) for r in rows]
        assert read["weight"].tolist() == [int(float(r["weight"])) for r in rows]
    print(f"registers, part {part}: {counts}")
    assert counts["read"]


@pytest.mark.parametrize("part", range(10))
def test_returns_are_read_as_meant_or_refused(tmp_path, part):
    dice = random.Random(SEED + 100 + part)
    counts = {"read": 0, "refused": 0, "damaged": 0}
    for _ in range(FILES // 10):
        rows = [figure(number, dice) for number in range(dice.randint(1, 4))]
        file = tmp_path / "returns.csv"
        content = written(list(COLUMN_MEANINGS), rows, dice)
        file.write_bytes(content)
        _, problems = check_returns(file)
        try:
            read = read_returns(file)
        except PeelbookError as error:
            assert problems
            one_line(error)
            counts["refused"] += 1
            continue
        assert not problems
        if content.endswith(b"# changed"):
            counts["damaged"] += 1
            continue
        counts["read"] += 1
        assert read["value"].tolist() == [NUMBERS[row["value"]] for row in rows], content
        assert read["note"].tolist() == [row["note"] for row in rows], content
    print(f"returns, part {part}: {counts}")
    assert counts["read"]
