"""An invented project small enough for hand arithmetic, prices that never move, and luck that is none."""

from __future__ import annotations

from typing import Any

import numpy as np

from xenotime.choice.luck import Luck, make_luck, no_luck
from xenotime.choice.prices import Paths
from xenotime.choice.project import Debt, Good, Project
from xenotime.choice.value import first_month, months_looked_at
from xenotime.dynamics.project_times import Span

NONE = Span(0.0, 0.0, 0.0)
OXIDE = ("oxide", "AUS")
FEED = ("feed", "AUS")
NO_DEBT = Debt(share=0.0, rate=0.0, months=0, grace=0, reserve=0.0)


def project(**changes: Any) -> Project:
    """10 t of feed a month into 2 t of oxide, from 2026-01 on for two years; built in a year for 1,200."""
    plan: dict[str, Any] = {
        "name": "plan",
        "title": "A plan",
        "region": "AUS",
        "kind": "separation",
        "today": "2025-01",
        "start": "2026-01",
        "capacity": 10.0,
        "load": 1.0,
        "life": 24,
        "capex": 1200.0,
        "build": 12,
        "ramp": NONE,
        "slip": NONE,
        "cost": 5.0,
        "fixed_share": 0.4,
        "royalty": 0.0,
        "tax": 0.0,
        "required_return": 0.0,
        "goods": (Good("feed", "AUS", -1.0), Good("oxide", "AUS", 0.2)),
        "debt": NO_DEBT,
    }
    return Project(**{**plan, **changes})


def steady(plan: Project, oxide: float = 100.0, feed: float = 3.0, later: int = 72) -> Paths:
    """The same prices in every month."""
    months = months_looked_at(plan, later)
    price = {OXIDE: np.full((1, months), oxide), FEED: np.full((1, months), feed)}
    return Paths(first_month(plan), months, price)


def moving(plan: Project, series: np.ndarray, feed: float = 3.0) -> Paths:
    """Prices of oxide draw by draw and month by month."""
    price = {OXIDE: series, FEED: np.full(series.shape, feed)}
    return Paths(first_month(plan), series.shape[1], price)


def certain() -> Luck:
    """One draw without luck."""
    return no_luck()


def some_luck(draws: int = 8) -> Luck:
    """A few draws."""
    return make_luck(draws, 7)
