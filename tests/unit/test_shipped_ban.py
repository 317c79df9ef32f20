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


def _price(clearing: Clearing, material: str, region: str) -> float:
    for row in clearing.table("prices"):
        if (row["material"], row["region"]) == (material, region):
            return float(row["value"] if row["determined"] else row["low"])
    raise AssertionError(f"no price of {material} in {region}")


@pytest.mark.parametrize("material", ["Dy_oxide", "Ce_oxide"])
def test_outside_rises_and_inside_does_not(cleared: tuple[Clearing, Clearing], material: str) -> None:
    before, after = cleared
    assert _price(after, material, "CHN") <= _price(before, material, "CHN") * (1 + SUM)
    for region in OUTSIDE:
        assert _price(after, material, region) > _price(before, material, region) * 1.01


def test_what_is_not_controlled_moves_less(cleared: tuple[Clearing, Clearing]) -> None:
    before, after = cleared
    moved = {
        material: _price(after, material, "JPN") / _price(before, material, "JPN") - 1
        for material in ("Dy_oxide", "Tb_oxide", "La_oxide", "NdPr_oxide", "Y_oxide")
    }
    controlled = moved.pop("Dy_oxide")
    assert all(abs(change) < controlled / 2 for change in moved.values()), moved


def test_the_rent_is_named_and_the_price_adds_up(cleared: tuple[Clearing, Clearing]) -> None:
    told = explain_cell(cleared[1], "Dy_oxide", "JPN")
    assert sum(term.amount for term in told.leaves) == pytest.approx(told.price, rel=SUM)
    named = [term.name for step in told.against_controls for term in step.terms]
    assert "licence rent invented" in named
