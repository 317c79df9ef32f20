"""Least squares on small networks whose answer can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.world.cycles import cancel_cycles
from xenotime.world.incidence import build_incidence
from xenotime.world.parts import Activity, Measure, Outlet, Route, Sketch, Use
from xenotime.world.reconcile import range_spread, reconcile


def mine(expected: float, spread: float, capacity: float | None = None, region: str = "A") -> Activity:
    """A mine of one material."""
    return Activity(
        facility=f"mine_{region}",
        region=region,
        recipe="dig",
        stage="mine",
        flows=(("ore", 1.0),),
        capacity=capacity,
        cost=1.0,
        rise=0.1,
        expected=expected,
        spread=spread,
    )


def use(quantity: float, half_range: float, region: str = "A") -> Use:
    """A use whose range is `half_range` either way."""
    return Use(
        material="ore",
        region=region,
        sector="all",
        quantity=quantity,
        low=quantity - half_range,
        high=quantity + half_range,
        elasticity=-0.1,
        elasticity_long=-0.3,
        adapt_months=12.0,
        choke_multiple=10.0,
    )


def route(origin: str, destination: str, spread: float = 10.0, burden: float = 0.0) -> Route:
    """A lane without a prior flow."""
    return Route(
        material="ore",
        origin=origin,
        destination=destination,
        cost=1.0,
        tariff=0.0,
        export_tax=0.0,
        lag_months=1.0,
        spread=spread,
        burden=burden,
    )


def test_two_doubtful_figures_meet_where_their_variances_say() -> None:
    """Mine 100 with sd 10 against use 70 with sd 20: the balance lies at the inverse-variance mean, 94."""
    sketch = Sketch(
        activities=(mine(100.0, 10.0),), routes=(), uses=(use(70.0, 20.0 * 3.29 / 2),), outlets=()
    )
    flows = reconcile(sketch, build_incidence(sketch), [], toll=0.0, fullness=1.0)
    expected = (100 / 10**2 + 70 / 20**2) / (1 / 10**2 + 1 / 20**2)
    assert flows.values == pytest.approx([expected, expected], rel=1e-6)
    assert [item.what for item in flows.adjustments] == ["use of ore in A by all"]
    assert flows.adjustments[0].deviation == pytest.approx((expected - 70) / 20, rel=1e-5)


def test_capacity_binds_and_the_use_gives_way() -> None:
    sketch = Sketch(activities=(mine(100.0, 10.0, 60.0),), routes=(), uses=(use(80.0, 5.0),), outlets=())
    flows = reconcile(sketch, build_incidence(sketch), [], toll=0.0, fullness=0.999)
    assert flows.values == pytest.approx([60.0, 60.0], rel=1e-6)
    assert flows.full[0]
    assert not flows.full[1]


def test_a_measure_moves_the_flows_it_adds_up_over() -> None:
    sketch = Sketch(
        activities=(mine(50.0, 50.0, region="A"), mine(50.0, 50.0, region="B")),
        routes=(route("B", "A", spread=1000.0),),
        uses=(use(100.0, 1.0, "A"),),
        outlets=(),
    )
    told = Measure(name="mines of B", terms=((1, 1.0),), value=30.0, spread=0.01)
    flows = reconcile(sketch, build_incidence(sketch), [told], toll=0.0, fullness=1.0)
    assert flows.values[1] == pytest.approx(30.0, abs=0.01)
    assert flows.values[2] == pytest.approx(flows.values[1], rel=1e-9)
    assert flows.values[0] + flows.values[1] == pytest.approx(flows.values[3], rel=1e-9)


def test_surplus_goes_where_it_may_be_put_only_if_figures_insist() -> None:
    outlet = Outlet(material="ore", region="A", cost=5.0, spread=1000.0, toll=0.0)
    sketch = Sketch(activities=(mine(100.0, 0.1),), routes=(), uses=(use(70.0, 0.1),), outlets=(outlet,))
    flows = reconcile(sketch, build_incidence(sketch), [], toll=0.0, fullness=1.0)
    assert flows.values[2] == pytest.approx(30.0, rel=0.05)
    shut = Sketch(
        activities=sketch.activities,
        routes=(),
        uses=sketch.uses,
        outlets=(Outlet(material="ore", region="A", cost=5.0, spread=1000.0, used=False),),
    )
    assert reconcile(shut, build_incidence(shut), [], toll=0.0, fullness=1.0).values[2] == 0.0


def test_of_two_ways_the_cheaper_lane_is_taken() -> None:
    sketch = Sketch(
        activities=(mine(50.0, 5.0, region="A"), mine(50.0, 5.0, region="B")),
        routes=(
            route("A", "C", 1000.0, burden=0.9),
            route("B", "C", 1000.0, burden=0.0),
            route("A", "B", 1000.0, 0.9),
        ),
        uses=(use(50.0, 5.0, "A"), use(50.0, 5.0, "C")),
        outlets=(),
    )
    flows = reconcile(sketch, build_incidence(sketch), [], toll=50.0, fullness=1.0)
    assert flows.values[3] > 45.0
    assert flows.values[2] < 1.0


def test_trade_in_circles_is_netted_and_balances_stay() -> None:
    routes = (route("A", "B"), route("B", "C"), route("C", "A"), route("A", "C"))
    before = np.array([5.0, 4.0, 3.0, 2.0])
    after = cancel_cycles(routes, before)

    def balance(flow: np.ndarray) -> dict[str, float]:
        net = dict.fromkeys("ABC", 0.0)
        for lane, amount in zip(routes, flow, strict=True):
            net[lane.origin] -= amount
            net[lane.destination] += amount
        return net

    assert balance(after) == pytest.approx(balance(before))
    assert after[2] == 0.0
    assert after.sum() < before.sum()


def test_a_range_is_nine_tenths_of_a_normal_law_and_never_nothing() -> None:
    assert range_spread(90.0, 110.0, 100.0) == pytest.approx(20 / 3.29)
    assert range_spread(100.0, 100.0, 100.0) == pytest.approx(1.0)
