"""How long projects take and what they cost, by kind of plant and place, from their tables."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

MAIN = "CHN"  # the one region with rows of its own for every kind; all others share the rest of the world's
REST = "ROW"
ANY_KIND = "all"


@dataclass(frozen=True, slots=True)
class Span:
    """A figure and its range: the middle of what is expected, and its first and last tenth (months)."""

    value: float
    low: float
    high: float

    def quantile(self, u: float) -> float:
        """Two straight pieces through (0, low), (1/2, value), (1, high); `u` between 0 and 1."""
        if u < 0.5:
            return self.low + 2 * u * (self.value - self.low)
        return self.value + 2 * (u - 0.5) * (self.high - self.value)


@dataclass(frozen=True, slots=True)
class ProjectNumbers:
    """Values of ``data/project_numbers.csv``; see its notes."""

    ramp_power: float
    idle_after: float
    loss_borne: float
    restart_delay: float
    close_after: float
    debt_life: float
    price_half_life: float
    required_return_CHN: float
    required_return_ROW: float
    expected_load: float
    flood_risk: float
    flood_depth: float
    control_lasts: float
    past_growth: float
    scrap_headroom: float

    def required_return(self, region: str) -> float:
        """Return asked for by those who build in `region`, per year."""
        return self.required_return_CHN if region == MAIN else self.required_return_ROW


def places(region: str) -> tuple[str, ...]:
    """Where to look a figure up for `region`: its own row, else the rest of the world's."""
    return (region,) if region == MAIN else (region, REST)


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of one shipped table as texts."""
    text = (resources.files("xenotime") / "data" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def load_numbers() -> ProjectNumbers:
    """The shipped values."""
    return ProjectNumbers(**{row["name"]: float(row["value"]) for row in rows_of("project_numbers")})


@lru_cache(maxsize=1)
def _stages() -> Mapping[tuple[str, str, str], Span]:
    return MappingProxyType(
        {
            (row["kind"], row["region"], row["phase"]): Span(
                float(row["months"]), float(row["low"]), float(row["high"])
            )
            for row in rows_of("project_stages")
        }
    )


@lru_cache(maxsize=1)
def _capex() -> Mapping[tuple[str, str], float]:
    return MappingProxyType(
        {(row["facility_or_region"], row["kind"]): float(row["capex"]) for row in rows_of("capex")}
    )


def span_of(phase: str, kind: str, region: str) -> Span:
    """How long `phase` (or the slip of a plan) takes: rows of the kind come before rows of all kinds.

    Raises KeyError for a phase without any row, which the shipped table does not have.
    """
    known = _stages()
    for what in (kind, ANY_KIND):
        for place in places(region):
            if (what, place, phase) in known:
                return known[what, place, phase]
    raise KeyError((phase, kind, region))


def capex_of(facility: str, kind: str, region: str) -> float:
    """Cost of building a tonne a year of capacity (USD), the plant's own where there is a row."""
    known = _capex()
    for place in (facility, *places(region)):
        if (place, kind) in known:
            return known[place, kind]
    raise KeyError((facility, kind, region))
