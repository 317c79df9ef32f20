"""The shipped cases of levers: sound on the shipped world, cited, and honest about what is assumed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from xenotime.api import load_world
from xenotime.facts.load import load_facts
from xenotime.market.network import build_network
from xenotime.market.terms import open_terms
from xenotime.policy.case import case_names, load_case
from xenotime.policy.lever_orders import Plan, compile_levers
from xenotime.policy.lever_state import LeverState
from xenotime.policy.lever_terms import impose_levers
from xenotime.policy.levers import Lever
from xenotime.policy.package import read_package

CASES = ("mp-floor", "allied-stockpile", "fast-permits", "tech-sharing", "price-floor-club")


def levers_of(name: str) -> tuple[Lever, ...]:
    return read_package(load_case(name), load_world()).levers


def plan_of(name: str) -> Plan:
    return compile_levers(build_network(load_world(), "2025-01"), levers_of(name))


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_levers_fits_the_shipped_world(name: str) -> None:
    assert name in case_names()
    levers = levers_of(name)
    assert levers
    sources = load_facts().sources()
    for lever in levers:
        assert lever.assumed
        assert lever.source in sources
    cited = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+){3,}", " ".join(load_case(name).data.citation))
    assert cited
    assert set(cited) <= set(sources)


def test_every_shipped_case_can_be_read() -> None:
    for name in case_names():
        read_package(load_case(name), load_world())


def test_the_floor_lowers_the_cost_of_the_plant_it_is_for_alone() -> None:
    """At an index of 45.27 USD/kg the gap is 64.73; the plant makes 0.1436 t of NdPr oxide per unit."""
    plan = plan_of("mp-floor")
    part = LeverState(np.full((1, 4), 45_270.0), np.zeros(0), np.zeros(0))
    terms = impose_levers(plan, part, open_terms(plan.network), "2025-10", "2025-10")
    (column,) = np.flatnonzero(terms.plant_adder)
    assert plan.network.facilities[column].facility == "mp_sep"
    assert terms.plant_adder[column] == pytest.approx(-64_730.0 * 0.1435944, rel=1e-4)


def test_the_pool_is_opened_by_the_licences_alone() -> None:
    plan = plan_of("allied-stockpile")
    prices = np.full((2, 1), 2e6)
    part = LeverState(prices, np.array([order.lever.opening for order in plan.stores]), np.zeros(0))
    closed = open_terms(plan.network)
    calm = impose_levers(plan, part, closed, "2025-03", "2025-03")
    licensed = impose_levers(plan, part, closed, "2025-04", "2025-04", frozenset({"CHN-18-2025"}))
    rows = [order.supply for order in plan.stores]
    assert calm.supply_scale[rows].tolist() == [0.0, 0.0]
    assert licensed.supply_scale[rows].tolist() == [1.0, 1.0]
