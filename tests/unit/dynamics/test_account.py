"""Every element is where it should be: mined, lost, used, thrown away, in stock or at sea."""

from __future__ import annotations

from dataclasses import replace

import pytest

from small_worlds import EXACT
from unit.dynamics.dynamic_worlds import BAN, floating, roll
from xenotime.dynamics.account import account_elements, contents_of_nodes
from xenotime.dynamics.trajectory import Trajectory
from xenotime.market.network import build_network

CLOSES = 1e-9  # of throughput: what the issue asks for
SNAPPED = 1e-6  # of throughput: the most the account of crumbs may hold


@pytest.fixture(scope="module", params=["calm", "ban"])
def run(request: pytest.FixtureRequest) -> Trajectory:
    return roll(8) if request.param == "calm" else roll(8, BAN)


def test_the_account_of_every_element_closes(run: Trajectory) -> None:
    accounts = account_elements(run)
    assert [account.element for account in accounts] == ["Dy", "Nd"]
    for account in accounts:
        assert account.residual < CLOSES
        assert account.throughput > 0
        assert abs(account.snapped) < SNAPPED * account.throughput


def test_terms_are_sums_of_what_happened(run: Trajectory) -> None:
    _, (neodymium) = account_elements(run)
    months = range(len(run.months))
    mined = sum(0.3 * run.clearing(i).amount("plant")[0] for i in months)
    used = sum(run.clearing(i).consumption()[0] for i in months)
    thrown = sum(row["value"] for row in run.table("disposal") if row["material"] == "light")
    assert neodymium.mined == pytest.approx(mined, rel=EXACT)
    assert neodymium.consumed == pytest.approx(used, rel=EXACT)
    assert neodymium.disposed == pytest.approx(thrown, rel=EXACT, abs=EXACT)
    assert neodymium.lost == pytest.approx(0.0, abs=EXACT * mined)
    first = run.months[0].before
    assert neodymium.opening == pytest.approx(first.stock[0] + first.at_sea[3].sum(), rel=EXACT)


def test_what_a_recipe_loses_is_lost_by_name() -> None:
    world = floating()
    flows = tuple(replace(row, amount=0.25) if row.material == "light" else row for row in world.recipes)
    neodymium = account_elements(roll(2, world=world.with_tables(recipes=flows)))[1]
    assert neodymium.lost == pytest.approx(neodymium.mined / 6, rel=EXACT)  # .05 of the .3 in each tonne
    assert neodymium.residual < CLOSES


def test_a_missing_tonne_would_be_seen() -> None:
    account = account_elements(roll(2))[0]
    assert replace(account, consumed=account.consumed + 1).residual > CLOSES
    assert replace(account, closing=account.closing * (1 + 1e-6)).residual > CLOSES


def test_contents_stand_by_element_and_node() -> None:
    network = build_network(floating())
    elements, table = contents_of_nodes(floating(), network)
    assert elements == ("Dy", "Nd")
    assert table[:, network.place["ore", "A", ""]].tolist() == [0.1, 0.3]
    assert table[:, network.place["light", "B", ""]].tolist() == [0.0, 1.0]
