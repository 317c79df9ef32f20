"""Which job runs when: slots that each start a worker, hand it a job, and read how it ended."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from threading import Condition, Thread

from xenotime.web.jobs import ATTEMPTS, CANCELLED, DONE, FAILED, OPEN, QUEUED, RUNNING, Job, Shelf, read_json
from xenotime.web.settings import Settings

STOPPED = f"It was begun {ATTEMPTS} times and its process ended each time without an answer."


WORKER = (sys.executable, "-m", "xenotime.web.worker")


@dataclass(slots=True)
class Scheduler:
    """Slots and their workers.  All state that must outlive it is on the shelf.

    command : starts a worker
    """

    settings: Settings
    shelf: Shelf
    command: tuple[str, ...] = WORKER
    changed: Condition = field(default_factory=Condition)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)  # when an owner's job was last begun
    stopping: bool = False
    slots: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Take up what a stopped server left, then serve the queue."""
        for job in self.shelf.everyone():
            if job.state == RUNNING:
                self._settle(job)
        for number in range(self.settings.workers):
            slot = Thread(target=self._serve, name=f"slot-{number}", daemon=True)
            slot.start()
            self.slots.append(slot)

    def stop(self) -> None:
        """End the workers; their jobs stay open and are taken up at the next start."""
        with self.changed:
            self.stopping = True
            self.changed.notify_all()
            for worker in self.running.values():
                worker.kill()
        for slot in self.slots:
            slot.join()

    def wake(self) -> None:
        """A job was added."""
        with self.changed:
            self.changed.notify_all()

    def cancel(self, job: Job) -> Job:
        """End an open job; a finished one stays as it is."""
        with self.changed:
            now = self.shelf.find(job.owner, job.job) or job
            if now.state not in OPEN:
                return now
            done = replace(now, state=CANCELLED, ended=time.time())
            self.shelf.save(done)
            worker = self.running.get(job.job)
        if worker is not None:
            worker.kill()
        return done

    def _serve(self) -> None:
        """One slot: a worker is made ready before there is a job for it, and does one after the other."""
        while not self.stopping:
            worker = self._worker()
            try:
                while (job := self._next(worker)) is not None:
                    alive = _hand_over(worker, f"{self.shelf.folder(job)}\n")
                    self._ended(job)
                    if not alive:
                        break
            finally:
                worker.kill()
                worker.wait()
                for pipe in (worker.stdin, worker.stdout):
                    if pipe is not None:
                        with contextlib.suppress(OSError):  # what a dead worker will never read
                            pipe.close()

    def _worker(self) -> subprocess.Popen[str]:
        command = [*self.command, *(("--warm",) if self.settings.warm else ())]
        return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def _next(self, worker: subprocess.Popen[str]) -> Job | None:
        """The job whose turn it is, once there is one: that of who has waited longest since his last."""
        with self.changed:
            while not self.stopping:
                if worker.poll() is not None:  # it died while it waited: make another
                    return None
                waiting = [job for job in self.shelf.everyone() if job.state == QUEUED]
                if waiting:
                    job = min(waiting, key=lambda one: (self.last.get(one.owner, 0.0), one.created))
                    self.last[job.owner] = time.time()
                    begun = replace(job, state=RUNNING, started=time.time(), attempts=job.attempts + 1)
                    self.shelf.save(begun)
                    self.running[job.job] = worker
                    return begun
                self.changed.wait(timeout=5.0)
        return None

    def _ended(self, job: Job) -> None:
        with self.changed:
            self.running.pop(job.job, None)
            now = self.shelf.find(job.owner, job.job)
            if now is not None and now.state == RUNNING and not self.stopping:
                self._settle(now)

    def _settle(self, job: Job) -> None:
        """Record how a job ended; one whose worker left no word is begun again, a few times."""
        outcome = read_json(self.shelf.folder(job) / "outcome.json")
        if outcome is not None:
            told = tuple(outcome["problems"])
            state = DONE if outcome["state"] == DONE else FAILED
            ended = replace(job, state=state, problems=told, message=outcome["message"], ended=time.time())
        elif job.attempts >= ATTEMPTS:
            ended = replace(job, state=FAILED, message=STOPPED, ended=time.time())
        else:
            ended = replace(job, state=QUEUED)
        self.shelf.save(ended)


def _hand_over(worker: subprocess.Popen[str], folder: str) -> bool:
    """Name a folder to a worker and wait for its answer; whether it is alive to be given another."""
    if worker.stdin is None or worker.stdout is None:
        return False
    with contextlib.suppress(OSError):
        worker.stdin.write(folder)
        worker.stdin.flush()
        return worker.stdout.readline() != ""
    return False
