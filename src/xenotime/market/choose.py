"""Engines by name."""

from __future__ import annotations

from xenotime.market.engines import Clarabel, Engine, Highs, Piqp
from xenotime.market.newton import Newton

ENGINES: dict[str, type[Engine]] = {"piqp": Piqp, "newton": Newton, "highs": Highs, "clarabel": Clarabel}


def make_engine(name: str) -> Engine:
    """An engine with nothing remembered; raises KeyError for a name not in `ENGINES`."""
    return ENGINES[name]()
