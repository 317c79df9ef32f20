"""A line on one magnet, and what an invented run delivers to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from unit.exposure.bills import held_of, setting
from xenotime.exposure.deliveries import Deliveries
from xenotime.exposure.lines import Line, build_lines
from xenotime.exposure.luck import Luck
from xenotime.exposure.plant_file import parse_plants
from xenotime.exposure.scenes import Case, Scene, make_scene
from xenotime.facts.load import load_facts

TODAY = date(2025, 2, 3)
BILL = "product,part,quantity,material,mass,country,unit_price\nP,M,10,N42SH,20,CHN,1\nP,X,1,N42H,5,,\n"
PLANTS = """today = "2025-02-03"
weeks = 40
sector = "ev_traction"

[[plant]]
plant = "S"
region = "DEU"

[[line]]
line = "L"
product = "P"
units_per_week = 100
revenue_per_unit = 50
margin_per_unit = 10

[[stock]]
part = "M"
weeks = 4

[[stock]]
part = "X"
weeks = 30

[[supply]]
part = "M"
country = "CHN"
licence = "individual"
delivery_weeks = 1
transit_weeks = 3

[[supply]]
part = "X"
delivery_weeks = 1
"""
MONTHS = tuple(f"2025-{month:02d}" for month in range(1, 13))


def closed(from_month: int = 3, to_month: int = 12, share: float = 0.0) -> Deliveries:
    """Magnets of class SH from China: `share` of normal in the months from and to (counted from nought)."""
    series = np.ones(12)
    series[from_month:to_month] = share
    normal = np.ones(12)
    return Deliveries(
        MONTHS,
        {
            ("NdFeB_SH", "DEU", "ev_traction"): np.maximum(series, 0.5),
            ("NdFeB_H", "DEU", "ev_traction"): normal,
        },
        {("NdFeB_SH", "CHN", "DEU"): series},
        {("NdFeB_SH", "JPN"): normal, ("NdFeB_SH", "CHN"): normal, ("NdFeB_N", "CHN"): normal},
        {("NdFeB_SH", "CHN"): from_month},
    )


def luck(draws: int = 50, **numbers: float) -> Luck:
    """Luck with the numbers of the facts, some of them others."""
    own = {row.name: row.value for row in load_facts().rows("company_numbers")}
    return Luck(draws, 1, own | numbers)


def still(draws: int = 4) -> Luck:
    """Luck without spread."""
    return luck(draws, allocation_spread=0.0, transit_spread=0.0)


def line_of(folder: Path, plants: str = PLANTS, bill: str = BILL) -> Line:
    """The one line of the file."""
    given = setting()
    return build_lines(
        parse_plants(plants, "plants.toml"), held_of(folder, bill, given), given, TODAY, "plants.toml", plants
    )[0]


def scene_of(folder: Path, runs: Deliveries, chance: Luck | None = None, plants: str = PLANTS) -> Scene:
    """The line under an invented case."""
    case = Case("shut", (runs,))
    return make_scene(0, line_of(folder, plants), case, TODAY, 40, chance or still(), load_facts())


def with_more(scene: Scene, weeks: float) -> Scene:
    """The same with more of everything held."""
    return replace(scene, stock=scene.stock + weeks)
