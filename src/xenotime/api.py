"""The Python face: load a world or a case, solve a month, run months, explain a price."""

from __future__ import annotations

from pathlib import Path

from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.engines import make_engine
from xenotime.world.checks import check_world
from xenotime.world.read import read_checked
from xenotime.world.world import World


def solve(world: World | str | Path, month: str = "", engine: str = "") -> Clearing:
    """One static clearing of a world or of a folder of tables.

    Every lag is zero and nothing is stored.  Raises InputProblems for a faulty world, NoAnswer
    when nothing satisfies its limits, InternalFault when the result fails its checks.
    """
    picture = world if isinstance(world, World) else read_checked(Path(world))
    return clear_static(picture, month, engine=make_engine(engine) if engine else None)


__all__ = ["check_world", "solve"]
