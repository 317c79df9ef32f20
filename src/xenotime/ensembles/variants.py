"""Structural variants: other answers to how the market works, drawn like any other number."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xenotime.dynamics.step import Setup
from xenotime.ensembles.uncertain import Uncertain
from xenotime.market.demand import Chain
from xenotime.world.tables import Demand
from xenotime.world.world import World

FORESIGHT, DEMAND, STOCKS = "structure/foresight", "structure/demand", "structure/stocks"
BENT, STRAIGHT = "isoelastic", "straight above the reference price"
APART, POOLED = "stocks of their own", "stocks pooled by sector"
SHORT = (1, 5)  # half a year: as far as most users plan their purchases


def structure_numbers(world: World, look_aheads: tuple[tuple[int, ...], ...]) -> tuple[Uncertain, ...]:
    """Choices that mean something in `world`, each option as likely as the other."""
    found = [_choice(FORESIGHT, tuple(",".join(map(str, item)) for item in look_aheads), "months foreseen")]
    if any(row.form == "isoelastic" for row in world.demand):
        found.append(_choice(DEMAND, (BENT, STRAIGHT), "shape of demand"))
    if any(row.cover_class for row in world.demand):
        found.append(_choice(STOCKS, (APART, POOLED), "who shares stocks"))
    return tuple(item for item in found if len(item.options) > 1)


def _choice(name: str, options: tuple[str, ...], what: str) -> Uncertain:
    return Uncertain(name, "structure", 0.0, 0.0, len(options) - 1.0, "D", "", "", what, options=options)


def straight_uses(setup: Setup) -> Setup:
    """The setup with curves of use that are straight from the reference price upwards."""
    rows = setup.policy.network.demand
    return replace(
        setup,
        uses=tuple(straight_above(row, curve) for row, curve in zip(rows, setup.uses, strict=True)),
    )


def straight_above(row: Demand, curve: Chain) -> Chain:
    """The curve of an isoelastic row with q(p) = q0 (1 - |e| (p / p0 - 1)) above the reference price p0.

    Same point, same slope there, same choke price, same number of segments; where the line reaches nothing
    before the choke price nobody is left to go short.  Below p0 the row is as it was: a straight line has a
    largest use, and by-products nobody else wants would then have nowhere to go.
    """
    if row.form != "isoelastic" or not row.price or not row.quantity or not row.elasticity:
        return curve
    price = curve.last[:-1]  # at the end of each segment but the tail
    bent = np.cumsum(curve.width)[:-1]
    line = row.quantity * (1 + row.elasticity * (price / row.price - 1))
    first_below = int(np.searchsorted(-price, -row.price))  # with the other end of the segment around p0
    use = np.where(np.arange(len(price)) <= first_below, np.maximum(line, 0.0), bent)
    width = np.diff(use, prepend=0.0)
    return Chain(np.append(width, curve.width[-1]), curve.first, curve.last)
