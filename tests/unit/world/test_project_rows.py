"""Projects stand beside the base year, have a route for their goods, and change nothing in its month."""

from __future__ import annotations

from functools import lru_cache

import pytest

from xenotime.facts.load import load_facts
from xenotime.market.clearing import clear_static
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.world.build import build_world
from xenotime.world.project_rows import nameplate
from xenotime.world.world import World

DATES = ("2024-12", "2009-12")


@lru_cache(maxsize=2)
def world_of(date: str) -> World:
    return build_world(date)


@pytest.mark.parametrize("date", DATES)
def test_projects_have_kind_capacity_and_route(date: str) -> None:
    world = world_of(date)
    made = {row.material for row in world.recipes if row.amount > 0}
    taken = {row.material for row in world.recipes if row.amount < 0} | {d.material for d in world.demand}
    projects = [plant for plant in world.facilities if plant.project and plant.status == "planned"]
    assert len(projects) > 15
    for plant in projects:
        flows = [row for row in world.recipes if row.recipe == plant.recipe]
        assert plant.kind
        assert (plant.capacity or 0) > 0
        assert all(row.material in made for row in flows if row.amount < 0), plant.facility
        assert any(row.material in taken for row in flows if row.amount > 0), plant.facility


@pytest.mark.parametrize("date", DATES)
def test_the_base_month_is_as_it_would_be_without_them(date: str) -> None:
    world = world_of(date)
    without = world.with_tables(
        facilities=tuple(
            plant for plant in world.facilities if not plant.project and plant.status != "planned"
        )
    )
    loads = []
    for picture in (world, without):
        network = build_network(picture, date)
        cleared = clear_static(network, date, open_terms(network, date), refine=False)
        names = [(plant.facility, plant.recipe) for plant in network.facilities]
        loads.append(dict(zip(names, cleared.amount("plant"), strict=True)))
    with_them, alone = loads
    for name, value in alone.items():
        assert with_them[name] == pytest.approx(value, rel=1e-8, abs=1e-8), name


def test_plants_known_from_the_record_do_not_slip() -> None:
    plants = {plant.facility: plant for plant in world_of("2009-12").facilities}
    assert plants["lyc_gebeng"].slip_months == 0
    assert plants["lyc_gebeng"].planned_start == "2012-11"
    planned = {plant.facility: plant for plant in world_of("2024-12").facilities}
    assert planned["ilu_eneabba"].slip_months is None


def test_a_plant_under_way_has_the_capacity_it_is_built_for() -> None:
    facts = load_facts()
    assert nameplate(facts, "evac_sumter", 2025) == 2000
    assert nameplate(facts, "mp_10x", 2028) == 7000
    assert nameplate(facts, "nothing", 2028) == 0
