"""Slots and workers: every job ends somehow, in turn, and a worker that dies harms no other."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from unit.web.benches import settings_of
from xenotime.web.jobs import ATTEMPTS, Job, Shelf, new_identifier
from xenotime.web.scheduler import STOPPED, Scheduler

WORKER = """
import json, os, pathlib, sys, time
for line in sys.stdin:
    folder = pathlib.Path(line.strip())
    asked = json.loads((folder / "job.json").read_text())["request"]
    with open(folder.parent.parent / "order", "a") as order: order.write(asked["name"] + "\\n")
    with open(folder.parent.parent / "worker", "a") as worker: worker.write(str(os.getpid()) + "\\n")
    if asked.get("dies"): os._exit(9)
    time.sleep(asked.get("takes", 0))
    (folder / "outcome.json").write_text(json.dumps({"state": "done", "problems": [], "message": ""}))
    print("done", flush=True)
"""
LONG = 60.0


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[Scheduler]:
    made = Scheduler(settings_of(tmp_path), Shelf(tmp_path), (sys.executable, "-c", WORKER))
    yield made
    made.stop()


def add(scheduler: Scheduler, name: str, owner: str = "0" * 32, **request: object) -> Job:
    job = scheduler.shelf.add(Job(new_identifier(), owner, "scenario", name, {"name": name, **request}))
    scheduler.wake()
    return job


def state(scheduler: Scheduler, job: Job) -> str:
    found = scheduler.shelf.find(job.owner, job.job)
    return found.state if found else "gone"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def test_a_job_is_done_and_its_end_recorded(scheduler: Scheduler) -> None:
    job = add(scheduler, "one")
    scheduler.start()
    until(lambda: state(scheduler, job) == "done")
    found = scheduler.shelf.find(job.owner, job.job)
    assert found is not None
    assert found.ended >= found.started >= found.created
    assert found.attempts == 1


def test_owners_take_turns(scheduler: Scheduler, tmp_path: Path) -> None:
    jobs = [add(scheduler, f"a{n}", "a" * 32) for n in range(3)] + [add(scheduler, "b", "b" * 32)]
    scheduler.start()
    until(lambda: all(state(scheduler, job) == "done" for job in jobs))
    assert (tmp_path / "order").read_text().split() == ["a0", "b", "a1", "a2"]
    assert len(set((tmp_path / "worker").read_text().split())) == 1  # one process did them all


def test_a_worker_that_dies_is_tried_again_a_few_times_and_told(scheduler: Scheduler) -> None:
    bad, good = add(scheduler, "bad", dies=True), add(scheduler, "good", "b" * 32)
    scheduler.start()
    until(lambda: state(scheduler, bad) == "failed" and state(scheduler, good) == "done")
    found = scheduler.shelf.find(bad.owner, bad.job)
    assert found is not None
    assert (found.attempts, found.message) == (ATTEMPTS, STOPPED)


def test_a_cancelled_job_ends_its_worker_at_once(scheduler: Scheduler) -> None:
    long, next_one = add(scheduler, "long", takes=600), add(scheduler, "next")
    scheduler.start()
    until(lambda: state(scheduler, long) == "running")
    assert scheduler.cancel(long).state == "cancelled"
    until(lambda: state(scheduler, next_one) == "done")
    assert state(scheduler, long) == "cancelled"
    assert scheduler.cancel(next_one).state == "done"


def test_a_stopped_server_takes_its_jobs_up_again(scheduler: Scheduler, tmp_path: Path) -> None:
    job = add(scheduler, "job", takes=600)
    waiting = add(scheduler, "waiting")
    scheduler.start()
    until(lambda: state(scheduler, job) == "running")
    scheduler.stop()
    assert state(scheduler, job) == "running"  # as a killed server leaves it
    folder = scheduler.shelf.folder(job)
    record = (folder / "job.json").read_text().replace('"takes": 600', '"takes": 0')
    (folder / "job.json").write_text(record)
    again = Scheduler(settings_of(tmp_path), Shelf(tmp_path), (sys.executable, "-c", WORKER))
    again.start()
    try:
        until(lambda: state(again, job) == "done" and state(again, waiting) == "done")
    finally:
        again.stop()


def test_a_job_that_ended_while_the_server_was_gone_is_done(scheduler: Scheduler) -> None:
    from dataclasses import replace

    job = add(scheduler, "job")
    scheduler.shelf.save(replace(job, state="running", attempts=1))
    (scheduler.shelf.folder(job) / "outcome.json").write_text(
        '{"state": "done", "problems": [], "message": ""}'
    )
    scheduler.start()
    assert state(scheduler, job) == "done"
