"""A ministry's question: packages of a menu's levers, run in every case and variant."""

from __future__ import annotations

from xenotime.web.example_cases import case_of
from xenotime.web.worker import Task

OURS = "menu"  # name of the visitor's file with us


def work(task: Task) -> None:
    """Search and run them; runs are kept, so that a job begun once more takes them up."""
    from xenotime.beside import cores
    from xenotime.plan_study import Wanted, plan
    from xenotime.report.planned import plan_document

    asked = task.request
    cases = [case_of(name) for name in asked["cases"]]
    menu = task.file(OURS) if OURS in task.files else None
    wanted = Wanted(
        float(asked["budget"]),
        int(asked["draws"]),
        months=int(asked["months"]),
        most=int(asked["packages"]),
    )
    found = plan(
        asked["sponsor"],
        wanted,
        menu,
        cases,
        out=task.keep("runs"),
        tell=task.tell,
        processes=cores(),
    )
    task.publish(plan_document(found))
