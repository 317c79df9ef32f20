"""Leverage as one JSON document: surface, half-lives, hands, drivers, facts, published estimates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from xenotime.figures.style import money_text
from xenotime.months import month_number, month_text
from xenotime.report.envelope import Row, envelope
from xenotime.talks.leverage.answer import Answer, DrawnLeverage
from xenotime.talks.leverage.half_life import (
    MEASURES,
    HalfLife,
    gap,
    half_life,
    hand,
    measure,
    over_starts,
    within,
)
from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.leverage.rises import Rise
from xenotime.talks.leverage.surface import sides

LOW, HIGH = 5, 95  # per cent of draws below the band, and below its upper end
EVERYTHING = "everything that is not known: facts, behaviour, luck, what a stopped line is worth"
STOPPED = "what a stopped line is worth alone"
LEAST_BAND = 3  # draws with an answer below which no band is told
MANY = 40
HALF = 0.5
GOODS = 4  # named in a warning


def leverage_document(answer: Answer) -> Row:
    """The document of kind ``leverage``."""
    question, asked = answer.question, answer.surface.asked
    data: Row = {
        "by": list(asked.by),
        "on": list(asked.on),
        "control": {
            "instrument": answer.instrument,
            "case": question.case.name,
            "goods_go_to": "to others" if question.only else "to nobody",
            "start": asked.start,
            "starts": list(asked.starts),
            "months": asked.months,
        },
        "surface": list(_surface(answer)),
        "half_life": list(_half_lives(answer)),
        "hands": list(_hands(answer)),
        "monthly": list(_monthly(answer)),
        "parts": list(_parts(answer)),
        "regions": list(_regions(answer)),
        "rises": [_rise(answer, item) for item in answer.rises],
        "drivers": [_driver(item) for item in answer.drivers],
        "facts": [{"rank": rank, **row} for rank, row in enumerate(answer.facts, 1)],
        "facts_of": EVERYTHING if answer.facts_of_all else STOPPED,
        "unexplained": answer.unexplained,
        "draws": {
            "asked": len(answer.draws),
            "answered": len(_good(answer.draws)),
            "failures": [item.failure for item in answer.draws if item.failure],
            "over": EVERYTHING if answer.rolled else STOPPED,
        },
        "ends": list(_ends(answer)),
        "published": [_beside(item) for item in answer.beside],
        "stakes": {
            "sources": list(answer.stakes.sources),
            "by_curve": list(answer.stakes.unknown),
            "grade": max((item.grade for item in answer.stakes.figures), default=""),
            "figures": [{**asdict(item), "unit": "USD/t"} for item in answer.stakes.figures],
        },
    }
    return envelope("leverage", answer.key, data, list(_warnings(answer)))


def _month(answer: Answer, after: int) -> str:
    return month_text(month_number(answer.surface.asked.start) + after)


def _good(draws: tuple[DrawnLeverage, ...]) -> list[DrawnLeverage]:
    return [item for item in draws if not item.failure]


def _band(values: list[float]) -> tuple[float | None, float | None]:
    if len(values) < LEAST_BAND:
        return None, None
    return float(np.percentile(values, LOW)), float(np.percentile(values, HIGH))


def _surface(answer: Answer) -> Iterator[Row]:
    asked, good = answer.surface.asked, _good(answer.draws)
    for at, (first, path) in enumerate(zip(asked.starts, answer.surface.paths, strict=True)):
        for side, names in sides(asked, path.parties).items():
            for name in MEASURES:
                amounts = path.of(names, measure(path, name))
                for month in range(asked.months):
                    low = high = None
                    if side in ("by", "on"):
                        drawn = [item.of(side, name) for item in good]
                        low, high = _band([float(one[at, month]) for one in drawn if one is not None])
                    yield {
                        "start": _month(answer, first),
                        "start_after": first,
                        "duration": month + 1,
                        "side": side,
                        "measure": name,
                        "value": float(amounts[month]),
                        "low": low,
                        "high": high,
                        "unit": "USD",
                    }


def _half_lives(answer: Answer) -> Iterator[Row]:
    found, asked, good = answer.surface, answer.surface.asked, _good(answer.draws)
    for name in MEASURES:
        bases: list[tuple[str, HalfLife]] = [("within", within(found, 0, name))]
        if len(asked.starts) > 1:
            bases.append(("starts", over_starts(found, asked.months, name)))
        for basis, life in bases:
            drawn = [_drawn_life(item, answer, basis, name) for item in good]
            known = [value for value in drawn if value is not None]
            low, high = _band(known)
            yield {
                "basis": basis,
                "measure": name,
                "duration": asked.months,
                "months": life.months,
                "how": life.how,
                "low": low,
                "high": high,
                "draws": len(drawn),
                "draws_without_one": len(drawn) - len(known),
                "first": life.first,
                "last": life.last,
                "peak": int(np.argmax(np.diff(gap(found, 0, name), prepend=0.0))) + 1
                if basis == "within"
                else None,
                "unit": "month",
            }


def _drawn_life(item: DrawnLeverage, answer: Answer, basis: str, name: str) -> float | None:
    asked, on, by = answer.surface.asked, item.of("on", name), item.of("by", name)
    if on is None or by is None:
        return None
    difference = on - by
    if basis == "starts":
        return half_life([float(s) for s in asked.starts], [float(v) for v in difference[:, -1]]).months
    monthly = np.diff(difference[0], prepend=0.0)
    peak = int(np.argmax(monthly))
    return half_life([float(m) for m in range(peak, len(monthly))], [float(v) for v in monthly[peak:]]).months


def _hands(answer: Answer) -> Iterator[Row]:
    asked, good = answer.surface.asked, _good(answer.draws)
    for at, first in enumerate(asked.starts):
        for duration in dict.fromkeys((1, min(3, asked.months), min(6, asked.months), asked.months)):
            found = hand(answer.surface, at, duration)
            gaps = [float(item.on[at, duration - 1] - item.by[at, duration - 1]) for item in good]
            low, high = _band(gaps)
            agreeing = [value for value in gaps if (value > 0) == (found.side == "by")]
            path = answer.surface.paths[at]
            lost = {
                side: float(path.of(names, path.loss())[duration - 1])
                for side, names in (("by", asked.by), ("on", asked.on))
            }
            yield {
                "start": _month(answer, first),
                "start_after": first,
                "duration": duration,
                "stronger": found.side,
                "gap": found.gap,
                "loss_by": lost["by"],
                "loss_on": lost["on"],
                "ratio": found.ratio,
                "until": found.until,
                "low": low,
                "high": high,
                "draws_that_agree": len(agreeing) / len(gaps) if gaps else None,
                "unit": "USD",
            }


def _monthly(answer: Answer) -> Iterator[Row]:
    """Loss of each month by itself at each start, both sides, and the gap."""
    asked = answer.surface.asked
    for at, (first, path) in enumerate(zip(asked.starts, answer.surface.paths, strict=True)):
        columns = {
            "on": path.of(asked.on, path.loss()),
            "by": path.of(asked.by, path.loss()),
            "gap": gap(answer.surface, at),
        }
        for side, amounts in columns.items():
            for month, value in enumerate(np.diff(amounts, prepend=0.0)):
                yield {
                    "start_after": first,
                    "month": _month(answer, first + month),
                    "since": month + 1,
                    "side": side,
                    "value": float(value),
                    "unit": "USD/month",
                }


def _parts(answer: Answer) -> Iterator[Row]:
    """The parts of the loss at the longest duration, by start and side."""
    asked = answer.surface.asked
    for first, path in zip(asked.starts, answer.surface.paths, strict=True):
        for side, names in sides(asked, path.parties).items():
            for part in COLUMNS:
                value = float(path.of(names, path.parts[part])[-1])
                yield {"start_after": first, "side": side, "part": part, "value": value, "unit": "USD"}


def _regions(answer: Answer) -> Iterator[Row]:
    """Loss of every party at the longest duration from the first start, largest first."""
    path = answer.surface.paths[0]
    total = path.loss()[-1]
    for place in np.argsort(-total):
        yield {"region": path.parties[place], "value": float(total[place]), "unit": "USD"}


def _rise(answer: Answer, item: Rise) -> Row:
    asked = answer.surface.asked
    places = (
        [asked.starts.index(month) for month in (item.first, item.last)] if item.basis == "starts" else []
    )
    seen = [
        drawn.on[places[1], item.duration - 1] - drawn.by[places[1], item.duration - 1]
        > drawn.on[places[0], item.duration - 1] - drawn.by[places[0], item.duration - 1]
        for drawn in (_good(answer.draws) if places else [])
    ]
    return {
        "basis": item.basis,
        "start_after": item.start,
        "duration": item.duration,
        "first": item.first,
        "last": item.last,
        "before": item.before,
        "after": item.after,
        "value": item.amount,
        "draws_that_agree": sum(seen) / len(seen) if seen else None,
        "causes": [
            {
                "side": cause.side,
                "group": cause.group,
                "value": cause.amount,
                "uses": [
                    {"material": use[0], "region": use[1], "sector": use[2], "value": value}
                    for use, value in cause.goods
                ],
            }
            for cause in item.causes
        ],
        "unit": "USD" if item.basis == "starts" else "USD/month",
    }


def _driver(item: Any) -> Row:
    return {
        "driver": item.name,
        "without": item.without,
        "first": item.first,
        "last": item.last,
        "starts_months": item.over_starts.months,
        "starts_how": item.over_starts.how,
        "within_months": item.within.months,
        "within_how": item.within.how,
        "unit": "USD",
    }


def _ends(answer: Answer) -> Iterator[Row]:
    """Ends that were rolled, beside what the path says of the same duration."""
    asked = answer.surface.asked
    for first, duration, ended in answer.ends:
        path: Losses = answer.surface.paths[asked.starts.index(first)]
        for side in ("by", "on"):
            names = sides(asked, path.parties)[side]
            yield {
                "start_after": first,
                "duration": duration,
                "side": side,
                "path": float(path.of(names, path.loss())[duration - 1]),
                "rolled": float(ended.of(names, ended.loss())[-1]),
                "months_after": len(ended.months) - duration,
                "unit": "USD",
            }


def _beside(item: Any) -> Row:
    row = item.row
    return {
        "study": row.study,
        "region": row.region,
        "kind": row.kind,
        "stated": row.value,
        "stated_unit": row.unit,
        "value": item.value,
        "low": item.low,
        "high": item.high,
        "ours": item.ours,
        "ours_surplus": item.surplus,
        "ratio": item.ours / item.value if item.ours is not None and item.value else None,
        "measure": row.measure,
        "cut": row.cut,
        "goods": row.goods,
        "months": row.months,
        "method": row.method,
        "grade": row.grade,
        "source": row.source,
        "unit": "USD/year" if row.kind == "exposure" else "USD",
    }


def _lost(amount: float) -> str:
    return f"loses {money_text(amount)}" if amount >= 0 else f"still gains {money_text(-amount)}"


def _warnings(answer: Answer) -> Iterator[str]:
    path, asked = answer.surface.paths[0], answer.surface.asked
    whole = float(path.of(asked.on, path.loss())[-1])
    stopped = float(path.of(asked.on, path.parts["value_added"])[-1])
    grades = {item.grade for item in answer.stakes.figures}
    if grades == {"D"} and stopped > HALF * whole > 0:
        yield (
            "most of the loss is value added of lines that stop, worked out with assumed figures (grade D): "
            "read its size as an order of magnitude"
        )
    gain = -float(path.of(asked.by, path.loss())[-1])
    rents = -float(path.of(asked.by, path.parts["rents"])[-1])
    if gain > 0 and rents > HALF * gain:
        yield (
            f"{' + '.join(asked.by)} gains by its own control because rents of licences are taken to go to "
            "it, at prices of scarcity that rest on assumed choke prices (grade D); "
            f"without these rents it {_lost(rents - gain)}"
        )
    if not answer.draws:
        yield "no draws were asked for: numbers have no band and no fact is ranked (--draws)"
    elif not answer.rolled:
        yield f"bands and facts are over {STOPPED}; --draws rolls over {EVERYTHING}"
    elif len(_good(answer.draws)) < MANY:
        yield f"bands rest on {len(_good(answer.draws))} draws: read their ends as rough"
    if answer.rolled and not answer.facts_of_all and answer.facts:
        yield (
            f"{len(_good(answer.draws))} draws are too few to rank all that is not known: facts are ranked "
            f"over {STOPPED}"
        )
    for names in (asked.by, asked.on):
        found = {
            first: sorted({material for material, region in one.unwanted if region in names})
            for first, one in zip(asked.starts, answer.surface.paths, strict=True)
        }
        goods = list(dict.fromkeys(name for first in found for name in found[first]))
        if goods:
            begun = ", ".join(str(first) for first in found if found[first])
            more = f" and {len(goods) - GOODS} more" if len(goods) > GOODS else ""
            yield (
                f"begun in {begun} months: prices fall below zero in {' + '.join(names)} of "
                f"{', '.join(goods[:GOODS])}{more}, made together with what is short and, as worlds are "
                "built, never thrown away: what is lost there is less sure than it looks"
            )
    if answer.stakes.unknown:
        sectors = ", ".join(answer.stakes.unknown[:6])
        yield f"no value added is known of {sectors}: a stopped line there is worth its choke price"
