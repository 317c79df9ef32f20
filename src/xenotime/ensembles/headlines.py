"""Headline numbers of one draw: how far prices go, how little is left, who loses output, when, till when.

All are about places outside the market the controls fence in.  Where nothing of the kind happens a number
is still told, so that every draw counts: a multiple of 1, a share of 1, a loss of 0; a shortage that never
begins begins after the last month, and one that lasts to the end ends after it.
"""

from __future__ import annotations

import numpy as np

from xenotime.dynamics.fleet import Flags
from xenotime.ensembles.rolled import Rolled
from xenotime.market.network import Array
from xenotime.policy.package import Package
from xenotime.world.tables import Control

THIN_OF_OWN = 0.05  # as in figures of one run: below this share of the best month hardly anybody pays a price
THIN_OF_ALL = 0.01  # or below this share of the material's tonnes of that month
MAJOR = 0.01  # of an element's use: smaller users make no headline
STOPPED = 0.02  # of what a sector of a region wants of a material: less is no shortage
UNITS = {
    "peak price": "multiple of the price without the control",
    "least availability": "share of use without the control",
    "output lost": "months of output",
    "months late": "month",
    "first month of shortage": "months from the start",
    "shortage over": "months from the start",
}


def inside_of(controls: tuple[Control, ...]) -> frozenset[str]:
    """Regions the controls fence in: those goods may not leave, or may not enter without a tariff."""
    exits = {row.origin for row in controls if row.origin and row.instrument != "tariff"}
    return frozenset(
        exits | {row.destination for row in controls if row.instrument == "tariff" and row.destination}
    )


def headlines(case: Rolled, base: Rolled, package: Package) -> dict[str, float]:
    """By ``outcome/about``; see UNITS for their units.

    ``peak price/M`` for every material the controls name (all, where they name none), ``least
    availability/E`` for every element, ``output lost/S`` and ``months late/S`` for every sector.
    """
    inside = inside_of(package.controls)
    named = {row.material for row in package.controls}
    materials = sorted({m for m, _ in case.nodes if not named or "" in named or m in named})
    found = {f"peak price/{name}": peak_multiple(case, base, name, inside) for name in materials}
    found |= _least(case, base, inside)
    found |= _output(case, base, inside)
    return found | _shortage(case, inside)


def peak_multiple(case: Rolled, base: Rolled, material: str, inside: frozenset[str]) -> float:
    """Highest price over that of the same month without the control, where it is determined and paid."""
    rows = [i for i, (m, region) in enumerate(case.nodes) if m == material and region not in inside]
    rows = rows or [i for i, (m, _) in enumerate(case.nodes) if m == material]
    every = [i for i, (m, _) in enumerate(case.nodes) if m == material]
    place = {node: i for i, node in enumerate(base.nodes)}
    rows = [i for i in rows if case.nodes[i] in place]
    if not rows:
        return 1.0
    before = base.price[:, [place[case.nodes[i]] for i in rows]]
    price, volume = case.price[:, rows], case.volume[:, rows]
    firm = paid(case.firm[:, rows] > 0, volume, case.volume[:, every].sum(axis=1)) & (before > 0)
    multiples = np.divide(price, before, out=np.ones_like(price), where=firm)
    return float(multiples.max(initial=1.0))


def paid(firm: Flags, volume: Array, month_all: Array) -> Flags:
    """Prices that are determined and that somebody pays; months x nodes."""
    own = THIN_OF_OWN * volume.max(axis=0, initial=0.0)
    return np.asarray(firm & (volume > 0) & (volume >= own) & (volume >= THIN_OF_ALL * month_all[:, None]))


def shares(case: Rolled, base: Rolled) -> Array:
    """Use as a share of that without the control, months x pairs; nan where there is none."""
    return np.divide(case.used, base.used, out=np.full_like(case.used, np.nan), where=base.used > 0)


def major_pairs(base: Rolled) -> Flags:
    """Pairs of element and region that use a notable part of the element, months x pairs."""
    whole = {
        e: base.used[:, [i for i, (x, _) in enumerate(base.pairs) if x == e]].sum(axis=1)
        for e, _ in base.pairs
    }
    return np.stack([base.used[:, i] >= MAJOR * whole[e] for i, (e, _) in enumerate(base.pairs)], axis=1)


def _least(case: Rolled, base: Rolled, inside: frozenset[str]) -> dict[str, float]:
    left, major = shares(case, base), major_pairs(base) & (base.used > 0)
    found: dict[str, float] = {}
    for i, (element, region) in enumerate(case.pairs):
        if region not in inside:
            least = float(np.min(left[major[:, i], i], initial=1.0))
            name = f"least availability/{element}"
            found[name] = min(found.get(name, 1.0), least)
    return found


def lost_output(case: Rolled, base: Rolled) -> Array:
    """Part of its inputs a sector goes without, of what it uses without the control; months x sectors."""
    short = np.divide(case.output, base.output, out=np.ones_like(case.output), where=base.output > 0)
    return np.asarray(np.maximum(0.0, 1 - short))


def _output(case: Rolled, base: Rolled, inside: frozenset[str]) -> dict[str, float]:
    """Months of its own output a sector loses outside, and its mean delay there at the end."""
    lost = lost_output(case, base) * base.output
    found = {}
    for sector in sorted({s for _, s in case.sectors}):
        rows = [i for i, (region, s) in enumerate(case.sectors) if s == sector and region not in inside]
        usual = base.output[:, rows].sum() / len(case.months)
        if usual > 0:
            found[f"output lost/{sector}"] = float(lost[:, rows].sum() / usual)
            weight = base.output[-1, rows] / max(base.output[-1, rows].sum(), 1e-300)
            found[f"months late/{sector}"] = float(weight @ case.late[-1, rows])
    return found


def _shortage(case: Rolled, inside: frozenset[str]) -> dict[str, float]:
    """When the first sector outside goes short, and from when on none does any more."""
    rows = [i for i, (_, region, _) in enumerate(case.uses) if region not in inside]
    missing = np.divide(
        case.short[:, rows],
        case.wanted[:, rows],
        out=np.zeros_like(case.short[:, rows]),
        where=case.wanted[:, rows] > 0,
    )
    short = np.flatnonzero((missing > STOPPED).any(axis=1))
    end = float(len(case.months))
    return {
        "first month of shortage/any": float(short[0]) if len(short) else end,
        "shortage over/any": float(short[-1] + 1) if len(short) else 0.0,
    }
