"""Plants stop after months at a loss, start again only after their delay, and close for good (M10)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unit.dynamics.project_worlds import fleet_of, pits
from xenotime.dynamics.fleet import CLOSED, IDLE, OPERATING, Fleet, Projects
from xenotime.dynamics.idling import advance_idling, best_margin, unit_margins
from xenotime.dynamics.projects import capacity_share
from xenotime.dynamics.quotes import Quotes

LOSS, GAIN = np.array([-0.5, 0.0]), np.array([0.5, 0.0])


def fleet() -> Fleet:
    made = fleet_of(pits())
    quick = replace(made.numbers, idle_after=3.0, restart_delay=2.0, close_after=5.0, loss_borne=0.02)
    return replace(made, numbers=quick)


def after(plants: Fleet, part: Projects, *margins: np.ndarray) -> Projects:
    for margin in margins:
        part = advance_idling(plants, part, margin)
    return part


def test_three_months_at_a_loss_stop_a_plant() -> None:
    plants = fleet()
    assert after(plants, plants.first, LOSS, LOSS).stage[0] == OPERATING
    part = after(plants, plants.first, LOSS, LOSS, LOSS)
    assert part.stage[0] == IDLE
    assert capacity_share(plants, part)[0] == 0


def test_a_good_month_begins_the_count_anew_and_small_losses_are_borne() -> None:
    plants = fleet()
    assert after(plants, plants.first, LOSS, LOSS, GAIN, LOSS, LOSS).stage[0] == OPERATING
    assert after(plants, plants.first, *(np.array([-0.01, 0.0]),) * 9).stage[0] == OPERATING


def test_an_idle_plant_restarts_only_after_its_delay() -> None:
    plants = fleet()
    idle = after(plants, plants.first, LOSS, LOSS, LOSS)
    stages = []
    for _ in range(4):
        idle = advance_idling(plants, idle, GAIN)
        stages.append(int(idle.stage[0]))
    # the month that shows a margin decides; two months of delay follow
    assert stages == [IDLE, IDLE, OPERATING, OPERATING]


def test_closure_is_for_good() -> None:
    plants = fleet()
    part = after(plants, plants.first, *(LOSS,) * (3 + 5))
    assert part.stage[0] == CLOSED
    assert after(plants, part, *(GAIN,) * 24).stage[0] == CLOSED


def test_plants_without_a_kind_do_what_their_dates_say() -> None:
    world = pits()
    plants = fleet_of(world.with_tables(facilities=tuple(replace(p, kind="") for p in world.facilities)))
    assert after(plants, plants.first, *(LOSS,) * 200).stage[0] == OPERATING


def test_margins_by_hand() -> None:
    plants = fleet()
    margin, turnover = unit_margins(plants, Quotes(np.array([16.0]), np.array([16.0])), np.array([2.0, 0.0]))
    assert margin.tolist() == [4.0, -4.0]  # 16 - 10 - 2, and 16 - 20
    assert turnover.tolist() == [16.0, 16.0]
    assert best_margin(plants, margin, turnover).tolist() == pytest.approx([0.25, -0.25])


def test_the_best_row_counts() -> None:
    world = pits()
    cheap = replace(world.facilities[0], recipe="scrape", cost=4.0)
    world = world.with_tables(
        facilities=(*world.facilities, cheap),
        recipes=(*world.recipes, replace(world.recipes[0], recipe="scrape")),
    )
    plants = fleet_of(world)
    best = best_margin(plants, *unit_margins(plants, Quotes(np.array([8.0]), np.array([8.0])), np.zeros(3)))
    assert best.tolist() == pytest.approx([0.5, -1.5])
