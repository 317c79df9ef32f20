"""Controls compiled to what the market understands: bounds, rates and joint limits by month (M4, M16).

A control is seen from the month it is announced, binds from the month it is in force, and ends
after `until`.  A look-ahead from month t knows the controls announced by t, with their dates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import numpy as np

from xenotime.errors import InputProblems, Problem
from xenotime.market.clearing import Clearing
from xenotime.market.network import Array, JointLimit, Network
from xenotime.market.terms import Terms, open_terms
from xenotime.months import month_number, month_of, month_text
from xenotime.policy.case import ControlEntry
from xenotime.policy.regimes import AS_WRITTEN, regime_of, under_regime
from xenotime.world.problems import suggestion
from xenotime.world.tables import Control
from xenotime.world.world import World

INSTRUMENTS = ("ban", "quota", "licence", "export_tax", "tariff", "production_quota")
NEEDS_VALUE = ("quota", "licence", "export_tax", "tariff", "production_quota")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A control with the lanes, plants and joint limit it touches."""

    row: Control
    lanes: tuple[int, ...]
    plants: tuple[tuple[int, float], ...]
    joint: int


@dataclass(frozen=True, slots=True)
class Policy:
    """All controls of a run, compiled against one network."""

    network: Network
    controls: tuple[Compiled, ...]
    normal: Array  # flow of each lane in normal times, the base of licence shares


def expand(entries: tuple[ControlEntry, ...], world: World, file: str) -> tuple[Control, ...]:
    """Rows of the controls table from the entries of a case; patterns become one row per material.

    Raises InputProblems naming every unknown instrument, region and material pattern.
    """
    materials = [row.material for row in world.materials] or sorted({lane.material for lane in world.lanes})
    regions = [row.region for row in world.regions] or sorted({lane.origin for lane in world.lanes})
    problems: list[Problem] = []
    rows: list[Control] = []
    for entry in entries:
        problems += _check(entry, regions, file)
        named: dict[str, None] = {}
        for pattern in entry.materials:
            found = [name for name in materials if fnmatchcase(name, pattern)]
            if not found:
                problems.append(_unknown(file, f"{entry.control}.materials", pattern, materials))
            named.update(dict.fromkeys(found))
        rows += [_row(entry, name) for name in named]
    if problems:
        raise InputProblems(problems)
    return tuple(rows)


def _row(entry: ControlEntry, material: str) -> Control:
    return Control(
        control=entry.control,
        instrument=entry.instrument,
        material=material,
        origin=entry.origin,
        destination=entry.destination,
        sector=entry.sector,
        value=entry.value,
        announced=_month(entry.announced),
        in_force=_month(entry.in_force),
        enforced=_month(entry.enforced),
        until=_month(entry.until),
        processing_months=entry.processing_months,
        recipient=entry.recipient,
        source=entry.source,
        note=entry.assumed,
    )


def _month(date: str) -> str:
    return month_of(date) if date else ""


def _check(entry: ControlEntry, regions: list[str], file: str) -> list[Problem]:
    found = []
    if entry.instrument not in INSTRUMENTS:
        found.append(_unknown(file, f"{entry.control}.instrument", entry.instrument, list(INSTRUMENTS)))
    elif entry.instrument in NEEDS_VALUE and entry.value is None:
        found.append(
            Problem(
                "missing-value",
                file,
                None,
                f"{entry.control}.value",
                "nothing",
                f"a number, which a {entry.instrument} needs",
                "add value = ...",
            )
        )
    if entry.sector:
        found.append(_sector_problem(file, entry.control, entry.sector))
    for key in ("origin", "destination"):
        name = getattr(entry, key)
        if name and name not in regions:
            found.append(_unknown(file, f"{entry.control}.{key}", name, regions))
    return found


def _sector_problem(file: str, control: str, sector: str) -> Problem:
    """A lane does not know whose goods it carries: a control of one end-user class would bind all of them."""
    return Problem(
        "sector-not-separate",
        file,
        None,
        f"{control}.sector",
        repr(sector),
        "a control of all end users",
        "leave sector out; licences by end-user class are not modelled yet",
    )


def _unknown(file: str, column: str, name: str, known: list[str]) -> Problem:
    return Problem(
        "unknown-name",
        file,
        None,
        column,
        repr(name),
        "a name of this world",
        suggestion(name, known, "see `xenotime world show`"),
    )


def compile_policy(network: Network, rows: tuple[Control, ...], normal: Array) -> Policy:
    """Find what each control touches and give quotas a joint limit of their own.

    Rows of one quota (same `control`) share one limit.  The network returned inside has those limits.
    """
    split = [_sector_problem("controls.csv", row.control, row.sector) for row in rows if row.sector]
    if split:
        raise InputProblems(split)
    joint = list(network.joint)
    compiled: list[Compiled] = []
    limit_of: dict[str, int] = {}
    for row in rows:
        lanes = tuple(i for i in range(len(network.lanes.label)) if _touches(row, network, i))
        plants: tuple[tuple[int, float], ...] = ()
        if row.instrument == "production_quota":
            lanes, plants = (), _producers(network, row)
        index = -1
        if row.instrument in ("quota", "production_quota"):
            index = limit_of.setdefault(row.control, len(joint))
            recipient = row.recipient or row.origin
            if index == len(joint):
                joint.append(
                    JointLimit("control", row.control, (), (), np.inf, recipient, row.instrument == "quota")
                )
            old = joint[index]
            joint[index] = replace(
                old,
                lanes=old.lanes + tuple((lane, 1.0) for lane in lanes),
                facilities=old.facilities + plants,
            )
        compiled.append(Compiled(row, lanes, plants, index))
    return Policy(replace(network, joint=tuple(joint)), tuple(compiled), normal)


def _touches(row: Control, network: Network, lane: int) -> bool:
    """Trade lanes and contracts between regions; what stays at home is no export."""
    kind, material, origin, _ = network.lanes.label[lane]
    destination = network.nodes[network.lanes.destination[lane]][1]
    if kind not in ("lane", "contract") or origin == destination or row.material not in ("", material):
        return False
    return row.origin in ("", origin) and row.destination in ("", destination)


def _producers(network: Network, row: Control) -> tuple[tuple[int, float], ...]:
    found = []
    for node, (material, region, pool) in enumerate(network.nodes):
        if material == row.material and not pool and row.origin in ("", region):
            made = network.recipes.getrow(node).tocoo()
            found += [
                (int(plant), float(amount))
                for plant, amount in zip(made.col, made.data, strict=True)
                if amount > 0
            ]
    return tuple(found)


def normal_flows(clearing: Clearing) -> Array:
    """Flow of each lane in the base clearing."""
    return clearing.amount("lane")


def terms_for(
    policy: Policy, seen_in: str, month: str, terms: Terms | None = None, regime: str = AS_WRITTEN
) -> Terms:
    """What binds in `month` as foreseen in `seen_in`: controls announced by then and in force in `month`.

    Blank months mean a time when every control is announced, in force and past its processing.

    terms : what binds without the controls; the world's own tables where none is given
    regime : what is made of controls whose future is in doubt
    """
    network = policy.network
    terms = terms if terms is not None else open_terms(network, month)
    high, tax, tariff = terms.lane_high.copy(), terms.export_tax.copy(), terms.tariff.copy()
    allowance = terms.allowance.copy()
    cause: dict[int, tuple[str, str]] = {}
    for item in policy.controls:
        row = under_regime(item.row, regime_of(item.row.control, regime), month)
        if row is None or not _known(row, seen_in) or not _binds(row, month):
            continue
        lanes = np.array(item.lanes, dtype=np.int64)
        if row.instrument in ("ban", "licence"):
            share = 0.0 if row.instrument == "ban" or _waiting(row, month) else float(row.value or 0.0)
            for lane in lanes:
                bound = share * policy.normal[lane]
                if bound < high[lane]:
                    high[lane] = bound
                    cause[int(lane)] = (row.control, row.recipient or network.lanes.label[lane][2])
        elif row.instrument == "export_tax":
            tax[lanes] += float(row.value or 0.0)
        elif row.instrument == "tariff":
            tariff[lanes] += float(row.value or 0.0)
        else:
            allowance[item.joint] = float(row.value or 0.0)
    low = np.minimum(terms.lane_low, high)
    return replace(
        terms,
        lane_low=low,
        lane_high=high,
        export_tax=tax,
        tariff=tariff,
        allowance=allowance,
        lane_cause=cause,
    )


def past_processing(policy: Policy) -> Policy:
    """The same controls once the first applications have been worked off: what a market settles under."""
    controls = tuple(replace(item, row=replace(item.row, processing_months=0.0)) for item in policy.controls)
    return replace(policy, controls=controls)


def _known(row: Control, seen_in: str) -> bool:
    announced = row.announced or row.in_force
    return not announced or not seen_in or month_number(announced) <= month_number(seen_in)


def _binds(row: Control, month: str) -> bool:
    if not month:
        return True
    now = month_number(month)
    binding = row.enforced or row.in_force  # goods move until somebody stops them
    begun = not binding or month_number(binding) <= now
    return begun and (not row.until or now <= month_number(row.until))


def _waiting(row: Control, month: str) -> bool:
    """No licence is out before the first application has been processed."""
    return (
        bool(row.in_force and month)
        and month_number(month) < month_number(row.in_force) + row.processing_months
    )


def month_after(month: str, steps: int) -> str:
    """`steps` months later."""
    return month_text(month_number(month) + steps)
