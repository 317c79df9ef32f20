"""Fulfilment of a promise, worked out from delivered series that do not contain it (M20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xenotime.facts.grading import worst
from xenotime.facts.load import Facts
from xenotime.facts.words import Measure
from xenotime.talks.ledger.days import day_text, first_day, last_day
from xenotime.talks.ledger.path import NONE, due_share
from xenotime.talks.ledger.series import Point, cover, rates, series_points


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What was delivered of a promise by one statistic.

    until : last day the delivered series covers; blank where nothing is held yet
    delivered, low, high : amount with its range, gaps filled as :func:`delivered_of` says
    due : amount due at `until`; `gap_days` : days filled
    ratio, ratio_low, ratio_high : delivered over the whole amount; `on_path` : over what was due
    over : whether the time of the promise had passed when it was looked at
    """

    commitment: str
    measure: str
    test: str
    unit: str
    until: str
    delivered: float | None
    low: float | None
    high: float | None
    target: float
    due: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    on_path: float | None
    gap_days: int
    over: bool
    late: bool
    grade: str
    sources: tuple[str, ...]


def delivered_of(
    points: Sequence[Point], start: int, end: int, margin: float
) -> tuple[float, float, float, int]:
    """Delivered from `start` to `end` with low and high, and days that no point covers.

    A day nobody counted adds nothing to the low end, the latest known rate to the middle, and `margin` times
    the highest daily rate ever seen to the high end.
    """
    pieces = cover(points, start, end)
    missing = (end - start + 1) - sum(piece.days for piece in pieces)
    known = [item for item in rates(points) if item[0] <= end]
    fastest = max((rate for _, _, rate in known), default=0.0)
    latest = max(known, key=lambda item: (item[0], -item[1]), default=(0, 1.0, 0.0))[2]
    middle = sum(piece.value for piece in pieces) + missing * max(latest, 0.0)
    low = sum(piece.low for piece in pieces)
    high = sum(piece.high for piece in pieces) + missing * margin * max(fastest, 0.0)
    return min(max(middle, low), high), low, high, missing


def margin_of(facts: Facts) -> float:
    """How much faster than ever seen a flow is taken to have been at most while nobody counted."""
    return next(float(row.value) for row in facts.rows("belief_numbers") if row.name == "gap_margin")


def fulfil(facts: Facts, measure: Measure, at: int, by: int | None = None) -> Fulfilment:
    """(M20) f = D(t) / T of one statistic as known at `at`; T w(t) is what was due.

    by : day to which deliveries count; the end of the promise if left out
    """
    end = last_day(measure.end) if by is None else by
    over = at >= last_day(measure.end)
    if measure.test == "act":
        return _act(facts, measure, at, over)
    start = first_day(measure.start)
    points = series_points(facts, measure.series)
    limit = min(end, at)
    pieces = cover(points, start, limit)
    if not pieces:
        return _unknown(measure, over)
    reached = max(piece.end for piece in pieces)
    reached = limit if at >= end else reached
    middle, low, high, gap = delivered_of(points, start, reached, margin_of(facts))
    share = 1.0 if measure.profile == NONE else due_share(facts, measure, reached)
    due = measure.target * share
    return Fulfilment(
        measure.commitment,
        measure.measure,
        measure.test,
        measure.unit,
        day_text(reached),
        middle,
        low,
        high,
        measure.target,
        due,
        middle / measure.target,
        low / measure.high,
        high / measure.low,
        middle / due if due > 0 else None,
        gap,
        over,
        by is not None,
        worst([measure.grade, *(piece.grade for piece in pieces)]),
        tuple(dict.fromkeys(piece.source for piece in pieces)),
    )


def _act(facts: Facts, measure: Measure, at: int, over: bool) -> Fulfilment:
    """An act is done when the record as known holds it with a day that has come."""
    table, key, column = measure.act.split(":")
    row = next((row for row in facts.rows(table) if getattr(row, _key_of(table)) == key), None)
    when = str(getattr(row, column)) if row is not None else ""
    done = bool(when) and last_day(when) <= at
    late = done and last_day(when) > last_day(measure.end)
    if not done and not over:
        return _unknown(measure, over)
    value = 1.0 if done else 0.0
    return Fulfilment(
        measure.commitment,
        measure.measure,
        measure.test,
        measure.unit,
        when if done else day_text(at),
        value,
        value,
        value,
        measure.target,
        measure.target,
        value,
        value,
        value,
        value,
        0,
        over,
        late,
        worst([measure.grade, row.grade if row is not None else measure.grade]),
        (measure.source,),
    )


def _key_of(table: str) -> str:
    return {"events": "event", "controls_record": "control"}[table]


def _unknown(measure: Measure, over: bool) -> Fulfilment:
    blank = (None,) * 3
    return Fulfilment(
        measure.commitment,
        measure.measure,
        measure.test,
        measure.unit,
        "",
        *blank,
        measure.target,
        None,
        *blank,
        None,
        0,
        over,
        False,
        measure.grade,
        (),
    )


def path_of(facts: Facts, measure: Measure, at: int) -> list[dict[str, object]]:
    """The promise's path beside what was delivered, at every day a known series reaches."""
    if measure.test not in ("total", "amount", "allowance"):
        return []
    start, end = first_day(measure.start), last_day(measure.end)
    points = series_points(facts, measure.series)
    days = sorted({point.end for point in points if start <= point.start and point.end <= min(end, at)})
    rows: list[dict[str, object]] = []
    for day in days:
        middle, low, high, gap = delivered_of(
            [p for p in points if p.end <= day], start, day, margin_of(facts)
        )
        rows.append(
            {
                "commitment": measure.commitment,
                "measure": measure.measure,
                "date": day_text(day),
                "due": measure.target * due_share(facts, measure, day),
                "delivered": middle,
                "low": low,
                "high": high,
                "gap_days": gap,
                "unit": measure.unit,
            }
        )
    return rows
