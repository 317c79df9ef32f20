"""Work done in other processes meanwhile: the baseline of a run, and jobs that do not wait for each other.

The process of a baseline keeps its months in a folder, as every run that is kept does, and this one takes
them up from there.  So nothing depends on it but time: where it dies, or was never started, the months are
made here, and the bytes are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from xenotime.ensembles.workers import one_thread

Job = TypeVar("Job")
Done = TypeVar("Done")

WORTH_IT = 6  # months; starting a process costs what three or four months do


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def beside(work: Callable[..., Any], *given: Any) -> Iterator[Callable[[], None]]:
    """Start `work(*given)` in a process of its own; yields a function that waits for its end.

    Left early, the process is ended; what it kept until then stays.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    with one_thread():
        process = context.Process(target=_quietly, args=(there,), daemon=True)
        process.start()
    there.close()
    with suppress(OSError):  # sent now and not at its start, where a process that ends leaves us waiting
        here.send((work, given))
    try:
        yield process.join
    finally:
        process.terminate()
        process.join()
        here.close()


@contextmanager
def shared(
    work: Callable[[Job], Done], jobs: Sequence[Job], processes: int
) -> Iterator[Callable[[int], Done]]:
    """Begin `jobs` in all of `processes` but this one; yields what gives the answer of a job by its place.

    A job nobody has begun by then is done here, so this process is one of them and nothing waits for long.
    Jobs must be pure: the answers are the same wherever they are made.
    """
    if processes < 2 or not jobs:
        yield lambda place: work(jobs[place])
        return
    with one_thread():
        pool = ProcessPoolExecutor(processes - 1, mp_context=get_context("spawn"), initializer=_watched)
        waiting = [pool.submit(work, job) for job in jobs]

    def answer(place: int) -> Done:
        if waiting[place].cancel():
            return work(jobs[place])
        try:
            return waiting[place].result()
        except BrokenProcessPool:  # it was killed: that costs time only
            return work(jobs[place])

    try:
        yield answer
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def crew(work: Callable[[Job], Done], processes: int) -> Iterator[Callable[[Sequence[Job]], list[Done]]]:
    """Keep all of `processes` but this one ready; yields what does a list of jobs, answers in their order.

    The others begin at the front of the list and this one at its end, until nothing is left to begin.  Jobs
    must be pure: the answers are the same wherever they are made.
    """
    if processes < 2:
        yield lambda jobs: [work(job) for job in jobs]
        return
    with one_thread():
        pool = ProcessPoolExecutor(processes - 1, mp_context=get_context("spawn"), initializer=_watched)

    def together(jobs: Sequence[Job]) -> list[Done]:
        try:
            with one_thread():
                waiting = [pool.submit(work, job) for job in jobs]
        except BrokenProcessPool:  # it was killed before: that costs time only
            return [work(job) for job in jobs]
        done = {place: work(jobs[place]) for place in reversed(range(len(jobs))) if waiting[place].cancel()}
        for place in range(len(jobs)):
            if place not in done:
                try:
                    done[place] = waiting[place].result()
                except BrokenProcessPool:
                    done[place] = work(jobs[place])
        return [done[place] for place in range(len(jobs))]

    try:
        yield together
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _watched() -> None:
    """A process of the pool ends with the one that started it, even where that is killed."""
    Thread(target=_end_with_parent, daemon=True).start()


def _quietly(pipe: Any) -> None:
    """What goes wrong here goes wrong again where the months are taken up, and is told there, once."""
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(Exception):
        work, given = pipe.recv()
        work(*given)


def _end_with_parent() -> None:
    """A process that was killed ends no other; this one sees it, and leaves nobody writing in the folder."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
