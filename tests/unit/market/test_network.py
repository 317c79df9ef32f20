"""(M5, M6) pools and contracts: whose goods are whose, and what may come back to the market."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import EXACT, Contract, build_network, clear_static, flow, joint, price, rents, trade
from xenotime.errors import NoAnswer
from xenotime.market.terms import open_terms
from xenotime.world.tables import Stock
from xenotime.world.world import World

LONG_TERM = Contract(
    contract="term", material="ore", origin="A", destination="B", sector="mill", quantity=20.0, cost=5.0
)


def two_users(contract: Contract = LONG_TERM) -> World:
    """B's users of `trade` split: a mill under contract wants 100 - q, everybody else 100 - q too."""
    world = trade()
    mill, others = (replace(world.demand[1], sector=name) for name in ("mill", "others"))
    return world.with_tables(demand=(world.demand[0], mill, others), contracts=(contract,))


def test_m6_an_option_to_take_is_a_lane_to_the_users_own_pool() -> None:
    network = build_network(two_users())
    assert ("ore", "B", "mill") in network.place
    assert ("ore", "B", "others") not in network.place
    kinds = {label[0]: (label[2], label[3]) for label in network.lanes.label}
    assert kinds == {"lane": ("A", "B"), "contract": ("A", "term"), "purchase": ("B", "mill")}
    cleared = clear_static(two_users())
    # as cheap as the lane, so nothing differs from one market: 240 - 3 p' comes to B
    assert price(cleared, "ore", "B", "mill") == pytest.approx(price(cleared, "ore", "B"), rel=EXACT)
    assert price(cleared, "ore", "A") == pytest.approx((240 - 15 + 45) / 4.5, rel=EXACT)


def test_m6_take_or_pay_is_taken_at_a_loss_and_named() -> None:
    dear = replace(LONG_TERM, cost=60.0, take_or_pay=0.75)
    cleared = clear_static(two_users(dear))
    assert flow(cleared, "ore", "A", "term") == pytest.approx(15.0, rel=EXACT)
    (row,) = [row for row in cleared.table("rents") if row["kind"] == "take_or_pay"]
    assert (row["name"], row["recipient"]) == ("term", "A")
    lane_gap = price(cleared, "ore", "B") - price(cleared, "ore", "A")
    assert row["value"] == pytest.approx(lane_gap - 60.0, rel=EXACT)
    assert row["value"] < 0


def test_m6_what_a_contract_brings_is_not_sold_again() -> None:
    """The mill must take 40 of the 100 it could use: the last is worth 60 to it, and it keeps it."""
    forced = replace(LONG_TERM, quantity=40.0, take_or_pay=1.0)
    cleared = clear_static(two_users(forced))
    assert price(cleared, "ore", "B", "mill") == pytest.approx(60.0, rel=EXACT)
    # A gives 40 by contract and trades with the others: 1.5 p - 45 - 40 = 140 - 2 (p + 5)
    assert price(cleared, "ore", "A") == pytest.approx(215 / 3.5, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx(215 / 3.5 + 5, rel=EXACT)


def test_m6_with_a_resale_lane_it_is_at_its_cost() -> None:
    forced = replace(LONG_TERM, quantity=40.0, take_or_pay=1.0)
    own = Stock(material="ore", region="B", holder="mill", sector="mill", resale_cost=3.0)
    cleared = clear_static(two_users(forced).with_tables(stocks=(own,)))
    resold = [
        float(amount)
        for label, amount in zip(cleared.program.network.lanes.label, cleared.amount("lane"), strict=True)
        if label[0] == "resale"
    ]
    assert resold[0] > 0
    assert price(cleared, "ore", "B", "mill") == pytest.approx(price(cleared, "ore", "B") - 3.0, rel=EXACT)


def test_m6_more_than_a_user_can_use_has_no_answer() -> None:
    with pytest.raises(NoAnswer, match="take-or-pay"):
        clear_static(two_users(replace(LONG_TERM, quantity=120.0, take_or_pay=1.0)))


def test_m6_a_contract_lives_from_its_start_to_its_end() -> None:
    world = two_users(replace(LONG_TERM, start="2025-02", end="2025-03"))
    highs = [
        open_terms(build_network(world, month)).lane_high[1] for month in ("2025-01", "2025-02", "2025-03")
    ]
    assert highs == [0.0, 20.0, 20.0]
    assert open_terms(build_network(world, "2025-04")).lane_high[1] == 0.0
    assert open_terms(build_network(world)).lane_high[1] == 20.0


def test_m6_a_contract_without_a_sector_feeds_all_users_of_its_end() -> None:
    network = build_network(two_users(replace(LONG_TERM, sector="")))
    assert ("ore", "B", "contract") in network.place
    assert len(set(network.demand_node[1:])) == 1


def test_m6_a_contract_to_a_place_that_only_processes_delivers_to_its_market() -> None:
    world = joint()
    ore = Contract(contract="ore", material="ore", origin="A", destination="B", quantity=1.0)
    network = build_network(world.with_tables(contracts=(ore,)))
    index = [label[0] for label in network.lanes.label].index("contract")
    assert network.nodes[network.lanes.destination[index]] == ("ore", "B", "")


def test_m5_a_users_stock_serves_only_that_user() -> None:
    own = Stock(material="ore", region="B", holder="mill", sector="mill", opening=5.0)
    network = build_network(two_users().with_tables(stocks=(own,)))
    assert network.nodes[network.stock_node[0]] == ("ore", "B", "mill")
    assert "resale" not in {label[0] for label in network.lanes.label}


def test_nodes_are_sorted_and_name_what_is_there() -> None:
    network = build_network(trade())
    assert network.nodes == (("ore", "A", ""), ("ore", "B", ""))
    assert network.market_nodes() == [0, 1]
    assert network.place["ore", "B", ""] == 1


def test_only_what_may_be_thrown_away_can_be() -> None:
    assert len(build_network(trade()).disposal_node) == 0
    network = build_network(joint())
    assert sorted(network.nodes[i][:2] for i in network.disposal_node) == [
        ("heavy", "A"),
        ("heavy", "B"),
        ("light", "A"),
        ("light", "B"),
    ]
    assert network.disposal_cost == pytest.approx(np.full(4, 2.0))


def test_licences_on_a_contract_name_their_rent() -> None:
    assert rents(clear_static(two_users()), "contract") == []
    cheap = replace(LONG_TERM, cost=1.0)
    assert rents(clear_static(two_users(cheap)), "contract") == [
        ("ore/A/term", pytest.approx(4.0, rel=EXACT), "A")
    ]
