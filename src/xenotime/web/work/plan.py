"""A sponsor's question: which package of levers a budget should buy."""

from __future__ import annotations

from xenotime.web.example_cases import case_of
from xenotime.web.worker import Task

OURS = "menu"  # name of the visitor's menu with us


def work(task: Task) -> None:
    """Search and run packages; runs are kept, so a job that is begun again goes on."""
    from xenotime.beside import cores
    from xenotime.choice.menu_file import load_menu
    from xenotime.plan_study import Wanted, plan
    from xenotime.report.planned import plan_document

    asked = task.request
    menu = load_menu(task.file(OURS)) if OURS in task.files else None
    wanted = Wanted(
        float(asked["budget"]),
        draws=int(asked["draws"]),
        months=int(asked["months"]),
        most=int(asked["packages"]),
    )
    found = plan(
        str(asked["sponsor"]),
        wanted,
        menu,
        [case_of(name) for name in asked["cases"]],
        out=task.keep("runs"),
        tell=task.tell,
        processes=cores(),
    )
    task.publish(plan_document(found))
