"""A papermill engine that runs cells in this process, with IPython and without a kernel.

It opens no ports and starts nothing, which takes most of the time of a chapter; outputs are those
of a real kernel. Registered by entry point, so `papermill --engine in-process` finds it too. A cell
that kills the process takes it down: run it in a process of its own, as :mod:`peelbook.render.pool`
does.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import nbformat
from ipykernel.ipkernel import IPythonKernel
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat.v4 import new_output
from papermill.engines import Engine, NotebookExecutionManager
from traitlets.config import Config

from peelbook.render.memory import use_memory_kept_back

SETTINGS = Config(
    # a terminal wants a line end after each result, a notebook does not
    InteractiveShell={"colors": "nocolor", "separate_out2": ""},
    HistoryManager={"enabled": False, "hist_file": ":memory:"},
)


class InProcessEngine(Engine):
    """Executes the cells of a notebook one after the other in a fresh IPython shell."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003
        execution_timeout: int | None = None,
        **_unused: object,
    ) -> None:
        """Run every code cell and stop at the first that raises, as papermill's own engine does.

        `execution_timeout` is the limit in seconds for each cell; it needs the main thread.
        """
        # as a kernel says of itself; Jupyter Book colours code by it
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        with _shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                nb_man.cell_start(cell, index)
                try:
                    error = _run(shell, cell, execution_timeout)
                    if error is not None:
                        nb_man.cell_exception(cell, index, exception=error)
                        break
                finally:
                    nb_man.cell_complete(cell, index)


@contextmanager
def _shell() -> Iterator[InteractiveShell]:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=SETTINGS)
    try:
        yield shell
    finally:
        InteractiveShell.clear_instance()


def _run(
    shell: InteractiveShell, cell: nbformat.NotebookNode, timeout: int | None
) -> BaseException | None:
    """Run one cell, fill its outputs, and return the error that it raised, if any."""
    cell.outputs = []
    with _captured(shell, cell.outputs), _time_limit(timeout):
        result: ExecutionResult = shell.run_cell(cell.source, store_history=True)
    cell.execution_count = shell.execution_count - 1
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = cell.execution_count
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        traceback = shell.InteractiveTB.structured_traceback(
            type(error), error, error.__traceback__
        )
        cell.outputs.append(
            new_output(
                "error",
                ename=type(error).__name__,
                evalue=str(error),
                traceback=list(traceback),
            )
        )
    return error


def _note_error(*_: object, **__: object) -> None:
    """Make room to tell of an error, if it was one of memory."""
    if isinstance(sys.exc_info()[1], MemoryError):
        use_memory_kept_back()


class _Stream:
    """Stands for stdout or stderr and appends what is written to the cell's outputs."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: list) -> None:
        self.name, self.outputs = name, outputs

    def write(self, text: str) -> int:
        if not text:
            return 0
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == self.name:
            last.text += text
        else:
            self.outputs.append(new_output("stream", name=self.name, text=text))
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def isatty(self) -> bool:
        return False


@contextmanager
def _captured(shell: InteractiveShell, outputs: list) -> Iterator[None]:
    """Send streams, displays and results of a cell to `outputs`, in the order in which they come."""

    class Publisher(DisplayPublisher):
        def publish(self, data: dict, metadata: dict | None = None, **_: Any) -> None:  # noqa: ANN401
            outputs.append(new_output("display_data", data=data, metadata=metadata or {}))

        def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002 - nobody watches
            outputs.clear()

    class Hook(DisplayHook):
        def write_output_prompt(self) -> None:
            """A notebook shows no prompt of its own."""

        def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
            outputs.append(
                new_output(
                    "execute_result",
                    data=format_dict,
                    metadata=md_dict or {},
                )
            )

    old = shell.display_pub, shell.displayhook, sys.displayhook, sys.stdout, sys.stderr
    shell.display_pub = Publisher(parent=shell)
    shell.displayhook = Hook(shell=shell, parent=shell)
    shell.display_trap.hook = shell.displayhook
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)
    # IPython would print a traceback of its own; the cell gets it as an output of kind error
    shell.showtraceback = shell.showsyntaxerror = _note_error
    try:
        yield
    finally:
        shell.display_pub, shell.displayhook, sys.displayhook, sys.stdout, sys.stderr = old


@contextmanager
def _time_limit(seconds: int | None) -> Iterator[None]:
    """Raise TimeoutError in the running cell after `seconds`; does nothing off the main thread."""
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError(f"the cell ran longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
