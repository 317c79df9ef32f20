"""Engines by name."""

from __future__ import annotations

from xenotime.errors import one_problem
from xenotime.market.engines import Clarabel, Engine, Highs, Piqp
from xenotime.market.interior import Interior

ENGINES: dict[str, type[Engine]] = {
    "interior": Interior,
    "piqp": Piqp,
    "highs": Highs,
    "clarabel": Clarabel,
}
DEFAULT_ENGINE = "interior"


def make_engine(name: str) -> Engine:
    """An engine with nothing remembered; raises InputProblems for a name not in `ENGINES`."""
    if name not in ENGINES:
        raise one_problem(
            "unknown-engine", "engine", repr(name), "one of " + ", ".join(ENGINES), "choose one of them"
        )
    return ENGINES[name]()
