"""How one part comes to one line: its sources, their terms, and the share of normal each can send, week
by week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.deliveries import Deliveries
from xenotime.exposure.materials import Good
from xenotime.market.network import Array, Index
from xenotime.months import month_number

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

DAYS = 7


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part comes from.

    country : blank where not known;  share : of the need
    licence : individual, general, not needed or unknown;  delivery_weeks : between deliveries
    transit : weeks under way (low, middle, high)
    """

    country: str
    share: float
    licence: str
    contract: str
    delivery_weeks: int
    transit: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Flow:
    """What runs let a source send.

    share : of normal by week, or draws x weeks, of arrivals, or of departures where `by_departure`
    licensed : whether each user gets all or nothing of it
    contract : term, spot or unknown, which decides who goes short first of what is not licensed
    basis : which series of the run it is, in words
    """

    share: Array
    licensed: bool
    by_departure: bool
    basis: str
    contract: str = "unknown"


def week_months(today: date, weeks: int, months: tuple[str, ...]) -> Index:
    """Place in `months` of every week's middle day; the first or last month beyond the ends."""
    start = month_number(months[0])
    days = [today + timedelta(days=DAYS * week + DAYS // 2) for week in range(weeks)]
    places = np.array([month_number(f"{day:%Y-%m}") - start for day in days])
    return np.asarray(np.clip(places, 0, len(months) - 1), dtype=np.int64)


def market_of(good: Good, known: frozenset[str]) -> str:
    """The material of the world a good is, or the nearest it has: didymium for neodymium, oxide for metal."""
    element, _, form = good.market.partition("_")
    if not good.market:
        return ""
    pair = "NdPr" if element in ("Nd", "Pr") else element
    names = (good.market, f"{pair}_{form}", f"{pair}_metal", f"{pair}_oxide", f"{element}_oxide")
    return next((name for name in names if name in known), "")


def flow_of(source: Source, material: str, region: str, sector: str, runs: Deliveries, at: Index) -> Flow:
    """The share a source can send by week of `at` (places of months).

    A source in a country that a control holds back sends what its lane sends; one elsewhere shares out what
    its country makes; one that is not known is that of the mean user of the sector.
    """
    held = (material, source.country) in runs.held and source.country != region
    lane = runs.sent.get((material, source.country, region))
    if held and source.licence in ("general", "not needed"):
        return Flow(np.ones(len(at)), False, True, f"{source.country}: {source.licence} licence, as normal")
    if held and lane is not None:
        share = np.clip(lane[at], 0.0, 1.0)
        return Flow(share, True, True, f"{material} {source.country} to {region}")
    made = runs.made.get((material, source.country)) if source.country and not held else None
    if made is not None:
        share, basis = np.clip(made[at], 0.0, 1.0), f"{material} made in {source.country}"
        return Flow(share, False, False, basis, source.contract)
    mean, basis = mean_user(material, region, sector, runs)
    return Flow(np.clip(mean[at], 0.0, 1.0), False, False, basis, source.contract)


def mean_user(material: str, region: str, sector: str, runs: Deliveries) -> tuple[Array, str]:
    """What the mean user gets: of sector and region, else of the region, else outside any controller."""
    inside = {origin for name, origin in runs.held if name == material}
    own = {use: series for use, series in runs.got.items() if use[0] == material}
    choices = (
        ([s for use, s in own.items() if use[1:] == (region, sector)], f"{material}, {sector} in {region}"),
        ([s for use, s in own.items() if use[1] == region], f"{material}, all users in {region}"),
        ([s for use, s in own.items() if use[1] not in inside], f"{material}, users everywhere outside"),
    )
    for rows, words in choices:
        if rows:
            return np.asarray(np.mean(rows, axis=0)), words
    return np.ones(len(runs.months)), "not in the market model: taken as normal"


def transit_weeks(facts: Facts, origin: str, destination: str) -> tuple[float, float, float]:
    """Weeks door to door by sea or land, low, middle and high; nothing where the origin is not known."""
    groups = {row.region: row.group for row in facts.rows("regions")}
    if origin not in groups or destination not in groups:
        return 0.0, 0.0, 0.0
    pair = (groups[origin], groups[destination])
    rows: list[Any] = [
        row
        for row in facts.rows("transit")
        if (row.origin_group, row.destination_group) == pair and row.mode != "air"
    ]
    if not rows:
        return 0.0, 0.0, 0.0
    best = min(rows, key=lambda row: row.days)
    return best.low / DAYS, best.days / DAYS, best.high / DAYS


def over_draws(flows: Sequence[Flow], draws: int) -> Flow:
    """One flow over `draws` draws of luck from those of several runs, each run taken equally often."""
    shares = np.stack([flow.share for flow in flows])
    turn = np.arange(draws) % len(flows)
    return replace(flows[0], share=shares[turn] if len(flows) > 1 else shares[0])
