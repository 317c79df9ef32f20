"""A project's question: a plant, an example or a file of the visitor's under cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xenotime.web.example_cases import case_of
from xenotime.web.tasks.stages import Stages
from xenotime.web.worker import Task

OURS = "project"  # name of the visitor's file with us


def work(task: Task) -> None:
    """Value it; publishes once."""
    from xenotime.project_prices import Wanted
    from xenotime.project_study import value_project
    from xenotime.report.projected import project_document

    asked = task.request
    cases = [case_of(name) for name in asked["cases"]]
    source = task.file(OURS) if OURS in task.files else asked["source"]
    draws, effect = int(asked["draws"]), bool(asked["effect"])
    rolls = 2 + draws + (2 if effect else 0)  # the case, without its controls, its draws, opened and without
    stages = Stages(task, len(cases) * rolls)
    wanted = Wanted(draws=draws, months=int(asked["months"]), effect=effect)
    found = value_project(source, cases, wanted=wanted, tell=stages.tell)
    task.publish(as_named(project_document(found), task.files.get(OURS, "")))


def as_named(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The document of a visitor's own file with the project called after it."""
    data = document["data"]
    if not name or data["project"] != OURS:
        return document
    called = Path(name).stem or OURS
    title = called if data["title"] == OURS else data["title"]
    return {**document, "data": {**data, "project": called, "title": title}}
