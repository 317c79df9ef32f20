"""A text read: commitments, claims, effect on belief, how such promises fared; its levers run if wanted."""

from __future__ import annotations

from typing import Any

from xenotime.web.worker import Task


def work(task: Task) -> None:
    """Read it; publishes what was read at once, and again with what a run of its levers says."""
    from xenotime.facts.load import load_facts
    from xenotime.report.ledgered import newest
    from xenotime.report.read_ledger import with_ledger
    from xenotime.report.reading import read_texts
    from xenotime.talks.ledger.days import last_day
    from xenotime.talks.ledger.ledger import ledger_at

    asked = task.request
    task.tell(0, 2, "reading")
    others = [str(task.file("other"))] if "other" in task.files else []
    read = read_texts(str(task.file("text")), others, asked.get("date", ""), asked.get("speaker", ""))
    facts = load_facts()
    dated = read.document["data"]["text"]["date"]
    day = min(last_day(dated), newest(facts)) if dated else newest(facts)
    ledger = ledger_at(day, facts)
    task.publish(with_ledger(named(read.document, task), ledger))
    if asked.get("run"):
        from xenotime.ensembles.places import find_world
        from xenotime.policy.case import load_case
        from xenotime.reading_study import packaged, study_of

        base = load_case(asked["base"])
        world = find_world(base.data.world)
        made = packaged(read, world, base, tuple(asked.get("by", ())), tuple(asked.get("on", ())))
        document = study_of(read, world, made, int(asked["months"]), keep=task.keep("levers"), tell=task.tell)
        task.publish(with_ledger(named(document, task), ledger))
    task.tell(2, 2, "read")


def named(document: dict[str, Any], task: Task) -> dict[str, Any]:
    """The document with the visitor's names of the texts: ours, and our folders, are nobody's business."""
    text = document["data"]["text"] | {"name": task.files.get("text", "the text")}
    if task.request.get("date"):
        text["dated_by"] = "as you said"
    if "other" in task.files:
        text["held_against"] = task.files["other"]
    return document | {"data": document["data"] | {"text": text}}
