"""Levers and bans reach the projects they are aimed at."""

from __future__ import annotations

from unit.dynamics.dynamic_worlds import START, floating
from xenotime.dynamics.prospects import prospects_of
from xenotime.dynamics.support import NOBODY, Prospects
from xenotime.dynamics.trajectory import prepare
from xenotime.policy.levers import Lever
from xenotime.policy.package import NOTHING, Package
from xenotime.world.tables import Control

BAN = Control(
    control="know-how",
    instrument="technology_ban",
    origin="A",
    value=1.5,
    cost_factor=1.3,
    in_force="2025-03",
)
GRANT = Lever.model_validate(
    {
        "lever": "help",
        "kind": "grant",
        "sponsor": "B",
        "announced": "2025-02",
        "facility": floating().facilities[0].facility,
        "amount": 5e6,
    }
)


def seen(package: Package, month: str) -> Prospects:
    setup = prepare(floating(), package, START)
    return prospects_of(setup.policy, setup.levers, setup.fleet, month)


def test_nobody_helps_and_nobody_hinders_without_levers_and_bans() -> None:
    assert seen(NOTHING, START) is NOBODY


def test_a_ban_slows_plants_abroad_from_the_month_it_is_in_force() -> None:
    before, after = seen(Package((BAN,)), "2025-02"), seen(Package((BAN,)), "2025-03")
    regions = [plant.region for plant in floating().facilities]
    assert {factor.lead_time_factor for factor in before.technology} == {1.0}
    for region, factor in zip(regions, after.technology, strict=True):
        assert factor.lead_time_factor == (1.0 if region == "A" else 1.5)
        assert factor.capex_factor == (1.0 if region == "A" else 1.3)


def test_a_grant_reaches_its_plant_once_it_is_announced() -> None:
    package = Package(levers=(GRANT,))
    assert seen(package, "2025-01").support_of(0).grant == 0.0
    assert seen(package, "2025-02").support_of(0).grant == 5e6
