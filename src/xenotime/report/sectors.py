"""What using industries go without, make up later, and lose for good, in months of their own output."""

from __future__ import annotations

from typing import Any

import numpy as np

from xenotime.dynamics.backlog import Backlog
from xenotime.dynamics.trajectory import Trajectory

Row = dict[str, Any]


def sector_rows(run: Trajectory, baseline: Trajectory) -> list[Row]:
    """Per month, region and sector, each input weighed at its reference price.

    output_lost : part of its inputs the sector goes without this month, of what it uses in the baseline
    backlog : output not made and still wanted;  cancelled, made_up : given up and caught up with so far
    months_late : mean wait of all output that was not made in time, so far; None where there is none

    Backlogs are in months of normal output.  A sector makes many products, each of its own input, so the
    scarcest input does not stop all of them.
    """
    network = run.setup.policy.network
    price = np.array([row.price or 0.0 for row in network.demand])
    normal = price * np.array([row.quantity or 0.0 for row in network.demand])
    groups: dict[tuple[str, str], list[int]] = {}
    for index in network.users():
        row = network.demand[index]
        groups.setdefault((row.region, row.sector), []).append(index)
    rows = []
    for position, month in enumerate(run.labels()):
        used = price * run.clearing(position).consumption()
        usually = baseline.clearing(position).consumption()
        before = price[: len(usually)] * usually
        open_orders = run.state_after(position).backlog
        for (region, sector), members in groups.items():
            usual = float(before[members].sum())
            if usual > 0:
                short = max(0.0, 1 - float(used[members].sum()) / usual)
                waits = _waits(open_orders, price, members, float(normal[members].sum()) or usual)
                place = {"month": month, "region": region, "sector": sector}
                rows.append({**place, "output_lost": short, **waits, "unit": "share"})
    return rows


def _waits(orders: Backlog, price: np.ndarray, members: list[int], month: float) -> Row:
    """Backlog, cancelled and made-up output of some demand rows, over a month's output (all at USD)."""
    waiting, lost, late, waited = (
        float((price[members] * amount[members]).sum())
        for amount in (orders.waiting, orders.lost, orders.late, orders.waited)
    )
    missed = waiting + lost + late
    return {
        "backlog": waiting / month,
        "cancelled": lost / month,
        "made_up": late / month,
        "months_late": waited / missed if missed > 0 else None,
    }
