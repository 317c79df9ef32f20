"""Worlds small enough to solve by hand, and short ways to clear them and to look a number up."""

from __future__ import annotations

import numpy as np

from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.demand import supply_chain, use_chain
from xenotime.market.engines import Array, Engine
from xenotime.market.horizon import Horizon
from xenotime.market.layout import Storage
from xenotime.market.network import Network, build_network
from xenotime.market.polish import Point
from xenotime.market.program import Program, build_program
from xenotime.market.solving import solve_program
from xenotime.market.terms import Terms, open_terms
from xenotime.world.tables import (
    Content,
    Contract,
    Control,
    Demand,
    Facility,
    Lane,
    Limit,
    Material,
    RecipeFlow,
    Region,
    Stock,
    Supply,
)
from xenotime.world.world import World

# Linear equations of a handful of unknowns, solved to the rounding of doubles and scaled back.
EXACT = 1e-9
# Prices and flows an independent engine must agree on; what the project promises of every clearing.
ACCURACY = 1e-6


def trade(cost: float = 5.0, **lane: float) -> World:
    """Made in A at 10 + q, wanted there at 70 - 2 q; made in B at 40 + q, wanted there at 100 - q."""
    return World(
        regions=(Region(region="A"), Region(region="B")),
        materials=(Material(material="ore", disposable=False),),
        supply=(
            Supply(material="ore", region="A", form="linear", intercept=10.0, slope=1.0),
            Supply(material="ore", region="B", form="linear", intercept=40.0, slope=1.0),
        ),
        demand=(
            Demand(material="ore", region="A", form="linear", intercept=70.0, slope=2.0),
            Demand(material="ore", region="B", form="linear", intercept=100.0, slope=1.0),
        ),
        lanes=(Lane(material="ore", origin="A", destination="B", cost=cost, **lane),),
    )


def autarky() -> dict[str, float]:
    """Prices of `trade` without its lane: 10 + q = 70 - 2 q and 40 + q = 100 - q."""
    return {"A": 30.0, "B": 70.0}


def joint(disposal_cost: float = 2.0, disposable: bool = True, capacity: float | None = 400.0) -> World:
    """A mine in A whose ore gives 0.3 of light and 0.1 of heavy oxide at once; only B wants them."""
    keep = {"disposable": disposable, "disposal_cost": disposal_cost}
    return World(
        regions=(Region(region="A"), Region(region="B")),
        materials=(
            Material(material="ore", disposable=False),
            Material(material="light", **keep),  # type: ignore[arg-type]
            Material(material="heavy", **keep),  # type: ignore[arg-type]
        ),
        contents=(
            Content(material="ore", element="Nd", share=0.3),
            Content(material="ore", element="Dy", share=0.1),
            Content(material="light", element="Nd", share=1.0),
            Content(material="heavy", element="Dy", share=1.0),
        ),
        recipes=(
            RecipeFlow(recipe="mine", material="ore", amount=1.0),
            RecipeFlow(recipe="separate", material="ore", amount=-1.0),
            RecipeFlow(recipe="separate", material="light", amount=0.3),
            RecipeFlow(recipe="separate", material="heavy", amount=0.1),
        ),
        facilities=(
            Facility(facility="pit", region="A", recipe="mine", capacity=capacity, cost=4.0, cost_slope=0.02),
            Facility(
                facility="plant", region="A", recipe="separate", capacity=capacity, cost=1.0, cost_slope=0.01
            ),
        ),
        demand=(
            Demand(material="light", region="B", form="linear", intercept=50.0, slope=1.0),
            Demand(material="heavy", region="B", form="linear", intercept=200.0, slope=10.0),
        ),
        lanes=(
            Lane(material="light", origin="A", destination="B", cost=1.0),
            Lane(material="heavy", origin="A", destination="B", cost=1.0),
        ),
    )


def stored(days: float = 30.4375) -> World:
    """`trade` with a month to sail and a stock at both ends; days of cover, one month by default."""
    world = trade(lag_months=1.0)
    return world.with_tables(
        stocks=tuple(
            Stock(material="ore", region=region, cover_days=days, holding_cost=0.5) for region in "AB"
        )
    )


def price(clearing: Clearing, material: str, region: str, pool: str = "", period: int = 0) -> float:
    """Price of a node."""
    return float(clearing.price(period)[clearing.program.network.place[material, region, pool]])


def flow(clearing: Clearing, material: str, origin: str, destination: str, period: int = 0) -> float:
    """Flow of the one lane or contract so labelled."""
    (index,) = [
        i
        for i, label in enumerate(clearing.program.network.lanes.label)
        if label[1:] == (material, origin, destination)
    ]
    return float(clearing.amount("lane", period)[index])


def rents(clearing: Clearing, kind: str, period: int = 0) -> list[tuple[str, float, str]]:
    """(name, rent per unit, recipient) of every paid rent of that kind."""
    return [
        (row["name"], row["value"], row["recipient"])
        for row in clearing.table("rents", period)
        if row["kind"] == kind and row["value"] > 0
    ]


def no_value(stocks: int, leaves: tuple[int, ...], nodes: int, **given: Array) -> Storage:
    """Stocks that are worth nothing at the end and cost nothing to hold, but for what is given."""
    zero = np.zeros(stocks)
    plain: dict[str, object] = {
        "working": zero,
        "ease": zero,
        "holding": zero,
        "capacity": np.full(stocks, np.inf),
        "terminal": dict.fromkeys(leaves, zero),
        "terminal_at": zero,
        "terminal_slope": zero,
        "sea_value": {leaf: np.zeros(nodes) for leaf in leaves},
        "usual": np.zeros(nodes),
    }
    return Storage(**{**plain, **given})  # type: ignore[arg-type]


def look_ahead(
    network: Network,
    horizon: Horizon,
    storage: Storage,
    opening: Array,
    discount: float = 1.0,
    arriving: Array | None = None,
    terms: tuple[Terms, ...] = (),
    engine: Engine | None = None,
    start: Point | None = None,
) -> Clearing:
    """Clear a whole tree; every node under open terms unless `terms` says otherwise."""
    program = look_ahead_program(network, horizon, storage, opening, discount, arriving, terms)
    point, check = solve_program(program, engine or make_engine("interior"), "the test", start)
    return Clearing(program, point, check)


def look_ahead_program(
    network: Network,
    horizon: Horizon,
    storage: Storage,
    opening: Array,
    discount: float = 1.0,
    arriving: Array | None = None,
    terms: tuple[Terms, ...] = (),
) -> Program:
    """The program of a whole tree."""
    months = max(start + length for start, length in zip(horizon.start, horizon.length, strict=True))
    return build_program(
        network,
        horizon,
        terms or (open_terms(network),) * len(horizon),
        tuple(use_chain(row) for row in network.demand),
        tuple(supply_chain(row) for row in network.supply),
        discount,
        storage,
        opening,
        np.zeros((len(network.nodes), months)) if arriving is None else arriving,
    )


__all__ = [
    "ACCURACY",
    "EXACT",
    "Contract",
    "Control",
    "Limit",
    "autarky",
    "build_network",
    "clear_static",
    "flow",
    "joint",
    "look_ahead",
    "look_ahead_program",
    "no_value",
    "price",
    "rents",
    "stored",
    "trade",
]
