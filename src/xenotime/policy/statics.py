"""One static clearing of a world under its own controls."""

from __future__ import annotations

from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.engines import Engine
from xenotime.market.network import build_network
from xenotime.policy.controls import compile_policy, normal_flows, terms_for
from xenotime.world.world import World


def clear_world(world: World, month: str = "", engine: Engine | None = None) -> Clearing:
    """Clear `world` in `month` (blank: every plant, contract and control alive).

    Licence shares are of the flows of the same clearing without controls.  Raises NoAnswer when
    nothing satisfies the limits.
    """
    network = build_network(world, month)
    free = clear_static(network, month, engine=engine)
    if not world.controls:
        return free
    policy = compile_policy(network, world.controls, normal_flows(free))
    return clear_static(policy.network, month, terms_for(policy, month, month), engine)
