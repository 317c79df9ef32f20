"""Quotas with a balance over their period (M4): what is left of it binds, month for month and ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network
from xenotime.months import month_number
from xenotime.policy.dates import binds
from xenotime.world.tables import Control


@dataclass(frozen=True, slots=True)
class QuotaState:
    """Per quota with a period: number of the period last used in (-1: none yet), and units used in it."""

    period: Array
    used: Array


@dataclass(frozen=True, slots=True)
class PeriodQuota:
    """One quota: its joint limit and its rows."""

    joint: int
    rows: tuple[Control, ...]


def monthly_allowance(rows: Sequence[Control]) -> float:
    """Units per month of one quota: the shares of its holders added up; rows of one holder say one figure."""
    return sum({row.holder: float(row.value or 0.0) for row in rows}.values())


def find_quotas(rows: Sequence[tuple[Control, int]]) -> tuple[PeriodQuota, ...]:
    """Quotas with a period among compiled rows with their joint limits."""
    found: dict[int, list[Control]] = {}
    for row, joint in rows:
        if joint >= 0 and row.period_months is not None:
            found.setdefault(joint, []).append(row)
    return tuple(PeriodQuota(joint, tuple(members)) for joint, members in found.items())


def first_quotas(quotas: tuple[PeriodQuota, ...]) -> QuotaState:
    """Before any month."""
    return QuotaState(np.full(len(quotas), -1.0), np.zeros(len(quotas)))


def period_of(row: Control, month: str) -> tuple[int, int, int]:
    """Number of the period `month` is in, its first month, its length cut at the control's end (months)."""
    length = round(row.period_months or 1.0)
    start = month_number(row.in_force) if row.in_force else 0
    number = (month_number(month) - start) // length
    first = start + number * length
    if row.until:
        length = min(length, month_number(row.until) - first + 1)
    return number, first, length


def left_of(
    quota: PeriodQuota, index: int, state: QuotaState, rows: Sequence[Control], month: str, now: str
) -> float:
    """(M4) Units left of the period `month` is in, seen at the start of month `now`.

    A period that had begun before anyone counted is taken to have been used evenly.
    """
    number, first, length = period_of(quota.rows[0], month)
    rate = monthly_allowance(rows)
    elapsed = max(month_number(now) - first, 0)
    if state.period[index] == number:
        used = float(state.used[index])
    elif state.period[index] < 0:
        used = rate * elapsed
    else:
        used = 0.0
    return max(rate * length - used, 0.0)


def advance_quotas(
    quotas: tuple[PeriodQuota, ...], state: QuotaState, network: Network, month: str, clearing: Clearing
) -> QuotaState:
    """Enter what a month used; what a period leaves unused lapses with it."""
    period, used = state.period.copy(), state.used.copy()
    flow, activity = clearing.amount("lane"), clearing.amount("plant")
    for index, quota in enumerate(quotas):
        rows = [row for row in quota.rows if binds(row, month, month)]
        if not rows:
            continue
        number, _, length = period_of(quota.rows[0], month)
        before = monthly_allowance(rows) * length - left_of(quota, index, state, rows, month, month)
        limit = network.joint[quota.joint]
        now = sum(weight * flow[lane] for lane, weight in limit.lanes)
        now += sum(weight * activity[plant] for plant, weight in limit.facilities)
        period[index], used[index] = number, before + float(now)
    return QuotaState(period, used)
