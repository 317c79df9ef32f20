"""Draws evaluated here, in processes beside each other, or on a Dask cluster: the same bytes from each.

A worker is sent the study once and after that nothing but numbers.  A process that dies loses the draw it was
at and no other; that draw is tried once more, then it is a failure.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import connection, get_context
from threading import Lock
from typing import Any

from xenotime.ensembles.draw_files import to_bytes
from xenotime.ensembles.member import evaluate, failed
from xenotime.ensembles.places import find_world
from xenotime.ensembles.study import Study, draw, table_of
from xenotime.errors import InternalFault, one_problem
from xenotime.market.network import Array
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World

TRIES = 2
BEGUN = None  # what a worker says once it has the study
STILLBORN = 2  # processes in a row that may end before they begin
NEVER_BEGAN = (
    "no-workers",
    "workers",
    "processes that ended before they began",
    "a program whose main module can be imported again by a new process",
    'put what your script does under `if __name__ == "__main__":`, or use one worker',
)
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
DIED = "the process that worked on this draw ended twice without an answer (killed, or out of memory)"
Result = tuple[int, bytes]
Evaluator = Callable[[Study, Sequence[int]], Iterator[Result]]


def one(study: Study, quantiles: Array, number: int) -> bytes:
    """The file of one draw."""
    return to_bytes(evaluate(study, draw(study, number, quantiles[number])))


def died(study: Study, quantiles: Array, number: int) -> bytes:
    """The file of a draw whose workers died."""
    return to_bytes(failed(draw(study, number, quantiles[number]), DIED))


def serial(study: Study, numbers: Sequence[int]) -> Iterator[Result]:
    """One after the other, in this process."""
    table = table_of(study)
    for number in numbers:
        yield number, one(study, table, number)


def lean(study: Study) -> Study:
    """The study as it is sent: without its world where that can be found by name."""
    return replace(study, world=World()) if study.asked.place else study


def whole(study: Study) -> Study:
    """Inverse of :func:`lean`, with the world built once per process.

    Raises InternalFault where this machine's package gives another world.
    """
    if not study.asked.place:
        return study
    world = replace(find_world(study.asked.place), built={})
    if fingerprint(world) != study.about["world"]:
        raise InternalFault(
            f"the world {study.asked.place} of this worker is not that of the study: "
            "its package or its facts are of another version"
        )
    return replace(study, world=world)


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, whether it has begun, and the number it is at."""

    process: Any
    pipe: Any
    begun: bool = False
    number: int | None = None


def processes(workers: int) -> Evaluator:
    """`workers` processes beside each other, one thread each."""

    def run(study: Study, numbers: Sequence[int]) -> Iterator[Result]:
        return _pool(lean(study), study, list(numbers), workers)

    return run


def _pool(sent: Study, study: Study, numbers: list[int], workers: int) -> Iterator[Result]:
    todo, tried, table = deque(numbers), dict.fromkeys(numbers, 0), table_of(study)
    team: list[_Worker] = []
    stillborn = 0
    try:
        while todo or any(worker.number is not None for worker in team):
            while todo and len(team) < workers:
                team.append(_start(sent))
            for worker in team:
                if worker.number is None and todo:
                    worker.number = todo.popleft()
                    tried[worker.number] += 1
                    _send(worker)
            busy = {worker.pipe: worker for worker in team if worker.number is not None}
            for pipe in connection.wait(list(busy)):
                worker = busy[pipe]
                number = worker.number
                if number is None:
                    continue
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    team.remove(worker)
                    _end(worker)
                    stillborn = 0 if worker.begun else stillborn + 1
                    if stillborn > STILLBORN:
                        raise one_problem(*NEVER_BEGAN) from None
                    if tried[number] < TRIES:
                        todo.appendleft(number)
                    else:
                        yield number, died(study, table, number)
                    continue
                if answer is BEGUN:
                    worker.begun = True
                    continue
                worker.number = None
                if isinstance(answer, str):
                    raise InternalFault(f"a worker failed at draw {number}:\n{answer}")
                yield number, answer
    finally:
        for worker in team:
            _end(worker)


def _start(sent: Study) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    with one_thread():
        process = context.Process(target=_serve, args=(there,), daemon=True)
        process.start()
    there.close()
    with suppress(OSError):  # sent now and not at its start, where a process that ends leaves us waiting
        here.send(sent)
    return _Worker(process, here)


@contextmanager
def one_thread() -> Iterator[None]:
    """Processes started within have linear algebra on one thread: they are the parallelism."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))  # read by the libraries of the new process as they load
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _send(worker: _Worker) -> None:
    with suppress(OSError):  # it died before it was asked; reading from it will say so
        worker.pipe.send(worker.number)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join()


def _serve(pipe: Any) -> None:
    """A worker: the study in, then a number in and a draw's file out, until the pipe closes."""
    study: Study | None = None
    try:
        sent = pipe.recv()
        pipe.send(BEGUN)
    except (EOFError, OSError):
        return
    while True:
        try:
            number = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            study = study or whole(sent)
            pipe.send(one(study, _table(study), number))
        except Exception:  # a bug is told where people look, not swallowed with its process
            pipe.send(traceback.format_exc())


_TABLES: dict[str, Array] = {}
_STUDIES: dict[str, Study] = {}
_ALONE = Lock()  # threads of a worker of Dask wait for each other: a draw holds its libraries to one thread


def _table(study: Study) -> Array:
    """Quantiles of a study, made once per process."""
    name = f"{study.key}/{study.asked.draws}"
    if name not in _TABLES:
        _TABLES.clear()
        _TABLES[name] = table_of(study)
    return _TABLES[name]


def cluster(client: Any) -> Evaluator:
    """An existing Dask cluster; Dask itself repeats the draws of a worker that dies."""

    def run(study: Study, numbers: Sequence[int]) -> Iterator[Result]:
        from distributed import KilledWorker, as_completed

        table = table_of(study)
        sent = client.scatter(lean(study), broadcast=True)
        futures = {
            client.submit(_remote, sent, number, key=f"draw-{study.key[:16]}-{number}", pure=False): number
            for number in numbers
        }
        for future in as_completed(list(futures), loop=client.loop):
            number = futures.pop(future)
            try:
                data = future.result()
            except KilledWorker:
                data = died(study, table, number)
            future.release()
            yield number, data

    return run


def _remote(sent: Study, number: int) -> bytes:
    name = f"{sent.key}/{sent.asked.draws}"
    with _ALONE:
        if name not in _STUDIES:
            _STUDIES.clear()
            _STUDIES[name] = whole(sent)
        return one(_STUDIES[name], _table(_STUDIES[name]), number)


@lru_cache(maxsize=1)
def connect(address: str) -> Any:
    """A client of the cluster at `address` (``tcp://host:port``).

    Raises InputProblems where Dask is not installed or nothing answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise one_problem(
            "no-cluster",
            "--scheduler",
            "no package `distributed`",
            "Dask's distributed package",
            "install xenotime[cluster], or use --workers",
        ) from error
    try:
        return Client(address, timeout=20, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise one_problem(
            "no-cluster",
            "--scheduler",
            f"no scheduler at {address}: {error}",
            "the address of a running one, such as tcp://host:8786",
            "start it, or use --workers",
        ) from error
