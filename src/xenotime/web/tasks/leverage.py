"""Leverage of one side over another: losses of both by start and duration, drivers, draws."""

from __future__ import annotations

from xenotime.web.worker import Task

END = 12  # months an end is followed


def work(task: Task) -> None:
    """Work it out; months and draws are kept, so a job that is begun again goes on."""
    from xenotime.beside import cores
    from xenotime.ensembles.places import find_world
    from xenotime.leverage_study import Question, leverage, plain_case
    from xenotime.policy.case import load_case
    from xenotime.report.leveraged import leverage_document
    from xenotime.talks.leverage.surface import Asked

    wanted = task.request
    case = load_case(wanted["case"]) if wanted["case"] else plain_case(wanted["start"])
    world = find_world(case.data.world)
    by, on, starts = (tuple(wanted[name]) for name in ("by", "on", "starts"))
    question = Question(world, case, by, on, bool(wanted["only"]))
    asked = Asked(by, on, case.data.start, starts, int(wanted["months"]))
    answer = leverage(
        question,
        asked,
        keep=task.keep("leverage"),
        drivers=bool(wanted["drivers"]),
        draws=int(wanted["draws"]),
        ends=tuple((starts[0], length, END) for length in wanted["lifted"]),
        published=bool(wanted["published"]),
        tell=task.tell,
        processes=cores(),
    )
    task.publish(leverage_document(answer))
