"""One month as a pure function: state and policy in, state and clearing out.

Order of events in a month, fixed (note M7):

1. observe the controls announced, and the belief in each;
2. decide orders and stocks on the look-ahead, and clear (`step`);
3. ship and arrive, book stocks, queues and backlogs, adapt demand, advance projects (`book`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np

from xenotime.dynamics.adaptation import Users, adapt, read_users, unadapted
from xenotime.dynamics.backlog import advance_backlog, no_backlog
from xenotime.dynamics.behaviour import Behaviour
from xenotime.dynamics.bids import bid_prices
from xenotime.dynamics.conditions import conditions
from xenotime.dynamics.fleet import Fleet
from xenotime.dynamics.plant_life import advance_plants
from xenotime.dynamics.quotes import quotes_now
from xenotime.dynamics.recycling import Scrap
from xenotime.dynamics.state import State, departed, sail_on, steady_at_sea
from xenotime.dynamics.storage import normal_stock, opening_stock, value_storage
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.demand import Chain, supply_chain, use_chain
from xenotime.market.engines import Engine
from xenotime.market.horizon import Horizon
from xenotime.market.layout import KINDS
from xenotime.market.network import Array
from xenotime.market.polish import Point
from xenotime.market.program import Program, build_program
from xenotime.market.sizes import node_sizes_of
from xenotime.market.solving import solve_program
from xenotime.policy.controls import Policy, month_after


@dataclass(frozen=True, slots=True)
class Setup:
    """What stays the same over a run; `memo` holds settled prices by what binds, and the last program."""

    policy: Policy
    base: Clearing
    horizon: Horizon
    behaviour: Behaviour
    uses: tuple[Chain, ...]
    supplies: tuple[Chain, ...]
    users: Users
    fleet: Fleet
    scrap: Scrap
    memo: dict[bytes, Array] = field(default_factory=dict)
    shape: list[Program] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Booked:
    """What a month did: its clearing and the state after it.

    snapped : residues of stocks set to zero (unit per stock row);  dust : the same for goods at sea, per node
    """

    clearing: Clearing
    after: State
    snapped: Array
    dust: Array


def make_setup(
    policy: Policy, base: Clearing, horizon: Horizon, behaviour: Behaviour, fleet: Fleet, scrap: Scrap
) -> Setup:
    """Cut the curves once."""
    network = policy.network
    return Setup(
        policy,
        base,
        horizon,
        behaviour,
        tuple(use_chain(row) for row in network.demand),
        tuple(supply_chain(row) for row in network.supply),
        read_users(network.demand, network.demand_node),
        fleet,
        scrap,
    )


def first_state(setup: Setup) -> State:
    """Opening stocks, ships as if the base flows had always sailed; nobody has adapted or waits."""
    base = setup.base
    at_sea = steady_at_sea(base.program.network, base.amount("lane"))
    waiting = no_backlog(len(setup.users.price))
    return State(
        opening_stock(base), at_sea, base.price(), unadapted(setup.users), waiting, setup.fleet.first
    )


def month_program(setup: Setup, state: State, month: str) -> Program:
    """The look-ahead program of `month` from `state`."""
    horizon = setup.horizon
    terms = tuple(
        conditions(setup, state, month, month_after(month, start + (length - 1) // 2), regime)
        for start, length, regime in zip(horizon.start, horizon.length, horizon.regime, strict=True)
    )
    ends = {leaf: _settled(setup, state, month, leaf) for leaf in horizon.leaves()}
    storage = value_storage(setup.base, horizon, ends, setup.behaviour)
    like = setup.shape[0] if setup.shape else None
    program = build_program(
        setup.policy.network,
        horizon,
        terms,
        setup.uses,
        setup.supplies,
        setup.behaviour.discount,
        storage,
        state.stock,
        state.at_sea,
        like,
    )
    if like is None:
        setup.shape.append(program)
    return program


def _settled(setup: Setup, state: State, month: str, leaf: int) -> Array:
    """Prices once the regime of a leaf has settled: a static clearing under what will bind then."""
    horizon = setup.horizon
    last = month_after(month, horizon.start[leaf] + horizon.length[leaf] - 1)
    terms = conditions(setup, state, month, last, horizon.regime[leaf])
    key = b"".join(getattr(terms, item.name).tobytes() for item in fields(terms) if item.name != "lane_cause")
    if key not in setup.memo:
        settled = clear_static(setup.policy.network, last, terms, refine=False)
        setup.memo[key] = bid_prices(settled, setup.base)
    return setup.memo[key]


def step(setup: Setup, state: State, month: str, engine: Engine, start: Point | None = None) -> Booked:
    """Clear `month` and carry its stocks and ships over; `start` is a point to begin charges from."""
    program = month_program(setup, state, month)
    point, check = solve_program(program, engine, f"the month {month}", start or from_base(setup, program))
    return book(setup, state, Clearing(program, point, check))


def from_base(setup: Setup, program: Program) -> Point:
    """The base month for ever, with normal stocks: where the first month begins.

    Without a control in sight this is the answer but for the ends of the look-ahead, so sides soon settle.
    """
    base, layout, nodes = setup.base, program.layout, len(program.network.nodes)
    x, side = program.low.copy(), np.full(len(program.c), -1, dtype=np.int8)
    stock = np.minimum(normal_stock(base), program.high[layout.block(0, "working")])
    for period in range(len(program.horizon)):
        for kind in KINDS:
            here = layout.block(period, kind)
            if kind == "working":
                x[here], side[here] = stock, np.where(stock > 0, 0, -1)
            elif kind != "free":
                there = base.program.layout.block(0, kind)
                x[here], side[here] = base.point.x[there], base.point.side[there]
    y = np.concatenate([weight * base.point.y[:nodes] for weight in program.weight])
    limits = len(program.network.joint)
    known = np.zeros(limits)
    known[: len(base.point.m)] = base.point.m
    lengths = program.weight * np.array(program.horizon.length, dtype=float)
    m = np.concatenate([length * known for length in lengths])
    return Point(np.clip(x, program.low, program.high), y, m, side, m > 0, False, 0)


def book(setup: Setup, state: State, clearing: Clearing) -> Booked:
    """State after a clearing; residues of the solver are set to zero and kept in an account."""
    network = setup.policy.network
    closing = clearing.stock()
    small = setup.behaviour.snap * node_sizes_of(clearing.program)
    snapped = np.where(closing < small[network.stock_node], closing, 0.0)
    at_sea = sail_on(state.at_sea) + departed(network, clearing.amount("lane"))
    dust = np.where(at_sea < small[:, None], at_sea, 0.0)
    price = clearing.price()
    scale, normal = clearing.program.terms[0].use_scale, state.adapted.scale()
    extra = np.divide(scale - normal, scale, out=np.zeros_like(scale), where=scale > normal)
    after = State(
        stock=closing - snapped,
        at_sea=at_sea - dust,
        price=price,
        adapted=adapt(setup.users, state.adapted, price, setup.behaviour.redesign_kept),
        backlog=advance_backlog(state.backlog, clearing, extra, setup.behaviour.cancelled),
        projects=advance_plants(setup.fleet, state.projects, clearing, quotes_now(setup.base)),
    )
    return Booked(clearing, after, snapped, dust.sum(axis=1))
