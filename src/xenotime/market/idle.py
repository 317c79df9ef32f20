"""Prices where nothing moves: between the best bid and the lowest offer, found along the columns at rest."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xenotime.market.engines import QP, Array

Mask = npt.NDArray[np.bool_]
ROUNDS = 300  # links a price travels, one a round: more than any look-ahead has from mine to user
STILL = 1e-14  # relative change of a price that is rounding
TIGHT = 1e-9  # of the values in a column: what it makes just pays for what it takes


def price_idle(
    qp: QP, rows: Mask, columns: Mask, x: Array, y: Array, m: Array, glut: Mask | None = None
) -> Array:
    """Prices in which those of `rows` lie between bid and offer of the `columns` at rest around them.

    The bid is what the keenest column taking from the row could pay, the offer what the cheapest bringing to
    it would ask, other prices as they are; a price between the two stays.  Where the bid is above the offer
    the price is the bid, so that what is wanted is told up the chain to whoever could begin to sell; at rows
    of `glut`, which nothing can leave, it is the offer, and no further below zero than any amount about it.
    Prices that only hold each other up, as an interior point's do not, stay up.
    """
    if not rows.any():
        return y
    near = np.flatnonzero(columns & (abs(qp.A).T @ rows.astype(float) > 0))
    if not len(near):
        return y
    values = qp.price_side[:, near].tocoo()
    ours = rows[values.row] & (values.data != 0)
    row, column, amount = values.row[ours], values.col[ours], values.data[ours]
    takes = amount < 0
    fixed = (qp.P * x + qp.c + qp.rent_side.T @ m)[near]
    down = values.T.tocsr()
    y = y.copy()
    least = -float(max(np.max(np.abs(y), initial=0.0), np.max(np.abs(fixed), initial=0.0)))
    for _ in range(ROUNDS):
        # the price at which the column just pays; a column with but a trace of the good has no say
        with np.errstate(over="ignore", invalid="ignore"):
            even = y[row] + (fixed - down @ y)[column] / amount
        even = np.where(np.isfinite(even), even, y[row])
        bid, offer = np.full(len(y), -np.inf), np.full(len(y), np.inf)
        np.maximum.at(bid, row[takes], even[takes])
        np.minimum.at(offer, row[~takes], even[~takes])
        new = np.where(rows, np.maximum(bid, np.minimum(y, offer)), y)
        if glut is not None:
            new = np.where(glut, np.maximum(np.minimum(offer, new), least), new)
        if np.all(np.abs(new - y) <= STILL * np.abs(y)):
            break
        y = new
    return y


def whole_routes(qp: QP, freed: Mask, rows: Mask, columns: Mask, cost: Array, value: Array) -> Mask:
    """The columns that begin to move with `freed`: what they bring to idle rows goes on where the bid is.

    A route through idle rows pays as a whole or not at all; freeing its links one by one leads in circles.
    """
    tight = columns & (cost <= TIGHT * value)
    brings, takes = (qp.A > 0).tocsr().astype(np.int32), (qp.A < 0).T.tocsr().astype(np.int32)
    moving = freed
    while True:
        reached = rows & (brings @ moving.astype(np.int32) > 0)
        more = moving | (tight & (takes @ reached.astype(np.int32) > 0))
        if np.array_equal(more, moving):
            return moving
        moving = more
