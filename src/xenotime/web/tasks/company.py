"""A company's question: its bill and plants under cases, as the command answers it."""

from __future__ import annotations

from typing import Any

from xenotime.web.example_cases import case_of
from xenotime.web.tasks.stages import Stages
from xenotime.web.worker import Task


def work(task: Task) -> None:
    """Answer it; publishes once, as odds of all cases belong together."""
    from xenotime.company_study import Wanted, expose
    from xenotime.report.exposed import exposure_document

    asked = task.request
    cases = [case_of(name) for name in asked["cases"]]
    plants = task.file("plants") if "plants" in task.files else None
    stages = Stages(task, max(len(cases), 1))
    wanted = Wanted(draws=int(asked["draws"]))
    found = expose(
        task.file("bill"),
        plants,
        cases if plants is not None else (),
        at=asked["at"],
        wanted=wanted,
        tell=stages.tell,
    )
    task.publish(as_named(exposure_document(found), task.files["bill"]))


def as_named(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The document with the bill called as the visitor calls it: our name of the file is nobody's."""
    data = document["data"]
    ours = data["bill"]["file"]
    title = name if data["title"] == ours else data["title"]
    return {**document, "data": {**data, "title": title, "bill": {**data["bill"], "file": name}}}
