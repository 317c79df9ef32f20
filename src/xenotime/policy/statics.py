"""One static clearing of a world under its own controls."""

from __future__ import annotations

from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.engines import Engine
from xenotime.market.network import build_network
from xenotime.policy.controls import compile_policy, normal_flows, stages_of, terms_for
from xenotime.policy.foresight import settle
from xenotime.policy.side_lanes import with_side_lanes
from xenotime.world.world import World


def clear_world(world: World, month: str = "", engine: Engine | None = None) -> Clearing:
    """Clear `world` in `month` (blank: every plant, contract and control alive).

    Licence shares are of the flows of the same clearing without controls.  Raises NoAnswer when
    nothing satisfies the limits.
    """
    network = with_side_lanes(build_network(world, month), world.controls)
    free = clear_static(network, month, engine=engine)
    if not world.controls:
        return free
    policy = compile_policy(network, world.controls, normal_flows(free), free, stages_of(world))
    terms = settle(policy, month, month, terms_for(policy, month, month))
    return clear_static(policy.network, month, terms, engine)
