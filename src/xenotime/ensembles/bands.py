"""Bands: quantiles over draws of every outcome, by thing and month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.ensembles.ensemble import Ensemble
from xenotime.ensembles.member import DETERMINED, OUTCOMES, PAID, TRADED
from xenotime.market.network import Array, Index

if TYPE_CHECKING:
    import pyarrow as pa

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
NAMES = ("low", "quarter", "median", "three_quarters", "high")
ABSENT = {"shortfall": 0.0, "output lost": 0.0, "months late": 0.0}  # what a draw without the row says
ENOUGH = 0.5  # of draws in which a price is determined and traded; of fewer no band is told
MULTIPLE = "price multiple"
Key = tuple[str, ...]
Row = dict[str, Any]


class _Pile:
    """Values of one outcome, things x draws, as they are read; things may differ from draw to draw."""

    def __init__(self, outcome: str, draws: int) -> None:
        self.outcome = outcome
        self.keys: dict[Key, int] = {}
        self.values = np.empty((0, draws), dtype=np.float32)
        self.paid: Index = np.zeros(0, dtype=np.int64)
        self._last: pa.Table | None = None
        self._slots: Index = np.zeros(0, dtype=np.int64)

    def slots(self, about: pa.Table) -> Index:
        """Rows of the pile of the rows of a draw; most draws have the rows of the one before."""
        if self._last is None or not about.equals(self._last):
            columns = [column.to_pylist() for column in about.columns]
            found = [self.keys.setdefault(key, len(self.keys)) for key in zip(*columns, strict=True)]
            self._last, self._slots = about, np.array(found, dtype=np.int64)
            more = len(self.keys) - len(self.values)
            new = np.full((more, self.values.shape[1]), ABSENT.get(self.outcome, np.nan), dtype=np.float32)
            self.values = np.concatenate([self.values, new])
            self.paid = np.concatenate([self.paid, np.zeros(more, dtype=np.int64)])
        return self._slots


def bands(ensemble: Ensemble) -> list[Row]:
    """One row per outcome, thing and month, sorted; draws without an answer are left out.

    A price is counted in the draws in which it is determined and traded, as a level and as a multiple of the
    same month and draw without the control; `draws` says how many those are, and `paid` in how many of them
    more than hardly anybody pays it.
    """
    draws = len(ensemble.good())
    piles = {name: _Pile(name, draws) for name in (*OUTCOMES, MULTIPLE)}
    for place, kept in enumerate(ensemble.read()):
        _put(piles, kept.table, place)
    units = {row.material: row.unit for row in ensemble.study.world.materials}
    return [row for name in sorted(piles) for row in _rows(piles[name], units)]


def _put(piles: Mapping[str, _Pile], table: pa.Table, draw: int) -> None:
    import pyarrow.compute as pc

    for outcome in OUTCOMES:
        part = table.filter(pc.equal(table["outcome"], outcome))
        about = part.select(["name", "region", "sector", "month"]).combine_chunks()
        value, baseline, flags = (part[name].to_numpy() for name in ("value", "baseline", "flags"))
        pile = piles[outcome]
        if outcome != "price":
            slots = pile.slots(about)  # before the values: it may make room for more of them
            pile.values[slots, draw] = value
            continue
        firm = (flags & DETERMINED > 0) & (flags & TRADED > 0)
        over = np.divide(value, baseline, out=np.full_like(value, np.nan), where=firm & (baseline > 0))
        for name, said in (("price", np.where(firm, value, np.nan)), (MULTIPLE, over)):
            slots = piles[name].slots(about)
            piles[name].values[slots, draw] = said
            piles[name].paid[slots] += (flags & PAID > 0) & np.isfinite(said)


def _rows(pile: _Pile, units: Mapping[str, str]) -> Iterator[Row]:
    known = np.isfinite(pile.values)
    count = known.sum(axis=1)
    told = count >= np.maximum(ENOUGH * pile.values.shape[1], 1)
    if pile.outcome in ABSENT:
        told &= (pile.values != 0).any(axis=1)
    whole = told & (count == pile.values.shape[1])
    quantiles = np.full((len(pile.values), len(SHARES)), np.nan)
    quantiles[whole] = np.quantile(pile.values[whole].astype(float), SHARES, axis=1).T
    for slot in map(int, np.flatnonzero(told & ~whole)):
        quantiles[slot] = np.quantile(pile.values[slot, known[slot]].astype(float), SHARES)
    for key in sorted(pile.keys):
        slot = pile.keys[key]
        if told[slot]:
            yield _row(pile, key, quantiles[slot], int(count[slot]), int(pile.paid[slot]), units)


def _row(pile: _Pile, key: Key, quantiles: Array, draws: int, paid: int, units: Mapping[str, str]) -> Row:
    name, region, sector, month = key
    about = {"element" if pile.outcome == "availability" else "material": name} if name else {}
    return {
        "outcome": pile.outcome,
        "month": month,
        **about,
        "region": region,
        **({"sector": sector} if sector else {}),
        **{what: float(value) for what, value in zip(NAMES, quantiles, strict=True)},
        "draws": draws,
        **({"paid": paid} if pile.outcome in ("price", MULTIPLE) else {}),
        "unit": _unit(pile.outcome, units.get(name, "t")),
    }


def _unit(outcome: str, unit: str) -> str:
    return {
        "price": f"USD/{unit}",
        MULTIPLE: "multiple",
        "availability": "share",
        "shortfall": f"{unit}/month",
        "output lost": "share",
        "months late": "month",
    }[outcome]
