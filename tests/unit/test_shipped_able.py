"""What the record of 2025 shows, the shipped model is able to show; whether and when is its own to say.

Behaviour is as assumed.  At the middle of the frozen fit prices go at once where they go, and lines that stop
stop in April (docs/variants.md): what the model says when asked, not what it is able to show.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from xenotime.api import load_case, load_world
from xenotime.dynamics.trajectory import Trajectory, prepare, run_months
from xenotime.ensembles.series import Reader
from xenotime.months import month_range
from xenotime.policy.beliefs import Belief, BeliefStep
from xenotime.policy.package import Package, read_package
from xenotime.policy.regimes import REGIMES
from xenotime.world.growth import BEYOND
from xenotime.world.tables import Control

START, CONTROL = "2025-01", "2025-04"
MONTHS = 12
QUOTA_MONTHS, LEAVES = 12, 6
GENERAL = "2025-07"
DEAL, DONE = "2025-09", "2025-11"  # a suspension is announced, and comes, where a test says so
LICENSED = ("Dy", "Tb", "Y", "Sm", "Gd", "NdFeB_H", "NdFeB_SH", "NdFeB_UH")
MAGNETS = ("NdFeB", "SmCo")
STOPPED = 0.02  # of a sector's need not served: its lines count as stopped
OUTSIDE = "outside/Dy_oxide/europe"

Values = dict[str, dict[str, float]]


def licences(**changes: object) -> Package:
    """The case of April 2025 with nothing going round it, its licences changed as asked."""
    found = read_package(load_case("april-2025"), load_world())
    tight: dict[str, object] = {"leak_share": 0.0, "leak_cost": 0.0, **changes}
    rows = tuple(replace(row, **tight) for row in found.controls)  # type: ignore[arg-type]
    return replace(found, controls=rows)


def general_for_magnets() -> Package:
    """General licences for all magnets from the summer on; the rest as in the case."""
    found = licences()
    more = tuple(
        Control(
            control="general",
            instrument="general_licence",
            material=row.material,
            origin=row.origin,
            value=1.0,
            announced=GENERAL,
            in_force=GENERAL,
        )
        for row in found.controls
        if row.material.startswith(MAGNETS)
    )
    return replace(found, controls=found.controls + more)


@cache
def shown(package: Package, months: int = MONTHS) -> tuple[Values, Trajectory]:
    """What is read off a run, by month and of the base."""
    world = load_world()
    run = run_months(world, prepare(world, package, START), START, months)
    reader = Reader(run.world, run.setup, "CHN", ())
    found = {month: reader.read(run.clearing(at)) for at, month in enumerate(run.labels())}
    return found | {"base": reader.base()}, run


def multiple(values: Values, name: str, month: str) -> float:
    return values[month].get(name, 0.0) / values["base"][name]


def first_stops(values: Values) -> dict[str, str]:
    """Month in which lines of a sector of a region first miss a noticeable part of what they need."""
    found: dict[str, str] = {}
    for month in month_range(START, MONTHS):
        for name, share in values[month].items():
            if name.startswith("missing/") and share > STOPPED:
                found.setdefault(name, month)
    return found


def test_lines_stop_weeks_to_months_after_the_control_and_not_all_on_its_day() -> None:
    stops = first_stops(shown(licences())[0])
    assert min(stops.values()) >= CONTROL
    later = {name: month for name, month in stops.items() if month > CONTROL}
    assert len(later) >= 3
    assert len(set(later.values())) >= 2


def test_a_shortage_is_hidden_by_stocks_until_they_end_and_runs_away_after() -> None:
    values, _ = shown(licences())
    calm = [multiple(values, OUTSIDE, month) for month in ("2025-06", "2025-07", "2025-08")]
    assert max(calm) < 1.1 * min(calm)
    assert max(multiple(values, OUTSIDE, month) for month in ("2025-11", "2025-12")) > 1.3 * max(calm)


def test_destinations_fare_unequally_under_one_control() -> None:
    stops = first_stops(shown(licences())[0])
    by_region = {name.split("/")[1]: month for name, month in sorted(stops.items(), reverse=True)}
    assert 3 <= len(by_region) < 20  # most users' countries see no line stop
    assert len(set(by_region.values())) >= 2


def test_prices_inside_stay_while_those_outside_rise() -> None:
    values, _ = shown(licences())
    assert multiple(values, "inside/Dy_oxide", "2025-08") < 1.5
    assert multiple(values, OUTSIDE, "2025-08") > 5.0


def test_nothing_that_needs_a_licence_leaves_before_the_first_is_decided_then_a_part_does() -> None:
    values, _ = shown(licences())
    for name in LICENSED:
        sent = [multiple(values, f"export/{name}/WLD", month) for month in month_range(START, MONTHS)]
        assert min(sent[:3]) > 0.98, name
        assert max(sent[3:5]) < 0.05, name
        assert 0.3 < sent[7] < 0.8, name


@pytest.mark.slow
def test_magnets_recover_and_separated_oxides_do_not_under_one_control() -> None:
    values, _ = shown(general_for_magnets())
    last = "2025-12"
    assert multiple(values, "export/NdFeB_SH/WLD", last) > 0.9
    assert multiple(values, "export/Dy/WLD", last) < 0.8
    assert multiple(values, OUTSIDE, last) > 1.5 * multiple(values, "inside/Dy_oxide", last)


@pytest.mark.slow
def test_a_premium_outlives_an_announced_deal_and_ends_with_what_is_done() -> None:
    odds = {"suspended": 0.6, "licensed": 0.4}
    likely = BeliefStep(DEAL, DONE, tuple(odds.get(regime, 0.0) for regime in REGIMES))
    doubt = Belief(("CHN-18-2025",), (likely,), source="invented")
    values, _ = shown(replace(licences(suspended=DONE), beliefs=(doubt,)), 16)
    before, after = (multiple(values, OUTSIDE, month) for month in ("2025-08", DEAL))
    assert 1.5 < after < before  # words move the price, and leave a premium
    assert multiple(values, OUTSIDE, "2025-10") > 1.5
    assert multiple(values, OUTSIDE, "2026-03") < 1.1


@pytest.mark.slow
def test_a_quota_stops_binding_when_demand_leaves() -> None:
    world = load_world("2009-12")
    found = read_package(load_case("quota-2010"), world)
    left = np.ones((len(world.demand), QUOTA_MONTHS + BEYOND))
    left[:, LEAVES:] = 0.4  # as after 2011: lamps, polishing and catalysts without what they had used
    setup = prepare(world, found, "2010-07", growth=left)
    run = run_months(world, setup, "2010-07", QUOTA_MONTHS)
    rents = [
        sum(row["amount"] for row in run.clearing(at).table("rents") if "QUOTA" in row["name"])
        for at in range(QUOTA_MONTHS)
    ]
    assert min(rents[:LEAVES]) > 0
    assert max(rents[-2:]) < 1e-3 * max(rents)
