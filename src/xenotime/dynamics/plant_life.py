"""One month in the life of all plants: money, stages, idling (M10)."""

from __future__ import annotations

import numpy as np

from xenotime.dynamics.financing import find_money, pace_of
from xenotime.dynamics.fleet import Fleet, Projects
from xenotime.dynamics.idling import advance_idling, best_margin, unit_margins
from xenotime.dynamics.projects import advance_stages, expected, impose_plants
from xenotime.dynamics.quotes import Quotes, quotes_ahead, quotes_now
from xenotime.dynamics.support import NOBODY, Prospects
from xenotime.market.clearing import Clearing
from xenotime.market.terms import Terms


def advance_plants(
    fleet: Fleet, part: Projects, clearing: Clearing, calm: Quotes, prospects: Prospects = NOBODY
) -> Projects:
    """Plants after the month just cleared.

    calm : quotes without controls
    """
    if not np.any(fleet.managed):
        return part
    adder = clearing.program.terms[0].plant_adder
    pace = pace_of(fleet, part, prospects)
    funded = find_money(fleet, part, quotes_ahead(clearing), calm, pace, prospects)
    idled = advance_idling(fleet, part, best_margin(fleet, *unit_margins(fleet, quotes_now(clearing), adder)))
    return advance_stages(fleet, idled, pace, funded)


def plants_ahead(
    fleet: Fleet, part: Projects, terms: Terms, months: int, prospects: Prospects = NOBODY
) -> Terms:
    """Terms of a month so far ahead: what is financed today will be there, nothing else will."""
    if not np.any(fleet.managed):
        return terms
    return impose_plants(fleet, expected(fleet, part, months, pace_of(fleet, part, prospects)), terms)
