"""Who pays whom for a lever, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.market.clearing import Clearing
from xenotime.months import month_number
from xenotime.policy.lever_orders import (
    ChargeOrder,
    MandateOrder,
    OfftakeOrder,
    Plan,
    StoreOrder,
)
from xenotime.policy.lever_state import LeverState
from xenotime.policy.lever_terms import firm_part, floor_payment, levy_of, obligation
from xenotime.policy.levers import Lever, is_active

Row = dict[str, Any]
MONTHS_A_YEAR = 12
SMALLEST = 1e-9  # USD: below it nothing is paid


def payments_of(plan: Plan, before: LeverState, month: str, clearing: Clearing) -> list[Row]:
    """Rows of lever, payer, recipient, what and value (USD) for one month, every value positive.

    before : what levers carried into the month
    """
    rows = list(_pay_floors(plan, before, month, clearing))
    for store in plan.stores:
        rows += _pay_store(store, clearing)
    for charge in plan.charges:
        if is_active(charge.lever, month, month):
            rows += _pay_charge(charge, clearing)
    for mandate in plan.mandates:
        if is_active(mandate.lever, month, month):
            rows += _pay_mandate(mandate, float(before.used[mandate.slot]), clearing)
    for offtake in plan.offtakes:
        if is_active(offtake.lever, month, month):
            rows += _pay_offtake(offtake, clearing)
    for lever in plan.levers:
        rows += _pay_plain(lever, month)
    return [row for row in rows if row["value"] > SMALLEST]


def _row(lever: Lever, payer: str, recipient: str, what: str, value: float) -> Row:
    """A negative amount is one the recipient pays."""
    if value < 0:
        payer, recipient, value = recipient, payer, -value
    return {"lever": lever.lever, "payer": payer, "recipient": recipient, "what": what, "value": value}


def _pay_floors(plan: Plan, before: LeverState, month: str, clearing: Clearing) -> Iterator[Row]:
    activity, flow = clearing.amount("plant"), clearing.amount("lane")
    for floor in plan.floors:
        if is_active(floor.lever, month, month):
            due = floor_payment(floor.lever, before.index[floor.slot], month)
            for column, amount in floor.makers:
                name = plan.network.facilities[column].facility
                what = "top-up" if due >= 0 else "upside"
                value = due * amount * float(activity[column])
                yield _row(floor.lever, floor.lever.sponsor, name, what, value)
    for border in plan.borders:
        if is_active(border.lever, month, month):
            levy = levy_of(border.lever, before.index[border.slot])
            for lane in border.lanes:
                region = plan.network.nodes[plan.network.lanes.destination[lane]][1]
                value = levy * float(flow[lane])
                yield _row(border.lever, f"importers in {region}", region, "levy", value)


def _pay_store(order: StoreOrder, clearing: Clearing) -> Iterator[Row]:
    """Purchases at the market's price, releases at that of the market they go to."""
    lever, price, flow = order.lever, clearing.price(), clearing.amount("lane")
    if order.use >= 0:
        value = float(clearing.consumption()[order.use]) * float(price[order.node])
        yield _row(lever, lever.sponsor, _sellers(lever.material, lever.region), "purchase", value)
    lanes = clearing.program.network.lanes
    for lane in order.lanes:
        member = lanes.label[lane][3]
        value = float(flow[lane]) * float(price[lanes.destination[lane]])
        yield _row(lever, f"buyers of {lever.material} in {member}", lever.sponsor, "release", value)


def _sellers(material: str, region: str) -> str:
    return f"sellers of {material} in {region}"


def _pay_charge(order: ChargeOrder, clearing: Clearing) -> Iterator[Row]:
    """Cost of a standard, borne by the plant; a production credit, paid by its sponsor."""
    activity = clearing.amount("plant")
    facilities = clearing.program.network.facilities
    standard = order.lever.kind == "standards"
    for column, cost in order.plants:
        plant = facilities[column].facility
        value = abs(cost) * float(activity[column])
        if standard:
            yield _row(order.lever, plant, "cost of meeting the standard", "compliance", value)
        else:
            yield _row(order.lever, order.lever.sponsor, plant, "credit", value)


def _pay_mandate(order: MandateOrder, used: float, clearing: Clearing) -> Iterator[Row]:
    """Certificates at their price from the obliged to recyclers; the buy-out to the sponsor."""
    lever, network, activity = order.lever, clearing.program.network, clearing.amount("plant")
    obliged = f"users of {lever.material} in {', '.join(lever.places())}"
    served = float(clearing.consumption()[order.use])
    made = sum(amount * float(activity[column]) for column, amount in order.makers)
    price = float(clearing.price()[network.demand_node[order.use]])
    for column, amount in order.makers:
        part = amount * float(activity[column]) / made if made > 0 else 0.0
        plant = network.facilities[column].facility
        yield _row(lever, obliged, plant, "certificates", max(0.0, price) * served * part)
    missing = max(0.0, obligation(lever, used) - served)
    yield _row(lever, obliged, lever.sponsor, "buy-out", missing * float(lever.price or 0.0))


def _pay_offtake(order: OfftakeOrder, clearing: Clearing) -> Iterator[Row]:
    """The contract price for what is taken, and for what the plant could make and is not.

    Where buyer and plant share a market, he takes what the plant makes, up to the firm part.
    """
    lever, network, price = order.lever, clearing.program.network, float(order.lever.price or 0.0)
    seller = network.facilities[order.makers[0][0]].facility
    firm = firm_part(network, clearing.program.terms[0], order)
    made = sum(amount * float(clearing.amount("plant")[column]) for column, amount in order.makers)
    taken = float(clearing.amount("lane")[order.lane]) if order.lane >= 0 else min(firm, made)
    yield _row(lever, lever.sponsor, seller, "offtake", taken * price)
    if order.lane >= 0:
        yield _row(lever, lever.sponsor, seller, "take-or-pay", (firm - taken) * price)


def _pay_plain(lever: Lever, month: str) -> Iterator[Row]:
    """Amounts of money by date: paid evenly from start to until, all at the start where no end is stated."""
    if lever.amount is None or lever.kind not in ("grant", "loan", "tax_credit", "equity") or not lever.start:
        return
    target = lever.facility or ", ".join(lever.places())
    yield _row(lever, lever.sponsor, target, lever.kind.replace("_", " "), disbursed(lever, month))
    if lever.kind == "loan":
        yield _row(lever, target, lever.sponsor, "repayment", repaid(lever, month))


def disbursed(lever: Lever, month: str) -> float:
    """Share of the amount paid out in `month` (USD)."""
    first = month_number(lever.start)
    last = month_number(lever.until) if lever.until else first
    return float(lever.amount or 0.0) / (last - first + 1) if first <= month_number(month) <= last else 0.0


def annuity(amount: float, rate: float, years: float) -> float:
    """A i / (1 - (1 + i)^-n), with i = (1 + r)^(1/12) - 1 and n months: the even monthly payment (USD)."""
    count = years * MONTHS_A_YEAR
    monthly = float((1 + rate) ** (1 / MONTHS_A_YEAR) - 1)
    return amount / count if monthly == 0 else amount * monthly / (1 - (1 + monthly) ** -count)


def repaid(lever: Lever, month: str) -> float:
    """Payment due in `month`, from the month after the last of the loan was paid out (USD)."""
    years = float(lever.years or 0.0)
    paid_out = month_number(lever.until or lever.start)
    since = month_number(month) - paid_out
    if not 0 < since <= years * MONTHS_A_YEAR:
        return 0.0
    return annuity(float(lever.amount or 0.0), float(lever.rate or 0.0), years)
