"""Accounts of one clearing: by hand on one good, and closed over all parties on worlds with every charge."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from market_worlds import FAST, chains
from small_worlds import EXACT, trade
from xenotime.market.clearing import clear_static
from xenotime.policy.statics import clear_world
from xenotime.talks.leverage.accounts import static_paid
from xenotime.talks.leverage.payments import PARTS
from xenotime.world.tables import Control
from xenotime.world.world import World

# Sums over thousands of amounts of very different size, each solved to the market's own 1e-9 of its scale.
CLOSED = 1e-7


def accounts(world: World, *controls: Control) -> tuple[dict[str, dict[str, float]], float]:
    """Parts of every party, and the objective of the clearing."""
    cleared = clear_world(world.with_tables(controls=controls), "2025-01")
    parties, paid = static_paid(cleared)
    table = {
        name: dict(zip(PARTS, (float(x) for x in paid[:, place]), strict=True))
        for place, name in enumerate(parties.names)
    }
    return table, cleared.objective


def control(instrument: str, value: float | None = None, **more: str) -> Control:
    """A control on ore out of A."""
    return Control(control="c", instrument=instrument, material="ore", origin="A", value=value, **more)


def test_trade_without_a_control_by_hand() -> None:
    # 30 leave A at 50 and cost 5 on the way: supply 40 and use 10 in A, supply 15 and use 45 in B.
    table, _ = accounts(trade(5.0))
    assert table["A"]["users"] == pytest.approx(20 * 10 / 2)
    assert table["A"]["producers"] == pytest.approx(40 * 40 / 2)
    assert table["B"]["users"] == pytest.approx(45 * 45 / 2)
    assert table["B"]["producers"] == pytest.approx(15 * 15 / 2)


def test_a_ban_costs_both_and_together_what_the_trade_was_worth() -> None:
    free, _ = accounts(trade(5.0))
    held, _ = accounts(trade(5.0), control("ban"))
    loss = {name: sum(free[name].values()) - sum(held[name].values()) for name in free}
    assert loss == pytest.approx({"A": 300.0, "B": 225.0})
    # the triangle between the prices 30 and 70 less freight, over the 30 that no longer move
    assert sum(loss.values()) == pytest.approx((70 - 30 - 5) * 30 / 2)


def test_a_quota_moves_its_rent_to_its_holder_and_nowhere_else() -> None:
    # With 4 a month: 10 + q = 70 - 2 (q - 4) and 40 + q = 100 - q - 4.
    inside, outside = 10 + (60 + 8) / 3, 40 + (60 - 4) / 2
    rent = 4 * (outside - 5 - inside)
    for holder, sign in (("A", 1.0), ("B", 0.0), ("C", 1.0)):
        table, total = accounts(trade(5.0), control("quota", 4.0, recipient=holder))
        assert table[holder]["rents"] == pytest.approx(sign * rent)  # paid to oneself it is no rent
        assert table["B"]["rents"] == pytest.approx(0.0 if holder == "B" else -rent)
        assert sum(sum(parts.values()) for parts in table.values()) == pytest.approx(total, rel=EXACT)


def test_taxes_go_to_the_treasury_of_the_side_that_charges_them() -> None:
    taxed, _ = accounts(trade(5.0), control("export_tax", 0.2))
    duty, _ = accounts(trade(5.0), control("tariff", 0.1))
    assert taxed["A"]["taxes"] > 0
    assert taxed["B"]["taxes"] == 0
    assert duty["B"]["taxes"] > 0
    assert duty["A"]["taxes"] == 0
    # 10 + (q_A + f) = 70 - 2 q_A with the price inside p: f = (3 p - 80) / 2 ... the tax is its share of p f
    price = 44.871794871794876
    flow = (price - 10) - (70 - price) / 2
    assert taxed["A"]["taxes"] == pytest.approx(0.2 * price * flow)


def test_a_third_party_loses_what_it_bought_and_wins_what_it_sells() -> None:
    world = trade(5.0)
    from xenotime.world.tables import Demand, Lane, Region

    third = world.with_tables(
        regions=(*world.regions, Region(region="C")),
        demand=(*world.demand, Demand(material="ore", region="C", form="linear", intercept=80.0, slope=2.0)),
        lanes=(*world.lanes, Lane(material="ore", origin="A", destination="C", cost=5.0)),
    )
    free, before = accounts(third)
    held, after = accounts(third, control("ban"))
    loss = {name: sum(free[name].values()) - sum(held[name].values()) for name in free}
    # A serves 70 - 2 q, 100 - q and 80 - 2 q: 10 + q = p; p-10 = (70-p)/2 + (95-p) - (p+5-40) + (75-p)/2
    price = (10 + 35 + 95 + 35 + 37.5) / (1 + 0.5 + 1 + 1 + 0.5)
    assert loss["C"] == pytest.approx((75 - price) ** 2 / 4)
    assert sum(loss.values()) == pytest.approx(before - after)


@given(chains(charged=True))
@settings(phases=FAST, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_over_all_parties_what_is_left_is_value_in_use_less_real_costs(world: World) -> None:
    cleared = clear_static(world)
    _, paid = static_paid(cleared)
    size = max(abs(cleared.objective), float(abs(paid).max()), 1.0)
    assert float(paid.sum()) == pytest.approx(cleared.objective, abs=CLOSED * size)
