"""Other years from frozen costs: what is moved, what is left alone, and how it is scored."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from xenotime.world.predict import Prediction, predict_production, score_predictions, world_in_year
from xenotime.world.tables import Demand, Facility, RecipeFlow
from xenotime.world.world import World


@dataclass
class Tables:
    """Facts as plain rows."""

    tables: dict[str, list[Any]]

    def rows(self, table: str) -> list[Any]:
        return self.tables[table]


def row(**columns: Any) -> SimpleNamespace:
    return SimpleNamespace(**columns)


FACTS = Tables(
    {
        "feeds": [
            row(feed="hill", route="concentrate", region="CHN"),
            row(feed="dune", route="concentrate", region="AUS"),
        ],
        "quotas": [
            row(region="CHN", kind="mining_light", year=2024, quota=200.0),
            row(region="CHN", kind="mining_light", year=2022, quota=150.0),
        ],
        "capacities": [
            row(facility="aus", year=2024, capacity=100.0),
            row(facility="aus", year=2022, capacity=50.0),
            row(facility="new", year=2024, capacity=10.0),
        ],
        "growth": [
            row(sector="all_magnets", from_=2022, to=2023, cagr=0.25),
            row(sector="all_magnets", from_=2023, to=2024, cagr=0.6),
            row(sector="all_oxides", from_=2014, to=2020, cagr=0.0),
        ],
        "mine_production": [
            row(region="CHN", feed="hill", year=2024, production=240.0),
            row(region="CHN", feed="hill", year=2022, production=170.0),
            row(region="AUS", feed="dune", year=2024, production=80.0),
            row(region="AUS", feed="dune", year=2022, production=50.0),
        ],
        "stage_output": [],
    }
)
WORLD = World(
    name="w",
    date="2024-12",
    recipes=(
        RecipeFlow(recipe="mine_hill", material="concentrate_hill", amount=1.0),
        RecipeFlow(recipe="mine_dune", material="concentrate_dune", amount=1.0),
    ),
    facilities=(
        Facility(facility="chn", region="CHN", recipe="mine_hill", capacity=20.0, cost=5.0),
        Facility(facility="aus", region="AUS", recipe="mine_dune", capacity=8.0, cost=6.0),
        Facility(facility="new", region="AUS", recipe="mine_dune", capacity=1.0, cost=7.0, start="2024-01"),
    ),
    demand=(
        Demand(material="NdFeB_N", region="CHN", form="isoelastic", price=1.0, quantity=8.0, elasticity=-0.1),
        Demand(
            material="Ce_oxide", region="CHN", form="isoelastic", price=1.0, quantity=8.0, elasticity=-0.1
        ),
    ),
)


def test_inputs_of_the_year_go_in_and_costs_stay() -> None:
    moved = world_in_year(WORLD, FACTS, 2022)
    assert [plant.capacity for plant in moved.facilities] == pytest.approx([20.0 * 150 / 200, 8.0 * 0.5, 0.0])
    assert [plant.cost for plant in moved.facilities] == [5.0, 6.0, 7.0]
    assert [use.quantity for use in moved.demand] == pytest.approx([8.0 / 1.25 / 1.6, 8.0])
    assert [use.price for use in moved.demand] == [1.0, 1.0]


def test_the_model_gives_the_change_and_the_rival_gives_none() -> None:
    def at_capacity(world: World) -> dict[tuple[str, str], float]:
        return {(plant.facility, plant.recipe): plant.capacity or 0.0 for plant in world.facilities}

    found = {item.region: item for item in predict_production(WORLD, FACTS, (2022,), at_capacity)}
    assert found["CHN"].predicted == pytest.approx(240.0 * 150 / 200)
    assert found["AUS"].predicted == pytest.approx(80.0 * 4.0 / 9.0)
    assert (found["CHN"].rival, found["AUS"].rival) == (240.0, 80.0)
    assert (found["CHN"].observed, found["AUS"].observed) == (170.0, 50.0)


def test_skill_is_one_less_the_ratio_of_errors() -> None:
    scores = score_predictions(
        [
            Prediction(2022, "mine", "CHN", 100.0, 110.0, 150.0),
            Prediction(2022, "mine", "AUS", 50.0, 50.0, 80.0),
        ]
    )
    assert len(scores) == 1
    assert scores[0].error == pytest.approx(5.0)
    assert scores[0].rival_error == pytest.approx(40.0)
    assert scores[0].skill == pytest.approx(1 - 5 / 40)
