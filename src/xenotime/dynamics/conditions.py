"""What binds in a period of the look-ahead: plants as they stand, the law as foreseen, demand as adapted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xenotime.dynamics.state import State
from xenotime.market.terms import Terms, open_terms
from xenotime.policy.controls import terms_for

if TYPE_CHECKING:
    from xenotime.dynamics.step import Setup


def conditions(setup: Setup, state: State, seen_in: str, month: str, regime: str) -> Terms:
    """Terms of `month` as foreseen in `seen_in` from `state`, under `regime` of the controls in doubt.

    Each mechanism adds its own: world tables, then plants and projects, then controls, then levers,
    then demand.
    """
    terms = open_terms(setup.policy.network, month)
    return terms_for(setup.policy, seen_in, month, terms, regime)
