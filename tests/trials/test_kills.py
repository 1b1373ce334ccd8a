"""A run that is ended, by whatever signal and at whatever moment, publishes a whole book or none."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from trials.running import PERIODS, SEED, Place, nobody_left, number_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.trials,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="signals as POSIX has them"),
]
KILLS = number_of(3, 204)
WAYS = {
    "group killed": (os.killpg, "SIGKILL"),
    "first process killed": (os.kill, "SIGKILL"),
    "first process ended": (os.kill, "SIGTERM"),
    "terminal closed": (os.killpg, "SIGHUP"),
    "Ctrl+C": (os.killpg, "SIGINT"),
    "group ended": (os.killpg, "SIGTERM"),
}


@pytest.fixture(scope="module")
def seconds(tmp_path_factory) -> float:
    """Return how long a run takes on this machine, from the start to its end."""
    place = Place(tmp_path_factory.mktemp("once"))
    for period in PERIODS:  # the first finds no compiled bytecode
        begun = time.monotonic()
        assert place.render(period).wait(timeout=120) == 0
    return time.monotonic() - begun


@pytest.mark.parametrize("number", range(KILLS))
def test_run_that_is_ended_leaves_a_whole_book_and_no_process(tmp_path, seconds, number):
    dice = random.Random(SEED + number)
    way = list(WAYS)[number % len(WAYS)]
    send, name = WAYS[way]
    place = Place(tmp_path)
    assert place.render(PERIODS[0]).wait(timeout=120) == 0
    old = place.edition()
    process = place.render(PERIODS[1])
    # most moments lie after the imports, which half of the time goes into
    time.sleep(seconds * dice.uniform(0.3, 1.05))
    finished = process.poll() is not None
    if not finished:
        send(process.pid, getattr(signal, name))
    _, said = process.communicate(timeout=60)
    assert nobody_left(process.pid), f"{way}: a process goes on"
    kept = place.edition()
    if name != "SIGKILL" and process.returncode != 0:
        assert process.returncode in (128 + getattr(signal, name), -getattr(signal, name))
        if process.returncode > 0:
            assert [line for line in said.splitlines() if "peelbook: stopped" in line]
            assert "Traceback" not in said
            assert place.left() == []
    time.sleep(0.2)
    assert place.edition() == kept, f"{way}: the book changed after the run had ended"
    assert place.render(PERIODS[1]).wait(timeout=120) == 0
    new = place.edition()
    assert kept in (old, new)
    assert new.startswith(PERIODS[1])
    assert place.left() == [], f"{way}: left behind after the next run"
    print(f"{number}: {way}: {'too late' if finished else 'new' if kept == new else 'old'}")
