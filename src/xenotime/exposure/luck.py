"""What one user's luck makes of what a run lets pass: dates of deliveries, decisions on licences, rationing.

Numbers are drawn once, by name, and used under every case and action, so that differences are not luck;
and none
depends on what the user holds, so that stock alone can never make it worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from xenotime.exposure.supply import Flow, Source
from xenotime.market.network import Array, Index


@dataclass(frozen=True, slots=True)
class Luck:
    """Where luck comes from.

    draws : how many;  seed : of all of them;  numbers : of the table company_numbers
    """

    draws: int
    seed: int
    numbers: Mapping[str, float]

    def uniform(self, *names: object) -> Array:
        """One number between 0 and 1 for each draw, the same for the same names."""
        return self._generator(names).random(self.draws)

    def normal(self, *names: object) -> Array:
        """One standard normal number for each draw, the same for the same names."""
        return self._generator(names).standard_normal(self.draws)

    def _generator(self, names: tuple[object, ...]) -> np.random.Generator:
        text = "/".join(map(str, (self.seed, *names)))
        return np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8], "big"))


def arrivals(source: Source, flow: Flow, name: str, luck: Luck, listed: bool = False) -> Array:
    """(M27) What arrives of a source, in weeks of need: a_w = k s r_(w - T) in the weeks w that are due.

    k weeks between deliveries, s the share of the source, T weeks under way.  What left before the first week
    arrives as ordered, or not at all where the plant file lists what is under way (`listed`).  Of a licensed
    source each user gets all or nothing, r being the chance; else r is rationed by standing: 1 - (1 - r) f, f
    lognormal with mean 1.  Gives draws x weeks.
    """
    weeks, every = flow.share.shape[-1], max(int(source.delivery_weeks), 1)
    phase = np.floor(luck.uniform(name, "phase") * every)
    week = np.arange(weeks)
    due = (week[None, :] - phase[:, None]) % every == 0
    left = np.floor(week[None, :] - under_way(source, name, luck)[:, None])
    sent = left if flow.by_departure else np.broadcast_to(week.astype(float), left.shape)
    share = passed(flow, sent, name, luck)
    before = 0.0 if listed else 1.0
    return np.asarray(np.where(left < 0, before, share) * due * every * source.share)


def under_way(source: Source, name: str, luck: Luck) -> Array:
    """Weeks under way by draw, within the range of the table."""
    low, middle, high = source.transit
    spread = luck.numbers["transit_spread"]
    way = middle * np.exp(spread * luck.normal(name, "transit"))
    return np.clip(way, low, high) if middle else np.zeros(luck.draws)


def passed(flow: Flow, sent: Array, name: str, luck: Luck) -> Array:
    """Share a user gets of what a source would send in the weeks `sent`, draws x any number."""
    weeks = flow.share.shape[-1]
    at: Index = np.clip(sent, 0, weeks - 1).astype(np.int64)
    share = np.take_along_axis(np.broadcast_to(flow.share, (luck.draws, weeks)), at, axis=1)
    if flow.licensed:
        return (_decisions(at, name, luck) < share).astype(float)
    share = by_contract(share, flow.contract, luck.numbers["spot_share"])
    sigma = luck.numbers["allocation_spread"]
    standing = np.exp(sigma * luck.normal(name, "standing") - sigma**2 / 2)
    return np.asarray(np.clip(1 - (1 - share) * standing[:, None], 0.0, 1.0))


def by_contract(share: Array, contract: str, spot: float) -> Array:
    """(M27) Who goes short first: buyers on the spot, then those under term contracts.

    Of a share r of all goods, the part s on the spot gets max(r - (1 - s), 0) / s, term contracts the rest
    over
    1 - s; a buyer of unknown terms gets the mean, r.
    """
    if contract == "term":
        return np.minimum(share / (1 - spot), 1.0)
    if contract == "spot":
        return np.maximum(share - (1 - spot), 0.0) / spot
    return share


def _decisions(sent: Index, name: str, luck: Luck) -> Array:
    """The licensing office's number for each week of departure: one decision a period."""
    period = max(int(luck.numbers["licence_period_weeks"]), 1)
    count = int(np.max(sent, initial=0)) // period + 1
    drawn = np.stack([luck.uniform(name, "licence", number) for number in range(count)], axis=1)
    return np.asarray(np.take_along_axis(drawn, sent // period, axis=1))
