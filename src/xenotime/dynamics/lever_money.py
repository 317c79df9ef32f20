"""Levers over a run as tidy tables: what was paid, and what governments hold."""

from __future__ import annotations

from xenotime.dynamics.trajectory import Trajectory
from xenotime.policy.lever_money import Row, payments_of


def lever_payments(run: Trajectory) -> list[Row]:
    """Rows of month, lever, payer, recipient, what, value and unit (USD), no value below zero."""
    plan = run.setup.levers
    if not plan.levers:
        return []
    return [
        {"month": item.month, **row, "unit": "USD"}
        for position, item in enumerate(run.months)
        for row in payments_of(plan, item.before.levers, item.month, run.clearing(position))
    ]


def lever_stocks(run: Trajectory) -> list[Row]:
    """Rows of month, lever, material, region and value: what each government stock holds at month's end."""
    unit = {row.material: row.unit for row in run.world.materials}
    states = [item.before for item in run.months[1:]] + [run.after]
    return [
        {
            "month": month,
            "lever": order.lever.lever,
            "material": order.lever.material,
            "region": order.lever.region,
            "value": float(state.levers.holding[order.holding]),
            "unit": unit.get(order.lever.material, "t"),
        }
        for month, state in zip(run.labels(), states, strict=True)
        for order in run.setup.levers.stores
    ]
