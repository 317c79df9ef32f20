"""Invented worlds shaped like the real chain, for measuring only: no number in them is evidence.

A world of `scale` 1 has about 300 plants, 2,000 lanes, 400 uses and 500 stocks over four stages with
joint products (mine -> mixed -> oxides -> metals -> products), as in the measurements of the design notes.
"""

from __future__ import annotations

import numpy as np

from xenotime.world.tables import Demand, Facility, Lane, Material, RecipeFlow, Region, Stock
from xenotime.world.world import World

FEEDS, OXIDES, PRODUCTS = 8, 12, 10
REGIONS = 20


def synthetic_world(seed: int, scale: int = 1) -> World:
    """An invented world, the same for the same seed; `scale` multiplies regions, plants, lanes and uses."""
    draw = np.random.default_rng(seed)
    regions = [f"R{i:03d}" for i in range(REGIONS * scale)]
    mixed = [f"mixed_{i}" for i in range(FEEDS)]
    oxides, products = [f"oxide_{i}" for i in range(OXIDES)], [f"product_{i}" for i in range(PRODUCTS)]
    price = {name: float(10 ** draw.uniform(3, 6)) for name in oxides}
    recipes: list[RecipeFlow] = []
    for i, feed in enumerate(mixed):
        recipes.append(RecipeFlow(recipe=f"mine_{i}", material=feed, amount=1.0))
        recipes.append(RecipeFlow(recipe=f"separate_{i}", material=feed, amount=-1.0))
        assay = draw.dirichlet(np.full(OXIDES, 0.5)) * 0.95
        recipes += [
            RecipeFlow(recipe=f"separate_{i}", material=o, amount=float(a))
            for o, a in zip(oxides, assay, strict=True)
            if a > 1e-4
        ]
    for i, product in enumerate(products):
        parts = draw.choice(OXIDES, 3, replace=False)
        recipes.append(RecipeFlow(recipe=f"make_{i}", material=product, amount=1.0))
        recipes += [
            RecipeFlow(recipe=f"make_{i}", material=oxides[o], amount=-float(draw.uniform(0.05, 0.5)))
            for o in parts
        ]
        price[product] = 1.3 * sum(
            -r.amount * price[r.material] for r in recipes if r.recipe == f"make_{i}" and r.amount < 0
        )
    plants = _plants(draw, regions, scale, price)
    return World(
        name=f"synthetic-{seed}-{scale}x",
        regions=tuple(Region(region=r) for r in regions),
        materials=tuple(Material(material=m, disposal_cost=5.0) for m in (*mixed, *oxides, *products)),
        recipes=tuple(recipes),
        facilities=plants,
        lanes=_lanes(draw, regions, scale, mixed, oxides, products, price),
        demand=_uses(draw, regions, scale, oxides, products, price),
        stocks=_stocks(draw, regions, scale, oxides, products),
    )


def _plants(
    draw: np.random.Generator, regions: list[str], scale: int, price: dict[str, float]
) -> tuple[Facility, ...]:
    found: dict[tuple[str, str], Facility] = {}
    for kind, count, low, high, cost in (
        ("mine", FEEDS, 200, 4000, 2000.0),
        ("separate", FEEDS, 200, 4000, 1500.0),
        ("make", PRODUCTS, 20, 400, 4000.0),
    ):
        for number in range(100 * scale):
            recipe = f"{kind}_{draw.integers(count)}"
            region = regions[int(draw.integers(len(regions)))]
            size = float(draw.uniform(low, high))
            unit = cost * float(draw.uniform(0.6, 1.6))
            found[f"{recipe}_{number}", recipe] = Facility(
                facility=f"{recipe}_{number}",
                region=region,
                recipe=recipe,
                capacity=size,
                cost=unit,
                cost_slope=0.3 * unit / size,
            )
    return tuple(found.values())


def _lanes(
    draw: np.random.Generator,
    regions: list[str],
    scale: int,
    mixed: list[str],
    oxides: list[str],
    products: list[str],
    price: dict[str, float],
) -> tuple[Lane, ...]:
    found: dict[tuple[str, str, str], Lane] = {}
    everything = [*mixed, *oxides, *products]
    while len(found) < 2000 * scale:
        material = everything[int(draw.integers(len(everything)))]
        origin, destination = (regions[int(i)] for i in draw.choice(len(regions), 2, replace=False))
        cost = float(draw.uniform(50, 400))
        found[material, origin, destination] = Lane(
            material=material,
            origin=origin,
            destination=destination,
            cost=cost,
            cost_slope=cost / 100.0,
            lag_months=float(draw.choice([0.25, 0.75, 1.25, 1.75])),
        )
    return tuple(found.values())


def _uses(
    draw: np.random.Generator,
    regions: list[str],
    scale: int,
    oxides: list[str],
    products: list[str],
    price: dict[str, float],
) -> tuple[Demand, ...]:
    found: dict[tuple[str, str, str], Demand] = {}
    while len(found) < 400 * scale:
        material = [*oxides, *products][int(draw.integers(OXIDES + PRODUCTS))]
        region = regions[int(draw.integers(len(regions)))]
        sector = f"sector_{draw.integers(4)}"
        found[material, region, sector] = Demand(
            material=material,
            region=region,
            sector=sector,
            form="isoelastic",
            price=price[material],
            quantity=float(draw.uniform(2, 60)),
            elasticity=-float(draw.uniform(0.05, 0.3)),
            choke=100 * price[material],
        )
    return tuple(found.values())


def _stocks(
    draw: np.random.Generator, regions: list[str], scale: int, oxides: list[str], products: list[str]
) -> tuple[Stock, ...]:
    found: dict[tuple[str, str], Stock] = {}
    while len(found) < min(500 * scale, len(regions) * (OXIDES + PRODUCTS)):
        material = [*oxides, *products][int(draw.integers(OXIDES + PRODUCTS))]
        region = regions[int(draw.integers(len(regions)))]
        found[material, region] = Stock(
            material=material, region=region, cover_days=float(draw.uniform(20, 60)), holding_cost=10.0
        )
    return tuple(found.values())
