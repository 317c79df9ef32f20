"""Documents that jobs have written, and how they are shown: made once, by the worker, beside the document."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import HTTPException

from xenotime.figures.rows import Labels
from xenotime.report.files import write_text
from xenotime.report.markup import Html
from xenotime.report.page import Content
from xenotime.report.pictures import Picture
from xenotime.web.desk import Desk
from xenotime.web.jobs import Job, read_json
from xenotime.web.kinds import Kind

DOCUMENT, SHOWN = "document.json", "shown.json"
Choices = dict[str, list[tuple[str, str]]]  # by what is chosen: code and name


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as its page needs it.

    tables : names of the tables that can be taken away
    choices : of a run, whose prices can be asked for: materials, regions, months
    """

    content: Content
    tables: tuple[str, ...]
    choices: Choices


def write_shown(folder: Path, kind: Kind, document: dict[str, Any]) -> None:
    """Draw the document once: that takes seconds no page should wait for."""
    data = document["data"]
    tables = [name for name, rows in data.items() if is_table(rows)]
    choices = choices_of(data) if kind.document == "run" else {}
    said = {"content": asdict(kind.show(document)), "tables": tables, "choices": choices}
    write_text(folder / SHOWN, json.dumps(said))


def shown_of(desk: Desk, job: Job) -> Shown:
    """What the worker drew; raises HTTPException 404 where there is nothing yet."""
    found = read_json(desk.shelf.folder(job) / SHOWN)
    if found is None:
        raise HTTPException(404, "this job has no document yet")
    content = found["content"]
    pictures = tuple(Picture(**made) for made in content["pictures"])
    choices = {name: [(code, said) for code, said in rows] for name, rows in found["choices"].items()}
    return Shown(Content(content["title"], Html(content["body"]), pictures), tuple(found["tables"]), choices)


def document_of(desk: Desk, job: Job) -> dict[str, Any]:
    """A job's document; raises HTTPException 404 where there is none yet."""
    path = desk.shelf.folder(job) / DOCUMENT
    try:
        return _document(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise HTTPException(404, "this job has no document yet") from error


@lru_cache(maxsize=2)
def _document(path: Path, stamp: int) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8")))


def choices_of(data: dict[str, Any]) -> Choices:
    """Whose prices a run has, by name."""
    labels = Labels.of(data["materials"], data["regions"])
    priced = [row for row in data["prices"] if row["value"] is not None]
    materials = sorted((labels.material(code), code) for code in {row["material"] for row in priced})
    regions = sorted((labels.region(code), code) for code in {row["region"] for row in priced})
    return {
        "material": [(code, said) for said, code in materials],
        "region": [(code, said) for said, code in regions],
        "month": [(month, month) for month in data["months"]],
    }


def is_table(rows: Any) -> bool:
    """Whether rows are records of one table."""
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)
