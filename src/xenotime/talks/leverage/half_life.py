"""(M22) leverage = loss of whom it is used on less loss of who uses it; its half-life; the stronger hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.market.network import Array
from xenotime.talks.leverage.losses import Losses
from xenotime.talks.leverage.surface import Surface

LEAST_FALL = 0.01  # over all that was rolled: a slower fall is none that could be told from rounding
MEASURES = ("loss", "surplus", "value_added", "output")


@dataclass(frozen=True, slots=True)
class HalfLife:
    """After how many months a quantity is half of what it was first.

    months : None where it never falls;  how : "reached" within what was rolled, "fitted" beyond it, "none"
    first, last : the quantity at both ends of what was rolled
    """

    months: float | None
    how: str
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Hand:
    """Who holds the stronger hand at one start.

    side : "by", "on" or "neither";  ratio : loss of the other over its own, None where its own is no loss
    until : first month in which going on costs the stronger side more than the other; None within what was
    rolled
    """

    start: int
    side: str
    gap: float
    ratio: float | None
    until: int | None


def measure(path: Losses, name: str) -> Array:
    """One measure of loss, months x parties (USD)."""
    if name == "loss":
        return path.loss()
    return {"surplus": path.surplus, "output": path.output, "value_added": path.parts["value_added"]}[name]


def gap(found: Surface, at: int, name: str = "loss") -> Array:
    """(M22) leverage by duration at one start: loss of `on` less loss of `by` (USD)."""
    path, asked = found.paths[at], found.asked
    amounts = measure(path, name)
    return path.of(asked.on, amounts) - path.of(asked.by, amounts)


def half_life(times: Sequence[float], values: Sequence[float]) -> HalfLife:
    """Time from the first value to half of it: between two points a straight line, beyond all an exponential.

    The exponential is fitted through the logarithms of positive values by least squares; nothing is said
    (how = "none") where the first value is not positive or the fit does not fall.
    """
    first, last = float(values[0]), float(values[-1])
    if first <= 0:
        return HalfLife(None, "none", first, last)
    for place in range(1, len(values)):
        before, after = float(values[place - 1]), float(values[place])
        if after <= first / 2:
            share = (before - first / 2) / (before - after)
            at = times[place - 1] + share * (times[place] - times[place - 1])
            return HalfLife(float(at - times[0]), "reached", first, last)
    if len(values) > 1:
        rate = float(
            np.polyfit(np.asarray(times, dtype=float), np.log(np.asarray(values, dtype=float)), 1)[0]
        )
        if rate * (times[-1] - times[0]) < -LEAST_FALL:
            return HalfLife(float(np.log(2) / -rate), "fitted", first, last)
    return HalfLife(None, "none", first, last)


def over_starts(found: Surface, duration: int, name: str = "loss") -> HalfLife:
    """How fast leverage of one duration decays as the control comes later."""
    values = [float(gap(found, at, name)[duration - 1]) for at in range(len(found.paths))]
    return half_life([float(start) for start in found.asked.starts], values)


def within(found: Surface, at: int = 0, name: str = "loss") -> HalfLife:
    """How fast the gap of a month decays while the control lasts, from its largest month on."""
    monthly = np.diff(gap(found, at, name), prepend=0.0)
    peak = int(np.argmax(monthly))
    return half_life([float(month) for month in range(peak, len(monthly))], list(monthly[peak:]))


def hand(found: Surface, at: int, duration: int, name: str = "loss") -> Hand:
    """Who loses less at one start and duration, by how much, and until when."""
    path, asked = found.paths[at], found.asked
    amounts = measure(path, name)
    on, by = path.of(asked.on, amounts), path.of(asked.by, amounts)
    difference = float(on[duration - 1] - by[duration - 1])
    if difference == 0.0:
        return Hand(asked.starts[at], "neither", 0.0, None, None)
    stronger = 1.0 if difference > 0 else -1.0
    own, other = (by, on) if difference > 0 else (on, by)
    monthly = stronger * np.diff(on - by, prepend=0.0)
    begun = int(np.argmax(stronger * (on - by) > 0))
    turned = [month + 1 for month in range(begun, len(monthly)) if monthly[month] < 0]
    ratio = float(other[duration - 1] / own[duration - 1]) if own[duration - 1] > 0 else None
    return Hand(
        asked.starts[at],
        "by" if difference > 0 else "on",
        abs(difference),
        ratio,
        turned[0] if turned else None,
    )
