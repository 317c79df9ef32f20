"""What binds in a period of the look-ahead: plants as they stand, the law as foreseen, demand as adapted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from xenotime.dynamics.backlog import demand_scale
from xenotime.dynamics.plant_life import plants_ahead
from xenotime.dynamics.recycling import impose_scrap
from xenotime.dynamics.state import State
from xenotime.market.network import Array
from xenotime.market.terms import Terms, open_terms
from xenotime.months import months_between
from xenotime.policy.controls import terms_for

if TYPE_CHECKING:
    from xenotime.dynamics.step import Setup


def conditions(setup: Setup, state: State, seen_in: str, month: str, regime: str) -> Terms:
    """Terms of `month` as foreseen in `seen_in` from `state`, under `regime` of the controls in doubt.

    Each mechanism adds its own: world tables, then plants and projects, then controls, then levers,
    then demand.
    """
    terms = open_terms(setup.policy.network, month)
    terms = plants_ahead(setup.fleet, state.projects, terms, months_between(seen_in, month))
    terms = impose_scrap(setup.scrap, terms, month)
    terms = terms_for(setup.policy, seen_in, month, terms, regime)
    return replace(terms, use_scale=terms.use_scale * wanted(setup, state, months_between(seen_in, month)))


def wanted(setup: Setup, state: State, months: int) -> Array:
    """Demand per row as a multiple of the reference, `months` ahead."""
    still = np.ones(len(setup.users.price))
    return demand_scale(
        setup.users, state.adapted, state.backlog, state.price, still, setup.behaviour.catch_up, months
    )
