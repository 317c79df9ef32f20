"""The pieces a base year is put together from, before flows and prices are known.

Everything is per month already.  Costs here are sourced costs; the calibration turns them into
the costs of the world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One conversion: amounts per unit of activity, negative for inputs (unit/activity)."""

    recipe: str
    stage: str
    flows: tuple[tuple[str, float], ...]
    source: str = ""
    grade: str = ""
    note: str = ""

    def outputs(self) -> tuple[tuple[str, float], ...]:
        """Materials made, with their amounts."""
        return tuple((material, amount) for material, amount in self.flows if amount > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One recipe of one plant.

    capacity : activity per month shared by the plant's recipes, None where unbounded
    cost : sourced marginal cost at the base year (USD/activity), inputs excluded
    rise : share by which marginal cost rises from zero to full capacity
    expected, spread : prior of the activity and its standard deviation (activity/month)
    runs : whether the plant runs in the base month
    at_quota : whether a production quota that was used in full holds it
    row : further columns of the facilities table (status, start, end, name, ...)
    """

    facility: str
    region: str
    recipe: str
    stage: str
    flows: tuple[tuple[str, float], ...]
    capacity: float | None
    cost: float
    rise: float
    expected: float
    spread: float
    runs: bool = True
    at_quota: bool = False
    source: str = ""
    grade: str = ""
    row: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One lane: sourced freight, friction and charges (cost in USD/t, rates as shares).

    expected, spread : prior of the flow and its standard deviation (t/month)
    burden : freight, margin and charges as a share of the goods' worth
    used : whether it may carry trade in the base year
    """

    material: str
    origin: str
    destination: str
    cost: float
    tariff: float
    export_tax: float
    lag_months: float
    expected: float = 0.0
    spread: float = 1.0
    burden: float = 0.0
    used: bool = True
    source: str = ""
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One block of use with what is known about how it answers to price (t/month)."""

    material: str
    region: str
    sector: str
    quantity: float
    low: float
    high: float
    elasticity: float
    elasticity_long: float
    adapt_months: float
    choke_multiple: float
    source: str = ""
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Somewhere surplus may be put, at a cost (USD/t); `used` says whether it is in the base year.

    toll : penalty per spread put away, in squared standard deviations: surplus is the last resort
    """

    material: str
    region: str
    cost: float
    expected: float = 0.0
    spread: float = 1.0
    used: bool = True
    toll: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measured quantity that is a weighted sum of flows.

    terms : column of the incidence to weight
    value, spread : figure and its standard deviation, in `unit`
    """

    name: str
    terms: tuple[tuple[int, float], ...]
    value: float
    spread: float
    unit: str = "t/month"
    source: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """An observed price of a node: the node price times `factor` should lie in [low, high] (USD/t)."""

    material: str
    region: str
    value: float
    low: float
    high: float
    factor: float = 1.0
    source: str = ""
    grade: str = ""
    market: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """The network of a base year with everything that is known about it, before it is made to balance."""

    activities: tuple[Activity, ...]
    routes: tuple[Route, ...]
    uses: tuple[Use, ...]
    outlets: tuple[Outlet, ...]
