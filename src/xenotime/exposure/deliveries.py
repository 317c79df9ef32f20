"""What a run says of deliveries: what users of a sector get, what leaves each origin, what makers make,
by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from xenotime.dynamics.state import State
from xenotime.dynamics.step import Booked, Setup
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, Network
from xenotime.months import month_number, month_of
from xenotime.world.tables import Control

Use = tuple[str, str, str]  # material, region, sector
Lane = tuple[str, str, str]  # material, origin, destination
HOLDING = ("licence", "ban", "quota", "end_user_ban", "port", "extraterritorial")


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Monthly series of one run; 1 is normal.

    got : what users of a sector receive over what they use in the base month, own stocks apart; what is given
        up at the month's prices counts as not got, for somebody's line stands
    sent : what leaves an origin for a region over the base month
    made : what a country makes of a material over the base month
    held : material and origin to the place of the first month in which a control holds it back
    """

    months: tuple[str, ...]
    got: Mapping[Use, Array]
    sent: Mapping[Lane, Array]
    made: Mapping[tuple[str, str], Array]
    held: Mapping[tuple[str, str], int]


class Reader:
    """Takes deliveries off each month of a run as it is cleared; cut once for a setup."""

    def __init__(self, setup: Setup, first: State, controls: Iterable[Control]) -> None:
        network = setup.policy.network
        self._network, self._controls = network, tuple(controls)
        own = {
            (row.material, row.region, row.sector, row.cover_class): place
            for place, row in enumerate(network.stocks)
        }
        self._users = np.array(network.users(), dtype=np.int64)
        rows = [network.demand[place] for place in self._users]
        self._stock = np.array(
            [own.get((r.material, r.region, r.sector, r.cover_class), -1) for r in rows], dtype=np.int64
        )
        keys = [(row.material, row.region, row.sector) for row in rows]
        self.uses = tuple(dict.fromkeys(keys))
        at = {key: place for place, key in enumerate(self.uses)}
        self._use = np.array([at[key] for key in keys], dtype=np.int64)
        self.lanes = tuple(dict.fromkeys(lane for lane in _lanes(network) if lane[1] != lane[2]))
        base = setup.base
        self._sent, self._made = self._leaving(base), _making(base)
        self._normal = self._using(base)
        self._opening = np.asarray(first.stock, dtype=float)
        self._rows: list[tuple[Array, Array, Array]] = []
        self._months: list[str] = []

    def _using(self, clearing: Clearing) -> Array:
        """Use of a clearing by the uses of this run."""
        network, place = clearing.program.network, {use: at for at, use in enumerate(self.uses)}
        total = np.zeros(len(self.uses))
        used = clearing.consumption()
        for index in network.users():
            row = network.demand[index]
            at = place.get((row.material, row.region, row.sector))
            if at is not None:
                total[at] += used[index]
        return total

    def _leaving(self, clearing: Clearing) -> Array:
        at = {lane: place for place, lane in enumerate(self.lanes)}
        place = np.array([at.get(lane, -1) for lane in _lanes(clearing.program.network)], dtype=np.int64)
        flow = clearing.amount("lane")
        sent = np.bincount(place[place >= 0], weights=flow[place >= 0], minlength=len(self.lanes))
        return np.asarray(sent, dtype=float)

    def read(self, booked: Booked, month: str) -> None:
        """Add one month."""
        clearing = booked.clearing
        used = clearing.consumption()[self._users]
        closing = clearing.stock()
        has = self._stock >= 0
        drawn = np.where(has, (self._opening - closing)[self._stock], 0.0)
        count = len(self.uses)
        got = np.bincount(self._use, weights=used - drawn, minlength=count)
        share = np.divide(got, self._normal, out=np.ones_like(got), where=self._normal > 0)
        self._rows.append((np.maximum(share, 0.0), self._leaving(clearing), _making(clearing)))
        self._months.append(month)
        self._opening = closing

    def deliveries(self) -> Deliveries:
        """All months read so far."""
        got, sent, made = (np.stack(part) for part in zip(*self._rows, strict=True))
        return Deliveries(
            tuple(self._months),
            {use: got[:, place] for place, use in enumerate(self.uses)},
            {
                lane: sent[:, place] / self._sent[place]
                for place, lane in enumerate(self.lanes)
                if self._sent[place] > 0
            },
            {
                (material, region): made[:, place] / self._made[place]
                for place, (material, region, pool) in enumerate(self._network.nodes)
                if not pool and self._made[place] > 0
            },
            held_back(self._controls, {m for m, _, _ in self._network.nodes}, tuple(self._months)),
        )


def _lanes(network: Network) -> list[Lane]:
    """Material, origin and destination of every lane, ways beside the market's own included."""
    nodes, lanes = network.nodes, network.lanes
    return [
        (nodes[a][0], nodes[a][1], nodes[b][1]) for a, b in zip(lanes.origin, lanes.destination, strict=True)
    ]


def _making(clearing: Clearing) -> Array:
    """What plants make at every node of the network."""
    network = clearing.program.network
    made = network.recipes[:, : network.plants].maximum(0) @ clearing.amount("plant")[: network.plants]
    return np.asarray(made)


def held_back(
    controls: Iterable[Control], materials: Iterable[str], months: tuple[str, ...]
) -> dict[tuple[str, str], int]:
    """Material and origin of what controls hold back, and the first month of the run in which they do."""
    found: dict[tuple[str, str], int] = {}
    start, every = month_number(months[0]), tuple(materials)
    for row in controls:
        if row.instrument not in HOLDING:
            continue
        place = max(month_number(month_of(row.in_force)) - start, 0) if row.in_force else 0
        for material in (row.material,) if row.material else every:
            key = (material, row.origin)
            found[key] = min(place, found.get(key, place))
    return found
