"""Money of a project month by month: what it makes, sells, spends, and pays in tax."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from xenotime.choice.luck import Luck, quantiles, slips
from xenotime.choice.prices import Paths
from xenotime.choice.project import Good, Project
from xenotime.choice.supports import due_per_unit, is_on
from xenotime.dynamics.fleet import Flags
from xenotime.dynamics.project_times import load_numbers
from xenotime.dynamics.projects import ramp_share
from xenotime.market.network import Array


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the plan.

    price : multiple of the market's prices of all it makes, indices of floors included
    delay : months;  capex, cost : multiples;  without : names of supports that are taken away
    """

    price: float = 1.0
    delay: int = 0
    capex: float = 1.0
    cost: float = 1.0
    without: frozenset[str] = field(default_factory=frozenset)


AS_PLANNED = Change()


def activity_of(project: Project, paths: Paths, luck: Luck, delay: int = 0) -> tuple[Array, Flags]:
    """(M34) activity and whether it runs, draws x months: a_t = C l min(1, ((k + 1/2)/T)^b), k months on.

    The life of output begins when it does, so a plant that comes late ends late.
    """
    begin = paths.position(project.start) + delay + slips(project, luck)
    age = np.arange(paths.months)[None, :] - begin[:, None]
    runs = (age >= 0) & (age < project.life)
    full = np.repeat(quantiles(project.ramp, luck.ramp)[:, None], paths.months, axis=1)
    share = ramp_share(np.asarray(np.maximum(age, 0.0)), full, load_numbers().ramp_power)
    return np.where(runs, project.capacity * project.load * share, 0.0), runs


def market_price(good: Good, paths: Paths, multiple: float) -> Array:
    """What a unit fetches or costs (USD/unit); the multiple is that of goods sold at the market's price."""
    if good.price is not None:
        shape = (1, paths.months)
        return np.full(shape, good.price * good.payable)
    own = multiple if good.amount > 0 else 1.0
    return np.asarray(own * good.payable * paths.price[good.place])


@dataclass(frozen=True, slots=True)
class Sales:
    """What one good brings, draws x months (USD): sold, and paid by sponsors on top."""

    sold: Array
    paid: Array


def sales_of(project: Project, good: Good, units: Array, paths: Paths, change: Change) -> Sales:
    """(M35) offtakes take first, at their price; the rest fetches the market's, and floors pay on the rest.

    r = sum_o q_o P_o + (u - sum_o q_o) p, paid = sum_f min(u - sum_o q_o, Q_f) t_f + u c
    """
    left, sold, paid = units, np.zeros_like(units), np.zeros_like(units)
    for offtake in project.offtakes:
        if offtake.material == good.material and offtake.name not in change.without:
            on = is_on(paths, offtake.start, offtake.until)
            taken = np.minimum(left, offtake.quantity * on)
            sold, left = sold + taken * offtake.price, left - taken
    sold = sold + left * market_price(good, paths, change.price)
    for floor in project.floors:
        if floor.material == good.material and floor.name not in change.without:
            held = left if floor.quantity is None else np.minimum(left, floor.quantity)
            index = change.price * paths.price[project.index_of(floor)]
            paid = paid + held * due_per_unit(floor, index, paths)
    for credit in project.credits:
        if credit.material == good.material and credit.name not in change.without:
            paid = paid + units * credit.price * is_on(paths, credit.start, credit.until)
    return Sales(sold, paid)


def margin_of(project: Project, paths: Paths, luck: Luck, change: Change = AS_PLANNED) -> tuple[Array, Flags]:
    """(M36) sales and supports less royalty, inputs and own cost, draws x months (USD); and whether it runs.

    m = max((1 - y) r + paid - v - c (1 - f) a, 0) - c f C l, f the share of cost due at any load:
    a month in which running loses more than standing still is stood.
    """
    activity, runs = activity_of(project, paths, luck, change.delay)
    margin = np.zeros_like(activity)
    for good in project.goods:
        if good.amount > 0:
            sales = sales_of(project, good, activity * good.amount, paths, change)
            margin = margin + (1 - project.royalty) * sales.sold + sales.paid
        else:
            margin = margin + activity * good.amount * market_price(good, paths, change.price)
    cost, full = project.cost * change.cost, project.capacity * project.load
    fixed = np.where(runs, project.fixed_share * full, 0.0)
    running = margin - cost * (1 - project.fixed_share) * activity
    return np.maximum(running, 0.0) - cost * fixed, runs


def tax_of(profit: Array, rate: float) -> Array:
    """(M37) tax by month with losses carried forward, draws x months: on each new height of profit so far.

    x_t = rate (max(0, S_0..S_t) - max(0, S_0..S_(t-1))), S the sum of profits so far.
    """
    top = np.maximum.accumulate(np.maximum(np.cumsum(profit, axis=1), 0.0), axis=1)
    return np.asarray(rate * np.diff(top, axis=1, prepend=0.0))
