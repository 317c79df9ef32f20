"""Rolls of a control from several starts, each from the state the run without it had reached; kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.dynamics.checkpoint import POINT_ARRAYS
from xenotime.dynamics.keep import arrays_of, from_arrays
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.market.engines import Engine
from xenotime.market.polish import Point
from xenotime.months import month_range
from xenotime.policy.package import Package
from xenotime.talks.leverage.accounts import Books, MonthAccount, month_account, open_books

MakeSetup = Callable[[Package], Setup]
Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a run stands after a month: its state, and the point the next month's solution begins from."""

    state: State
    point: Point | None


@dataclass(frozen=True, slots=True)
class Rolled:
    """Accounts of months in order, and where the run stood after each."""

    books: Books
    accounts: tuple[MonthAccount, ...]
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of months of one roll; nothing is kept where there is no folder.

    key : of everything that decides the months; a shelf with another key is emptied first
    """

    folder: Path | None = None
    key: str = ""

    def read(self, number: int) -> tuple[MonthAccount, Reached] | None:
        """Month `number` if it has been kept under this key."""
        if self.folder is None or not self._is_mine():
            return None
        file = _file(self.folder, number)
        if not file.is_file():
            return None
        with np.load(file, allow_pickle=False) as stored:
            kept = {name: stored[name] for name in stored.files}
        point = Point(
            **{name: kept[f"point.{name}"] for name in POINT_ARRAYS},
            exact=bool(kept["point.exact"]),
            rounds=int(kept["point.rounds"]),
        )
        arrays = {f.name: kept[f"account.{f.name}"] for f in fields(MonthAccount) if f.name != "month"}
        account = MonthAccount(str(kept["account.month"]), **arrays)
        return account, Reached(from_arrays(State, kept, "after."), point)

    def write(self, number: int, account: MonthAccount, reached: Reached) -> None:
        """Keep month `number`, whole or not at all."""
        if self.folder is None:
            return
        if not self._is_mine():
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob("*.npz"):
                old.unlink()
            (self.folder / "key").write_text(self.key, "utf-8")
        kept: dict[str, Any] = {f"account.{f.name}": getattr(account, f.name) for f in fields(account)}
        kept["account.month"] = np.array(account.month)
        if reached.point is not None:
            kept |= {f"point.{name}": getattr(reached.point, name) for name in POINT_ARRAYS}
            kept["point.exact"] = np.array(reached.point.exact)
            kept["point.rounds"] = np.array(reached.point.rounds)
        kept |= arrays_of(reached.state, "after.")
        draft = self.folder / ".draft"
        with draft.open("wb") as file:
            np.savez(file, allow_pickle=False, **kept)
        draft.replace(_file(self.folder, number))

    def _is_mine(self) -> bool:
        named = self.folder / "key" if self.folder is not None else None
        return named is not None and named.is_file() and named.read_text("utf-8") == self.key


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number:04d}.npz"


def roll(
    setup: Setup,
    months: Sequence[str],
    engine: Engine,
    begin: Reached | None = None,
    shelf: Shelf | None = None,
    tell: Callable[[str], None] | None = None,
) -> Rolled:
    """Roll `months` from where a run stood, or from its first state; raises NoAnswer of a month."""
    books, kept = open_books(setup), shelf or Shelf()
    stand = begin or Reached(first_state(setup), None)
    accounts: list[MonthAccount] = []
    reached: list[Reached] = []
    for number, month in enumerate(months):
        found = kept.read(number)
        if found is None:
            booked = step(setup, stand.state, month, engine, stand.point)
            account = month_account(books, month, stand.state, booked.clearing, booked.after)
            found = account, Reached(booked.after, booked.clearing.point)
            kept.write(number, *found)
        accounts.append(found[0])
        stand = found[1]
        reached.append(stand)
        if tell is not None:
            tell(month)
    return Rolled(books, tuple(accounts), tuple(reached))


def months_from(start: str, first: int, count: int) -> tuple[str, ...]:
    """`count` months, the first of them `first` months after `start`."""
    return month_range(start, first + count)[first:]


def key_of(*parts: str) -> str:
    """One short text for everything that decides a roll."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
