"""Plants are laid idle when they lose cash, restarted after a delay, and closed for good after long (M10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xenotime.dynamics.fleet import CLOSED, IDLE, OPERATING, Fleet, Projects
from xenotime.dynamics.projects import advance_restart
from xenotime.dynamics.quotes import Quotes
from xenotime.market.network import Array


def unit_margins(fleet: Fleet, quotes: Quotes, adder: Array) -> tuple[Array, Array]:
    """(M10) cash margin of the first unit of output, and its turnover, per plant column (USD/activity).

    m = sum_n a_n p_n - c - adder, the turnover being what its outputs fetch
    """
    own = len(fleet.group)
    made = fleet.recipes.maximum(0) @ quotes.sell
    taken = -fleet.recipes.minimum(0) @ quotes.buy
    return np.asarray(made - taken - fleet.cost - adder[:own]), np.asarray(made)


def best_margin(fleet: Fleet, margin: Array, turnover: Array) -> Array:
    """Margin over turnover of the best row of each facility; minus one where its output is worth nothing."""
    share = np.divide(margin, turnover, out=np.full(len(margin), -1.0), where=turnover > 0)
    best = np.full(len(fleet.plants), -np.inf)
    np.maximum.at(best, fleet.group, share)
    return best


def advance_idling(fleet: Fleet, part: Projects, margin: Array) -> Projects:
    """(M10) a month later: months in a row at a loss idle a plant, a margin restarts it, idleness ends it.

    margin : cash margin over turnover per facility, in the month just cleared; losses while running up are
    borne
    """
    numbers = fleet.numbers
    running = (part.stage == OPERATING) & fleet.managed
    short = np.where(running & (margin < -numbers.loss_borne), part.short + 1, 0.0)
    stops = running & (short >= numbers.idle_after)
    lying = part.stage == IDLE
    part = advance_restart(fleet, part)
    still = lying & (part.stage == IDLE)
    idle = np.where(still, part.idle + 1, part.idle)
    decides = still & (part.restart <= 0) & (margin > 0)
    gone = still & (part.restart <= 0) & ~decides & (idle >= numbers.close_after)
    return replace(
        part,
        stage=np.select([stops, gone], [IDLE, CLOSED], part.stage),
        short=np.where(stops, 0.0, short),
        idle=idle,
        restart=np.where(decides, numbers.restart_delay, part.restart),
    )
