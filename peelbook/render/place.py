"""The place that a run renders into: checked before, to itself meanwhile, cleared of what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from peelbook.parameters import Parameters
from peelbook.render.contents import read_contents
from peelbook.render.current import book_is_current
from peelbook.render.owned import TEMPORARY, only_one, sweep
from peelbook.render.plan import SHARED, Plan, Progress
from peelbook.render.publish import clear_work, put_back, refusal, require_replaceable


def require_places(sets: Iterable[Parameters], plan: Plan) -> None:
    """Raise NotOurs where a book would have to replace what this program did not write.

    A book that has not changed replaces nothing.
    """
    contents = read_contents(plan.project)
    for parameters in sets:
        target = plan.output / parameters.force
        if refusal(target) and book_is_current(contents, parameters, plan):
            continue
        require_replaceable(target)


@contextmanager
def rendering(sets: Iterable[Parameters], plan: Plan, progress: Progress) -> Iterator[None]:
    """Have the place of a run to oneself, and clear it of what killed runs left.

    At the end, however it comes, nothing is left of this run but what it published and keeps.
    """
    forces = [parameters.force for parameters in sets]

    def waiting() -> None:
        progress(f"{SHARED}: waiting for another run that renders into {plan.output}")

    with only_one(plan.kept_in, waiting):
        try:
            _clear(forces, plan)
            yield
        finally:
            _clear(forces, plan)


def _clear(forces: Iterable[str], plan: Plan) -> None:
    sweep(TEMPORARY)
    for force in forces:
        clear_work(plan.output, force)
        put_back(plan.output / force)
