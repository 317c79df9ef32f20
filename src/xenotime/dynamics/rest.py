"""Where things come to rest: static prices once users have adapted and controls have worked for long.

They are what stocks and goods at sea are worth at the end of a look-ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xenotime.dynamics.adaptation import Users, long_run_rows
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.demand import Chain, use_chain
from xenotime.market.horizon import STATIC
from xenotime.market.network import Array, Network
from xenotime.market.polish import Point
from xenotime.market.program import Program, build_program
from xenotime.market.solving import solve_program
from xenotime.market.terms import Terms, open_terms, plants_in_sight

SHARED = ("plant", "lane", "supply", "disposal")  # kinds of columns whatever the curves of users


@dataclass(frozen=True, slots=True)
class Rest:
    """The market with users on their long-run curves; `like` is its program, for its matrices."""

    uses: tuple[Chain, ...]
    supplies: tuple[Chain, ...]
    like: Program


def make_rest(network: Network, users: Users, supplies: tuple[Chain, ...]) -> Rest:
    """Cut the long-run curves once."""
    adapted = replace(network, demand=long_run_rows(network.demand, users))
    uses, terms = tuple(use_chain(row) for row in adapted.demand), open_terms(adapted)
    return Rest(
        uses,
        supplies,
        build_program(adapted, STATIC, (terms,), uses, supplies, in_sight=plants_in_sight(adapted)),
    )


def clear_rest(rest: Rest, terms: Terms, begin: Array, where: str) -> Clearing:
    """One static clearing under `terms`, begun from what :func:`kept` gave; errors name `where`."""
    like = rest.like
    plants = plants_in_sight(like.network)
    program = build_program(
        like.network, STATIC, (terms,), rest.uses, rest.supplies, like=like, in_sight=plants
    )
    start = _begun(program, begin)
    point, check = solve_program(program, make_engine(DEFAULT_ENGINE), where, start)
    return Clearing(program, point, check)


def kept(rest: Rest, clearing: Clearing) -> Array:
    """Prices, rents and amounts but those of users of a static clearing: where another may begin.

    Limits it has not yet got, because controls were compiled after it, have no rent.
    """
    like, point, layout = rest.like, clearing.point, clearing.program.layout
    rents = np.zeros(len(like.h))
    rents[: len(point.m)] = point.m
    return np.concatenate([point.y, rents, *(point.x[layout.block(0, kind)] for kind in SHARED)])


def _begun(program: Program, begin: Array) -> Point:
    """The point of `program` that :func:`kept` tells of, users at what they would take at its prices."""
    nodes, limits, layout = len(program.b), len(program.h), program.layout
    y, m, rest = np.split(begin, [nodes, nodes + limits])
    x = np.zeros(len(program.c))
    for kind in SHARED:
        own = layout.block(0, kind)
        x[own], rest = np.split(rest, [own.stop - own.start])
    use = layout.block(0, "use")
    price = y[program.network.demand_node[program.segment_owner]]
    bent = program.P[use] > 0
    wish = np.divide(-price - program.c[use], program.P[use], out=np.zeros(len(price)), where=bent)
    x[use] = wish
    side = np.zeros(len(x), dtype=np.int8)
    return Point(np.clip(x, program.low, program.high), y, m, side, m > 0, False, 0)
