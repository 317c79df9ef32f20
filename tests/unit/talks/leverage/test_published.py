"""Published estimates: dials into controls, shares of GDP into USD, exposure apart from loss."""

from __future__ import annotations

import numpy as np
import pytest

from xenotime.facts.load import load_facts
from xenotime.facts.published import PublishedLoss
from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.leverage.published import (
    Dials,
    beside,
    dialled,
    dials_of,
    exposure,
    in_usd,
    wanted_dials,
)
from xenotime.talks.leverage.stakes import Stakes
from xenotime.world.tables import Control, Demand

BAN = tuple(
    Control(control="ban", instrument="ban", material=name, origin="CHN")
    for name in ("Sm_oxide", "Dy_oxide", "SmCo")
)


def test_a_cut_of_part_of_trade_licenses_the_rest_and_goods_are_those_of_the_study() -> None:
    assert {row.material for row in dialled(BAN, Dials(1.0, ("Sm_*", "SmCo*")))} == {"Sm_oxide", "SmCo"}
    partial = dialled(BAN, Dials(0.8, ()))
    assert {row.instrument for row in partial} == {"licence"}
    assert [row.value for row in partial] == pytest.approx([0.2] * 3)


def test_every_study_with_dials_is_worked_out_for_its_longest_duration() -> None:
    wanted = wanted_dials(load_facts())
    assert wanted[Dials(1.0, ())] == 18
    assert all(months > 0 for months in wanted.values())


def test_shares_of_gdp_need_the_size_of_the_economy() -> None:
    facts = load_facts()
    (japan,) = [
        row for row in facts.rows(PublishedLoss) if row.region == "JPN" and row.study.startswith("Daiwa")
    ]
    (size,) = [row for row in facts.rows(PublishedLoss) if row.region == "JPN" and row.kind == "size"]
    value, low, high = in_usd(japan, facts)
    assert value == pytest.approx(size.value * japan.value / 100)
    assert low is not None
    assert high is not None
    assert low < value < high


def test_exposure_is_never_held_beside_a_loss() -> None:
    facts = load_facts()
    demand = (Demand(material="Dy_oxide", region="USA", form="fixed", quantity=2.0),)
    stakes = Stakes(np.array([7.0]), np.array([100.0]))
    assert exposure(demand, stakes, ("USA",)) == 12 * 2 * 100
    assert exposure(demand, stakes, ("JPN",)) == 0
    months, parties = 18, ("CHN", "DEU", "JPN", "USA")
    table = np.ones((months, 4)) * np.arange(1, months + 1)[:, None] * 1e9
    parts = {name: table * (name == "value_added") for name in COLUMNS}
    path = Losses(tuple(map(str, range(months))), parties, parts, table, table)
    found = beside(facts, dict.fromkeys(wanted_dials(facts), path), demand, stakes, ("CHN",))
    for item in found:
        if item.row.kind == "exposure" and item.ours is not None:
            assert item.surplus is None
            assert item.ours in (0.0, 2400.0)
        if item.row.kind == "loss" and item.ours is not None:
            assert item.ours == pytest.approx(item.row.months * 1e9)
    assert {item.row.kind for item in found} == {"loss", "exposure"}
    assert dials_of(found[0].row).cut == 1.0
