"""The Python face: load a world or a case, solve a month, run months, explain a price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from xenotime.errors import one_problem
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation
from xenotime.policy.case import Case, load_case
from xenotime.policy.statics import clear_world
from xenotime.world.checks import read_checked
from xenotime.world.world import World

if TYPE_CHECKING:
    from xenotime.runs import Run
    from xenotime.world.predict import Prediction, Score

_DATE = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
SHIPPED = "2024-12"
SHIPPED_MONTHS = ("2009-12", "2024-12")  # the base years the facts are complete for
DATED_YEARS = ("2010", "2025")  # years whose months can be seen as they were known then


def load_world(place: str | Path = SHIPPED) -> World:
    """The shipped world of a month, or a folder of tables.

    ``2024-12`` and ``2009-12`` are built from all facts; a month of the year after (``2010-06``,
    ``2025-03``) is built from what was known in it.  Raises InputProblems with every fault of a folder,
    or of a month no world is shipped for.
    """
    if isinstance(place, str) and _DATE.match(place) and not Path(place).is_dir():
        if place not in SHIPPED_MONTHS and place[:4] not in DATED_YEARS:
            raise one_problem(
                "unknown-world",
                "world",
                place,
                f"one of {', '.join(SHIPPED_MONTHS)}, or a month of {' or '.join(DATED_YEARS)}",
                "use one of these months, or a folder",
            )
        return _shipped(place)
    return read_checked(Path(place))


@lru_cache(maxsize=4)
def _shipped(date: str) -> World:
    from xenotime.world.build import build_dated, build_world

    return build_world(date) if date in SHIPPED_MONTHS else build_dated(date)


def solve(world: World | str | Path, month: str = "", engine: str = "") -> Clearing:
    """One static clearing of a world or of a folder of tables.

    Every lag is zero and nothing is stored; the controls of the world are in force.  Raises
    InputProblems for a faulty world, NoAnswer when nothing satisfies its limits, InternalFault when
    the result fails its checks.
    """
    picture = world if isinstance(world, World) else load_world(world)
    return clear_world(picture, month, make_engine(engine) if engine else None)


def hindcast(
    date: str = SHIPPED, years: Sequence[int] = (2022, 2023)
) -> tuple[tuple[Prediction, ...], tuple[Score, ...]]:
    """Production of other years with the costs of the base year frozen, and its score against no change."""
    from xenotime.facts.load import load_facts
    from xenotime.world.predict import predict_production, score_predictions

    def clear(world: World) -> dict[tuple[str, str], float]:
        done = solve(world, world.date)
        return {(row["facility"], row["recipe"]): row["value"] for row in done.table("activities")}

    found = predict_production(load_world(date), load_facts(), years, clear)
    return found, score_predictions(found)


def run(world: World, case: Case, months: int | None = None, engine: str = DEFAULT_ENGINE) -> Run:
    """Roll a case beside its baseline; see :class:`xenotime.runs.Run`."""
    from xenotime.runs import run_case

    return run_case(world, case, months, engine)


def explain_saved(folder: Path, material: str, region: str, month: str, market: str = "spot") -> Explanation:
    """Explain a price of a run kept in a folder."""
    from xenotime.runs import explain_cell, load_run, position_of

    _, trajectory = load_run(folder, load_world)
    return explain_cell(trajectory.clearing(position_of(trajectory, month)), material, region, market)


__all__ = ["explain_saved", "hindcast", "load_case", "load_world", "run", "solve"]
