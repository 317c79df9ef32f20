"""What binds in a period of the look-ahead: plants as they stand, the law as foreseen, demand as adapted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from xenotime.dynamics.adaptation import long_run_scale
from xenotime.dynamics.backlog import demand_scale
from xenotime.dynamics.plant_life import plants_ahead
from xenotime.dynamics.prospects import prospects_of
from xenotime.dynamics.recycling import impose_scrap
from xenotime.dynamics.state import State
from xenotime.market.network import Array
from xenotime.market.terms import Terms, open_terms
from xenotime.months import months_between
from xenotime.policy.controls import terms_for
from xenotime.policy.lever_terms import controls_in_force, impose_levers

if TYPE_CHECKING:
    from xenotime.dynamics.step import Setup


def conditions(
    setup: Setup, state: State, seen_in: str, month: str, regime: str, settled: bool = False
) -> Terms:
    """Terms of `month` as foreseen in `seen_in` from `state`, under `regime` of the controls in doubt.

    Each mechanism adds its own: world tables, then plants and projects, then controls, then levers,
    then demand.

    settled : demand of users who have adapted as far as they ever will, with nothing to catch up on
    """
    terms = open_terms(setup.policy.network, month)
    helped = prospects_of(setup.policy, setup.levers, setup.fleet, seen_in)
    terms = plants_ahead(setup.fleet, state.projects, terms, months_between(seen_in, month), helped)
    terms = impose_scrap(setup.scrap, terms, month)
    terms = terms_for(setup.policy, seen_in, month, terms, regime)
    in_force = controls_in_force((item.row for item in setup.policy.controls), seen_in, month, regime)
    terms = impose_levers(setup.levers, state.levers, terms, seen_in, month, in_force)
    scale = at_rest(setup, state, month) if settled else wanted(setup, state, seen_in, month)
    return replace(terms, use_scale=terms.use_scale * scale)


def wanted(setup: Setup, state: State, seen_in: str, month: str) -> Array:
    """Demand per row in `month` as a multiple of the reference, as foreseen in `seen_in`."""
    ahead, rate = months_between(seen_in, month), setup.behaviour.catch_up
    grown = setup.growth.at(month)
    return demand_scale(setup.users, state.adapted, state.backlog, state.price, grown, rate, ahead)


def at_rest(setup: Setup, state: State, month: str) -> Array:
    """Reference demand per row once users have adapted, for curves of the long run."""
    return np.asarray(setup.growth.at(month) * long_run_scale(setup.users, state.adapted, state.price))
