"""The program that proposes a package: measured savings, pairs, and corrections where a package was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from xenotime.choice.menu import Menu, Pick
from xenotime.choice.weigh import Point
from xenotime.errors import InternalFault
from xenotime.market.network import Array

FRUGAL = 1e-6  # of the saving of the best offer, given up to lay out the least: ties go to the cheaper
GAP = 1e-9  # of the objective, at which the program is done


@dataclass(frozen=True, slots=True)
class Measured:
    """What runs have shown.

    nothing : expected loss without a package (USD)
    save, outlay : by offer, of the offer alone (USD)
    pair : by two offers, saving of both less the sum of theirs
    scale : savings seen in all scenes over those thought of from the quick ones
    run : packages run in full
    """

    nothing: float
    save: Mapping[int, float]
    outlay: Mapping[int, float]
    pair: Mapping[tuple[int, int], float]
    scale: float
    run: Mapping[Pick, Point]


def estimate(seen: Measured, pick: Pick) -> float:
    """(M54) S(p) = k (sum_i s_i + sum_{i<j} q_ij): what a package is thought to save (USD)."""
    alone = sum(seen.save[place] for place in pick)
    return seen.scale * (alone + sum(seen.pair.get(pair, 0.0) for pair in combinations(pick, 2)))


def propose(menu: Menu, offers: Sequence[int], seen: Measured, budget: float) -> Pick:
    """(M55) max S(y) + sum_p (real_p - S(p)) 1[y = p] - e o.y over y in {0, 1}, o.y <= budget; HiGHS.

    At most one size of a lever and none beside its rival.  1[y = p] is linear: it is at most every y in p and
    1 - y outside, and at least sum_{p} y - sum_{not p} y - |p| + 1.  A package whose real outlay is above the
    budget is cut off, one whose is below may be proposed again only as far as estimates allow.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not offers:
        return ()
    at = {place: n for n, place in enumerate(offers)}
    pairs = [pair for pair in seen.pair if pair[0] in at and pair[1] in at]
    known = [pick for pick in seen.run if len(pick) > 0 and all(place in at for place in pick)]
    count, width = len(offers), len(offers) + len(pairs) + len(known)
    gain = np.zeros(width)
    out = np.zeros(width)
    out[:count] = [seen.outlay[place] for place in offers]
    gain[:count] = [seen.scale * seen.save[place] for place in offers]
    top = max(float(np.abs(gain[:count]).max()), 1e-300) / max(float(out.max()), 1e-300)
    gain -= FRUGAL * top * out
    rows: list[Array] = []
    high: list[float] = []

    def bound(line: Mapping[int, float], most: float) -> None:
        row = np.zeros(width)
        for column, factor in line.items():
            row[column] += factor
        rows.append(row)
        high.append(most)

    size = max(budget, float(out.max()), 1e-300)  # rows of one size, whatever a dollar is
    bound(dict(enumerate(out / size)), budget / size)
    for one, other in combinations(range(count), 2):
        if not menu.fits((offers[one], offers[other])):
            bound({one: 1.0, other: 1.0}, 1.0)
    for number, pair in enumerate(pairs):
        column, (one, other) = count + number, (at[pair[0]], at[pair[1]])
        gain[column] = seen.scale * seen.pair[pair]
        bound({column: 1.0, one: -1.0}, 0.0)
        bound({column: 1.0, other: -1.0}, 0.0)
        bound({one: 1.0, other: 1.0, column: -1.0}, 1.0)
    for number, pick in enumerate(known):
        column, inside = count + len(pairs) + number, [at[place] for place in pick]
        outside = [n for n in range(count) if n not in inside]
        if np.isfinite(seen.run[pick].loss):  # without an answer it is cut off below
            gain[column] = (seen.nothing - seen.run[pick].loss) - estimate(seen, pick)
        for n in inside:
            bound({column: 1.0, n: -1.0}, 0.0)
        for n in outside:
            bound({column: 1.0, n: 1.0}, 1.0)
        exact = {**dict.fromkeys(inside, 1.0), **dict.fromkeys(outside, -1.0), column: -1.0}
        bound(exact, len(inside) - 1.0)
        if seen.run[pick].outlay > budget:
            bound({column: 1.0}, 0.0)
    scale = max(float(np.abs(gain).max()), 1e-300)
    found = milp(
        -gain / scale,
        constraints=[LinearConstraint(np.stack(rows), ub=np.array(high))],
        integrality=np.ones(width),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": GAP},
    )
    if found.x is None:
        raise InternalFault(f"the program of a package has no answer: {found.message}")
    return tuple(place for place, take in zip(offers, found.x[:count], strict=True) if take > 1 / 2)
