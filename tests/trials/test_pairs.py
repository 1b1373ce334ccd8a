"""Two runs into one place at once: each book is that of one of them, and both end well."""

from __future__ import annotations

import random
import time

import pytest

from trials.running import PERIODS, SEED, Place, number_of

pytestmark = [pytest.mark.slow, pytest.mark.trials]
PAIRS = number_of(2, 100)


@pytest.mark.parametrize("number", range(PAIRS))
def test_two_runs_at_once_publish_one_whole_book_after_the_other(tmp_path, number):
    dice = random.Random(SEED + number)
    place = Place(tmp_path)
    first = place.render(PERIODS[number % 2])
    time.sleep(dice.uniform(0, 1.5))
    second = place.render(PERIODS[(number + 1) % 2])
    for process in (first, second):
        printed, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert "Open " in printed
    assert place.edition().startswith(PERIODS)
    assert place.left() == []
