"""What levers of one package cannot do together, or to the plants there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np

from xenotime.errors import Problem
from xenotime.market.network import Network
from xenotime.market.terms import open_terms
from xenotime.policy.lever_orders import Makers, makers_of
from xenotime.policy.lever_terms import able_to_make
from xenotime.policy.levers import Lever, overlap
from xenotime.policy.support import FINANCING, is_aimed_at


def conflicts(levers: tuple[Lever, ...], network: Network, file: str) -> list[Problem]:
    """Every conflict of the package, each with what to do about it."""
    found = [*_two_floors(levers, network, file), *_screened(levers, network, file)]
    for lever in levers:
        found += [
            *_both_ways(lever, file),
            *_above_capacity(lever, network, file),
            *_beyond_feed(lever, network, file),
        ]
    return found


def _two_floors(levers: tuple[Lever, ...], network: Network, file: str) -> Iterator[Problem]:
    """Two floors on one product of one plant at one time would both be paid."""
    floors = [lever for lever in levers if lever.form == "difference"]
    for one, other in combinations(floors, 2):
        shared = {column for column, _ in makers_of(network, one)} & {
            column for column, _ in makers_of(network, other)
        }
        if one.material == other.material and shared and overlap(one, other):
            plant = network.facilities[min(shared)].facility
            yield Problem(
                "two-floors",
                file,
                None,
                f"{other.lever}.price",
                f"a second floor for {one.material} of {plant}, beside {one.lever}",
                "one floor on a product of a plant at a time",
                "end one before the other starts, or keep one",
            )


def _both_ways(lever: Lever, file: str) -> Iterator[Problem]:
    """A stock that buys up to a price and sells from a lower one trades with itself."""
    if (
        lever.trigger is not None
        and lever.price is not None
        and lever.quantity
        and lever.trigger <= lever.price
    ):
        yield Problem(
            "buys-and-releases",
            file,
            None,
            f"{lever.lever}.trigger",
            f"releases from {lever.trigger:g} and buys up to {lever.price:g} in the same month",
            "a trigger above the price it buys up to",
            "raise trigger or lower price",
        )
    if lever.target is not None and lever.opening > lever.target:
        yield Problem(
            "opening-above-capacity",
            file,
            None,
            f"{lever.lever}.opening",
            f"{lever.opening:g}",
            f"at most the target {lever.target:g}",
            "raise the target or lower the opening stock",
        )


def _above_capacity(lever: Lever, network: Network, file: str) -> Iterator[Problem]:
    if lever.kind != "offtake":
        return
    able = _whole_capacity(network, makers_of(network, lever))
    if float(lever.quantity or 0.0) > able:
        yield Problem(
            "offtake-above-capacity",
            file,
            None,
            f"{lever.lever}.quantity",
            f"{lever.quantity:g} a month of {lever.material}",
            f"at most {able:.6g}, all that {lever.facility} can make",
            "lower the quantity",
        )


def _whole_capacity(network: Network, makers: Makers) -> float:
    """Capacity of plants whether they run yet or not (unit/month)."""
    terms = open_terms(network)
    return able_to_make(network, replace(terms, plant_high=np.full_like(terms.plant_high, np.inf)), makers)


def _beyond_feed(lever: Lever, network: Network, file: str) -> Iterator[Problem]:
    """A mandate for more than plants can recycle, or than there is to recycle."""
    if lever.kind != "recycling_mandate" or lever.quantity is None:
        return
    makers = makers_of(network, lever)
    able = min(_whole_capacity(network, makers), _feed(network, makers))
    if lever.quantity > able:
        yield Problem(
            "mandate-above-feed",
            file,
            None,
            f"{lever.lever}.quantity",
            f"{lever.quantity:g} a month of recycled {lever.material}",
            f"at most {able:.6g}, what plants and feed allow",
            "lower the quantity, or name more recipes or members",
        )


def _feed(network: Network, makers: Makers) -> float:
    """Most the feed of these plants can give: each input's supply at home and by lanes (unit/month)."""
    total, seen = 0.0, set()
    for column, amount in makers:
        inputs = network.recipes[:, column].tocoo()
        for node, taken in zip(inputs.row, inputs.data, strict=True):
            if taken < 0 and int(node) not in seen:
                seen.add(int(node))
                total += _reaches(network, int(node)) * amount / -float(taken)
    return total


def _reaches(network: Network, node: int) -> float:
    """Most that can reach a node in a month."""
    lanes = network.lanes
    total = float(lanes.high[lanes.destination == node].sum())
    for row, at in zip(network.supply, network.supply_node, strict=True):
        if at == node:
            bounds = [row.capacity, row.quantity if row.form == "fixed" else None]
            total += min((b for b in bounds if b is not None), default=np.inf)
    made = network.recipes[node, :].tocoo()
    for column, amount in zip(made.col, made.data, strict=True):
        if amount > 0:
            total += _whole_capacity(network, ((int(column), float(amount)),))
    return total


def _screened(levers: tuple[Lever, ...], network: Network, file: str) -> Iterator[Problem]:
    """Financing by a sponsor to whom the target is closed at the time."""
    for gate in (lever for lever in levers if lever.kind == "investment_screening"):
        closed = {name.casefold() for name in gate.closes}
        for lever in levers:
            if (
                lever.kind not in FINANCING
                or lever.sponsor.casefold() not in closed
                or not overlap(gate, lever)
            ):
                continue
            plants = [
                row for row in network.facilities if not lever.facility or row.facility == lever.facility
            ]
            if any(is_aimed_at(gate, row) and is_aimed_at(lever, row) for row in plants):
                yield Problem(
                    "screened-financing",
                    file,
                    None,
                    f"{lever.lever}.sponsor",
                    f"{lever.kind} by {lever.sponsor}, to whom {gate.lever} closes the target",
                    "financing by someone to whom it is open",
                    f"take {lever.sponsor} out of closes, or drop the lever",
                )
