"""Prices, rents and wedges on networks small enough to know them beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.world.calibrate import calibrate
from xenotime.world.incidence import Incidence, build_incidence
from xenotime.world.parts import Activity, Observed, Outlet, Route, Sketch, Use
from xenotime.world.reconcile import Flows


def activity(facility: str, region: str, flows: tuple[tuple[str, float], ...], cost: float) -> Activity:
    return Activity(
        facility=facility,
        region=region,
        recipe=facility,
        stage="mine",
        flows=flows,
        capacity=100.0,
        cost=cost,
        rise=0.1,
        expected=1.0,
        spread=1.0,
    )


def use(material: str, region: str) -> Use:
    return Use(
        material=material,
        region=region,
        sector="all",
        quantity=10.0,
        low=9.0,
        high=11.0,
        elasticity=-0.1,
        elasticity_long=-0.3,
        adapt_months=12.0,
        choke_multiple=10.0,
    )


def seen(material: str, region: str, low: float, value: float, high: float) -> Observed:
    return Observed(material=material, region=region, value=value, low=low, high=high)


def lane(tariff: float = 0.0, export_tax: float = 0.0, cost: float = 5.0) -> Route:
    return Route(
        material="ore",
        origin="A",
        destination="B",
        cost=cost,
        tariff=tariff,
        export_tax=export_tax,
        lag_months=0.0,
    )


def flowing(sketch: Sketch, incidence: Incidence, values: list[float], full: tuple[int, ...] = ()) -> Flows:
    assert np.abs(incidence.matrix @ np.array(values)).max() < 1e-12
    flags = np.zeros(len(values), dtype=bool)
    flags[list(full)] = True
    return Flows(np.array(values), flags, ())


def solve(
    sketch: Sketch,
    values: list[float],
    observed: list[Observed],
    guess: list[float],
    full: tuple[int, ...] = (),
):  # type: ignore[no-untyped-def]
    incidence = build_incidence(sketch)
    flows = flowing(sketch, incidence, values, full)
    slopes = np.full(len(sketch.activities) + len(sketch.routes), 0.01)
    return incidence, calibrate(sketch, incidence, flows, observed, np.array(guess), slopes)


def test_wedge_is_price_less_sourced_cost() -> None:
    sketch = Sketch(
        activities=(activity("m", "A", (("ore", 1.0),), 80.0),),
        routes=(),
        uses=(use("ore", "A"),),
        outlets=(),
    )
    _, found = solve(sketch, [10.0, 10.0], [seen("ore", "A", 99.9, 100.0, 100.1)], [100.0])
    assert found.price[0] == pytest.approx(100.0, abs=0.2)
    assert found.wedge[0] == pytest.approx(found.price[0] - 80.0, rel=1e-9)
    assert found.marginal[0] == pytest.approx(found.price[0], rel=1e-9)
    assert found.rent == {}


def test_a_full_plant_earns_a_rent_instead_of_a_wedge() -> None:
    sketch = Sketch(
        activities=(activity("m", "A", (("ore", 1.0),), 80.0),),
        routes=(),
        uses=(use("ore", "A"),),
        outlets=(),
    )
    _, found = solve(sketch, [100.0, 100.0], [seen("ore", "A", 99.9, 100.0, 100.1)], [100.0], full=(0,))
    assert found.rent["m"] == pytest.approx(20.0, abs=0.3)
    assert found.wedge[0] == pytest.approx(0.0, abs=0.3)


def test_charges_in_proportion_to_value_enter_as_the_engine_takes_them() -> None:
    """Landed price = (1 + tariff) ((1 + export tax) price at origin + cost)."""
    sketch = Sketch(
        activities=(activity("m", "A", (("ore", 1.0),), 100.0),),
        routes=(lane(0.1, 0.2),),
        uses=(use("ore", "B"),),
        outlets=(),
    )
    incidence, found = solve(sketch, [10.0, 10.0, 10.0], [], [100.0, 140.0])
    origin, landed = (found.price[incidence.place["ore", region]] for region in "AB")
    assert landed == pytest.approx(1.1 * (1.2 * origin + found.marginal[1]), rel=1e-9)
    assert found.wedge == pytest.approx([0.0, 0.0], abs=1e-3)


def test_no_calibrated_cost_is_negative_even_where_making_loses_money() -> None:
    """A plant that runs although its product is worth less than its input: the input's price gives way."""
    sketch = Sketch(
        activities=(
            activity("m", "A", (("ore", 1.0),), 50.0),
            activity("s", "A", (("ore", -1.0), ("metal", 1.0)), 70.0),
        ),
        routes=(),
        uses=(use("metal", "A"),),
        outlets=(),
    )
    incidence, found = solve(sketch, [10.0, 10.0, 10.0], [seen("metal", "A", 59.0, 60.0, 61.0)], [60.0, 20.0])
    assert found.price[incidence.place["metal", "A"]] == pytest.approx(60.0, abs=1.1)
    assert (found.marginal - 0.01 * 10.0 >= -1e-9).all()
    assert found.wedge.sum() == pytest.approx(60.0 - 120.0, abs=1.1)


def test_idle_lanes_and_plants_stay_clear_of_paying() -> None:
    sketch = Sketch(
        activities=(activity("m", "A", (("ore", 1.0),), 90.0), activity("n", "B", (("ore", 1.0),), 40.0)),
        routes=(lane(cost=1.0),),
        uses=(use("ore", "A"), use("ore", "B")),
        outlets=(),
    )
    observed = [seen("ore", "A", 99.0, 100.0, 101.0), seen("ore", "B", 119.0, 120.0, 121.0)]
    incidence, found = solve(sketch, [10.0, 0.0, 0.0, 10.0, 0.0], observed, [100.0, 120.0])
    at_a, at_b = (found.price[incidence.place["ore", region]] for region in "AB")
    assert found.marginal[1] > at_b
    assert at_a + found.marginal[2] > at_b
    assert found.marginal[2] >= 1.0


def test_what_is_put_away_is_priced_at_minus_its_cost() -> None:
    outlet = Outlet(material="ore", region="A", cost=7.0)
    sketch = Sketch(
        activities=(activity("m", "A", (("ore", 1.0), ("gold", 0.1)), 50.0),),
        routes=(),
        uses=(use("gold", "A"),),
        outlets=(outlet,),
    )
    incidence, found = solve(sketch, [10.0, 1.0, 10.0], [], [600.0, 1.0])
    assert found.price[incidence.place["ore", "A"]] == pytest.approx(-7.0)
    assert 0.1 * found.price[incidence.place["gold", "A"]] - 7.0 == pytest.approx(found.marginal[0], rel=1e-9)
