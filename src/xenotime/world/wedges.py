"""What the builder reports beside a world: wedges, rents, prices against what was observed."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.world.base import Base

MONTHS = 12.0
LARGE = 0.25


@dataclass(frozen=True, slots=True)
class Wedge:
    """Calibrated minus sourced cost of a recipe or lane in use.

    tonnes : made or moved (t/year);  price, costs, wedge : USD per unit of activity or tonne
    share : wedge over the price of what is made or landed
    """

    kind: str
    name: str
    material: str
    tonnes: float
    price: float
    sourced_cost: float
    calibrated_cost: float
    wedge: float
    share: float
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class PriceCheck:
    """An observed price and the calibrated one of its node (USD/t)."""

    material: str
    region: str
    market: str
    observed: float
    low: float
    high: float
    calibrated: float
    source: str


def list_wedges(base: Base) -> tuple[Wedge, ...]:
    """Wedges of everything in use, largest in tonnes times share first."""
    found = [*_of_activities(base), *_of_routes(base)]
    return tuple(sorted(found, key=lambda w: (-w.tonnes * abs(w.share), w.kind, w.name)))


def _of_activities(base: Base) -> list[Wedge]:
    found = []
    place, price = base.incidence.place, base.prices.price
    for column, activity in enumerate(base.sketch.activities):
        load = float(base.flows.values[column])
        if load <= 0:
            continue
        outputs = [(name, amount) for name, amount in activity.flows if amount > 0]
        made = sum(amount for _, amount in outputs)
        value = sum(amount * float(price[place[name, activity.region]]) for name, amount in outputs)
        main = max(outputs, key=lambda item: item[1] * float(price[place[item[0], activity.region]]))[0]
        cost, wedge = float(base.prices.marginal[column]), float(base.prices.wedge[column])
        found.append(
            Wedge(
                "recipe",
                f"{activity.facility} {activity.recipe}",
                main,
                load * made * MONTHS,
                value,
                activity.cost,
                cost,
                wedge,
                wedge / max(value, activity.cost, 1.0),
                activity.source,
                activity.grade,
            )
        )
    return found


def _of_routes(base: Base) -> list[Wedge]:
    found = []
    first = base.incidence.first["route"]
    for offset, route in enumerate(base.sketch.routes):
        flow = float(base.flows.values[first + offset])
        if flow <= 0:
            continue
        price = float(base.prices.price[base.incidence.place[route.material, route.destination]])
        cost, wedge = float(base.prices.marginal[first + offset]), float(base.prices.wedge[first + offset])
        found.append(
            Wedge(
                "lane",
                f"{route.material} {route.origin} to {route.destination}",
                route.material,
                flow * MONTHS,
                price,
                route.cost,
                cost,
                wedge,
                wedge / max(price, route.cost, 1.0),
                route.source,
                route.grade,
            )
        )
    return found


def small_wedge_share(wedges: tuple[Wedge, ...]) -> float:
    """Share of tonnes whose wedge is under a quarter of price."""
    total = sum(wedge.tonnes for wedge in wedges)
    return sum(wedge.tonnes for wedge in wedges if abs(wedge.share) < LARGE) / total if total else 1.0


def check_prices(base: Base) -> tuple[PriceCheck, ...]:
    """Observed prices beside calibrated ones."""
    return tuple(
        PriceCheck(
            o.material,
            o.region,
            o.market,
            o.value,
            o.low,
            o.high,
            float(base.prices.price[base.incidence.place[o.material, o.region]]) * o.factor,
            o.source,
        )
        for o in base.observed
    )
