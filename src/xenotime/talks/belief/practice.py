"""How a control works in practice, read off what ships: a share of normal flow, the regime it comes to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scipy.stats import norm

from xenotime.facts.load import Facts
from xenotime.facts.words import NormalFlow
from xenotime.months import month_number, month_text
from xenotime.talks.belief.numbers import BeliefNumbers
from xenotime.talks.ledger.days import month_at
from xenotime.talks.ledger.series import series_points

PRACTICE = ("open", "licensed", "closed")
LEAST_SHARE = 1e-3  # a flow of nothing, where a logarithm is taken


@dataclass(frozen=True, slots=True)
class Channel:
    """A control as it works on one flow."""

    control: str
    series: str
    level: float
    in_force: str

    @property
    def name(self) -> str:
        """``CHN-18-2025@USA``: the control and whose goods."""
        return f"{self.control}@{self.scope}"

    @property
    def scope(self) -> str:
        """Destination of the flow; all for the world."""
        place = self.series.rpartition("/")[2]
        return "all" if place == "WLD" else place


def channels(facts: Facts) -> tuple[Channel, ...]:
    """Every flow a control came over, as far as known."""
    return tuple(Channel(row.control, row.series, row.level, row.in_force) for row in facts.rows(NormalFlow))


def shares(facts: Facts, channel: Channel) -> dict[str, float]:
    """Flow of each month known, over the normal one; months of spans are left out."""
    found: dict[str, float] = {}
    for point in series_points(facts, channel.series):
        month = month_at(point.start)
        if month == month_at(point.end) and month >= channel.in_force:
            found[month] = point.value / channel.level
    return found


def regime_of_share(share: float, numbers: BeliefNumbers) -> str:
    """What a share of normal flow amounts to: closed, licensed or open."""
    if share < numbers.closed_below:
        return "closed"
    return "open" if share > numbers.open_above else "licensed"


def likelihood_of_share(share: float, numbers: BeliefNumbers) -> Mapping[str, float]:
    """How likely a measured share is in each regime: lognormal error of a month, cut at both limits."""
    centre = math.log(max(share, LEAST_SHARE))
    low, high = math.log(numbers.closed_below), math.log(numbers.open_above)
    below = float(norm.cdf((low - centre) / numbers.share_noise))
    above = float(norm.sf((high - centre) / numbers.share_noise))
    return {"open": above, "licensed": max(1 - below - above, 0.0), "closed": below}


def month_after(month: str, months: int = 1) -> str:
    """The month `months` later."""
    return month_text(month_number(month) + months)
