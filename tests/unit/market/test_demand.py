"""Curves as chains of segments: near over a hundredfold range, and as near as wanted around a price."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import EXACT
from xenotime.errors import InternalFault
from xenotime.market.clearing import Clearing, clear_static
from xenotime.market.demand import Chain, supply_chain, use_chain
from xenotime.world.tables import Demand, Region, Supply
from xenotime.world.world import World

COARSE = 0.02  # of price: the worst chord of a segment an e-fold / 2.5 long
REFINED = 1e-7  # of price: two refinements leave the chord error of segments a 3000th of an e-fold long
ELASTICITIES = (-0.05, -0.3, -1.0, -2.0)

SCARCE = Demand(
    material="Dy", region="A", form="isoelastic", price=30.0, quantity=5.0, elasticity=-0.3, choke=3000.0
)


def user(elasticity: float, choke: float | None = 3000.0) -> Demand:
    return Demand(
        material="Dy",
        region="A",
        form="isoelastic",
        price=30.0,
        quantity=5.0,
        elasticity=elasticity,
        choke=choke,
    )


def price_at(chain: Chain, quantity: float) -> float:
    """Marginal value along the chain."""
    ends = np.concatenate([[0.0], np.cumsum(chain.width)])
    index = min(int(np.searchsorted(ends, quantity, side="right")) - 1, len(chain.width) - 1)
    share = (quantity - ends[index]) / chain.width[index]
    return float(chain.first[index] + share * (chain.last[index] - chain.first[index]))


@pytest.mark.parametrize("elasticity", ELASTICITIES)
def test_the_chain_is_near_the_curve_from_a_thirtieth_to_a_hundredfold(elasticity: float) -> None:
    chain = use_chain(user(elasticity))
    for multiple in np.geomspace(1 / 30, 100, 400)[1:-1]:
        quantity = 5.0 * multiple**elasticity
        assert price_at(chain, quantity) == pytest.approx(30 * multiple, rel=COARSE)


@pytest.mark.parametrize("elasticity", ELASTICITIES)
def test_the_reference_is_met_exactly(elasticity: float) -> None:
    assert price_at(use_chain(user(elasticity)), 5.0) == pytest.approx(30.0, rel=EXACT)
    source = Supply(material="Dy", region="A", form="isoelastic", price=30.0, quantity=5.0, elasticity=0.4)
    assert price_at(supply_chain(source), 5.0) == pytest.approx(30.0, rel=EXACT)


@pytest.mark.parametrize("elasticity", ELASTICITIES)
def test_value_falls_and_never_jumps(elasticity: float) -> None:
    chain = use_chain(user(elasticity))
    assert np.all(chain.first > chain.last)
    assert chain.first[1:] == pytest.approx(chain.last[:-1], rel=EXACT)
    assert chain.last[-1] == 0.0
    assert chain.first[0] == pytest.approx(3000 * 1.01, rel=EXACT)
    assert np.all(chain.width > 0)


def test_cost_rises_and_never_jumps() -> None:
    source = Supply(material="Dy", region="A", form="isoelastic", price=30.0, quantity=5.0, elasticity=0.4)
    chain = supply_chain(source)
    assert np.all(chain.last > chain.first)
    assert chain.first[1:] == pytest.approx(chain.last[:-1], rel=EXACT)


def test_without_a_choke_price_the_range_is_a_hundredfold() -> None:
    assert use_chain(user(-0.3, None)).last[0] == pytest.approx(3000.0, rel=EXACT)


def test_a_choke_below_the_reference_leaves_nobody_at_the_reference() -> None:
    chain = use_chain(user(-0.3, 20.0))
    assert chain.last[0] == pytest.approx(20.0, rel=EXACT)
    assert chain.width[0] == pytest.approx(5 * (20 / 30) ** -0.3, rel=EXACT)


def test_the_area_is_that_of_trapezia() -> None:
    chain = Chain(np.array([2.0, 4.0]), np.array([10.0, 6.0]), np.array([6.0, 0.0]))
    assert chain.area() == pytest.approx([16.0, 12.0])


def test_straight_and_fixed_rows_are_one_segment() -> None:
    line = use_chain(Demand(material="Dy", region="A", form="linear", intercept=8.0, slope=2.0))
    assert (line.width[0], line.first[0], line.last[0]) == (4.0, 8.0, 0.0)
    flat = use_chain(Demand(material="Dy", region="A", form="linear", intercept=8.0, slope=0.0))
    assert (flat.width[0], flat.last[0]) == (np.inf, 8.0)
    fixed = use_chain(Demand(material="Dy", region="A", form="fixed", quantity=3.0, shortfall_price=9.0))
    assert (fixed.width[0], fixed.first[0]) == (3.0, 9.0)
    source = supply_chain(Supply(material="Dy", region="A", form="fixed", quantity=3.0, capacity=2.0))
    assert (source.width[0], source.first[0], source.last[0]) == (2.0, 0.0, 0.0)


def test_supply_ends_at_its_capacity() -> None:
    """At 31.4 the curve passes 5.1, so a capacity of 5.1 may not be passed, nor cut to less."""
    source = Supply(
        material="Dy", region="A", form="isoelastic", price=30.0, quantity=5.0, elasticity=0.4, capacity=5.1
    )
    assert supply_chain(source).width.sum() == pytest.approx(5.1, rel=EXACT)


def test_a_curve_without_its_numbers_is_our_fault() -> None:
    with pytest.raises(InternalFault, match="without its price"):
        use_chain(Demand(material="Dy", region="A", form="isoelastic", quantity=5.0, elasticity=-0.3))


def served(amount: float, demand: Demand = SCARCE, refine: bool = True) -> Clearing:
    """`amount` on offer for nothing."""
    offer = Supply(material="Dy", region="A", form="fixed", quantity=amount)
    return clear_static(
        World(regions=(Region(region="A"),), supply=(offer,), demand=(demand,)), refine=refine
    )


@pytest.mark.parametrize("multiple", [1 / 29, 0.1, 0.5, 1.0, 2.0, 7.0, 40.0, 99.0])
def test_an_answer_is_that_of_the_curve_itself(multiple: float) -> None:
    cleared = served(5.0 * multiple**-0.3)
    assert cleared.price() == pytest.approx([30 * multiple], rel=REFINED)


@pytest.mark.parametrize("multiple", [0.1, 2.0, 40.0])
def test_without_refinement_it_is_within_the_chord(multiple: float) -> None:
    assert served(5.0 * multiple**-0.3, refine=False).price() == pytest.approx([30 * multiple], rel=COARSE)


def test_two_curves_meet_where_they_do() -> None:
    """5 (p/30)^-.3 = 4 (p/25)^.4."""
    source = Supply(material="Dy", region="A", form="isoelastic", price=25.0, quantity=4.0, elasticity=0.4)
    cleared = clear_static(World(regions=(Region(region="A"),), supply=(source,), demand=(SCARCE,)))
    p = (5 / 4 * 30**0.3 * 25**0.4) ** (1 / 0.7)
    assert cleared.price() == pytest.approx([p], rel=REFINED)


def test_below_a_thirtieth_the_curve_runs_straight_to_nothing() -> None:
    """A glut: the tail is linear, so use is bounded and the price is not negative."""
    knee = 5.0 * 30**0.3
    cleared = served(knee * (1 + 0.3 / 2))
    assert cleared.price() == pytest.approx([0.5], rel=1e-3)  # half of the way down from 1
    assert served(knee * 2).price() == pytest.approx([0.0], abs=EXACT)
