"""Every active column's value is its inputs, costs, taxes and rents, each term under its own name."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import (
    EXACT,
    Control,
    build_network,
    clear_static,
    joint,
    look_ahead,
    no_value,
    price,
    trade,
)
from xenotime.market.clearing import Clearing
from xenotime.market.horizon import single_path
from xenotime.market.identity import Column, adds_up, column_name, identity, locate, row_name
from xenotime.policy.statics import clear_world


def node(cleared: Clearing, material: str, region: str) -> int:
    return cleared.program.network.place[material, region, ""]


def column(cleared: Clearing, kind: str, member: int = 0, period: int = 0) -> Column:
    return locate(cleared, cleared.program.layout.block(period, kind).start + member)


def told(cleared: Clearing, kind: str, material: str, region: str, member: int = 0) -> dict[str, float]:
    """Amount by kind and name; checks that they add up on the way."""
    row = node(cleared, material, region)
    terms = identity(cleared, column(cleared, kind, member), row)
    assert adds_up(cleared, row, terms) < EXACT
    return {f"{term.kind}: {term.name}": term.amount for term in terms}


def test_a_lane_is_price_at_origin_freight_and_charges() -> None:
    cleared = clear_static(trade(export_tax=0.2, tariff=0.1, cost_slope=1.0))
    p, f = price(cleared, "ore", "A"), cleared.amount("lane")[0]
    assert told(cleared, "lane", "ore", "B") == {
        "input: ore in A": pytest.approx(p, rel=EXACT),
        "cost: freight ore A -> B": pytest.approx(5.0, rel=EXACT),
        "rising_cost: rising freight ore A -> B": pytest.approx(f, rel=EXACT),
        "export_tax: export tax 0.2 on ore A -> B": pytest.approx(0.2 * p, rel=EXACT),
        "tariff: tariff 0.1 on ore A -> B": pytest.approx(0.1 * (1.2 * p + 5 + f), rel=EXACT),
    }


def test_a_joint_plant_is_its_ore_and_cost_less_its_other_product() -> None:
    cleared = clear_static(joint())
    x = cleared.amount("plant")[0]
    assert told(cleared, "plant", "heavy", "A", 1) == {
        "input: ore in A": pytest.approx((4 + 0.02 * x) / 0.1, rel=EXACT),
        "co_product: light in A": pytest.approx(-0.3 * (49 - 0.3 * x) / 0.1, rel=EXACT),
        "cost: cost of plant (separate)": pytest.approx(1 / 0.1, rel=EXACT),
        "rising_cost: rising cost of plant (separate)": pytest.approx(0.01 * x / 0.1, rel=EXACT),
    }


def test_a_licence_is_a_rent_by_name() -> None:
    permit = Control(control="permits", instrument="licence", material="ore", origin="A", value=0.5)
    cleared = clear_world(trade().with_tables(controls=(permit,)))
    assert told(cleared, "lane", "ore", "B")["rent: licence rent permits"] == pytest.approx(17.5, rel=EXACT)


def test_a_quota_is_a_rent_by_name_and_in_the_duty() -> None:
    quota = Control(control="cap", instrument="quota", material="ore", origin="A", value=12.0)
    cleared = clear_world(trade(tariff=0.1).with_tables(controls=(quota,)))
    terms = told(cleared, "lane", "ore", "B")
    rent = 64 / 1.1 - 43
    assert terms["rent: licence rent cap"] == pytest.approx(rent, rel=EXACT)
    assert terms["tariff: tariff 0.1 on ore A -> B"] == pytest.approx(0.1 * (38 + 5 + rent), rel=EXACT)


def test_a_lane_limit_is_a_rent_and_an_unused_lane_a_loss_not_made() -> None:
    full = told(clear_static(trade(limit=10.0)), "lane", "ore", "B")
    assert full["rent: lane rent ore A -> B"] == pytest.approx(65 - 110 / 3 - 5, rel=EXACT)
    idle = told(clear_static(trade(cost=50.0)), "lane", "ore", "B")
    assert idle["rent: loss not made by leaving ore A -> B unused"] == pytest.approx(70 - 30 - 50, rel=EXACT)


def test_use_and_supply_are_curves() -> None:
    cleared = clear_static(trade())
    assert told(cleared, "use", "ore", "B", 1) == {
        "value_in_use: use of ore by all in B, value of the marginal unit": pytest.approx(55.0, rel=EXACT)
    }
    assert told(cleared, "supply", "ore", "A") == {
        "cost: cost of supply of ore in A (all)": pytest.approx(10.0, rel=EXACT),
        "rising_cost: rising cost of supply of ore in A (all)": pytest.approx(40.0, rel=EXACT),
    }


def test_what_is_not_touched_has_no_identity() -> None:
    cleared = clear_static(trade())
    with pytest.raises(ValueError, match="does not touch"):
        identity(cleared, column(cleared, "supply", 0), node(cleared, "ore", "B"))


def test_goods_under_way_tie_prices_of_two_months() -> None:
    network = build_network(trade(lag_months=1.0))
    storage = no_value(0, (1,), 2, sea_value={1: np.array([0.0, 60.0])})
    cleared = look_ahead(network, single_path((1, 1)), storage, np.zeros(0), 0.9)
    terms = identity(cleared, column(cleared, "lane"), node(cleared, "ore", "A"))
    assert adds_up(cleared, node(cleared, "ore", "A"), terms) < EXACT
    assert [term.name for term in terms if term.row >= 0] == ["ore in B, expected 1 month ahead"]
    last = identity(cleared, column(cleared, "lane", period=1), 2 + node(cleared, "ore", "A"))
    assert "end_value" in {term.kind for term in last}
    assert adds_up(cleared, 2 + node(cleared, "ore", "A"), last) < EXACT


def test_columns_and_rows_have_names_people_know() -> None:
    cleared = clear_static(joint(disposal_cost=0.0))
    assert row_name(cleared, node(cleared, "ore", "A")) == "ore in A"
    assert column_name(cleared, column(cleared, "plant", 1)) == "plant (separate)"
    assert column_name(cleared, column(cleared, "lane", 1)) == "heavy A -> B"
    assert column_name(cleared, column(cleared, "use", 1)) == "use of heavy by all in B"
    assert column_name(cleared, column(cleared, "disposal")) == "disposal of heavy in A"
