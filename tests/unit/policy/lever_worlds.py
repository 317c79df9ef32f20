"""A club and a land outside it: small enough that what a lever pays can be worked out on paper.

Outside (`OUT`) ore is offered at 40 + q.  In the club mill `mill` in `IN` makes one unit of metal from one
of ore; old metal comes back as scrap, which `smelter` turns into metal.  Metal is wanted at home at
200 - q and in the second member `ALLY` at 200 - q.
"""

from __future__ import annotations

from typing import Any

from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.network import Network, build_network
from xenotime.market.terms import open_terms
from xenotime.policy.lever_checks import read_levers
from xenotime.policy.lever_orders import Plan, compile_levers
from xenotime.policy.lever_state import LeverState, first_levers
from xenotime.policy.lever_terms import impose_levers
from xenotime.policy.levers import Lever
from xenotime.world.tables import Demand, Facility, Lane, Material, RecipeFlow, Region, Supply
from xenotime.world.world import World

MONTH = "2026-01"
FILE = "case.toml"


def club() -> World:
    """See the module; metal is 150 in `IN` and in `ALLY` without any lever: 40 + q + 10 = 200 - q / 2."""
    return World(
        regions=(Region(region="OUT"), Region(region="IN"), Region(region="ALLY")),
        materials=(
            Material(material="ore", disposable=False),
            Material(material="scrap"),
            Material(material="metal", disposable=False),
        ),
        recipes=(
            RecipeFlow(recipe="smelt", material="ore", amount=-1.0),
            RecipeFlow(recipe="smelt", material="metal", amount=1.0),
            RecipeFlow(recipe="recycle", material="scrap", amount=-2.0),
            RecipeFlow(recipe="recycle", material="metal", amount=1.0),
        ),
        facilities=(
            Facility(
                facility="mill", region="IN", recipe="smelt", capacity=300.0, cost=10.0, operator="Mill Co"
            ),
            Facility(
                facility="smelter", region="IN", recipe="recycle", capacity=50.0, cost=160.0, cost_slope=1.0
            ),
        ),
        supply=(
            Supply(material="ore", region="OUT", form="linear", intercept=40.0, slope=1.0),
            Supply(material="scrap", region="IN", form="fixed", quantity=60.0),
        ),
        demand=tuple(
            Demand(material="metal", region=region, sector="cars", form="linear", intercept=200.0, slope=1.0)
            for region in ("IN", "ALLY")
        ),
        lanes=(
            Lane(material="ore", origin="OUT", destination="IN"),
            Lane(material="metal", origin="IN", destination="ALLY"),
            Lane(material="metal", origin="OUT", destination="IN"),
        ),
    )


def lever(**keys: Any) -> Lever:
    """A lever as a case states it, alive in `MONTH` unless stated otherwise."""
    return Lever.model_validate({"lever": "it", "sponsor": "IN", "start": "2025-01", **keys})


def plan_of(*levers: Lever, world: World | None = None, controls: tuple[str, ...] = ()) -> Plan:
    """Read, checked and compiled."""
    picture = world or club()
    return compile_levers(build_network(picture), read_levers(levers, picture, FILE, controls))


def base_of(plan: Plan) -> Clearing:
    """The month without any lever at work, on the plan's own network."""
    return clear_static(plan.network, MONTH, open_terms(plan.network, MONTH))


def cleared(
    plan: Plan,
    part: LeverState | None = None,
    month: str = MONTH,
    in_force: frozenset[str] = frozenset(),
) -> Clearing:
    """A static month with the levers at work."""
    before = part or first_levers(plan, base_of(plan))
    terms = impose_levers(plan, before, open_terms(plan.network, month), month, month, in_force)
    return clear_static(plan.network, month, terms)


def plant(network: Network, facility: str) -> int:
    """Column of a plant."""
    return [row.facility for row in network.facilities].index(facility)
