"""A run as one JSON document: tidy tables with explicit keys, units, sources, and how it was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict
from importlib import metadata
from typing import Any

import numpy as np

from xenotime.dynamics.account import account_elements, contents_of_nodes
from xenotime.dynamics.lever_money import lever_payments, lever_stocks
from xenotime.dynamics.step import Setup
from xenotime.dynamics.trajectory import Trajectory
from xenotime.market.clearing import Clearing
from xenotime.policy.case import Case
from xenotime.report.behaved import behaviour_rows
from xenotime.report.believed import belief_rows, belief_warnings, volatility_rows
from xenotime.report.classes import class_rows, over_classes, short_rows
from xenotime.report.envelope import Row, envelope
from xenotime.report.inputs import inputs_of
from xenotime.report.made import production_rows
from xenotime.report.projects import fleet_text, project_rows
from xenotime.report.sectors import sector_rows
from xenotime.world.fingerprint import fingerprint
from xenotime.world.tables import Control
from xenotime.world.world import World

USERS = ("material", "region", "sector")
HOLDERS = ("material", "region", "holder")
SMALLEST = 1e-9  # of the largest amount in a table: smaller rows are not written


def run_document(case: Case, run: Trajectory, baseline: Trajectory, controls: Iterable[Control]) -> Row:
    """The document of a case run beside its baseline (the same world without the case's controls)."""
    rows = tuple(controls)
    mine, other = _monthly(run), _monthly(baseline)
    stage = {m.material: m.stage for m in run.world.materials}
    unit = {m.material: m.unit for m in run.world.materials}
    data: Row = {
        "case": {
            "name": case.name,
            "title": case.data.title,
            "question": case.data.question,
            "start": case.data.start,
            "months": len(run.months),
            "world": case.data.world,
            "behaviour": case.data.behaviour,
            "citation": list(case.data.citation),
        },
        "months": list(run.labels()),
        "regions": [_plain(r, ("region", "name", "group", "lat", "lon")) for r in run.world.regions],
        "materials": [_plain(m, ("material", "name", "stage", "unit")) for m in run.world.materials],
        "prices": _with_baseline(
            mine["prices"],
            other["prices"],
            ("month", "material", "region", "market"),
            lambda row: f"USD/{unit.get(row['material'], 't')}",
        ),
        "flows": _nonzero(
            mine["flows"], other["flows"], ("month", "material", "origin", "destination", "kind"), unit
        ),
        "activities": _nonzero(
            mine["activities"], other["activities"], ("month", "facility", "region", "recipe"), unit
        ),
        "consumption": _nonzero(
            over_classes(mine["consumption"], ("month", *USERS), ("value",)),
            over_classes(other["consumption"], ("month", *USERS), ("value",)),
            ("month", *USERS),
            unit,
        ),
        "shortfalls": [
            {**row, "unit": unit.get(row["material"], "t") + "/month"}
            for row in short_rows(mine["shortfalls"], ("month", *USERS))
        ],
        "cover_classes": [
            {**row, "unit": unit.get(row["material"], "t")}
            for row in class_rows(mine["consumption"], mine["stocks"], other["consumption"])
        ],
        "stocks": _nonzero(
            over_classes(mine["stocks"], ("month", *HOLDERS), ("value",)),
            over_classes(other["stocks"], ("month", *HOLDERS), ("value",)),
            ("month", *HOLDERS),
            unit,
        ),
        "rents": [{**row, "unit": "USD/unit"} for row in mine["rents"]],
        "queues": run.table("queues"),
        "disposal": _nonzero(mine["disposal"], other["disposal"], ("month", "material", "region"), unit),
        "availability": availability(run, baseline),
        "sectors": sector_rows(run, baseline),
        "projects": project_rows(run),
        "controls": [
            _plain(
                c,
                (
                    "control",
                    "instrument",
                    "material",
                    "origin",
                    "destination",
                    "announced",
                    "in_force",
                    "until",
                    "value",
                    "note",
                    "source",
                ),
            )
            for c in rows
        ],
        "payments": lever_payments(run),
        "government_stocks": lever_stocks(run),
        "levers": [lever.model_dump(exclude_defaults=True) for lever in run.setup.levers.levers],
        "behaviour": behaviour_rows(run, case.data.behaviour == "fitted"),
        "beliefs": belief_rows(run),
        "volatility": volatility_rows(run),
        "sources": _sources(run, rows),
        "checks": checks(run),
    }
    data["inputs"] = inputs_of(case, run)
    data["contents"] = [_plain(c, ("material", "element", "share")) for c in run.world.contents]
    data["facilities"] = facility_rows(run.world, stage)
    for row in data["activities"]:
        row["stage"] = _stage_of(run, row["recipe"], stage)
    data["production"] = production_rows(data["activities"], run.world.recipes, stage, unit)
    return envelope("run", run_fingerprint(case, run), data, list(_warnings(run)))


def run_fingerprint(case: Case, run: Trajectory) -> str:
    """Hash of the contents that decide a run: version, world, case, behaviour, horizon, engine."""
    parts = [fingerprint(run.world), run_inputs(case, run.setup), run.engine, str(len(run.months))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def run_inputs(case: Case, setup: Setup) -> str:
    """What decides a run besides its world, engine and length, as text."""
    chosen = (asdict(setup.behaviour), asdict(setup.horizon), asdict(setup.splitting))
    said = [metadata.version("xenotime"), case.text, *map(repr, chosen), fleet_text(setup.fleet)]
    return "\n".join(said)


def facility_rows(world: World, stage: dict[str, str]) -> list[Row]:
    """Plants with their place and the stage of what they mainly make."""
    main: dict[str, tuple[float, str]] = {}
    for flow in world.recipes:
        if flow.amount > main.get(flow.recipe, (0.0, ""))[0]:
            main[flow.recipe] = (flow.amount, stage.get(flow.material, ""))
    plants = {plant.facility: plant for plant in world.facilities}
    return [
        {
            **_plain(plant, ("facility", "name", "region", "status", "lat", "lon")),
            "stage": main.get(plant.recipe, (0.0, ""))[1],
        }
        for plant in plants.values()
    ]


def _monthly(run: Trajectory) -> dict[str, list[Row]]:
    names = ("prices", "flows", "activities", "consumption", "shortfalls", "rents", "disposal")
    tables: dict[str, list[Row]] = {name: [] for name in (*names, "stocks")}
    for position, item in enumerate(run.months):
        clearing = run.clearing(position)
        for name in names:
            tables[name] += [{"month": item.month, **row} for row in clearing.table(name)]
        tables["stocks"] += [{"month": item.month, **row} for row in stock_rows(clearing, item.snapped)]
    return tables


def stock_rows(clearing: Clearing, snapped: np.ndarray) -> list[Row]:
    """Closing stock per holder."""
    return [
        {
            "material": row.material,
            "region": row.region,
            "holder": row.sector or row.holder,
            "sector": row.sector,
            "cover_class": row.cover_class,
            "value": float(value),
        }
        for row, value in zip(clearing.program.network.stocks, clearing.stock() - snapped, strict=True)
    ]


def _plain(record: Any, names: tuple[str, ...]) -> Row:
    return {name: getattr(record, name) for name in names}


def _index(rows: list[Row], keys: tuple[str, ...]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[key] for key in keys): row for row in rows}


def _with_baseline(
    mine: list[Row], other: list[Row], keys: tuple[str, ...], unit: Callable[[Row], str]
) -> list[Row]:
    base = _index(other, keys)
    return [
        {**row, "baseline": base.get(tuple(row[key] for key in keys), {}).get("value"), "unit": unit(row)}
        for row in mine
    ]


def _nonzero(mine: list[Row], other: list[Row], keys: tuple[str, ...], unit: dict[str, str]) -> list[Row]:
    """Rows that are not zero in either run, each with the other's value."""
    base, own = _index(other, keys), _index(mine, keys)
    largest = max((abs(row["value"]) for row in (*mine, *other)), default=0.0)
    rows = []
    for key in dict.fromkeys([*own, *base]):
        value = own[key]["value"] if key in own else 0.0
        before = base[key]["value"] if key in base else 0.0
        if max(abs(value), abs(before)) > SMALLEST * largest:
            shown = dict(zip(keys, key, strict=True))
            what = unit.get(shown.get("material", ""), "activity" if "recipe" in shown else "t")
            rows.append({**shown, "value": value, "baseline": before, "unit": f"{what}/month"})
    return rows


def availability(run: Trajectory, baseline: Trajectory) -> list[Row]:
    """Contained element consumed in each region, as a share of what the baseline run consumes."""
    network = run.setup.policy.network
    elements, content = contents_of_nodes(run.world, network)
    users = network.users()
    regions = sorted({network.demand[index].region for index in users})
    where = [regions.index(network.demand[index].region) for index in users]
    rows = []
    for position, month in enumerate(run.labels()):
        totals = []
        for item in (run, baseline):
            contained = content[:, network.demand_node[users]] * item.clearing(position).consumption()[users]
            total = np.zeros((len(elements), len(regions)))
            np.add.at(total.T, where, contained.T)
            totals.append(total)
        for e, element in enumerate(elements):
            for r, region in enumerate(regions):
                if totals[1][e, r] > SMALLEST * totals[1][e].sum():
                    share = float(totals[0][e, r] / totals[1][e, r])
                    rows.append(
                        {
                            "month": month,
                            "element": element,
                            "region": region,
                            "value": share,
                            "baseline": float(totals[1][e, r]),
                            "unit": "share",
                        }
                    )
    return rows


def _stage_of(run: Trajectory, recipe: str, stage: dict[str, str]) -> str:
    made = [row for row in run.world.recipes if row.recipe == recipe and row.amount > 0]
    best = max(made, key=lambda row: row.amount, default=None)
    return stage.get(best.material, "") if best else ""


def _sources(run: Trajectory, controls: tuple[Control, ...]) -> list[Row]:
    world = run.world
    tables = (
        world.recipes,
        world.facilities,
        world.lanes,
        world.demand,
        world.stocks,
        world.contents,
        controls,
        run.setup.beliefs,
    )
    used = {part.strip() for rows in tables for row in rows for part in row.source.split(";") if part.strip()}
    return [
        _plain(row, ("source", "title", "publisher", "date", "url", "grade"))
        for row in world.sources
        if row.source in used
    ]


def checks(run: Trajectory) -> list[Row]:
    """How every month was verified, and whether every element is conserved over the run."""
    rows: list[Row] = []
    for item in run.months:
        for name, tolerance in (("balance", 1e-6), ("identity", 1e-6), ("sign", 1e-6), ("gap", 1e-6)):
            rows.append(
                {
                    "check": name,
                    "value": getattr(item.check, name),
                    "tolerance": tolerance,
                    "month": item.month,
                    "ran": item.check.ran,
                }
            )
    for account in account_elements(run):
        rows.append(
            {
                "check": f"conservation of {account.element}",
                "value": account.residual,
                "tolerance": 1e-9,
                "month": "",
            }
        )
        rows.append(
            {
                "check": f"snapped {account.element}",
                "value": account.snapped / max(account.throughput, 1e-300),
                "tolerance": 1e-6,
                "month": "",
            }
        )
    return rows


def _warnings(run: Trajectory) -> Iterable[str]:
    rough = [item.month for item in run.months if not item.check.exact]
    if rough:
        yield f"months solved to the engine's tolerance only, not to machine precision: {', '.join(rough)}"
    yield from belief_warnings(run)
