"""Uncertain numbers that are no cells of a world: growth, projects, controls, behaviour, structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from xenotime.dynamics.behaviour import Behaviour
from xenotime.dynamics.project_times import rows_of
from xenotime.dynamics.step import Setup
from xenotime.ensembles.draws import TAIL, Posterior, Prior
from xenotime.ensembles.uncertain import Uncertain, is_open
from xenotime.market.network import Array
from xenotime.policy.control_rows import Range
from xenotime.world.growth import GrowthPath, Rates, group_of, sectors_of
from xenotime.world.numbers import FactTables
from xenotime.world.world import World

# Of project_numbers.csv: what acts through the fleet once a run is prepared.
BY_FLEET = (
    "ramp_power",
    "idle_after",
    "loss_borne",
    "restart_delay",
    "close_after",
    "debt_life",
    "price_half_life",
    "required_return_CHN",
    "required_return_ROW",
    "expected_load",
    "flood_risk",
    "flood_depth",
    "control_lasts",
)


def growth_numbers(
    world: World, facts: FactTables, start: str, known_by: str, scenario: str
) -> tuple[tuple[Uncertain, ...], tuple[tuple[str, ...], ...]]:
    """Rates of growth in use, as places in their range, and for each demand row the names of its rates."""
    rates = Rates(facts, known_by, scenario)
    found: dict[str, Uncertain] = {}
    named = []
    for use in world.demand:
        own = []
        for sector in sectors_of(use):
            row = rates.row(sector, group_of(use), int(start[:4]))
            if row is None or not is_open(row.low, row.cagr, row.high):
                continue
            name = f"growth/{row.sector}"
            own.append(name)
            found[name] = Uncertain(
                name=name,
                kind="growth",
                low=float(row.low),
                value=float(row.cagr),
                high=float(row.high),
                grade=row.grade,
                source=row.source,
                refers_to=str(row.refers_to),
                row=f"growth: {row.sector}, {row.from_}-{row.to}, {row.scenario}",
                unit="per year",
            )
        named.append(tuple(own))
    return tuple(found[name] for name in sorted(found)), tuple(named)


def drawn_growth(path: GrowthPath, named: Sequence[tuple[str, ...]], places: Mapping[str, float]) -> Array:
    """Demand over that of the world, demand rows x months, at places in the ranges of the rates.

    A row that stands for several sectors takes the mean of their places.
    """
    found = path.scale.copy()
    for row, names in enumerate(named):
        if not names:
            continue
        at = float(np.mean([places[name] for name in names]))
        ends = (path.low[row], path.scale[row], path.high[row])
        side = (ends[1] - ends[0]) if at < 0 else (ends[2] - ends[1])
        found[row] = ends[1] + at * side
    return found


def project_numbers() -> tuple[Uncertain, ...]:
    """Numbers of how projects run up, idle, close and find money."""
    return tuple(
        _stated("project", "project_numbers", row) for row in _open_rows("project_numbers", BY_FLEET)
    )


def with_project_numbers(setup: Setup, drawn: Mapping[str, float]) -> Setup:
    """A setup whose fleet goes by drawn numbers; keys are ``project/name``."""
    mine = {name.removeprefix("project/"): value for name, value in drawn.items()}
    if not mine:
        return setup
    numbers = replace(setup.fleet.numbers, **mine)
    asked = np.array([numbers.required_return(plant.region) for plant in setup.fleet.plants], dtype=float)
    return replace(setup, fleet=replace(setup.fleet, numbers=numbers, required_return=asked))


def control_numbers(ranges: Sequence[Range]) -> tuple[Uncertain, ...]:
    """Numbers of controls within their ranges; one of two controls by one name is one number."""
    found: dict[str, Uncertain] = {}
    for item in ranges:
        if item.name not in found and is_open(item.low, item.value, item.high):
            found[item.name] = Uncertain(
                name=f"control/{item.name}",
                kind="control",
                low=item.low,
                value=float(item.value or 0.0),
                high=item.high,
                source="case",
                row=f"case: {item.control} {item.name}",
            )
    return tuple(found[name] for name in sorted(found))


def drawn_controls(ranges: Sequence[Range], quantiles: Mapping[str, float]) -> dict[str, float]:
    """Numbers of controls by ``control.name``, every control at the same place of its own range."""
    return {
        f"{item.control}.{item.name}": Uncertain(
            "", "control", item.low, float(item.value or 0.0), item.high
        ).at(quantiles[f"control/{item.name}"])
        for item in ranges
        if f"control/{item.name}" in quantiles
    }


def behaviour_numbers(
    priors: Mapping[str, Prior], posterior: Posterior | None, of: str = ""
) -> tuple[Uncertain, ...]:
    """Behaviour: what was learnt where it was fitted, the priors else; the rest as its table states it.

    of : name of the frozen fit, quoted as the source
    """
    fitted = posterior.names if posterior is not None else ()
    found = []
    for name in fitted or tuple(name for name in priors if name in _BEHAVIOUR):
        middle, low, high = _quantiles(name, priors[name], posterior)
        source = of if name in fitted else "priors"
        found.append(
            Uncertain(
                f"behaviour/{name}", "behaviour", low, middle, high, "D", source, "", f"{source}: {name}"
            )
        )
    taken = {item.name.removeprefix("behaviour/") for item in found}
    rest = tuple(name for name in _BEHAVIOUR if name not in taken)
    return (*found, *(_stated("behaviour", "behaviour", row) for row in _open_rows("behaviour", rest)))


def drawn_behaviour(
    numbers: Sequence[Uncertain],
    priors: Mapping[str, Prior],
    posterior: Posterior | None,
    scores: Mapping[str, float],
    quantiles: Mapping[str, float],
) -> dict[str, float]:
    """Behavioural numbers by name; those that were fitted together are drawn together.

    scores : standard normal scores by number
    """
    found = {}
    if posterior is not None:
        root = np.linalg.cholesky(np.array(posterior.covariance) + 1e-12 * np.eye(len(posterior.names)))
        z = np.array(posterior.mean) + root @ [scores[f"behaviour/{name}"] for name in posterior.names]
        found = {name: priors[name].at(float(at)) for name, at in zip(posterior.names, z, strict=True)}
    for item in numbers:
        name = item.name.removeprefix("behaviour/")
        if name not in found:
            found[name] = item.at(quantiles[item.name])
    return found


_BEHAVIOUR = tuple(item.name for item in fields(Behaviour) if item.name != "snap")  # snap is numerics


def _quantiles(name: str, prior: Prior, posterior: Posterior | None) -> tuple[float, float, float]:
    mean, spread = 0.0, 1.0
    if posterior is not None:
        k = posterior.names.index(name)
        mean, spread = posterior.mean[k], float(np.sqrt(posterior.covariance[k][k]))
    return prior.at(mean), prior.at(mean - TAIL * spread), prior.at(mean + TAIL * spread)


def _open_rows(table: str, names: Sequence[str]) -> Iterator[dict[str, str]]:
    for row in rows_of(table):
        if row["name"] in names and is_open(float(row["low"]), float(row["value"]), float(row["high"])):
            yield row


def _stated(kind: str, table: str, row: Mapping[str, str]) -> Uncertain:
    return Uncertain(
        name=f"{kind}/{row['name']}",
        kind=kind,
        low=float(row["low"]),
        value=float(row["value"]),
        high=float(row["high"]),
        grade=row["grade"],
        source=row["source"],
        refers_to=row["refers_to"],
        row=f"{table}: {row['name']}",
        unit=row["unit"],
    )
