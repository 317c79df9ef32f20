"""Whether a project finds money: what it is expected to earn over the debt life against its cost (M10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.fleet import ANNOUNCED, CONSTRUCTION, FINANCED, PERMITTED, Flags, Fleet, Projects
from xenotime.dynamics.projects import months_to_start
from xenotime.dynamics.quotes import Quotes
from xenotime.dynamics.support import NOBODY, ProjectSupport, Prospects
from xenotime.market.network import Array


@dataclass(frozen=True, slots=True)
class Sale:
    """What a unit of capacity earns at given prices in its best row (USD/activity).

    made, taken : value of outputs and inputs;  main : value of the main product, of which a unit of capacity
    gives `amount`;  cost : own cost at the expected load
    """

    made: float
    taken: float
    main: float
    amount: float
    cost: float

    @property
    def margin(self) -> float:
        """What is left."""
        return self.made - self.taken - self.cost


def best_sale(fleet: Fleet, facility: int, quotes: Quotes) -> Sale:
    """The row of a facility that earns most per unit of capacity."""
    return max(
        (_sale(fleet, facility, row, quotes) for row in fleet.rows[facility]), key=lambda sale: sale.margin
    )


def _sale(fleet: Fleet, facility: int, row: int, quotes: Quotes) -> Sale:
    begin, end = fleet.recipes.indptr[row], fleet.recipes.indptr[row + 1]
    amounts, use = fleet.recipes.data[begin:end], fleet.capacity_use[row] or 1.0
    nodes = fleet.recipes.indices[begin:end]
    worth = amounts * np.where(amounts > 0, quotes.sell[nodes], quotes.buy[nodes])
    best = int(np.argmax(worth)) if len(worth) else 0
    load = fleet.numbers.expected_load * fleet.capacity[facility] / use
    return Sale(
        made=float(worth[worth > 0].sum()) / use,
        taken=float(-worth[worth < 0].sum()) / use,
        main=float(worth[best]) / use if len(worth) else 0.0,
        amount=float(amounts[best]) / use if len(worth) else 0.0,
        cost=float(fleet.cost[row] + 0.5 * fleet.cost_slope[row] * load) / use,
    )


def annuity(rate: float, months: float) -> float:
    """Monthly payment on a dollar lent for `months` at `rate` a year."""
    monthly = (1 + rate) ** (1 / 12) - 1
    return 1 / months if monthly <= 0 else float(monthly / (1 - (1 + monthly) ** -months))


def capital_charge(fleet: Fleet, facility: int, prospects: Prospects) -> float:
    """(M10) what capital costs a month (USD): building less grants, at sponsors' and own rates."""
    support, technology = prospects.support_of(facility), prospects.technology_of(facility)
    cost = fleet.capex[facility] * support.capex_factor * technology.capex_factor - support.grant
    soft = min(1.0, support.loan_share + support.equity)
    life = fleet.numbers.debt_life
    dear = annuity(fleet.required_return[facility], life)
    return float(max(cost, 0.0) * (soft * annuity(support.loan_rate, life) + (1 - soft) * dear))


def mean_weight(wait: float, life: float, half_life: float) -> float:
    """(M10) share of today's gap to the goal of prices left over the debt life, on average: halves revert.

    w = h / (L ln 2) (2^(-B/h) - 2^(-(B + L)/h)), with wait B, life L and half-life h in months.
    """
    return float(
        half_life / (life * np.log(2)) * (2 ** (-wait / half_life) - 2 ** (-(wait + life) / half_life))
    )


def reversion_levels(
    fleet: Fleet, part: Projects, quotes: Quotes, prospects: Prospects = NOBODY
) -> dict[str, float]:
    """(M10) by kind, the multiple of prices at which the cheapest unbuilt capacity would just pay.

    f = min over unbuilt j of (c_j + k_j) / (v_j - u_j), v and u the values of outputs and inputs, c own cost
    and k the capital charge per unit of expected output.  Entry holds prices down and not up: f is one at
    most, and one for kinds without unbuilt capacity.
    """
    found: dict[str, float] = {}
    for facility, plant in enumerate(fleet.plants):
        if not fleet.project[facility] or part.stage[facility] > PERMITTED:
            continue
        sale = best_sale(fleet, facility, quotes)
        output = fleet.numbers.expected_load * fleet.capacity[facility]
        if sale.made > sale.taken and output > 0:
            need = sale.cost + capital_charge(fleet, facility, prospects) / output
            level = need / (sale.made - sale.taken)
            found[plant.kind] = min(found.get(plant.kind, 1.0), level)
    return found


@dataclass(frozen=True, slots=True)
class Outlook:
    """Quotes, and by kind of plant the multiple of them that prices revert to, see `reversion_levels`."""

    quotes: Quotes
    levels: dict[str, float]


def netback(sale: Sale, level: float, support: ProjectSupport, output: float) -> float:
    """(M10) margin per unit of capacity with all prices `level` times those of `sale` (USD/activity).

    A floor holds the price of the main product up, and an offtake fixes it for part of the output.
    output : activity/month
    """
    price = level * sale.main / sale.amount if sale.amount > 0 else 0.0
    fetched = max(price, support.floor_price)
    if support.offtake_quantity > 0 and sale.amount > 0 and output > 0:
        share = min(1.0, support.offtake_quantity / (output * sale.amount))
        fetched = share * max(support.offtake_price, 0.0) + (1 - share) * fetched
    return level * (sale.made - sale.taken) + (fetched - price) * sale.amount - sale.cost


def expected_netback(
    fleet: Fleet, facility: int, now: Outlook, calm: Outlook, prospects: Prospects, wait: float
) -> float:
    """(M10) expected margin per unit of capacity over the debt life (USD/activity).

    now, calm : outlooks from the quotes over the look-ahead, and from those without controls
    wait : months to the first output

    With belief b that today's scarcity lasts and risk r of a flood to a share d of calm prices it is
    (1 - r) (b n(now) + (1 - b) n(calm)) + r n(d calm); the first two revert, see `mean_weight`.
    """
    numbers, support = fleet.numbers, prospects.support_of(facility)
    belief = numbers.control_lasts if prospects.lasts is None else prospects.lasts
    output = numbers.expected_load * fleet.capacity[facility]
    weight = mean_weight(wait, numbers.debt_life, numbers.price_half_life)
    kind = fleet.plants[facility].kind
    total = 0.0
    for outlook, share in ((now, belief), (calm, 1 - belief)):
        goal = outlook.levels.get(kind, 1.0)
        sale = best_sale(fleet, facility, outlook.quotes)
        total += share * netback(sale, goal + (1 - goal) * weight, support, output)
    flooded = netback(best_sale(fleet, facility, calm.quotes), numbers.flood_depth, support, output)
    return (1 - numbers.flood_risk) * total + numbers.flood_risk * flooded


def find_money(
    fleet: Fleet, part: Projects, now: Quotes, calm: Quotes, pace: Array, prospects: Prospects
) -> Flags:
    """(M10) which permitted projects are financed this month: expected margin covers the capital charge."""
    funded = np.zeros(len(fleet.plants), dtype=bool)
    waits = months_to_start(fleet, part, pace)
    ahead, quiet = (Outlook(q, reversion_levels(fleet, part, q, prospects)) for q in (now, calm))
    for facility in np.flatnonzero(fleet.project & (part.stage == PERMITTED)):
        if prospects.support_of(int(facility)).barred:
            continue
        earned = expected_netback(fleet, int(facility), ahead, quiet, prospects, float(waits[facility]))
        output = fleet.numbers.expected_load * fleet.capacity[facility]
        funded[facility] = earned * output >= capital_charge(fleet, int(facility), prospects)
    return funded


def pace_of(fleet: Fleet, part: Projects, prospects: Prospects) -> Array:
    """(M10) months of normal work done in a month: levers speed it up, technology bans slow it."""
    pace = np.ones(len(fleet.plants))
    for facility in np.flatnonzero(fleet.project & (part.stage <= CONSTRUCTION)):
        support, technology = prospects.support_of(int(facility)), prospects.technology_of(int(facility))
        if part.stage[facility] == ANNOUNCED:
            pace[facility] = 1 / support.permit_time_factor
        elif part.stage[facility] in (FINANCED, CONSTRUCTION):
            pace[facility] = 1 / (support.construction_time_factor * technology.lead_time_factor)
    return pace
