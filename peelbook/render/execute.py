"""Executes one notebook with papermill and accepts it only if every cell ran."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import altair as alt
import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillException

from peelbook.errors import ChapterFailed
from peelbook.render.owned import TEMPORARY, owned_folder
from peelbook.render.plan import Engine
from peelbook.tables.inputs import LOG_VARIABLE, inputs_read

TIMEOUT_SECONDS = 300


class SocketKernelManager(AsyncKernelManager):
    """Talks to a kernel through files rather than ports, which others could read or take."""

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        if os.name == "posix":
            self.transport = "ipc"
            # beside its log, in the folder that goes with the run; short, for the path of a
            # socket may have some 100 characters
            self.ip = str(Path(os.environ[LOG_VARIABLE]).parent / "k")

    async def _async_start_kernel(self, **settings: object) -> None:
        # what cells write is captured as output; the kernel's own messages about being stopped
        # would only spoil the progress bar
        await super()._async_start_kernel(stderr=subprocess.DEVNULL, **settings)

    start_kernel = _async_start_kernel


def execute_notebook(
    source: Path,
    target: Path,
    values: Mapping[str, object],
    *,
    force: str,
    engine: Engine = Engine.kernel,
    finish: Callable[[nbformat.NotebookNode], nbformat.NotebookNode] | None = None,
) -> frozenset[str]:
    """Execute `source` with papermill and write the result, ready to compile, to `target`.

    Parameters
    ----------
    source, target
        notebook paths; the folder of `target` is made.
    values
        parameter names and values for papermill to inject; empty for a page without parameters.
    force
        named in an error.
    engine
        a real kernel, or this process (see :mod:`peelbook.render.engine`).
    finish
        what is done to the executed notebook before it is written.

    Returns
    -------
    Names of the tables and definitions that the cells read (see :mod:`peelbook.tables.inputs`).

    Raises
    ------
    ChapterFailed
        naming the force, chapter, cell and error, when a cell raises, takes longer than
        TIMEOUT_SECONDS, or the kernel dies. Papermill may save such a notebook as complete, so
        the cells themselves are looked at.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _inputs_of(engine) as names:
        notebook = _executed(source, target, values, force, engine)
    _require_every_cell_ran(notebook, force, source.stem)
    try:
        executed = without_traces(notebook, values)
        nbformat.write(finish(executed) if finish else executed, target)
    except OSError:  # a full disk would keep half of it
        target.unlink(missing_ok=True)
        raise
    return frozenset(names)


def _executed(
    source: Path, target: Path, values: Mapping[str, object], force: str, engine: Engine
) -> nbformat.NotebookNode:
    try:
        # whether charts meet their schema is for the tests to see, not for each book
        with alt.utils.schemapi.debug_mode(False):
            return papermill.execute_notebook(
                str(source),
                # a kernel may die, and what it had done is then in the file
                str(target) if engine is Engine.kernel else None,
                parameters=dict(values),
                progress_bar=False,
                log_output=False,
                execution_timeout=TIMEOUT_SECONDS,
                **_ENGINE_SETTINGS[engine],
            )
    except papermill.PapermillExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
        raise ChapterFailed(force, source.stem, error.cell_index, reason) from None
    except (CellTimeoutError, DeadKernelError, PapermillException) as error:
        cell = _last_begun_cell(target)
        raise ChapterFailed(force, source.stem, cell, _one_line(error)) from None


@contextmanager
def _inputs_of(engine: Engine) -> Iterator[set[str]]:
    """Collect what the cells read: noted in this process, or written to a log by a kernel."""
    with inputs_read() as names, owned_folder(TEMPORARY) as folder:
        log = folder / "inputs"
        if engine is Engine.kernel:
            os.environ[LOG_VARIABLE] = str(log)
        try:
            yield names
        finally:
            os.environ.pop(LOG_VARIABLE, None)
        if log.exists():
            names.update(log.read_text(encoding="utf-8").split("\n")[:-1])


_ENGINE_SETTINGS = {
    Engine.kernel: {"kernel_manager_class": SocketKernelManager},
    Engine.in_process: {"engine_name": "in-process"},
}


def _one_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


def _last_begun_cell(target: Path) -> object:
    """Return the number of the cell that was running when papermill last saved the notebook."""
    if not target.exists():
        return "unknown"
    # papermill marks every cell as completed, but notes an exception (or none) only once it began
    begun = [
        number
        for number, cell in enumerate(nbformat.read(target, as_version=4).cells)
        if cell.cell_type == "code"
        and cell.metadata.get("papermill", {}).get("exception") is not None
    ]
    return begun[-1] if begun else "unknown"


def _require_every_cell_ran(notebook: nbformat.NotebookNode, force: str, chapter: str) -> None:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        errors = [output for output in cell.outputs if output.output_type == "error"]
        if errors:
            reason = f"{errors[0].ename}: {errors[0].evalue}"
            raise ChapterFailed(force, chapter, number, reason)
        if cell.execution_count is None:
            raise ChapterFailed(force, chapter, number, "the cell did not run")


def without_traces(
    notebook: nbformat.NotebookNode, values: Mapping[str, object] | None = None
) -> nbformat.NotebookNode:
    """Remove what differs from run to run (times, paths) and hide the injected parameters.

    Of a file among the parameter `values` the name is left, without its folder. Returns the same
    notebook, changed in place.
    """
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags:
            cell.metadata["tags"] = [*tags, "remove-cell"]
            cell["id"] = f"injected-parameters-{number}"
            cell["source"] = _without_folders(cell.source, values or {})
    return notebook


def _without_folders(source: str, values: Mapping[str, object]) -> str:
    """Leave of every file among the injected parameters its name."""
    lines = source.splitlines(keepends=True)
    for name, value in values.items():
        if isinstance(value, str) and Path(value).is_absolute():
            shown = f"{name} = {json.dumps(Path(value).name)}\n"
            lines = [shown if line.startswith(f"{name} = ") else line for line in lines]
    return "".join(lines)
