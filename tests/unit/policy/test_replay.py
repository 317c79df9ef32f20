"""Every measure of the dated record, replayed: what binds in which month, or why nothing does (M16)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.facts.load import load_facts
from xenotime.facts.politics import ControlRecord
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.months import month_range
from xenotime.policy.controls import Policy, compile_policy, stages_of, terms_for
from xenotime.policy.dates import binds
from xenotime.policy.foresight import settle
from xenotime.policy.record_goods import goods_of
from xenotime.policy.replay import NEWER, OLDER, replay_record, world_of
from xenotime.policy.replay_reasons import OF_INSTRUMENT, OF_RECORD, NoBinding
from xenotime.policy.side_lanes import with_side_lanes
from xenotime.policy.technology import technology_factor
from xenotime.world.tables import Content, Control, Material
from xenotime.world.world import World

RECORDS = {record.control: record for record in load_facts().rows(ControlRecord)}
ALL = month_range("2008-01", 12 * 25)
# First and last month in which each measure binds, and the months in between in which it does not.
BINDS: dict[str, tuple[str, str, int]] = {
    "CHN-QUOTA-2010H2": ("2010-07", "2010-12", 0),
    "CHN-JPN-2010": ("2010-09", "2010-11", 0),
    "CHN-TAX-2010": ("2010-01", "2010-12", 0),
    "CHN-TAX-2011": ("2011-01", "2015-04", 0),
    "CHN-QUOTA-2011": ("2011-01", "2011-12", 0),
    "CHN-QUOTA-2012": ("2012-01", "2012-12", 1),  # the second list came out in August
    "CHN-QUOTA-2013": ("2013-01", "2013-12", 0),
    "CHN-QUOTA-2014": ("2014-01", "2014-12", 0),
    "CHN-TECH-2023": ("2023-12", ALL[-1], 0),
    "CHN-18-2025": ("2025-04", ALL[-1], 0),
    "CHN-CUSTOMS-2025": ("2025-05", ALL[-1], 0),
    "CHN-57-2025": ("2026-11", ALL[-1], 0),  # suspended before it came into force
    "CHN-61-2025": ("2026-11", ALL[-1], 0),  # goods made abroad from 2025-12, suspended before
    "CHN-62-2025": ("2025-10", ALL[-1], 12),  # suspended for a year from 2025-11
    "CHN-GENLIC": ("2025-12", ALL[-1], 0),
    "CHN-1-2026": ("2026-01", ALL[-1], 0),
    "CHN-JPN20-2026": ("2026-02", ALL[-1], 0),
    "USA-301-MAG": ("2026-01", ALL[-1], 0),
    "USA-NDAA871": ("2019-01", ALL[-1], 0),
    "USA-DFARS7052": ("2027-01", ALL[-1], 0),
    "IND-IREL": ("2025-06", ALL[-1], 0),
    "VNM-LAW": ("2026-01", ALL[-1], 0),
    "MYS-RAW": ("2024-01", ALL[-1], 0),
}
ABSENT = {"CHN-55-2025": "superhard", "CHN-56-2025": "equipment", "CHN-58-2025": "batteries;graphite"}


@pytest.fixture(scope="module")
def worlds() -> dict[str, World]:
    return {date: load_world(date) for date in (OLDER, NEWER)}


def rows_of(control: str, worlds: dict[str, World], leaks: bool = False) -> tuple[Control, ...]:
    record = RECORDS[control]
    replayed = replay_record(record, worlds[world_of(record)], leaks=leaks)
    assert not isinstance(replayed, NoBinding)
    return replayed


def test_the_record_has_forty_measures_and_each_is_told_of_here() -> None:
    silent = {c for c, record in RECORDS.items() if c in OF_RECORD or record.instrument in OF_INSTRUMENT}
    assert len(RECORDS) == 40
    assert set(BINDS) | set(ABSENT) | silent == set(RECORDS)
    assert len(BINDS) + len(ABSENT) + len(silent) == 40


@pytest.mark.parametrize("control", sorted(set(RECORDS) - set(BINDS)))
def test_a_measure_that_binds_nothing_says_why(control: str, worlds: dict[str, World]) -> None:
    record = RECORDS[control]
    told = replay_record(record, worlds[world_of(record)])
    assert isinstance(told, NoBinding)
    assert len(told.reason) > 20
    if control in ABSENT:
        assert told.reason.endswith(ABSENT[control])


@pytest.mark.parametrize("control", sorted(BINDS))
def test_m16_a_measure_binds_in_its_months(control: str, worlds: dict[str, World]) -> None:
    rows = rows_of(control, worlds)
    bound = [month for month in ALL if any(binds(row, month, month) for row in rows)]
    first, last, gap = BINDS[control]
    assert (bound[0], bound[-1]) == (first, last)
    assert len(bound) == len(month_range(first, ALL.index(last) - ALL.index(first) + 1)) - gap
    assert {row.source for row in rows} == {RECORDS[control].source}


def compiled(rows: tuple[Control, ...], world: World) -> Policy:
    network = with_side_lanes(build_network(world), rows)
    policy = compile_policy(network, rows, np.ones(len(network.lanes.label)), stages=stages_of(world))
    everything = replace(
        policy.traced, touched=policy.traced.touched + 1.0, content=policy.traced.content + 1.0
    )
    return replace(policy, traced=everything)


@pytest.mark.parametrize("control", sorted(BINDS))
def test_a_measure_changes_the_terms_of_a_month_it_binds_and_of_none_before(
    control: str, worlds: dict[str, World]
) -> None:
    """Bounds, rates or allowances move from the first month on, or what a project abroad takes."""
    policy = compiled(rows_of(control, worlds), worlds[world_of(RECORDS[control])])
    first = BINDS[control][0]
    earlier = ALL[ALL.index(first) - 1]
    changed = []
    for month in (earlier, first):
        plain = open_terms(policy.network, month)
        terms = settle(policy, month, month, terms_for(policy, month, month, plain))
        names = ("lane_high", "lane_adder", "export_tax", "tariff", "allowance")
        moved = any(not np.array_equal(getattr(plain, name), getattr(terms, name)) for name in names)
        factors = {technology_factor(policy, month, month, "USA", stage) for stage in ("metal", "mine")}
        built = factors != {(1.0, 1.0)}
        changed.append(moved or built)
    alone = control == "CHN-GENLIC"  # it exempts from licences, and by itself there are none
    assert changed == [False, not alone]


def test_general_licences_loosen_what_a_licence_holds(worlds: dict[str, World]) -> None:
    rows = rows_of("CHN-18-2025", worlds) + rows_of("CHN-GENLIC", worlds)
    policy = compiled(rows, worlds[NEWER])
    before, after = (
        settle(policy, month, month, terms_for(policy, month, month)).lane_high[policy.queues.lane]
        for month in ("2025-11", "2025-12")
    )
    assert after - before == pytest.approx(np.full(len(after), 0.3))


def test_lists_of_a_quota_are_balances_divided_among_holders(worlds: dict[str, World]) -> None:
    """7,976 t for the second half of 2010: 6,208 for domestic and 1,768 for foreign firms."""
    rows = rows_of("CHN-QUOTA-2010H2", worlds)
    shares = {row.holder: float(row.value or 0.0) * float(row.period_months or 0.0) for row in rows}
    assert shares == pytest.approx({"domestic": 6208.0, "foreign": 1768.0})
    policy = compiled(rows, worlds[OLDER])
    terms = terms_for(policy, "2010-07", "2010-09")
    assert terms.allowance[policy.quotas[0].joint] == pytest.approx(7976.0 / 6)


def test_light_and_heavy_have_limits_of_their_own_from_2012(worlds: dict[str, World]) -> None:
    rows = rows_of("CHN-QUOTA-2014", worlds)
    names = {row.control for row in rows}
    assert names == {
        f"CHN-QUOTA-2014-{part} 2014-{month}" for part in ("light", "medium_heavy") for month in ("01", "07")
    }
    light = {row.material for row in rows if "light" in row.control}
    heavy = {row.material for row in rows if "medium_heavy" in row.control}
    assert {"Nd_oxide", "NdPr_oxide", "Ce_metal"} <= light
    assert {"Dy_oxide", "Tb_metal", "Y_oxide"} <= heavy
    assert not light & heavy


def test_a_tax_is_what_it_adds_to_that_of_the_world(worlds: dict[str, World]) -> None:
    """Nd from 15 to 25 %, with value-added tax of 17 % on top: 0.1 x 1.17 more."""
    rate = {row.material: row.value for row in rows_of("CHN-TAX-2011", worlds)}
    assert rate["Nd_oxide"] == pytest.approx(0.1 * 1.17)
    assert "La_oxide" not in rate


def test_licences_of_april_2025_are_queues_of_the_goods_announced(worlds: dict[str, World]) -> None:
    rows = rows_of("CHN-18-2025", worlds)
    goods = {row.material for row in rows}
    assert {"Dy_oxide", "Tb_metal", "Y_oxide", "SmCo", "NdFeB_SH", "mixed_carbonate_longnan"} <= goods
    assert not {"Nd_oxide", "NdFeB_N", "NdFeB_Ce", "La_oxide", "mixed_carbonate_bayan_obo"} & goods
    assert {row.statutory_days for row in rows} == {45.0}
    queues = compiled(rows, worlds[NEWER]).queues.queues
    assert {queue.product for queue in queues} >= {"magnet", "oxide", "metal", "alloy"}


def test_leaks_are_added_only_where_asked_for(worlds: dict[str, World]) -> None:
    assert {row.leak_share for row in rows_of("CHN-QUOTA-2011", worlds)} == {0.0}
    assert {row.leak_share for row in rows_of("CHN-QUOTA-2011", worlds, leaks=True)} == {0.4}
    assert {row.leak_share for row in rows_of("CHN-TAX-2011", worlds, leaks=True)} == {0.0}


def test_hindsight_is_not_needed_and_changes_nothing_but_dates(worlds: dict[str, World]) -> None:
    """As it could be known when it was announced, a licence of October 2025 was to bind from November."""
    record = RECORDS["CHN-57-2025"]
    then = replace(record, suspended="", resumes="", ended="", enforced="")
    known = replay_record(then, worlds[NEWER])
    assert not isinstance(known, NoBinding)
    assert next(month for month in ALL if binds(known[0], month, month)) == "2025-11"
    later = rows_of("CHN-57-2025", worlds)
    assert [replace(row, suspended="", resumes="") for row in later] == list(known)


def test_goods_without_a_world_that_has_them_are_none() -> None:
    world = World(
        materials=(
            Material(material="Dy_oxide", stage="separated_oxide"),
            Material(material="clay", stage="mixed_carbonate"),
            Material(material="rich", stage="mixed_carbonate"),
            Material(material="hot", stage="sintered_magnet"),
            Material(material="plain", stage="sintered_magnet"),
        ),
        contents=(
            Content(material="Dy_oxide", element="Dy", share=0.87),
            Content(material="clay", element="La", share=0.5),
            Content(material="clay", element="Dy", share=0.1),
            Content(material="rich", element="La", share=0.3),
            Content(material="rich", element="Dy", share=0.2),
            Content(material="hot", element="Dy", share=0.01),
            Content(material="plain", element="Dy", share=0.001),
        ),
    )
    assert goods_of(world, ["Dy"]) == ("Dy_oxide", "rich")
    assert goods_of(world, ["Dy", "magnets"], least=0.002) == ("Dy_oxide", "rich", "hot")
    assert goods_of(world, ["magnets"]) == ("hot", "plain")
    assert goods_of(world, ["all"]) == ("Dy_oxide", "clay", "rich")
    assert goods_of(world, ["ores"]) == ("clay", "rich")
    assert goods_of(world, ["superhard", "dual_use"]) == ()
