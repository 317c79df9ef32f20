"""Whatever the world, nothing comes from nowhere, and every price identity holds."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from market_worlds import FAST, chains
from xenotime.market.choose import make_engine
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.explain import explain
from xenotime.market.identity import adds_up, identity, locate
from xenotime.world.world import World

EXAMPLES = 12  # each is a world of some hundred columns, cleared three times as the curves are refined
BALANCE = 1e-9  # of a node's throughput, reached by polished answers
SUM = 1e-6  # of the largest term: what is promised of explanations
VAGUE = {"other", "residual", "adjustment", "misc", "unexplained"}


def balances(cleared: Clearing) -> tuple[np.ndarray, np.ndarray]:
    """What enters less what leaves each node, and its throughput, from the tables alone."""
    network = cleared.program.network
    place = network.place
    net, through = np.zeros(len(place)), np.zeros(len(place))

    def book(node: tuple[str, str, str], amount: float) -> None:
        net[place[node]] += amount
        through[place[node]] += abs(amount)

    amounts = {}
    for plant, row in zip(network.facilities, cleared.table("activities"), strict=True):
        amounts[plant.facility, plant.recipe] = row["value"]
    matrix = network.recipes.tocoo()
    for node, plant, amount in zip(matrix.row, matrix.col, matrix.data, strict=True):
        member = network.facilities[plant]
        book(network.nodes[node], amount * amounts[member.facility, member.recipe])
    for row in cleared.table("flows"):
        book((row["material"], row["origin"], ""), -row["value"])
        book((row["material"], row["destination"], ""), row["value"])
    for name, sign in (("supply", 1.0), ("consumption", -1.0), ("disposal", -1.0)):
        for row in cleared.table(name):
            book((row["material"], row["region"], ""), sign * row["value"])
    return net, through


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_what_enters_a_node_leaves_it(world: World) -> None:
    net, through = balances(clear_static(world))
    assert np.all(np.abs(net) <= BALANCE * np.maximum(through, BALANCE * through.max(initial=1.0)))


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_every_active_column_is_worth_its_cost(world: World) -> None:
    cleared = clear_static(world, refine=False)
    active = np.flatnonzero(cleared.point.x > 1e-6 * np.abs(cleared.point.x).max())
    for index in active:
        column = locate(cleared, int(index))
        first, last = cleared.program.A.indptr[index], cleared.program.A.indptr[index + 1]
        for row in cleared.program.A.indices[first:last]:
            terms = identity(cleared, column, int(row))
            largest = max(abs(term.amount) for term in terms)
            price = abs(cleared.price()[row])
            if price > 0:
                assert adds_up(cleared, int(row), terms) * price <= SUM * max(largest, price)


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_every_explanation_adds_up_and_names_its_terms(world: World) -> None:
    cleared = clear_static(world, refine=False)
    for row in cleared.table("prices"):
        if not row["determined"] or row["volume"] <= 0:
            continue
        told = explain(cleared, cleared.program.network.place[row["material"], row["region"], ""])
        largest = max((abs(term.amount) for term in told.leaves), default=0.0)
        assert abs(sum(term.amount for term in told.leaves) - told.price) <= SUM * max(
            largest, abs(told.price)
        )
        for step in told.steps:
            size = max(abs(term.amount) for term in step.terms)
            assert abs(sum(term.amount for term in step.terms) - step.price) <= SUM * size
        words = {word for term in told.leaves for word in f"{term.kind} {term.name}".lower().split()}
        assert not words & VAGUE
        assert all(term.name for term in told.leaves)


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_two_engines_say_the_same(world: World) -> None:
    first = clear_static(world, engine=make_engine("interior"), refine=False)
    second = clear_static(world, engine=make_engine("highs"), refine=False)
    size = np.abs(first.point.x).max(initial=1.0)
    assert np.all(np.abs(first.point.x - second.point.x) <= SUM * size)
    theirs = {(row["material"], row["region"]): row for row in second.table("prices")}
    rows = first.table("prices")
    busy = SUM * max((row["volume"] for row in rows), default=0.0)
    for mine in rows:
        if mine["volume"] > busy:
            other = theirs[mine["material"], mine["region"]]
            assert mine["determined"] == other["determined"], (mine, other)
            for end in ("low", "high"):
                assert (mine[end] is None) == (other[end] is None), (mine, other)
                if mine[end] is not None:
                    assert abs(mine[end] - other[end]) <= SUM * max(abs(mine[end]), 1.0), (mine, other)
