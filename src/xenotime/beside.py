"""The baseline rolled in a second process while this one rolls the case.

The other process keeps its months in a folder, as every run that is kept does, and this one takes them up
from there.  So nothing depends on it but time: where it dies, or was never started, the months are made
here, and the bytes are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any

from xenotime.ensembles.workers import one_thread

WORTH_IT = 6  # months; starting a process costs what three or four months do


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def beside(work: Callable[..., Any], *given: Any) -> Iterator[Callable[[], None]]:
    """Start `work(*given)` in a process of its own; yields a function that waits for its end.

    Left early, the process is ended; what it kept until then stays.
    """
    with one_thread():
        process = get_context("spawn").Process(target=_quietly, args=(work, *given), daemon=True)
        process.start()
    try:
        yield process.join
    finally:
        process.terminate()
        process.join()


def _quietly(work: Callable[..., Any], *given: Any) -> None:
    """What goes wrong here goes wrong again where the months are taken up, and is told there, once."""
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(Exception):
        work(*given)


def _end_with_parent() -> None:
    """A process that was killed ends no other; this one sees it, and leaves nobody writing in the folder."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
