"""Plants as they were known in a month: no start or end that had not happened or been announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from xenotime.facts.publication import Publications, last_month
from xenotime.world.relied import Gap, LaterFact, Tally

SHUT = ("idle", "closed")
AHEAD = 3  # years: plants that begin later are in no network


@dataclass(frozen=True, slots=True)
class PlantsKnown:
    """Rows of plants as of the month, and the stage of each by name."""

    rows: tuple[Any, ...]
    stages: dict[str, str]


def known_plants(
    rows: tuple[Any, ...], rules: Publications, known_by: str, strict: bool, tally: Tally
) -> PlantsKnown:
    """Plants of the month; in the strict variant without the ones nobody had heard of and later endings."""
    kept = tuple(_seen(rows, rules, known_by, tally)) if strict else rows
    if not strict:
        for row in rows:
            _flag(row, rules, known_by, tally)
    return PlantsKnown(kept, {row.facility: row.stage for row in kept})


def _seen(rows: tuple[Any, ...], rules: Publications, known_by: str, tally: Tally) -> Iterator[Any]:
    for row in rows:
        if rules.first_known("facilities", row).month > known_by:
            if row.status not in ("planned", "cancelled") and within(row, int(known_by[:4])):
                why = f"not known before {row.knowable_from}; left out"
                tally.gaps.append(Gap("plant unknown", "facilities", row.facility, None, None, None, why))
            continue
        seen = row
        if row.start and last_month(row.start) > known_by:
            tally.later.append(_date_fact(row, "start", "its first month lies after the month"))
            seen = replace(
                seen, start="", planned_start=row.planned_start or row.start, status="construction"
            )
        if row.end and last_month(row.end) > known_by:
            why = f"its end in {row.end} was not known; runs on"
            tally.gaps.append(Gap("ending unknown", "facilities", row.facility, None, None, None, why))
            seen = replace(seen, end="", status="operating" if seen.status in SHUT else seen.status)
        yield seen


def _flag(row: Any, rules: Publications, known_by: str, tally: Tally) -> None:
    """List a plant's hindsight where it is left in."""
    if row.status in ("planned", "cancelled") or not within(row, int(known_by[:4])):
        return
    if rules.first_known("facilities", row).month > known_by:
        tally.later.append(_date_fact(row, "start", "a plant not known by the month"))
    elif row.start and last_month(row.start) > known_by:
        tally.later.append(_date_fact(row, "start", "its first month lies after the month"))
    if row.end and last_month(row.end) > known_by:
        tally.later.append(_date_fact(row, "end", "its last month lies after the month"))


def within(row: Any, year: int) -> bool:
    """Whether a plant can be in a network of `year`: not gone before, not years ahead."""
    text = row.start or row.planned_start
    gone = bool(row.end) and int(row.end[:4]) < year
    return row.in_totals == "yes" and not gone and (not text or int(text[:4]) <= year + AHEAD)


def _date_fact(row: Any, column: str, why: str) -> LaterFact:
    happened = last_month(str(getattr(row, column))) or row.knowable_from
    return LaterFact(
        "facilities",
        f"{row.facility} {column}",
        row.stage,
        0.0,
        None,
        None,
        None,
        max(happened, row.knowable_from) if column == "start" else happened,
        row.source,
        why,
    )
