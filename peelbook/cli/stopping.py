"""What happens when somebody or something stops a run: it clears up, says one line, and ends."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPED = "peelbook: stopped ({name}); what was not finished was not published."


class Stopped(BaseException):
    """This process was told to stop; no library takes this for an error of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Turn Ctrl+C, SIGTERM and SIGHUP into one line and the exit code that shells expect.

    Until then every `finally` has its turn: children are ended, folders removed. A signal that
    the parent of this process had ignored, as nohup does, stays ignored.
    """
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        yield
    except Stopped as stopped:
        print(STOPPED.format(name=signal.Signals(stopped.number).name), file=sys.stderr)
        sys.exit(128 + stopped.number)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)
