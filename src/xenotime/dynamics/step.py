"""One month as a pure function: state and policy in, state and clearing out.

Order of events in a month, fixed (note M7):

1. observe the controls announced, and the belief in each;
2. decide orders and stocks on the look-ahead, and clear (`step`);
3. ship and arrive, book stocks, queues and backlogs, adapt demand, advance projects (`book`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from xenotime.dynamics.adaptation import Users, adapt, read_users, unadapted
from xenotime.dynamics.backlog import advance_backlog, no_backlog
from xenotime.dynamics.behaviour import Behaviour
from xenotime.dynamics.bids import bid_prices
from xenotime.dynamics.conditions import conditions
from xenotime.dynamics.fleet import Fleet
from xenotime.dynamics.foresight import Splitting, horizon_of, shape_of
from xenotime.dynamics.growth import Growth, no_growth
from xenotime.dynamics.plant_life import advance_plants
from xenotime.dynamics.prospects import prospects_of
from xenotime.dynamics.quotes import quotes_now
from xenotime.dynamics.recycling import Scrap
from xenotime.dynamics.rest import Rest, clear_rest, kept, make_rest
from xenotime.dynamics.state import State, departed, sail_on, steady_at_sea
from xenotime.dynamics.storage import normal_stock, opening_stock, value_storage
from xenotime.market.clearing import Clearing
from xenotime.market.demand import Chain, supply_chain, use_chain
from xenotime.market.engines import Engine
from xenotime.market.horizon import Horizon
from xenotime.market.layout import KINDS
from xenotime.market.network import Array
from xenotime.market.polish import Point
from xenotime.market.program import Program, build_program
from xenotime.market.sizes import node_sizes_of
from xenotime.market.solving import solve_program
from xenotime.market.terms import plants_in_sight
from xenotime.policy.beliefs import Belief
from xenotime.policy.control_state import advance_controls, first_controls
from xenotime.policy.controls import Policy, month_after, past_processing
from xenotime.policy.foresight import foresee, settle
from xenotime.policy.lever_orders import Plan
from xenotime.policy.lever_state import advance_levers, first_levers


@dataclass(frozen=True, slots=True)
class Setup:
    """What stays the same over a run.

    horizon : the look-ahead of a month in which nothing is in doubt, see :func:`horizon_of`
    rest : the market users have adapted to;  begin : where its first clearing begins
    shape : the last program of each shape of the look-ahead, for its matrices
    """

    policy: Policy
    base: Clearing
    horizon: Horizon
    behaviour: Behaviour
    uses: tuple[Chain, ...]
    supplies: tuple[Chain, ...]
    users: Users
    growth: Growth
    levers: Plan
    fleet: Fleet
    scrap: Scrap
    rest: Rest
    begin: Array
    beliefs: tuple[Belief, ...] = ()
    splitting: Splitting = field(default_factory=Splitting)
    shape: dict[tuple[tuple[int, ...], ...], Program] = field(default_factory=dict)


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
    policy: Policy,
    base: Clearing,
    horizon: Horizon,
    behaviour: Behaviour,
    fleet: Fleet,
    scrap: Scrap,
    levers: Plan | None = None,
    beliefs: tuple[Belief, ...] = (),
    splitting: Splitting | None = None,
    growth: Growth | None = None,
) -> Setup:
    """Cut the curves once."""
    network = policy.network
    uses = tuple(use_chain(row) for row in network.demand)
    supplies = tuple(supply_chain(row) for row in network.supply)
    users = read_users(network.demand, network.demand_node)
    rest = make_rest(network, users, supplies)
    return Setup(
        policy,
        base,
        horizon,
        behaviour,
        uses,
        supplies,
        users,
        growth or no_growth(len(network.demand)),
        levers or Plan(network),
        fleet,
        scrap,
        rest,
        kept(rest, base),
        beliefs,
        splitting or Splitting(),
    )


def first_state(setup: Setup) -> State:
    """Opening stocks, ships as if the base flows had always sailed; nobody has adapted or waits."""
    base = setup.base
    at_sea = steady_at_sea(base.program.network, base.amount("lane"))
    return State(
        stock=opening_stock(base),
        at_sea=at_sea,
        price=base.price(),
        adapted=unadapted(setup.users),
        backlog=no_backlog(len(setup.users.price)),
        levers=first_levers(setup.levers, base),
        controls=first_controls(setup.policy),
        projects=setup.fleet.first,
        rest=np.zeros(0),
    )


def month_program(setup: Setup, state: State, month: str) -> Program:
    """The look-ahead program of `month` from `state`."""
    return _look_ahead(setup, state, month)[0]


def _look_ahead(setup: Setup, state: State, month: str) -> tuple[Program, tuple[Clearing, ...]]:
    """The program, and the clearings at rest behind the worth of goods at its leaves."""
    horizon = horizon_of(setup, month)
    terms = tuple(
        conditions(setup, state, month, month_after(month, start + (length - 1) // 2), regime)
        for start, length, regime in zip(horizon.start, horizon.length, horizon.regime, strict=True)
    )
    terms = foresee(setup.policy, state.controls, horizon, month, terms)
    rests = at_rest(setup, state, month, horizon)
    ends = {leaf: bid_prices(rest, setup.base) for leaf, rest in zip(horizon.leaves(), rests, strict=True)}
    storage = value_storage(setup.base, horizon, ends, setup.behaviour)
    shape = shape_of(horizon)
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
        setup.shape.get(shape),
        plants_in_sight(setup.policy.network),
    )
    setup.shape[shape] = program
    return program, rests


def at_rest(setup: Setup, state: State, month: str, horizon: Horizon) -> tuple[Clearing, ...]:
    """For each leaf the market once its regime has settled: a static clearing under what will bind then.

    Users have adapted by then: with their short-run answer the end would be worth what stopped lines pay,
    and holders would hoard for a scarcity that is over before it comes.
    """
    later = replace(setup, policy=past_processing(setup.policy))
    begin = np.split(state.rest, max(len(state.rest) // len(setup.begin), 1)) if len(state.rest) else []
    found = []
    for place, leaf in enumerate(horizon.leaves()):
        last = month_after(month, horizon.start[leaf] + horizon.length[leaf] - 1)
        regime = horizon.regime[leaf]
        terms = conditions(later, state, month, last, regime, True)
        terms = settle(later.policy, month, last, terms, regime)
        start = begin[min(place, len(begin) - 1)] if begin else setup.begin
        found.append(clear_rest(setup.rest, terms, start, f"the month {month}, at rest"))
    return tuple(found)


def step(setup: Setup, state: State, month: str, engine: Engine, start: Point | None = None) -> Booked:
    """Clear `month` and carry its stocks and ships over; `start` is a point to begin charges from.

    A start of another shape, from before a doubt arose or ended, is no start: the base month is.
    """
    program, rests = _look_ahead(setup, state, month)
    if start is None or len(start.x) != len(program.c):
        start = from_base(setup, program)
    point, check = solve_program(program, engine, f"the month {month}", start)
    return book(setup, state, month, Clearing(program, point, check), rests)


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


def book(
    setup: Setup, state: State, month: str, clearing: Clearing, rests: tuple[Clearing, ...] = ()
) -> Booked:
    """State after a clearing; residues of the solver are set to zero and kept in an account."""
    network = setup.policy.network
    closing = clearing.stock()
    small = setup.behaviour.snap * node_sizes_of(clearing.program)
    snapped = np.where(closing < small[network.stock_node], closing, 0.0)
    at_sea = sail_on(state.at_sea) + departed(network, clearing.amount("lane"))
    dust = np.where(at_sea < small[:, None], at_sea, 0.0)
    price = clearing.price()
    normal = setup.growth.at(month) * state.adapted.scale()
    scale = clearing.program.terms[0].use_scale
    extra = np.divide(scale - normal, scale, out=np.zeros_like(scale), where=scale > normal)
    after = State(
        stock=closing - snapped,
        at_sea=at_sea - dust,
        price=price,
        adapted=adapt(setup.users, state.adapted, price, setup.behaviour.redesign_kept),
        controls=advance_controls(setup.policy, state.controls, month, clearing, state.stock),
        levers=advance_levers(setup.levers, state.levers, clearing),
        backlog=advance_backlog(state.backlog, clearing, extra, setup.behaviour.cancelled),
        projects=advance_plants(
            setup.fleet,
            state.projects,
            clearing,
            quotes_now(setup.base),
            prospects_of(setup.policy, setup.levers, setup.fleet, month),
        ),
        rest=np.concatenate([np.zeros(0), *(kept(setup.rest, rest) for rest in rests)]),
    )
    return Booked(clearing, after, snapped, dust.sum(axis=1))
