"""Levers over a run: state carried, elements conserved, money reported, kept and resumed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from small_worlds import EXACT
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.account import account_elements
from xenotime.dynamics.checkpoint import Checkpoint
from xenotime.dynamics.lever_money import lever_payments, lever_stocks
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.policy.controls import compile_policy
from xenotime.policy.levers import Lever
from xenotime.policy.package import Package
from xenotime.report.document import availability
from xenotime.report.sectors import sector_rows

MONTHS = 6
STOCK: dict[str, Any] = {
    "lever": "reserve",
    "kind": "stockpile",
    "sponsor": "B",
    "material": "heavy",
    "region": "B",
    "start": "2025-02",
    "quantity": 1.5,
    "price": 100.0,
    "target": 4.0,
    "control": "ban",
}
FLOOR: dict[str, Any] = {
    "lever": "floor",
    "kind": "price_floor",
    "form": "difference",
    "sponsor": "B",
    "facility": "plant",
    "material": "light",
    "index_region": "A",
    "start": "2025-03",
    "price": 20.0,
    "lag_months": 2,
}


def run_of(*entries: dict[str, Any], months: int = MONTHS, ban: bool = True) -> Trajectory:
    package = Package((BAN,) if ban else (), tuple(Lever.model_validate(entry) for entry in entries))
    return run_months(floating(), prepare(floating(), package, START), START, months)


@pytest.fixture(scope="module")
def both() -> Trajectory:
    return run_of(STOCK, FLOOR)


def test_the_base_month_does_not_know_the_levers() -> None:
    plain = prepare(floating(), Package((BAN,)), START).base
    levered = prepare(
        floating(), Package((BAN,), (Lever.model_validate(STOCK), Lever.model_validate(FLOOR))), START
    ).base
    assert levered.price()[: len(plain.price())] == pytest.approx(plain.price(), rel=EXACT)
    assert levered.amount("plant") == pytest.approx(plain.amount("plant"), rel=EXACT)


def test_a_lever_not_announced_changes_no_month() -> None:
    later = run_of({**STOCK, "start": "2026-01"}, months=3, ban=False)
    plain = run_of(months=3, ban=False)
    for position in range(3):
        there = plain.clearing(position).price()
        assert later.clearing(position).price()[: len(there)] == pytest.approx(there, rel=1e-8)


def test_the_stock_buys_waits_and_is_released_under_the_ban(both: Trajectory) -> None:
    """The ban is announced in March: the price passes what the stock may pay, and in April it is opened."""
    node = both.setup.policy.network.place["heavy", "B", ""]
    prices = [both.clearing(position).price()[node] for position in (1, 2)]
    assert prices[0] < 100.0 < prices[1]
    held = [row["value"] for row in lever_stocks(both)]
    assert held == pytest.approx([0.0, 1.5, 1.5, 0.0, 0.0, 0.0], abs=1e-9)


def test_elements_are_conserved_with_goods_in_the_governments_hands(both: Trajectory) -> None:
    for account in account_elements(both):
        assert account.residual < 1e-9
    early = run_of(STOCK, months=2)
    dysprosium = account_elements(early)[0]
    assert dysprosium.residual < 1e-9
    stock = early.after.stock @ np.array(
        [row.material == "heavy" for row in early.setup.policy.network.stocks]
    )
    assert early.after.levers.holding[0] == pytest.approx(1.5)
    assert dysprosium.closing > stock + 1.5  # the rest is at sea


def test_buying_for_stock_is_no_use(both: Trajectory) -> None:
    used = sum(both.clearing(p).consumption()[:2].sum() for p in range(MONTHS))
    assert sum(account.consumed for account in account_elements(both)) == pytest.approx(used, rel=EXACT)


def test_the_floor_pays_on_the_price_of_two_months_before(both: Trajectory) -> None:
    network = both.setup.policy.network
    node = network.place["light", "A", ""]
    paid = {row["month"]: row for row in lever_payments(both) if row["lever"] == "floor"}
    assert list(paid) == ["2025-03", "2025-04", "2025-05", "2025-06"]
    for position, month in ((2, "2025-03"), (4, "2025-05")):
        index = both.clearing(position - 2).price()[node]
        made = 0.3 * both.clearing(position).amount("plant")[1]
        assert paid[month]["value"] == pytest.approx((20.0 - index) * made, rel=EXACT)
        assert (paid[month]["payer"], paid[month]["recipient"]) == ("B", "plant")
        assert (paid[month]["what"], paid[month]["unit"]) == ("top-up", "USD")


def test_stocks_are_bought_and_sold_at_the_price_of_the_month(both: Trajectory) -> None:
    node = both.setup.policy.network.place["heavy", "B", ""]
    rows = {
        (row["month"], row["what"]): row["value"] for row in lever_payments(both) if row["lever"] == "reserve"
    }
    assert list(rows) == [
        ("2025-02", "purchase"),
        ("2025-04", "release"),
    ]
    for position, what, key in ((1, "purchase", "2025-02"), (3, "release", "2025-04")):
        assert rows[key, what] == pytest.approx(1.5 * both.clearing(position).price()[node], rel=EXACT)


def test_a_run_without_levers_pays_nothing() -> None:
    run = run_of(months=1)
    assert (lever_payments(run), lever_stocks(run)) == ([], [])


def test_a_run_goes_on_from_any_month_with_the_same_bytes(both: Trajectory, tmp_path: Path) -> None:
    setup = prepare(floating(), Package((BAN,), both.setup.levers.levers), START)
    place = Checkpoint(tmp_path / "months", "key")
    run_months(floating(), setup, START, 3, checkpoint=place)
    again = run_months(floating(), setup, START, 5, checkpoint=place)
    for mine, theirs in zip(again.months, both.months[:5], strict=True):
        assert mine.point.x.tobytes() == theirs.point.x.tobytes()
    assert again.after.levers.holding.tobytes() == both.months[5].before.levers.holding.tobytes()


def test_orders_for_stock_are_neither_availability_nor_a_sector(both: Trajectory) -> None:
    calm = run_of(ban=False)
    sectors = {row["sector"] for row in sector_rows(both, calm)}
    assert sectors == {"mill"}
    rows = availability(both, calm)
    assert {row["region"] for row in rows} == {"B"}
    first = next(row for row in rows if row["month"] == "2025-02" and row["element"] == "Dy")
    mine = both.clearing(1).consumption()[1] / calm.clearing(1).consumption()[1]
    assert first["value"] == pytest.approx(mine, rel=EXACT)


def test_controls_bind_a_contract_as_they_bind_a_lane() -> None:
    deal = {
        "lever": "deal",
        "kind": "offtake",
        "sponsor": "B",
        "facility": "plant",
        "material": "heavy",
        "region": "B",
        "start": "2025-02",
        "quantity": 5.0,
        "price": 60.0,
    }
    setup = prepare(floating(), Package((BAN,), (Lever.model_validate(deal),)), START)
    labels = setup.policy.network.lanes.label
    touched = {labels[lane] for item in setup.policy.controls for lane in item.lanes}
    assert ("contract", "heavy", "A", "deal") in touched
    assert compile_policy(setup.levers.network, (BAN,), setup.policy.normal).controls
