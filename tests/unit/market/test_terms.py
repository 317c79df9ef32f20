"""What the world's own tables impose in a month."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import build_network, joint, trade
from xenotime.market.terms import is_running, open_terms, plants_in_sight
from xenotime.world.tables import Facility

PLANT = Facility(facility="pit", region="A", recipe="mine", start="2025-03", end="2025-05")


@pytest.mark.parametrize(
    ("month", "runs"),
    [("2025-02", False), ("2025-03", True), ("2025-05", True), ("2025-06", False), ("", True)],
)
def test_a_plant_runs_from_its_start_to_its_end(month: str, runs: bool) -> None:
    assert is_running(PLANT, month) is runs


@pytest.mark.parametrize("status", ["idle", "construction", "planned", "closed"])
def test_only_operating_plants_run(status: str) -> None:
    assert not is_running(replace(PLANT, status=status), "2025-04")
    assert not is_running(replace(PLANT, status=status), "")


def test_capacity_is_in_units_of_activity() -> None:
    world = joint()
    heavy_user = replace(world.facilities[0], capacity=30.0, capacity_use=2.0, min_load=4.0)
    terms = open_terms(build_network(world.with_tables(facilities=(heavy_user, world.facilities[1]))))
    assert terms.plant_high.tolist() == [15.0, 400.0]
    assert terms.plant_low.tolist() == [4.0, 0.0]


def test_a_plant_that_does_not_run_has_no_least_load() -> None:
    world = joint()
    later = replace(world.facilities[0], start="2030-01", min_load=4.0)
    terms = open_terms(build_network(world.with_tables(facilities=(later, world.facilities[1]))), "2025-01")
    assert (terms.plant_low[0], terms.plant_high[0]) == (0.0, 0.0)


def test_nothing_takes_no_capacity() -> None:
    world = joint()
    free = replace(world.facilities[0], capacity_use=0.0)
    assert open_terms(build_network(world.with_tables(facilities=(free,)))).plant_high[0] == np.inf


def test_lanes_carry_their_own_numbers() -> None:
    terms = open_terms(build_network(trade(tariff=0.1, export_tax=0.2, limit=9.0)))
    assert (terms.tariff[0], terms.export_tax[0], terms.lane_high[0]) == (0.1, 0.2, 9.0)
    assert terms.lane_cause == {}


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, True),
        ({"start": "2030-01"}, True),
        ({"end": "2020-01"}, True),
        ({"status": "idle"}, False),
        ({"status": "planned", "planned_start": "2025-07"}, False),
        ({"status": "construction", "planned_start": "2025-07"}, False),
    ],
)
def test_plants_with_a_date_are_in_sight_and_those_that_need_money_are_not(
    changes: dict[str, str], seen: bool
) -> None:
    world = joint()
    other = replace(world.facilities[0], **changes)  # type: ignore[arg-type]
    network = build_network(world.with_tables(facilities=(other, world.facilities[1])))
    assert plants_in_sight(network).tolist() == [seen, True]
