"""The process that does jobs: loads what they need, then works on each folder its standard input names.

A process of its own can be ended without harm to others and may die without the server dying.  It answers
each job with a line, gives its memory back after some jobs by ending, and ends at once when its standard
input is closed, which is when the server is gone.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from xenotime.errors import InputProblems, NoAnswer, Problem
from xenotime.report.envelope import to_json
from xenotime.report.files import write_text
from xenotime.web.documents import DOCUMENT, write_shown
from xenotime.web.jobs import Json, read_json
from xenotime.web.kinds import KINDS

PAUSE = 0.2  # seconds between two writings of progress
JOBS = 25  # after which a process ends and another is made: what is kept of runs adds up


@dataclass(slots=True)
class Task:
    """What a kind's work is given.

    folder : of the job;  kind : its name;  request : what was asked
    files : role -> name of the file as the visitor knows it
    """

    folder: Path
    kind: str
    request: Json
    files: dict[str, str]
    told: float = 0.0

    def file(self, role: str) -> Path:
        """An uploaded file by its role."""
        found = sorted(self.folder.glob(f"{role}.*"))
        if not found:
            raise FileNotFoundError(role)
        return found[0]

    def keep(self, name: str) -> Path:
        """A folder for what is taken up again when the job is begun once more."""
        place = self.folder / "work" / name
        place.mkdir(parents=True, exist_ok=True)
        return place

    def tell(self, done: int, total: int, label: str) -> None:
        """How far it is; written some times a second at most."""
        now = time.monotonic()
        if now - self.told >= PAUSE or done >= total:
            self.told = now
            said = {"done": done, "total": total, "label": label}
            write_text(self.folder / "progress.json", json.dumps(said))

    def partial(self, found: Any) -> None:
        """What is known before the document is made."""
        write_text(self.folder / "partial.json", to_json(found))

    def publish(self, document: Json) -> None:
        """The document as it is shown, then itself: also one of which more is to come."""
        write_shown(self.folder, KINDS[self.kind], document)
        write_text(self.folder / DOCUMENT, to_json(document))


def main() -> None:
    """Get ready, then do jobs as they come."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # so that nothing but an answer is taken for one
    folders: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(folders,), daemon=True).start()
    if "--warm" in sys.argv:
        get_ready()
    for _ in range(JOBS):
        work_on(Path(folders.get()))
        print("done", file=answer, flush=True)


def get_ready() -> None:
    """Load modules, compiled loops and the shipped world, so that a job begins at once."""
    from xenotime.api import load_world, solve

    world = load_world()
    solve(world, world.date)


def work_on(folder: Path) -> None:
    """Do the job of a folder; writes how it ended, whatever happens."""
    job = read_json(folder / "job.json")
    task = Task(folder, job["kind"], job["request"], job["files"])
    outcome: Json = {"state": "done", "problems": [], "message": ""}
    try:
        KINDS[job["kind"]].function()(task)
    except InputProblems as error:
        problems = [_told(problem, task) for problem in error.problems]
        outcome = {"state": "failed", "problems": problems, "message": ""}
    except NoAnswer as error:
        outcome = {"state": "failed", "problems": [], "message": f"No valid answer: {error}"}
    except Exception as error:
        traceback.print_exc()
        said = f"A fault of xenotime, not of your input: {type(error).__name__}: {error}"
        outcome = {"state": "failed", "problems": [], "message": said.replace(str(folder), "the job")}
    write_text(folder / "outcome.json", json.dumps(outcome))


def _told(problem: Problem, task: Task) -> Json:
    """A problem whose file is called what the visitor calls it: our folders are nobody's business."""
    names = {str(path): shown for role, shown in task.files.items() for path in task.folder.glob(f"{role}.*")}
    names |= {Path(path).name: shown for path, shown in names.items()}

    def shown(text: str) -> str:
        for path, name in names.items():
            text = text.replace(path, name)
        return text.replace(str(task.folder), "the job")

    return {
        "code": problem.code,
        "file": shown(problem.file),
        "row": problem.row,
        "column": problem.column,
        "found": shown(problem.found),
        "expected": shown(problem.expected),
        "remedy": shown(problem.remedy),
    }


def _listen(folders: SimpleQueue[str]) -> None:
    """Pass on what the server names; when it is gone nobody wants an answer, not even to the job at hand."""
    for line in sys.stdin:
        folders.put(line.strip())
    os._exit(1)


if __name__ == "__main__":
    main()
