"""Payments under a price floor as published, held against its contract terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xenotime.facts.load import Facts
from xenotime.policy.price_floor import top_up

MILLION = 1e6
KG = 1e3  # in a tonne


@dataclass(frozen=True, slots=True)
class Payment:
    """A quarter of a floor.

    floor, index : USD/t, the index that of `index_period`;  paid : as published (USD)
    by_sales, by_output : what the terms give on tonnes sold and on tonnes made (USD)
    implied_index : index at which the terms give what was paid on tonnes sold (USD/t)
    unexplained : tonnes that would have to be paid for beside those sold at the index on record
    """

    payment: str
    lever: str
    quarter: str
    floor: float
    index: float
    index_period: str
    paid: float
    by_sales: float
    by_output: float
    implied_index: float
    unexplained: float
    grade: str
    source: str
    note: str


def quarter_payment(floor: float, index: float, tonnes: float, upside_share: float = 0.0) -> float:
    """(M43) payment of a quarter (USD): tonnes times (M6) at the index of an earlier period."""
    return tonnes * top_up(floor, index, upside_share)


def payments_of(facts: Facts) -> Iterator[Payment]:
    """Published payments, oldest first, with what the terms give; the upside share has not begun."""
    floors: dict[str, Any] = {row.lever: row for row in facts.rows("levers")}
    for row in facts.rows("floor_payments"):
        floor = float(floors[row.lever].amount) * KG
        paid = row.paid * MILLION
        gap = top_up(floor, row.index)
        yield Payment(
            payment=row.payment,
            lever=row.lever,
            quarter=row.quarter,
            floor=floor,
            index=row.index,
            index_period=row.index_period,
            paid=paid,
            by_sales=quarter_payment(floor, row.index, row.sold),
            by_output=quarter_payment(floor, row.index, row.made),
            implied_index=floor - paid / row.sold,
            unexplained=paid / gap - row.sold if gap > 0 else float("inf"),
            grade=row.grade,
            source=row.source,
            note=row.note,
        )
