"""A small chain whose leverage is worked out in a second or two, and the question about it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from unit.dynamics.dynamic_worlds import floating
from xenotime.leverage_study import plain_case
from xenotime.talks.leverage.answer import Answer, Question
from xenotime.talks.leverage.surface import Asked
from xenotime.world.world import World

START = "2025-01"


def learning(days: float = 45.0, speed: float = 12.0, choke: float = 100.0) -> World:
    """`floating` with users who adapt over `speed` months and hold `days` of cover."""
    world = floating()
    return world.with_tables(
        demand=tuple(
            replace(row, elasticity_long=-0.9, adapt_months=speed, choke=choke * (row.price or 0.0))
            for row in world.demand
        ),
        stocks=tuple(replace(row, cover_days=days) for row in world.stocks),
    )


def ask(world: World, starts: tuple[int, ...] = (0,), months: int = 4) -> tuple[Question, Asked]:
    """A's full ban on B."""
    question = Question(world, plain_case(), ("A",), ("B",))
    return question, Asked(("A",), ("B",), START, starts, months)


@cache
def answered() -> Answer:
    """Two starts of four months on the learning world, with one end rolled."""
    from xenotime.leverage_study import leverage

    return leverage(*ask(learning(), (0, 3)), ends=((0, 2, 3),))
