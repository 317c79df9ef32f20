"""Numbers of a world built from facts: each moves the cells it says and no other, never the base month."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from unit.dynamics.dynamic_worlds import floating
from xenotime.ensembles.acting import drawn_world
from xenotime.ensembles.fact_numbers import fact_numbers
from xenotime.ensembles.uncertain import Uncertain
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.world.fingerprint import difference
from xenotime.world.tables import Facility
from xenotime.world.world import World

COMMON: dict[str, Any] = {"grade": "D", "source": "guess", "refers_to": "2024"}


def row(**cells: Any) -> Any:
    return SimpleNamespace(**{**COMMON, **cells})


def elasticity(sector: str, horizon: str, value: float) -> Any:
    return row(sector=sector, horizon=horizon, elasticity=value, low=2 * value, high=value / 2)


class SmallFacts:
    """Ranges of a chain of two oxides: a sector of its own, one merged from two, and one without a row."""

    def rows(self, table: str) -> list[Any]:
        return {
            "elasticities": [
                *(elasticity("mill", h, e) for h, e in (("short", -0.4), ("long", -0.8))),
                *(elasticity("glass", h, e) for h, e in (("short", -0.2), ("long", -0.6))),
                *(elasticity("all", h, e) for h, e in (("short", -0.3), ("long", -0.7))),
            ],
            "choke": [
                row(sector="mill", material_class="oxide", choke_multiple=80.0, low=20.0, high=400.0),
                row(sector="other", material_class="oxide", choke_multiple=50.0, low=50.0, high=50.0),
            ],
            "cover": [
                row(
                    holder="trader",
                    sector="all",
                    region="WLD",
                    material_class="oxide",
                    days=40.0,
                    low=20.0,
                    high=90.0,
                ),
                row(
                    holder="user",
                    sector="mill",
                    region="B",
                    material_class="magnet",
                    days=9.0,
                    low=3.0,
                    high=20.0,
                ),
            ],
            "capacities": [
                row(facility="pit", year=2024, basis="ore", capacity=4800.0, low=1200.0, high=6000.0),
                row(facility="plant", year=2024, basis="ore", capacity=4800.0, low=4000.0, high=5000.0),
            ],
            "sources": [],
        }[table]


def shipped_like() -> World:
    """The floating chain with stages, two sectors, a merged one, adaptation, and a plant at its capacity."""
    world = floating()
    light, heavy = world.demand
    uses = tuple(
        replace(use, elasticity_long=-0.8, adapt_months=12.0, quantity=(use.quantity or 0) / 2)
        for use in (light, heavy)
    )
    merged = tuple(replace(use, sector="other", note="merged: mill, glass") for use in uses)
    world = world.with_tables(
        materials=tuple(
            replace(m, stage="" if m.material == "ore" else "separated_oxide") for m in world.materials
        ),
        demand=(*uses, *merged),
        stocks=tuple(replace(s, opening=30.0) for s in world.stocks),
    )
    base = base_of(world)
    place = base.program.network.place
    return world.with_tables(  # calibrated: every use is at its reference in the base month
        demand=tuple(
            replace(
                use,
                price=float(base.price()[place[use.material, use.region, ""]]),
                quantity=float(amount),
                choke=80 * float(base.price()[place[use.material, use.region, ""]]),
            )
            for use, amount in zip(world.demand, base.consumption(), strict=True)
        )
    )


def base_of(world: World) -> Clearing:
    network = build_network(world, "2025-01")
    return clear_static(network, "2025-01", open_terms(network, "2025-01"), refine=False)


@pytest.fixture(scope="module")
def numbers() -> dict[str, Uncertain]:
    world = shipped_like()
    base = base_of(world)
    found = fact_numbers(world, SmallFacts(), base.program.network, base.amount("plant"))
    return {item.name: item for item in found}


def test_every_table_gives_its_numbers_with_grade_source_and_row(numbers: dict[str, Uncertain]) -> None:
    assert set(numbers) == {
        "elasticity/mill/short",
        "elasticity/mill/long",
        "elasticity/glass/short",
        "elasticity/glass/long",
        "choke/mill/oxide",
        "cover/trader/all/WLD/oxide",
        "capacity/pit",
        "capacity/plant",
    }
    item = numbers["choke/mill/oxide"]
    assert (item.low, item.value, item.high) == (20.0, 80.0, 400.0)
    assert (item.grade, item.source, item.refers_to) == ("D", "guess", "2024")
    assert item.row == "choke: mill, oxide"


def test_a_number_changes_exactly_the_cells_it_names(numbers: dict[str, Uncertain]) -> None:
    world = shipped_like()
    for name, item in numbers.items():
        drawn = {other: numbers[other].value for other in numbers} | {name: item.high}
        changed = {
            (found.table, found.key, found.column)
            for found in difference(world, drawn_world(world, tuple(numbers.values()), drawn))
        }
        named = {(act.table, key_of(world, act.table, act.row), act.column) for act in item.acts}
        assert changed == named, name


def key_of(world: World, table: str, place: int) -> str:
    from xenotime.world.findings import key_text

    return key_text(table, getattr(world, table)[place])


def test_a_change_is_that_of_the_number_and_the_mean_where_uses_are_merged(
    numbers: dict[str, Uncertain],
) -> None:
    world = shipped_like()
    drawn = {"elasticity/mill/short": -0.6, "choke/mill/oxide": 160.0}
    after = drawn_world(world, tuple(numbers.values()), drawn)
    assert [use.elasticity for use in after.demand] == pytest.approx([-0.6, -0.6, -0.5, -0.5])
    chokes = [use.choke / before.choke for use, before in zip(after.demand, world.demand, strict=True)]  # type: ignore[operator]
    assert chokes == pytest.approx([2.0, 2.0, np.sqrt(2), np.sqrt(2)])


def test_cover_moves_days_and_what_is_held_together(numbers: dict[str, Uncertain]) -> None:
    world = shipped_like()
    after = drawn_world(world, tuple(numbers.values()), {"cover/trader/all/WLD/oxide": 60.0})
    assert [s.opening for s in after.stocks] == pytest.approx([45.0, 45.0])
    assert [s.cover_days for s in after.stocks] == pytest.approx([67.5, 67.5])


def test_no_use_is_stiffer_in_the_long_run(numbers: dict[str, Uncertain]) -> None:
    drawn = {"elasticity/mill/short": -0.8, "elasticity/mill/long": -0.4}
    after = drawn_world(shipped_like(), tuple(numbers.values()), drawn)
    for use in after.demand:
        assert use.elasticity is not None
        assert use.elasticity_long is not None
        assert use.elasticity_long <= use.elasticity


def test_the_base_month_stays_at_any_draw(numbers: dict[str, Uncertain]) -> None:
    before = base_of(shipped_like())
    for quantile in (0.01, 0.3, 0.99):
        drawn = {name: item.at(quantile) for name, item in numbers.items()}
        after = base_of(drawn_world(shipped_like(), tuple(numbers.values()), drawn))
        np.testing.assert_allclose(after.price(), before.price(), rtol=1e-6)
        np.testing.assert_allclose(after.consumption(), before.consumption(), rtol=1e-6)


def test_a_plant_is_never_drawn_below_what_it_made(numbers: dict[str, Uncertain]) -> None:
    world, base = shipped_like(), base_of(shipped_like())
    made = dict(
        zip((p.facility for p in base.program.network.facilities), base.amount("plant"), strict=False)
    )
    assert made["pit"] > 0.25 * (world.facilities[0].capacity or 0.0), "or the range would not reach below it"
    after = drawn_world(world, tuple(numbers.values()), {"capacity/pit": numbers["capacity/pit"].at(0.001)})
    assert after.facilities[0].capacity == pytest.approx(made["pit"])


def test_a_plant_at_its_capacity_is_known() -> None:
    made = base_of(shipped_like()).amount("plant")[0]
    full = shipped_like()
    full = full.with_tables(
        facilities=tuple(_with(f, made) if f.facility == "pit" else f for f in full.facilities)
    )
    base = base_of(full)
    found = fact_numbers(full, SmallFacts(), base.program.network, base.amount("plant"))
    assert "capacity/pit" not in {item.name for item in found}
    assert "capacity/plant" in {item.name for item in found}


def _with(plant: Facility, capacity: float) -> Facility:
    return replace(plant, capacity=float(capacity))
