"""Levers at work in a month: bounds, adders and open orders, from the state of the month it is seen in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from xenotime.market.network import Array, Network
from xenotime.market.terms import Terms
from xenotime.months import month_number
from xenotime.policy.dates import binds
from xenotime.policy.lever_orders import Makers, OfftakeOrder, Plan, StoreOrder, releases_of
from xenotime.policy.lever_state import LeverState
from xenotime.policy.levers import Lever, is_active
from xenotime.policy.price_floor import index_price, share_due, top_up
from xenotime.policy.regimes import regime_of, under_regime
from xenotime.world.tables import Control


def impose_levers(
    plan: Plan,
    part: LeverState,
    terms: Terms,
    seen_in: str,
    month: str,
    in_force: frozenset[str] = frozenset(),
) -> Terms:
    """Terms of `month` with the levers that work in it, as foreseen in `seen_in` from `part`.

    in_force : names of the controls in force in `month`, on which releases may wait
    """
    if not plan.levers:
        return terms
    now = replace(
        terms,
        plant_adder=terms.plant_adder.copy(),
        lane_high=terms.lane_high.copy(),
        lane_adder=terms.lane_adder.copy(),
        use_scale=terms.use_scale.copy(),
        supply_scale=terms.supply_scale.copy(),
    )
    ahead = month_number(month) - month_number(seen_in) if month and seen_in else 0
    _charge(plan, now, seen_in, month)
    _pay_floors(plan, part, now, seen_in, month, ahead)
    for order in plan.stores:
        if is_active(order.lever, seen_in, month):
            _open_store(order, part, now, ahead, order.lever.control in in_force)
    for mandate in plan.mandates:
        if is_active(mandate.lever, seen_in, month):
            used = float(part.used[mandate.slot])
            now.use_scale[mandate.use] = obligation(mandate.lever, used)
    _open_offtakes(plan, now, seen_in, month)
    return now


def _charge(plan: Plan, now: Terms, seen_in: str, month: str) -> None:
    for charge in plan.charges:
        if is_active(charge.lever, seen_in, month):
            for column, amount in charge.plants:
                now.plant_adder[column] += amount


def _pay_floors(plan: Plan, part: LeverState, now: Terms, seen_in: str, month: str, ahead: int) -> None:
    """Top-ups per unit of activity; levies per unit brought in, net of the duty charged on lane costs."""
    for floor in plan.floors:
        if is_active(floor.lever, seen_in, month):
            due = floor_payment(floor.lever, part.index[floor.slot], month, ahead)
            for column, amount in floor.makers:
                now.plant_adder[column] -= amount * due
    for border in plan.borders:
        if is_active(border.lever, seen_in, month):
            lanes = list(border.lanes)
            levy = levy_of(border.lever, part.index[border.slot], ahead)
            now.lane_adder[lanes] += levy / (1 + now.tariff[lanes])


def floor_payment(lever: Lever, history: Array, month: str, ahead: int = 0) -> float:
    """Due per unit made in `month`, from its lagged index (USD/unit)."""
    index = index_price(history, lever.lag_months, lever.average_months, ahead)
    return top_up(float(lever.price or 0.0), index, share_due(lever, month))


def levy_of(lever: Lever, history: Array, ahead: int = 0) -> float:
    """Levy per unit imported that lifts the lagged index to the floor (USD/unit)."""
    return top_up(
        float(lever.price or 0.0), index_price(history, lever.lag_months, lever.average_months, ahead)
    )


def obligation(lever: Lever, used: float) -> float:
    """Certificates the obliged need in a month: a quantity, or a share of what they used the month before."""
    return lever.quantity if lever.quantity is not None else float(lever.share or 0.0) * used


def store_rule(lever: Lever, holding: float, price: float, ahead: int, forced: bool) -> tuple[float, float]:
    """(M5) what a government stock may buy and may release in a month, by its stated rule (unit/month).

    holding, price : of the stock now, and at its market in the month before
    ahead : months until the month in question; until then it is taken to go on as it does now
    forced : the control it waits for is in force, so it releases at any price and buys nothing
    """
    buys, gives = float(lever.quantity or 0.0), releases_of(lever)
    offered = forced or lever.trigger is not None
    giving = forced or (lever.trigger is not None and price >= lever.trigger)
    buying = buys > 0 and not giving and (lever.price is None or price <= lever.price)
    top = np.inf if lever.target is None else lever.target
    expected = holding
    if giving:
        expected = max(0.0, holding - gives * ahead)
    elif buying:
        expected = max(holding, min(top, holding + buys * ahead))
    most = 0.0 if forced else min(buys, max(0.0, top - expected))
    return most, min(gives, expected) if offered else 0.0


def _open_store(order: StoreOrder, part: LeverState, now: Terms, ahead: int, forced: bool) -> None:
    lever = order.lever
    holding, price = float(part.holding[order.holding]), float(part.index[order.slot, 0])
    most, offer = store_rule(lever, holding, price, ahead, forced)
    if order.use >= 0:
        now.use_scale[order.use] = most / float(lever.quantity or 1.0)
    if offer > 0:
        now.supply_scale[order.supply] = offer / releases_of(lever)
        for lane in order.lanes:
            now.lane_high[lane] = offer
            now.lane_adder[lane] = 0.0 if forced else float(lever.trigger or 0.0)


def _open_offtakes(plan: Plan, now: Terms, seen_in: str, month: str) -> None:
    """(M6) contract lanes as wide as the plant can serve; what is paid for anyway costs nothing to take.

    A unit the buyer must pay for whether he takes it or not is worth taking at any price above minus
    its own, so the lane carries minus the contract price and never makes a month impossible.
    """
    for order in plan.offtakes:
        lever = order.lever
        if order.lane >= 0 and is_active(lever, seen_in, month):
            now.lane_high[order.lane] = firm_part(plan.network, now, order)
            now.lane_adder[order.lane] = -float(lever.price or 0.0) / (1 + now.tariff[order.lane])


def firm_part(network: Network, terms: Terms, order: OfftakeOrder) -> float:
    """What is paid for whether taken or not, as far as the plant can make it (unit/month)."""
    able = able_to_make(network, terms, order.makers)
    return min(order.lever.take_or_pay * float(order.lever.quantity or 0.0), able)


def able_to_make(network: Network, terms: Terms, makers: Makers) -> float:
    """Most the plants could make together in a month, each at the recipe that gives most (unit/month)."""
    room: dict[str, float] = {}
    for column, amount in makers:
        plant = network.facilities[column]
        high = float(terms.plant_high[column])
        if plant.capacity is not None and plant.capacity_use > 0:
            high = min(high, plant.capacity / plant.capacity_use)
        room[plant.facility] = max(room.get(plant.facility, 0.0), amount * high)
    return sum(room.values())


def controls_in_force(rows: Iterable[Control], seen_in: str, month: str, regime: str = "") -> frozenset[str]:
    """Names of the controls that are known in `seen_in` and in force in `month` under `regime`."""
    ruling = ((row, under_regime(row, regime_of(row.control, regime), month)) for row in rows)
    return frozenset(
        row.control for row, ruled in ruling if ruled is not None and binds(ruled, seen_in, month)
    )
