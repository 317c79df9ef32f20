"""Names and the order of rows are nobody's business: changed, they change nothing."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from market_worlds import FAST, chains
from xenotime.market.clearing import Clearing, clear_static
from xenotime.world.world import World

EXAMPLES = 10
SAME = 1e-9  # relative: the same equations in another order
TABLES = ("regions", "materials", "recipes", "facilities", "lanes", "demand", "supply", "stocks")
NAMES = {"material", "region", "origin", "destination", "recipe", "facility"}


def renamed(world: World, name: dict[str, str]) -> World:
    def row_of(row: Any) -> Any:
        changed = {
            item.name: name.get(getattr(row, item.name), getattr(row, item.name))
            for item in fields(row)
            if item.name in NAMES
        }
        return replace(row, **changed)

    return world.with_tables(**{table: tuple(row_of(r) for r in getattr(world, table)) for table in TABLES})


def shuffled(world: World, seed: int) -> World:
    draw = random.Random(seed)  # noqa: S311  # an order, not a secret
    tables = {table: list(getattr(world, table)) for table in TABLES}
    for rows in tables.values():
        draw.shuffle(rows)
    return world.with_tables(**{table: tuple(rows) for table, rows in tables.items()})


def answer(cleared: Clearing, back: dict[str, str]) -> tuple[dict[Any, float], dict[Any, float]]:
    """Determined prices of what moves, and all amounts, by names translated back."""
    prices = {
        (back.get(row["material"], row["material"]), back.get(row["region"], row["region"])): row["value"]
        for row in cleared.table("prices")
        if row["determined"] and row["volume"] > 0
    }
    amounts = {
        tuple(back.get(str(value), str(value)) for key, value in row.items() if key != "value"): row["value"]
        for name in ("flows", "activities", "consumption", "supply")
        for row in cleared.table(name)
    }
    return prices, amounts


def agree(one: Clearing, two: Clearing, back: dict[str, str]) -> None:
    for mine, theirs in zip(answer(one, {}), answer(two, back), strict=True):
        assert mine.keys() == theirs.keys()
        size = max((abs(value) for value in mine.values()), default=1.0)
        for key, value in mine.items():
            assert abs(value - theirs[key]) <= SAME * size, key


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True), st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(world: World, seed: int) -> None:
    agree(clear_static(world), clear_static(shuffled(world, seed)), {})


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True), st.permutations(["A", "B", "C"]))
def test_the_names_of_places_change_nothing(world: World, places: list[str]) -> None:
    name = dict(zip("ABC", places, strict=True))
    agree(clear_static(world), clear_static(renamed(world, name)), {new: old for old, new in name.items()})


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_the_names_of_goods_and_plants_change_nothing(world: World) -> None:
    """Sorted the other way round, so that every node changes its place."""
    old = sorted({row.material for row in world.materials} | {row.facility for row in world.facilities})
    name = {word: f"{len(old) - i:03d}" for i, word in enumerate(old)}
    agree(clear_static(world), clear_static(renamed(world, name)), {new: word for word, new in name.items()})


@settings(max_examples=EXAMPLES, phases=FAST)
@given(chains(charged=True))
def test_the_same_question_gives_the_same_bytes(world: World) -> None:
    one, two = clear_static(world).point, clear_static(world).point
    for part in ("x", "y", "m", "side", "binding"):
        assert np.asarray(getattr(one, part)).tobytes() == np.asarray(getattr(two, part)).tobytes()
