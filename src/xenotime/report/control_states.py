"""Where every measure of the dated record stands on a day: announced, in force, enforced and ended apart."""

from __future__ import annotations

from collections.abc import Iterator

from xenotime.facts.load import Facts
from xenotime.facts.politics import ControlRecord
from xenotime.policy.replay_reasons import OF_INSTRUMENT, OF_RECORD
from xenotime.report.envelope import Row
from xenotime.talks.belief.law import REGIME_OF, law_in
from xenotime.talks.ledger.days import first_day, last_day, month_at

ANNOUNCED, IN_FORCE, SUSPENDED, ENDED = "announced", "in force", "suspended", "ended"
BINDING, OTHER = "binding", "other"  # of acts in force: those that hold goods back, and all others
GROUPS = (BINDING, SUSPENDED, ANNOUNCED, OTHER, ENDED)
DATES = ("announced", "in_force", "enforced", "until", "ended", "suspended", "resumes")
COMING = {  # what a date that is still to come brings
    "in_force": "comes into force",
    "until": "ends as set",
    "ended": "ends",
    "resumes": "is to come back: its suspension runs out",
}


def control_rows(facts: Facts, at: int) -> list[Row]:
    """Every measure known on day `at`, those that bind first, newest first.

    facts : as known then

    ``state`` is where the act stands; ``regime`` what the law amounts to for goods that ship (open, licensed,
    closed, suspended), blank for measures that are none of these, as duties and plans.
    """
    rows = [_control(row, at) for row in facts.rows(ControlRecord)]
    return sorted(rows, key=lambda row: (GROUPS.index(group_of(row)), _newest_first(row)))


def group_of(row: Row) -> str:
    """The state of a measure, those in force parted into what holds goods back and what does not."""
    if row["state"] != IN_FORCE:
        return str(row["state"])
    return BINDING if row["regime"] in ("licensed", "closed") else OTHER


def _newest_first(row: Row) -> tuple[int, str]:
    begins = row["in_force"] or row["announced"]
    return (-last_day(begins) if begins else 0, str(row["control"]))


def _control(row: ControlRecord, at: int) -> Row:
    state = state_of(row, at)
    return {
        "control": row.control,
        "issuer": row.issuer,
        "number": row.number,
        "instrument": row.instrument,
        "state": state,
        "regime": law_in(row, month_at(at)) if row.instrument in REGIME_OF else "",
        **{name: getattr(row, name) for name in DATES},
        "materials": row.materials,
        "targets": row.targets,
        "processing_working_days": row.processing_working_days,
        "observed": row.observed,
        "binds_nothing": OF_RECORD.get(row.control, OF_INSTRUMENT.get(row.instrument, "")),
        "grade": row.grade,
        "source": row.source,
        "note": row.note,
    }


def state_of(row: ControlRecord, at: int) -> str:
    """Where an act stands at the end of day `at`; one that was suspended before its day never bound."""
    if row.suspended and first_day(row.suspended) <= at and not _over(row.resumes, at):
        return SUSPENDED
    ends = [last_day(date) for date in (row.ended, row.until) if date]
    if ends and min(ends) < at:
        return ENDED
    begins = row.in_force or row.enforced
    return IN_FORCE if begins and first_day(begins) <= at else ANNOUNCED


def _over(date: str, at: int) -> bool:
    return bool(date) and first_day(date) <= at


def coming_rows(controls: list[Row], at: int) -> Iterator[Row]:
    """Dates of measures that lie after day `at`: what the record says is to come, and no more."""
    for row in controls:
        if row["state"] == ENDED:
            continue
        for name, what in COMING.items():
            if row[name] and first_day(row[name]) > at:
                yield {
                    "date": row[name],
                    "control": row["control"],
                    "what": f"{row['number']} {what}",
                    "grade": row["grade"],
                    "source": row["source"],
                }
