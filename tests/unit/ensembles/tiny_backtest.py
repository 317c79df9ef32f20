"""A past that takes seconds: a small chain under a ban, with observed rows made from a run of it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from unit.dynamics.dynamic_worlds import floating
from xenotime.dynamics.behaviour import load_behaviour
from xenotime.ensembles.draws import with_values
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.evaluate import Job, run_series
from xenotime.ensembles.series import Series
from xenotime.facts.load import load_facts
from xenotime.policy.package import Package
from xenotime.world.tables import Control
from xenotime.world.world import World

MONTHS = 6
PRIORS = ("elasticity_scale", "cover_scale", "model_error", "model_error_shared")
TRUTH = {"elasticity_scale": 1.6}
EPISODE = Episode(
    episode="tiny",
    title="A quota on a small chain",
    sample="in-sample",
    world="2009-12",
    case="quota-2010",
    start="2010-01",
    months=MONTHS,
    cut_off="2010-03",
    origin="A",
    base=("2009-01", "2009-12"),
    scored=("2010-02", "2010-12"),
    quota=("*_oxide",),
    peaks=("Nd_oxide", "Dy_oxide"),
)
QUOTA = tuple(
    Control(
        control=f"quota-{name}",
        instrument="quota",
        material=name,
        origin="A",
        value=value,
        announced="2010-03",
        in_force="2010-04",
    )
    for name, value in (("Nd_oxide", 25.0), ("Dy_oxide", 8.0))
)


def world() -> World:
    """The floating chain with the names of oxides; nobody adapts, so that one number makes its past."""
    named = {"light": "Nd_oxide", "heavy": "Dy_oxide"}
    start = floating()

    def call(row: Any) -> Any:
        return replace(row, material=named.get(row.material, row.material))

    return start.with_tables(
        date="2009-12",
        materials=tuple(
            replace(call(r), stage="concentrate" if r.material == "ore" else "") for r in start.materials
        ),
        contents=tuple(call(r) for r in start.contents),
        recipes=tuple(call(r) for r in start.recipes),
        demand=tuple(call(r) for r in start.demand),
        lanes=tuple(call(r) for r in start.lanes),
        stocks=tuple(call(r) for r in start.stocks),
    )


def job(months: int = MONTHS) -> Job:
    """The run of the episode."""
    return Job(world(), Package(controls=QUOTA), "2010-01", months, "A", ("*_oxide",), (1, 1, 2))


def truth() -> Series:
    """What "happened": a run at known behaviour."""
    return run_series(job(), with_values(load_behaviour(), TRUTH))


class TinyFacts:
    """Shipped priors and rates, observed rows of the tiny past; `later` rows are added as they are."""

    def __init__(self, series: Series, later: tuple[Any, ...] = ()) -> None:
        self._own = {
            "observed_prices": (*prices(series), *later),
            "observed_exports": (),
            "observed_production": (),
            "observed_quota_use": (),
            "disruptions": (),
        }

    def rows(self, table: str) -> tuple[Any, ...]:
        if table == "priors":
            return tuple(row for row in load_facts().rows(table) if row.name in PRIORS)
        return self._own[table] if table in self._own else load_facts().rows(table)


def prices(series: Series) -> list[Any]:
    """A quote at the border for each month after the first, and one of the base year."""
    found = []
    for name in ("Nd_oxide", "Dy_oxide"):
        base = series.base[f"fob/{name}"]
        found.append(quote(name, "2009", base, "annual_average"))
        for month, value in zip(series.months[1:], series.values[f"fob/{name}"][1:], strict=True):
            found.append(quote(name, month, value, "month"))
    return found


def quote(material: str, period: str, value: float, kind: str = "month", market: str = "fob_china") -> Any:
    """An observed row; its range is a tenth either way."""
    return SimpleNamespace(
        material=material,
        market=market,
        basis="test",
        kind=kind,
        period=period,
        day="",
        unit="USD/t",
        vat=0.0,
        value=value,
        low=0.9 * value,
        high=1.1 * value,
    )
