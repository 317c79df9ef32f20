"""Drawn numbers at work: the world with the cells they move, and nothing else changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from xenotime.dynamics.scaled import LEAST_CHOKE
from xenotime.ensembles.uncertain import Uncertain
from xenotime.world.world import World

GEOMETRIC = ("choke",)  # merged uses hold the geometric mean of their members' chokes, of all else the mean


def drawn_world(world: World, numbers: Sequence[Uncertain], drawn: Mapping[str, float]) -> World:
    """`world` with every cell that a drawn number acts on times the number's relative change.

    A cell several numbers act on (a use merged from several sectors) moves by the mean of their changes,
    weighed by their shares.  Reference prices and quantities are no cells of any number, so that a base
    month they decide stays.
    """
    change: dict[tuple[str, int, str], float] = {}
    for item in numbers:
        if item.name not in drawn or not item.acts:
            continue
        ratio = drawn[item.name] / item.value if item.value else 1.0
        for act in item.acts:
            cell = (act.table, act.row, act.column)
            part = np.log(ratio) if act.column in GEOMETRIC and ratio > 0 else ratio - 1
            change[cell] = change.get(cell, 0.0) + act.share * float(part)
    edits: dict[str, dict[int, dict[str, float]]] = {}
    for (table, row, column), part in change.items():
        factor = float(np.exp(part)) if column in GEOMETRIC else 1 + part
        before = getattr(getattr(world, table)[row], column)
        edits.setdefault(table, {}).setdefault(row, {})[column] = before * factor
    return world.with_tables(
        **{
            table: tuple(
                _consistent(replace(record, **_typed(rows[place]))) if place in rows else record
                for place, record in enumerate(getattr(world, table))
            )
            for table, rows in edits.items()
        }
    )


def _typed(cells: Mapping[str, float]) -> dict[str, Any]:
    return dict(cells)


def _consistent(row: Any) -> Any:
    """No use answers more weakly in the long run than in the short, or stops at its reference price."""
    long, short = getattr(row, "elasticity_long", None), getattr(row, "elasticity", None)
    if long is not None and short is not None and long > short:
        row = replace(row, elasticity_long=short)
    choke, price = getattr(row, "choke", None), getattr(row, "price", None)
    if choke is not None and price and choke < LEAST_CHOKE * price:
        row = replace(row, choke=LEAST_CHOKE * price)
    return row
