"""Parameter files made of pieces of YAML: each is read or refused in one short line, at once."""

from __future__ import annotations

import random
import time

import pytest

from peelbook.errors import PeelbookError
from peelbook.parameters import Parameters, notebook_values, parse_parameters
from peelbook.tables.parameter_files import read_parameter_file
from trials.running import SEED, number_of

pytestmark = pytest.mark.trials
FILES = number_of(400, 2000)
NAMES = [*Parameters.model_fields, "forse", "", "<<", "? ", "- ", "&a force", "!!str force"]
VALUES = """kent|durham|"Devon & Cornwall"|2016-06-30|2018-03-31|2016-06-31|2016-13-01|30/06/2016
1467244800|03737|33:35|0x7df|1e3|.inf|.nan|-1|0|2015|true|no|~|''|""|[kent]|{a: b}|&a kent|*a
!!int ""|!!float x|!!timestamp x|!!binary a2VudA==|!!python/object/apply:os.system [id]|!x y
|-\n  kent|>\n  kent|'|"|[[[[|{{{{|@|`|%|\t|region|similar-forces|/etc/passwd|../..|é|💥""".replace(
    "\n", "|"
).split("|")
PIECES = list("[]{}&*!|>'\"%@`:-?#,\n\t ") + [
    "\x00",
    "\u2028",
    "\ufeff",
    "---\n",
    "...\n",
    "9" * 5000,
]


def made_up(dice: random.Random) -> str:
    lines = [f"{dice.choice(NAMES)}: {dice.choice(VALUES)}" for _ in range(dice.randint(1, 5))]
    text = "\n".join(lines)
    for _ in range(dice.choice([0, 0, 0, 1, 3])):
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice(PIECES) * dice.choice([1, 1, 1, 2000]) + text[place:]
    return text


@pytest.mark.parametrize("part", range(10))
def test_every_file_is_read_or_refused_in_one_line_at_once(tmp_path, part):
    dice = random.Random(SEED + part)
    file = tmp_path / "parameters.yml"
    counts = {"read": 0, "refused": 0}
    for _ in range(FILES // 10):
        text = made_up(dice)
        file.write_text(text, encoding="utf-8")
        begun = time.process_time()
        try:
            values = read_parameter_file(file)
            parameters = parse_parameters({"force": "kent"} | values)
        except PeelbookError as error:
            said = str(error)
            assert len(said) < 600, said[:200]
            assert len(said.splitlines()) == 1
            counts["refused"] += 1
        else:
            # what was read is what is written there
            for name, value in notebook_values(parameters).items():
                assert (
                    name not in values
                    or name == "force"
                    or str(value)
                    in {
                        str(values[name]),
                        str(parameters.model_dump(mode="json")[name]),
                    }
                )
            counts["read"] += 1
        assert time.process_time() - begun < 5, text[:200]
    print(f"parameter files, part {part}: {counts}")
