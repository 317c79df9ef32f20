"""What materials are worth: observed prices of nodes, and a first idea of every other price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from xenotime.world.chain import Chain
from xenotime.world.incidence import Incidence
from xenotime.world.numbers import FactTables, Numbers
from xenotime.world.parts import Activity, Observed
from xenotime.world.trade_lanes import CLASS_OF_STAGE, Tariffs

Array = npt.NDArray[np.float64]

MARKETS = {"inside_china": "CHN", "fob_china": "CHN", "europe": "DEU", "usa": "USA"}
HOME = "inside_china"


def read_prices(facts: FactTables, year: int) -> dict[tuple[str, str], Any]:
    """Annual average price row by material and market."""
    return {(row.material, row.market): row for row in facts.rows("prices") if str(row.period) == str(year)}


def observed_prices(
    facts: FactTables, chain: Chain, tariffs: Tariffs, incidence: Incidence
) -> list[Observed]:
    """Observed prices of nodes; a price free on board is the inside price plus what leaving costs."""
    rows = read_prices(facts, tariffs.year)
    found = []
    for (material, market), row in sorted(rows.items(), key=lambda item: item[0]):
        region = MARKETS.get(market, "")
        if (material, region) not in incidence.place or (market == "fob_china" and (material, HOME) in rows):
            continue
        factor = 1.0
        if market == "fob_china":
            material_class = CLASS_OF_STAGE[chain.substances[material].stage]
            factor += tariffs.leaving(material, material_class, "CHN", "any")
        price = float(row.price)
        found.append(
            Observed(
                material=material,
                region=region,
                value=price,
                low=float(row.low),
                high=float(row.high),
                factor=factor,
                source=row.source,
                grade=row.grade,
                market=market,
            )
        )
    return found


def first_prices(
    facts: FactTables, numbers: Numbers, chain: Chain, activities: Sequence[Activity], year: int
) -> dict[str, float]:
    """A price for every material: observed in China, else elsewhere, else carried along the chain."""
    known: dict[str, float] = {}
    for (material, _market), row in sorted(
        read_prices(facts, year).items(), key=lambda item: (item[0][1] != HOME, item[0])
    ):
        if material in chain.substances:
            known.setdefault(material, float(row.price))
    cost: dict[str, float] = {}
    for activity in activities:
        cost[activity.recipe] = min(cost.get(activity.recipe, np.inf), activity.cost)
    floor = numbers["least_price"]
    for _ in range(len(STEPS)):
        for recipe, spent in cost.items():
            flows = chain.recipes[recipe].flows
            _price_outputs(known, flows, spent)
            _price_input(known, flows, spent, floor)
    return {material: known.get(material, floor) for material in chain.substances}


STEPS = ("magnet", "metal", "oxide", "carbonate", "concentrate", "swarf")


def _price_outputs(known: dict[str, float], flows: Sequence[tuple[str, float]], spent: float) -> None:
    """A single unpriced main output costs what goes into it."""
    open_outputs = [(m, a) for m, a in flows if a > 0 and m not in known and not m.startswith("swarf")]
    inputs = [(m, a) for m, a in flows if a < 0]
    if len(open_outputs) == 1 and inputs and all(m in known for m, _ in inputs):
        made = sum(known.get(m, 0.0) * a for m, a in flows if a > 0)
        material, amount = open_outputs[0]
        known[material] = max((spent - sum(known[m] * a for m, a in inputs) - made) / amount, 1.0)


def _price_input(
    known: dict[str, float], flows: Sequence[tuple[str, float]], spent: float, floor: float
) -> None:
    """A single unpriced input is worth what it yields, less the cost of getting it."""
    open_inputs = [(m, a) for m, a in flows if a < 0 and m not in known]
    outputs = [(m, a) for m, a in flows if a > 0]
    if (
        len(open_inputs) == 1
        and len([1 for _, a in flows if a < 0]) == 1
        and all(m in known for m, _ in outputs)
    ):
        material, amount = open_inputs[0]
        known[material] = max((sum(known[m] * a for m, a in outputs) - spent) / -amount, floor)


def node_guess(
    incidence: Incidence,
    chain: Chain,
    tariffs: Tariffs,
    worth: Mapping[str, float],
    observed: Sequence[Observed],
) -> Array:
    """First idea of each node's price: as observed there, else the home price, plus leaving it abroad."""
    guess = np.empty(len(incidence.nodes))
    for index, (material, region) in enumerate(incidence.nodes):
        price = worth[material]
        material_class = CLASS_OF_STAGE.get(chain.substances[material].stage)
        if region != "CHN" and material_class in ("oxide", "metal", "magnet"):
            price *= 1 + tariffs.leaving(material, material_class, "CHN", "any")
        guess[index] = price
    for seen in observed:
        guess[incidence.place[seen.material, seen.region]] = seen.value / seen.factor
    return guess
