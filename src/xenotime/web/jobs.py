"""Jobs on disk: a folder each, under its owner's; read again after the server was stopped or killed.

The server alone writes ``job.json``.  The worker writes beside it what the server reads: ``progress.json``,
``partial.json``, ``document.json`` and, when it ends, ``outcome.json``.  All are written whole.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from xenotime.report.files import write_text

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
OPEN = (QUEUED, RUNNING)
IDENTIFIER = re.compile(r"[0-9a-f]{32}")
ATTEMPTS = 3  # times a job is begun: one whose worker dies each time is told as failed
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work for one visitor.

    request : what was asked, as the kind's work reads it;  files : role -> the visitor's name of the file
    created, started, ended : seconds since 1970, 0 where not yet
    problems : faults of the input, four parts each;  message : why there is no answer, or our fault
    """

    job: str
    owner: str
    kind: str
    title: str
    request: Json
    files: dict[str, str] = field(default_factory=dict)
    state: str = QUEUED
    created: float = 0.0
    started: float = 0.0
    ended: float = 0.0
    attempts: int = 0
    problems: tuple[Json, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All jobs of a workbench."""

    root: Path

    def folder(self, job: Job) -> Path:
        """Where a job's files lie."""
        return self.root / job.owner / job.job

    def add(self, job: Job, uploads: dict[str, bytes] | None = None) -> Job:
        """Keep a new job with what was brought; `uploads` by the name we give each file."""
        made = replace(job, created=time.time())
        folder = self.folder(made)
        folder.mkdir(parents=True, mode=0o700)
        for name, data in (uploads or {}).items():
            (folder / name).write_bytes(data)
        self.save(made)
        return made

    def save(self, job: Job) -> None:
        """Write the record, whole."""
        write_text(self.folder(job) / "job.json", json.dumps(asdict(job)))

    def find(self, owner: str, job: str) -> Job | None:
        """A job of this owner; none of another's, and no path at all."""
        if not IDENTIFIER.fullmatch(job) or not IDENTIFIER.fullmatch(owner):
            return None
        return _read_job(self.root / owner / job)

    def of(self, owner: str) -> tuple[Job, ...]:
        """Jobs of an owner, newest first."""
        return tuple(sorted(self._in(self.root / owner), key=lambda job: -job.created))

    def everyone(self) -> Iterator[Job]:
        """Jobs of all owners."""
        for owner in sorted(self.root.iterdir()) if self.root.is_dir() else ():
            yield from self._in(owner)

    def forget(self, job: Job) -> None:
        """Delete a job with all its files."""
        shutil.rmtree(self.folder(job), ignore_errors=True)

    def _in(self, owner: Path) -> Iterator[Job]:
        if not owner.is_dir():
            return
        for folder in owner.iterdir():
            if (found := _read_job(folder)) is not None:
                yield found


def new_identifier() -> str:
    """A name nobody can guess."""
    return secrets.token_hex(16)


def read_json(path: Path) -> Any:
    """What a file holds, None where there is none yet."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _read_job(folder: Path) -> Job | None:
    try:
        found = read_json(folder / "job.json")
        return Job(**{**found, "problems": tuple(found["problems"])}) if found else None
    except (ValueError, TypeError, KeyError):  # a half-made or foreign folder is no job
        return None
