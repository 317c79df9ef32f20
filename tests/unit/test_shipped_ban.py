"""An invented ban on the shipped world: what must hold of any ban, whatever the numbers."""

from __future__ import annotations

import pytest

from xenotime.api import load_world, solve
from xenotime.market.clearing import Clearing
from xenotime.runs import explain_cell
from xenotime.world.tables import Control

BANNED = ("Dy_oxide", "DyFe_alloy", "Ce_oxide")
OUTSIDE = ("JPN", "DEU", "USA")
SUM = 1e-6  # relative: what an explanation promises


@pytest.fixture(scope="module")
def cleared() -> tuple[Clearing, Clearing]:
    world = load_world()
    ban = tuple(
        Control(control="invented", instrument="ban", material=material, origin="CHN") for material in BANNED
    )
    return solve(world, world.date), solve(world.with_tables(controls=ban), world.date)


Prices = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def prices(cleared: tuple[Clearing, Clearing]) -> tuple[Prices, Prices]:
    """By material and place, before and after; the lowest where more than one would do."""

    def read(clearing: Clearing) -> Prices:
        rows = clearing.table("prices")
        return {
            (row["material"], row["region"]): float(row["value"] if row["determined"] else row["low"])
            for row in rows
            if row["market"] == "spot"
        }

    before, after = cleared
    return read(before), read(after)


@pytest.mark.parametrize("material", ["Dy_oxide", "Ce_oxide"])
def test_outside_rises_and_inside_does_not(prices: tuple[Prices, Prices], material: str) -> None:
    before, after = prices
    assert after[material, "CHN"] <= before[material, "CHN"] * (1 + SUM)
    for region in OUTSIDE:
        assert after[material, region] > before[material, region] * 1.01


def test_what_is_not_controlled_moves_less(prices: tuple[Prices, Prices]) -> None:
    before, after = prices
    moved = {
        material: after[material, "JPN"] / before[material, "JPN"] - 1
        for material in ("Dy_oxide", "Tb_oxide", "La_oxide", "NdPr_oxide", "Y_oxide")
    }
    controlled = moved.pop("Dy_oxide")
    assert all(abs(change) < controlled / 2 for change in moved.values()), moved


def test_the_rent_is_named_and_the_price_adds_up(cleared: tuple[Clearing, Clearing]) -> None:
    told = explain_cell(cleared[1], "Dy_oxide", "JPN")
    assert sum(term.amount for term in told.leaves) == pytest.approx(told.price, rel=SUM)
    named = [term.name for step in told.against_controls for term in step.terms]
    assert "licence rent invented" in named
