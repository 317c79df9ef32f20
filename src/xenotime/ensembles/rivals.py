"""Naive rivals a forecast must beat; each knows only what was knowable at the cut-off (note 2.7.4).

Rivals are series like a run's, so a target is read off them the same way.  Two are variants of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from xenotime.dynamics.conditions import conditions
from xenotime.dynamics.step import Setup, first_state
from xenotime.ensembles.evaluate import Job
from xenotime.ensembles.series import AROUND, Series
from xenotime.market.network import Array, Index
from xenotime.market.terms import open_terms
from xenotime.months import month_range
from xenotime.policy.regimes import AS_WRITTEN
from xenotime.world.tables import Demand
from xenotime.world.world import World

NO_CHANGE, PRE_SHOCK, COST_SHARE = "no change", "pre-shock share", "cost-share input-output"
STRAIGHT, FORESIGHT = "straight-line demand", "perfect foresight"
MAIN = NO_CHANGE
YEAR = 12


def no_change(base: Mapping[str, float], months: tuple[str, ...]) -> Series:
    """The base month for ever."""
    return Series(months, base, {name: [value] * len(months) for name, value in base.items()})


def pre_shock_share(
    base: Mapping[str, float], months: tuple[str, ...], let_through: Mapping[str, Array], origin: str
) -> Series:
    """Every buyer loses its pre-shock share of what is held back; price rises by the share lost.

    let_through : by material and month, share of usual exports that controls let through
    """
    values: dict[str, list[float]] = {}
    for name, usual in base.items():
        kind, _, rest = name.partition("/")
        share = let_through.get(rest.split("/")[0], np.ones(len(months)))
        if kind == "export":
            values[name] = [float(usual * s) for s in share]
        elif kind in ("fob", "outside"):
            values[name] = [float(usual * (2 - s)) for s in share]
        elif kind == "missing" and rest.split("/")[0] != origin:
            values[name] = [float(1 - s) for s in _all_goods(let_through, months)]
        else:
            values[name] = [usual] * len(months)
    return Series(months, base, values)


def _all_goods(let_through: Mapping[str, Array], months: tuple[str, ...]) -> Array:
    """Least share let through of any good: a line needs all of its inputs."""
    if not let_through:
        return np.ones(len(months))
    return np.asarray(np.min(np.array(list(let_through.values())), axis=0))


def cost_share(base: Mapping[str, float], months: tuple[str, ...], tax: Mapping[str, Array]) -> Series:
    """Fixed input shares: nothing but charges changes a price, and quantities stay.

    tax : by material and month, (1 + export tax) over that of the base
    """
    values = {name: [value] * len(months) for name, value in base.items()}
    for material, factor in tax.items():
        for name in values:
            if name == f"fob/{material}" or name.startswith(f"outside/{material}/"):
                values[name] = [float(base[name] * f) for f in factor]
    return Series(months, base, values)


def controls_on_exports(setup: Setup, job: Job) -> tuple[dict[str, Array], dict[str, Array]]:
    """By material and month: share of usual exports let through, and (1 + export tax) over that of the base.

    Read off what binds in each month as seen in that month, from the state a run begins with.
    """
    months, state = month_range(job.start, job.months), first_state(setup)
    lanes, nodes = setup.policy.network.lanes, setup.policy.network.nodes
    usual = setup.base.amount("lane")
    usual = np.concatenate([usual, np.zeros(len(lanes.label) - len(usual))])
    taxed = open_terms(setup.policy.network, job.start).export_tax
    through: dict[str, list[float]] = {}
    charged: dict[str, list[float]] = {}
    for month in months:
        terms = conditions(setup, state, month, month, AS_WRITTEN)
        passing = np.minimum(terms.lane_high, usual)
        for index, limit in enumerate(setup.policy.network.joint):
            total = sum(weight * passing[lane] for lane, weight in limit.lanes)
            if limit.kind == "control" and total > terms.allowance[index]:
                for lane, _ in limit.lanes:
                    passing[lane] *= terms.allowance[index] / total
        for material, members in _by_material(lanes.label, lanes.destination, nodes, job.origin).items():
            total = float(usual[members].sum())
            if total <= 0:
                continue
            through.setdefault(material, []).append(float(passing[members].sum()) / total)
            now, then = 1 + terms.export_tax[members], 1 + taxed[members]
            charged.setdefault(material, []).append(float(np.average(now / then, weights=usual[members])))
    return (
        {name: np.array(row) for name, row in through.items()},
        {name: np.array(row) for name, row in charged.items()},
    )


def _by_material(
    labels: tuple[tuple[str, str, str, str], ...],
    destination: Index,
    nodes: tuple[tuple[str, str, str], ...],
    origin: str,
) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for lane, (kind, material, start, _) in enumerate(labels):
        if start == origin != nodes[int(destination[lane])][1] and kind not in AROUND:
            found.setdefault(material, []).append(lane)
    return found


def straight_demand(world: World, elasticity_scale: float) -> World:
    """Every use a single straight line through its reference: slope p / (|elasticity| q), no choke price."""
    return world.with_tables(demand=tuple(_straight(row, elasticity_scale) for row in world.demand))


def _straight(row: Demand, scale: float) -> Demand:
    if row.form != "isoelastic" or not row.elasticity or not row.price or not row.quantity:
        return row
    answer = abs(row.elasticity * scale)
    return replace(
        row,
        form="linear",
        intercept=row.price * (1 + 1 / answer),
        slope=row.price / (answer * row.quantity),
        price=None,
        quantity=None,
        elasticity=None,
        elasticity_long=None,
        adapt_months=None,
        choke=None,
    )


def all_foreseen(job: Job) -> Job:
    """The same run where every control is known from the start and the look-ahead reaches the end."""
    controls = tuple(replace(row, announced=job.start) for row in job.package.controls)
    years = max(0, -(-(job.months - sum(job.look_ahead)) // YEAR))
    return replace(
        job,
        package=replace(job.package, controls=controls),
        look_ahead=(*job.look_ahead, *(YEAR,) * years),
    )
