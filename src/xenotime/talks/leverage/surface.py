"""(M22) losses of all sides by start and duration, from one roll per start.

A control that lasts d months and one that lasts longer are the same for d months, as long as nobody foresees
the end.  So the path of losses cumulated month by month of one roll is the loss of every duration, up to what
comes after the end: catching up and restocking, which are booked at the end by the rule of M9 and at prices
without the control.  :func:`lifted` rolls the end itself, to say what that leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.months import month_range
from xenotime.policy.package import Package
from xenotime.talks.leverage.controls_on import NEVER, as_package
from xenotime.talks.leverage.losses import Losses, losses
from xenotime.talks.leverage.rolls import MakeSetup, Rolled, Shelf, Told, key_of, months_from, roll
from xenotime.talks.leverage.stakes import Stakes
from xenotime.world.tables import Control

COLUMNS = (1, 3, 6, 12, 18)  # months of duration that are printed


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: who, when and how long.

    starts : months after `start` at which the control comes;  months : longest duration
    by, on : regions of the two sides
    """

    by: tuple[str, ...]
    on: tuple[str, ...]
    start: str
    starts: tuple[int, ...] = (0, 12, 24, 36)
    months: int = 12
    engine: str = DEFAULT_ENGINE

    def rolled(self) -> int:
        """Months that have to be rolled in all."""
        return self.span() + len(self.starts) * self.months

    def span(self) -> int:
        """Months without the control."""
        return max(self.starts) + self.months


@dataclass(frozen=True, slots=True)
class Surface:
    """Losses by start; `paths` has one for each of `asked.starts`."""

    asked: Asked
    paths: tuple[Losses, ...]


@dataclass(frozen=True, slots=True)
class Hands:
    """What rolls need: how to set one up, what stays the same, the control, and what is at stake.

    place : folder months are kept in, or none;  key : of the world and everything that decides a setup
    """

    make: MakeSetup
    policies: Package
    rows: tuple[Control, ...]
    stakes: Stakes
    place: Path | None = None
    key: str = ""

    def shelf(self, name: str, asked: Asked) -> Shelf:
        """Where the months of one roll are kept."""
        if self.place is None:
            return Shelf()
        return Shelf(self.place / name, key_of(self.key, name, asked.start, asked.engine, repr(self.rows)))


def surface(hands: Hands, asked: Asked, tell: Told | None = None) -> Surface:
    """Roll once without the control, and once from each start with it.

    Raises NoAnswer of a month that has none.
    """
    count = _Count(asked.rolled(), tell)
    free = without(hands, asked, count)
    paths = []
    for first in asked.starts:
        held = held_from(hands, asked, free, first, count)
        paths.append(path_of(hands, free, held, first))
    return Surface(asked, tuple(paths))


class _Count:
    """Tells how many months are done."""

    def __init__(self, total: int, tell: Told | None) -> None:
        self._done, self._total, self._tell = 0, total, tell

    def __call__(self, month: str) -> None:
        self._done += 1
        if self._tell is not None:
            self._tell(self._done, self._total, month)


def without(hands: Hands, asked: Asked, tell: _Count | None = None) -> Rolled:
    """The run without the control, over every month any start needs.

    The control is in its tables and never comes, so that states of this run fit runs in which it does.
    """
    setup = hands.make(as_package(hands.policies, hands.rows, NEVER))
    months = month_range(asked.start, asked.span())
    return roll(setup, months, make_engine(asked.engine), None, hands.shelf("without", asked), tell)


def held_from(hands: Hands, asked: Asked, free: Rolled, first: int, tell: _Count | None = None) -> Rolled:
    """The run with the control from `first` months after the start, from the state reached by then."""
    months = months_from(asked.start, first, asked.months)
    setup = hands.make(as_package(hands.policies, hands.rows, months[0]))
    begin = free.reached[first - 1] if first else None
    return roll(setup, months, make_engine(asked.engine), begin, hands.shelf(f"start-{first}", asked), tell)


def path_of(hands: Hands, free: Rolled, held: Rolled, first: int) -> Losses:
    """Losses of a roll against the same months without the control."""
    return losses(held.books, hands.stakes, free.accounts[first : first + len(held.accounts)], held.accounts)


def lifted(
    hands: Hands, asked: Asked, first: int, duration: int, tail: int, tell: Told | None = None
) -> Losses:
    """Losses of a control that ends unforeseen after `duration` months, followed `tail` months further."""
    asked_long = Asked(asked.by, asked.on, asked.start, (first,), duration + tail, asked.engine)
    count = _Count(asked_long.span() + duration + tail, tell)
    free = without(hands, asked_long, count)
    months = months_from(asked.start, first, duration + tail)
    setup = hands.make(as_package(hands.policies, hands.rows, months[0], months[duration]))
    begin = free.reached[first - 1] if first else None
    name = f"start-{first}-lifted-{duration}"
    held = roll(setup, months, make_engine(asked.engine), begin, hands.shelf(name, asked), count)
    return path_of(hands, free, held, first)


def shown(months: int) -> tuple[int, ...]:
    """Durations worth a column, up to the longest."""
    return tuple(d for d in dict.fromkeys((*COLUMNS, months)) if d <= months)


def sides(asked: Asked, parties: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Parties by side: who controls, whom it is aimed at, and everybody else."""
    rest = tuple(name for name in parties if name not in asked.by and name not in asked.on)
    return {"by": asked.by, "on": asked.on, "third": rest}
