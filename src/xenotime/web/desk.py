"""What pages share: the settings, the shelf of jobs, the scheduler, and how a visitor begins a job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from pydantic import BaseModel

from xenotime.errors import InputProblems, Problem
from xenotime.web.jobs import OPEN, Job, Json, Shelf, new_identifier
from xenotime.web.people import owner_of
from xenotime.web.scheduler import Scheduler
from xenotime.web.settings import LONGEST_NAME, Settings


class Fault(BaseModel):
    """One fault of a request or of what it brought, in the four parts of every message of ours."""

    code: str
    file: str
    row: int | None
    column: str
    found: str
    expected: str
    remedy: str


class Faults(BaseModel):
    """All faults at once."""

    detail: list[Fault]


@dataclass(frozen=True, slots=True)
class Desk:
    """A workbench as its pages see it."""

    settings: Settings
    shelf: Shelf
    scheduler: Scheduler

    def begin(
        self,
        owner: str,
        kind: str,
        title: str,
        request: Json,
        uploads: dict[str, tuple[str, bytes]] | None = None,
    ) -> Job:
        """Queue a job.

        uploads : our name of the file (``bill.csv``) -> the visitor's name and what it holds

        Raises HTTPException 429 for a visitor with too much waiting, 413 for one who keeps too much.
        """
        limits, own = self.settings.limits, self.shelf.of(owner)
        if sum(job.state in OPEN for job in own) >= limits.waiting:
            raise HTTPException(429, f"{limits.waiting} jobs of yours are waiting: wait, or cancel one")
        if len(own) >= limits.kept:
            raise HTTPException(413, f"{limits.kept} jobs of yours are kept: delete some under Jobs")
        given = uploads or {}
        files = {name.partition(".")[0]: shown_name(theirs) for name, (theirs, _) in given.items()}
        job = Job(new_identifier(), owner, kind, title, request, files)
        made = self.shelf.add(job, {name: data for name, (_, data) in given.items()})
        self.scheduler.wake()
        return made

    def job(self, owner: str, job: str) -> Job:
        """A visitor's own job; raises HTTPException 404 for any other."""
        found = self.shelf.find(owner, job)
        if found is None:
            raise HTTPException(404, "no job of yours has this name")
        return found


def desk_of(request: Request) -> Desk:
    """The workbench a request was made to."""
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk_of)]
Owner = Annotated[str, Depends(owner_of)]


def shown_name(name: str) -> str:
    """A file's name as it may be shown: no folders, no control characters, not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME] or "file"


def told(error: InputProblems) -> list[Json]:
    """Problems as records of a page or of JSON."""
    return [_record(problem) for problem in error.problems]


def _record(problem: Problem) -> Json:
    names = ("code", "file", "row", "column", "found", "expected", "remedy")
    return {name: getattr(problem, name) for name in names}
