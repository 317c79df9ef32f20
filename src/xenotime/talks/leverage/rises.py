"""Where leverage rises, as the control comes later or as it lasts, and what makes it rise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array
from xenotime.talks.leverage.half_life import LEAST_FALL, gap
from xenotime.talks.leverage.losses import COLUMNS, Losses
from xenotime.talks.leverage.stakes import Stakes
from xenotime.talks.leverage.surface import Surface

# Users pay holders of stocks and owners of cargoes, most of them at home: only what is left over says much.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "tonnes not served": ("value_added",),
    "tonnes served": ("users", "trade", "holders", "stores"),
    "producers": ("producers",),
    "taxes and rents": ("taxes", "rents", "levers"),
}
GOODS = 3  # uses named in one explanation


@dataclass(frozen=True, slots=True)
class Cause:
    """What one group of parts of one side's loss adds to a rise of leverage (USD); negative where it takes.

    goods : for tonnes not served, (material, region, sector) and what each adds, largest first
    """

    side: str
    group: str
    amount: float
    goods: tuple[tuple[tuple[str, str, str], float], ...] = ()


@dataclass(frozen=True, slots=True)
class Rise:
    """Leverage that is larger later than earlier.

    basis : "starts" (USD over `duration`, start against start) or "months" (USD in a month of one start)
    start : months after which the control of `basis` "months" begins;  first, last : starts, or months of it
    causes : add up to the rise, largest first
    """

    basis: str
    start: int
    duration: int
    first: int
    last: int
    before: float
    after: float
    causes: tuple[Cause, ...]

    @property
    def amount(self) -> float:
        """By how much it rises (USD)."""
        return self.after - self.before


def rises(found: Surface, stakes: Stakes, durations: Sequence[int]) -> tuple[Rise, ...]:
    """Every rise over starts at some durations, and from the first month to the dearest one at each start.

    A rise below one in a hundred of the largest leverage on the surface is none.
    """
    asked = found.asked
    size = max(float(np.abs(gap(found, at)).max()) for at in range(len(found.paths)))
    made = []
    for duration in durations:
        for at in range(1, len(found.paths)):
            before, after = (float(gap(found, place)[duration - 1]) for place in (at - 1, at))
            if after - before > LEAST_FALL * size:
                states = [_state(found, stakes, place, duration - 1) for place in (at - 1, at)]
                first, last = asked.starts[at - 1], asked.starts[at]
                made.append(
                    Rise("starts", last, duration, first, last, before, after, _causes(found, *states))
                )
    for at, start in enumerate(asked.starts):
        monthly = np.diff(gap(found, at), prepend=0.0)
        peak = int(np.argmax(monthly))
        if monthly[peak] - monthly[0] > LEAST_FALL * size:
            states = [_month(found, stakes, at, month) for month in (0, peak)]
            causes = _causes(found, *states)
            made.append(
                Rise("months", start, 1, 1, peak + 1, float(monthly[0]), float(monthly[peak]), causes)
            )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _State:
    """Parts by party, and what each use has lost for good, valued (USD)."""

    parts: Mapping[str, Array]
    uses: Mapping[tuple[str, str, str], float]


def _state(found: Surface, stakes: Stakes, at: int, month: int) -> _State:
    path = found.paths[at]
    parts = {name: path.parts[name][month] for name in COLUMNS}
    return _State(parts, _uses(found, path, stakes, path.lost[month]) if len(path.lost) else {})


def _month(found: Surface, stakes: Stakes, at: int, month: int) -> _State:
    """The same of one month by itself."""
    path = found.paths[at]
    own = {name: np.diff(path.parts[name], axis=0, prepend=0.0)[month] for name in COLUMNS}
    lost = np.diff(path.lost, axis=0, prepend=0.0)[month] if len(path.lost) else path.lost
    return _State(own, _uses(found, path, stakes, lost) if len(path.lost) else {})


def _uses(found: Surface, path: Losses, stakes: Stakes, lost: Array) -> dict[tuple[str, str, str], float]:
    """Value of what uses of both sides lose, those of whom it is used on positive."""
    sign = {path.parties.index(name): 1.0 for name in found.asked.on if name in path.parties}
    sign |= {path.parties.index(name): -1.0 for name in found.asked.by if name in path.parties}
    worth: dict[tuple[str, str, str], float] = {}
    for row, value in enumerate(np.nan_to_num(stakes.value_added)):
        owner = int(path.owner[row])
        if owner in sign and lost[row]:
            use = path.users[row]
            worth[use] = worth.get(use, 0.0) + sign[owner] * float(value * lost[row])
    return worth


def _causes(found: Surface, before: _State, after: _State) -> tuple[Cause, ...]:
    asked, path = found.asked, found.paths[0]
    change = {
        use: after.uses.get(use, 0.0) - before.uses.get(use, 0.0) for use in {**before.uses, **after.uses}
    }
    made = []
    for side, names, sign in (("on", asked.on, 1.0), ("by", asked.by, -1.0)):
        places = [path.parties.index(name) for name in names if name in path.parties]
        for group, columns in GROUPS.items():
            amount = sign * sum(
                float((after.parts[name] - before.parts[name])[places].sum()) for name in columns
            )
            goods: tuple[tuple[tuple[str, str, str], float], ...] = ()
            if group == "tonnes not served":
                mine = [(use, value) for use, value in change.items() if use[1] in names]
                goods = tuple(sorted(mine, key=lambda item: (-abs(item[1]), item[0]))[:GOODS])
            made.append(Cause(side, group, amount, goods))
    return tuple(sorted(made, key=lambda cause: -cause.amount))
