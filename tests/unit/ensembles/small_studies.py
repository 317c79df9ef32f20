"""Studies that take seconds: the floating chain under a ban, its rows with ranges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CASE, case_of
from xenotime.ensembles.study import Asked, Study, make_study
from xenotime.policy.case import Case
from xenotime.world.world import World

MONTHS = 3
AHEAD = ((1, 1, 2),)
BOTH = ((1, 1, 2), (1, 1))
LICENCE = """title = "Heavy oxide needs a licence"
question = "What if heavy oxide leaves A with a licence only?"
start = "2025-01"
months = 5
behaviour = "assumed"

[[control]]
control = "licence"
instrument = "licence"
materials = ["heavy"]
origin = "A"
announced = "2025-02"
in_force = "2025-02"
statutory_days = 20
approval_odds = 0.8
service_rate = 0.7
order_ceiling = 1.5
range = { approval_odds = [0.5, 0.9], service_rate = [0.4, 1.0] }
assumed = "Invented."
"""


def ranged() -> World:
    """The floating chain with a range on its uses, stocks and plants."""
    world = floating()

    def spread(row: Any, value: float, grade: str) -> Any:
        return replace(row, low=0.7 * value, high=1.4 * value, grade=grade)

    return world.with_tables(
        demand=tuple(spread(row, row.quantity or 0.0, "C") for row in world.demand),
        stocks=tuple(
            spread(replace(row, opening=0.0 if row.material == "ore" else 20.0), 20.0, "D")
            for row in world.stocks
        ),
        facilities=tuple(spread(row, row.capacity or 0.0, "B") for row in world.facilities),
    )


def study_of(folder: Path, draws: int, text: str = CASE, world: World | None = None, **asked: Any) -> Study:
    """A study of a case text on the ranged chain."""
    wanted = {"months": MONTHS, "look_aheads": AHEAD, **asked}
    return make_study(world or ranged(), parsed(folder, text), Asked(draws, **wanted))


def parsed(folder: Path, text: str = CASE) -> Case:
    """A case as read from a file below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    return case_of(folder, text)
