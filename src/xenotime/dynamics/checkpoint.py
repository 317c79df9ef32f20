"""Months of a run on disk as they are made, so that a run that was stopped goes on where it stopped.

A month is a file of its own, renamed into place when it is whole.  What is read back is bit for bit what was
written, and a month depends on nothing but the state and the point before it, so a run that was stopped and
taken up again has the bytes of one that was not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.dynamics.keep import arrays_of, from_arrays
from xenotime.dynamics.state import State
from xenotime.market.network import Array
from xenotime.market.polish import Point
from xenotime.market.verify import Verification

POINT_ARRAYS = ("x", "y", "m", "side", "binding")
UNEVEN = (*POINT_ARRAYS, "state.rest")  # of a length that changes with the branches of the look-ahead


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a run, lean enough to keep: where it began, the point found, how it was checked."""

    month: str
    before: State
    point: Point
    check: Verification
    snapped: Array
    dust: Array


def month_arrays(month: Month) -> dict[str, Any]:
    """A month as named arrays."""
    kept: dict[str, Any] = {name: getattr(month.point, name) for name in POINT_ARRAYS}
    kept |= arrays_of(month.before, "state.")
    kept |= {"snapped": month.snapped, "dust": month.dust, "month": np.array(month.month)}
    kept |= {"exact": np.array(month.point.exact), "rounds": np.array(month.point.rounds)}
    kept["check"] = np.array(json.dumps(asdict(month.check)))
    return kept


def month_from(kept: dict[str, Any]) -> Month:
    """The month :func:`month_arrays` gave; raises KeyError where an array is missing."""
    point = Point(
        **{name: kept[name] for name in POINT_ARRAYS}, exact=bool(kept["exact"]), rounds=int(kept["rounds"])
    )
    said = json.loads(str(kept["check"]))
    check = Verification(**{item.name: said[item.name] for item in fields(Verification)})
    before = from_arrays(State, kept, "state.")
    return Month(str(kept["month"]), before, point, check, kept["snapped"], kept["dust"])


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A folder of months of one run; `key` is the fingerprint of everything that decides them."""

    folder: Path
    key: str

    def read(self, most: int) -> tuple[tuple[Month, ...], State | None]:
        """Months kept so far, at most `most`, and the state after them; nothing where the run is another."""
        named = self.folder / "key"
        if not named.is_file() or named.read_text("utf-8") != self.key:
            return (), None
        months: list[Month] = []
        after: State | None = None
        while len(months) < most and (file := self._file(len(months))).is_file():
            with np.load(file, allow_pickle=False) as stored:
                kept = {name: stored[name] for name in stored.files}
            months.append(month_from(kept))
            after = from_arrays(State, kept, "after.")
        return tuple(months), after

    def write(self, number: int, month: Month, after: State) -> None:
        """Keep month `number` and the state after it."""
        if number == 0:
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self.folder.glob("*.npz"):
                old.unlink()
            (self.folder / "key").write_text(self.key, "utf-8")
        draft = self.folder / ".draft"
        with draft.open("wb") as file:
            np.savez(file, allow_pickle=False, **month_arrays(month), **arrays_of(after, "after."))
        draft.replace(self._file(number))

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:04d}.npz"
