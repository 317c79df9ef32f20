"""Rivals by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from small_worlds import clear_static, price
from unit.ensembles.tiny_backtest import job, world
from xenotime.api import load_world
from xenotime.dynamics.trajectory import prepare
from xenotime.ensembles.rivals import (
    all_foreseen,
    controls_on_exports,
    cost_share,
    no_change,
    pre_shock_share,
    straight_demand,
)
from xenotime.policy.package import NOTHING
from xenotime.world.tables import Control

MONTHS = ("2010-03", "2010-04")
BASE = {"fob/Nd_oxide": 10.0, "inside/Nd_oxide": 10.0, "export/Nd_oxide/B": 40.0, "missing/B/mill": 0.0}


def test_no_change_is_the_base_for_ever() -> None:
    assert no_change(BASE, MONTHS).values["export/Nd_oxide/B"] == [40.0, 40.0]


def test_pre_shock_share_by_hand() -> None:
    rival = pre_shock_share(BASE, MONTHS, {"Nd_oxide": np.array([1.0, 0.25])}, "A")
    assert rival.values["export/Nd_oxide/B"] == [40.0, 10.0]
    assert rival.values["fob/Nd_oxide"] == [10.0, 17.5]
    assert rival.values["inside/Nd_oxide"] == [10.0, 10.0]
    assert rival.values["missing/B/mill"] == [0.0, 0.75]


def test_cost_share_passes_charges_on_and_moves_no_tonne() -> None:
    rival = cost_share(BASE, MONTHS, {"Nd_oxide": np.array([1.0, 1.1])})
    assert rival.values["fob/Nd_oxide"] == [10.0, pytest.approx(11.0)]
    assert rival.values["export/Nd_oxide/B"] == [40.0, 40.0]


def test_what_controls_let_through_is_read_month_by_month() -> None:
    task = job(6)
    setup = prepare(task.world, task.package, task.start)
    through, charged = controls_on_exports(setup, task)
    assert list(through["Dy_oxide"][:3]) == [1.0, 1.0, 1.0]
    base = setup.base.table("flows")
    sold = sum(row["value"] for row in base if row["material"] == "Dy_oxide")
    assert through["Dy_oxide"][3] == pytest.approx(8.0 / sold)
    assert np.all(charged["Dy_oxide"] == 1.0)


def test_a_tax_is_read_too() -> None:
    tax = Control(control="tax", instrument="export_tax", origin="A", value=0.2, in_force="2010-02")
    task = job(2)
    task = replace(task, package=replace(task.package, controls=(tax,)))
    _, charged = controls_on_exports(prepare(task.world, task.package, task.start), task)
    assert list(charged["Nd_oxide"]) == [1.0, pytest.approx(1.2)]


def test_a_straight_line_passes_through_the_reference_with_the_same_slope() -> None:
    start = world()
    (row, *_) = [r for r in straight_demand(start, 2.0).demand if r.material == "Nd_oxide"]
    # p = 9.6, q = 40, elasticity 0.8: dp/dq = 9.6 / (0.8 x 40) = 0.3; p at q = 0 is 9.6 (1 + 1 / 0.8)
    assert row.slope == pytest.approx(0.3)
    assert row.intercept == pytest.approx(21.6)
    assert row.intercept - row.slope * 40.0 == pytest.approx(9.6)
    straight, curved = clear_static(straight_demand(start, 1.0)), clear_static(start)
    assert price(straight, "Nd_oxide", "B") == pytest.approx(price(curved, "Nd_oxide", "B"), rel=0.05)


def test_perfect_foresight_knows_every_control_and_looks_to_the_end() -> None:
    task = all_foreseen(job(30))
    assert {row.announced for row in task.package.controls} == {"2010-01"}
    assert sum(task.look_ahead) >= 30


def test_the_shipped_world_has_a_base_month_with_straight_lines() -> None:
    world = straight_demand(load_world(), 1.0)
    base = prepare(world, NOTHING, "2025-01").base
    assert base.check.passed()
    assert float(np.max(np.abs(base.price()))) < 1e9  # no price runs off around a circle of taxed lanes
