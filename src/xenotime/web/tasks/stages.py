"""One progress for work of several rolls, each of which counts its own months from the start."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.web.worker import Task


@dataclass(slots=True)
class Stages:
    """Passes on how far all stages together are.

    stages : of the work, at most;  number, last : of the stage it is in, and where that was told to be
    """

    task: Task
    stages: int
    number: int = 0
    last: int = -1

    def tell(self, done: int, total: int, label: str) -> None:
        """A stage's own progress; one that counts anew is the next stage."""
        if done <= self.last:
            self.number = min(self.number + 1, self.stages - 1)
        self.last = done
        whole = max(total, 1)
        self.task.tell(self.number * whole + min(done, whole), self.stages * whole, label)
