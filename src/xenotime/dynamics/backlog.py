"""Lines that miss an input lose output now and catch up later, at a limited rate and not wholly (M9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.adaptation import Adapted, Users, level_after
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array


@dataclass(frozen=True, slots=True)
class Backlog:
    """Input of output not made, per demand row (unit).

    waiting : still wanted;  lost : given up for good so far;  late : made up so far
    waited : waiting amounts summed over months (unit x month), so waited / (late + lost + waiting) is the
        mean delay in months
    """

    waiting: Array
    lost: Array
    late: Array
    waited: Array


def no_backlog(rows: int) -> Backlog:
    """Nothing waits."""
    return Backlog(*(np.zeros(rows) for _ in range(4)))


def catch_up(backlog: Backlog, normal: Array, rate: float, months: float = 0.0) -> Array:
    """(M9) input wanted above `normal` to make up for what waits, `months` from now (unit/month).

    A line can run `rate` above its normal output, so after k months k rate normal has been made up.
    """
    most = rate * normal
    return np.clip(backlog.waiting - months * most, 0.0, most)


def demand_scale(
    users: Users, adapted: Adapted, backlog: Backlog, price: Array, growth: Array, rate: float, months: float
) -> Array:
    """(M8, M9) demand as a multiple of the reference, `months` ahead at the price of the month before."""
    level = np.exp(level_after(users, adapted, price, months)) if months > 0 else adapted.scale()
    normal = growth * level
    extra = catch_up(backlog, normal * users.quantity, rate, months)
    return np.asarray(normal + np.divide(extra, users.quantity, out=np.zeros_like(extra), where=extra > 0))


def missing_input(clearing: Clearing) -> Array:
    """Shortfall per demand row (unit): wanted at any price up to the choke price and not served."""
    program = clearing.program
    uses = program.layout.block(0, "use")
    rows = np.arange(len(program.network.demand))
    first = np.searchsorted(program.segment_owner, rows)
    missing = program.high[uses][first] - clearing.amount("use")[first]
    bent = np.array([row.form != "linear" for row in program.network.demand], dtype=bool)
    bent[list(program.network.orders)] = False  # who waits for a price does not go short
    return np.where(bent & np.isfinite(missing), np.maximum(missing, 0.0), 0.0)


def advance_backlog(backlog: Backlog, clearing: Clearing, extra: Array, cancelled: float) -> Backlog:
    """(M9) a month later: W' = (W - made up + newly missing) (1 - cancelled).

    extra : catch-up the month's demand held (share of it, per row); what it got it got in proportion
    cancelled : share of waiting orders that customers give up in a month
    """
    made_up = np.minimum(clearing.consumption() * extra, backlog.waiting)
    missed = missing_input(clearing) * (1 - extra)
    open_orders = backlog.waiting - made_up + missed
    return Backlog(
        waiting=open_orders * (1 - cancelled),
        lost=backlog.lost + open_orders * cancelled,
        late=backlog.late + made_up,
        waited=backlog.waited + open_orders * (1 - cancelled),
    )
