"""Matrices framed once: Newton's matrix is Q D B', and structure is shared where it is the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from small_worlds import EXACT, build_network, joint, trade
from xenotime.market.demand import supply_chain, use_chain
from xenotime.market.engines import QP
from xenotime.market.frame import Frame, build_frame
from xenotime.market.horizon import STATIC
from xenotime.market.network import Network
from xenotime.market.program import Program, as_qp, build_program
from xenotime.market.scaling import Scale
from xenotime.market.terms import Terms, open_terms, plants_in_sight

seeds = st.integers(0, 10**6)


def drawn(seed: int) -> tuple[QP, Scale]:
    """Balances and limits with charges on some entries, and a scale; some columns are in no row."""
    luck = np.random.default_rng(seed)
    columns, balances, limits = 9, 5, int(luck.integers(0, 4))

    def matrix(rows: int) -> sp.csc_matrix:
        numbers = luck.normal(size=(rows, columns))
        return sp.csc_matrix(np.where(luck.random((rows, columns)) < 0.4, numbers, 0.0))

    def charges(of: sp.csc_matrix) -> sp.csc_matrix:
        return sp.csc_matrix(np.where(luck.random(of.shape) < 0.5, 0.2 * of.toarray(), 0.0))

    A, G = matrix(balances), matrix(limits)
    none = np.zeros(columns)
    qp = QP(
        none, none, A, np.zeros(balances), G, np.ones(limits), none, none + 1.0, charges(A), charges(G)
    )  # fmt: skip
    return qp, Scale(*(luck.uniform(0.5, 2.0, count) for count in (columns, balances, limits)))


def whole(qp: QP, scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    """Q and B as whole matrices, rows as in the program: limits have a slack each."""
    limits = len(qp.h)
    slack = np.vstack([np.zeros((len(qp.b), limits)), np.eye(limits)])
    rows = np.concatenate([scale.equality, scale.limit])[:, None] * scale.column
    quantities = np.vstack([qp.A.toarray(), qp.G.toarray()]) * rows
    values = np.vstack([qp.price_side.toarray(), qp.rent_side.toarray()]) * rows
    return np.hstack([quantities, slack]), np.hstack([values, slack])


@given(seeds)
def test_newtons_matrix_is_solved(seed: int) -> None:
    qp, scale = drawn(seed)
    luck = np.random.default_rng(seed + 1)
    frame = build_frame(qp.A, qp.G, scale, np.ones(len(qp.c), dtype=bool))
    Q, B = whole(qp, scale)
    inverse, more = luck.uniform(0.5, 2.0, Q.shape[1]), luck.uniform(3.0, 9.0, len(Q))
    order = frame.pattern.order
    matrix = Q @ np.diag(inverse) @ B.T + np.diag(more)
    right = luck.normal(size=len(Q))
    expected = np.linalg.solve(matrix, right)
    found = frame.newton(frame.amount, frame.worth(qp), inverse, more[order]).solve(right[order])
    assert found == pytest.approx(expected[order], rel=1e-7, abs=1e-7)


@given(seeds)
def test_rows_stand_in_an_order_and_can_be_found_again(seed: int) -> None:
    qp, scale = drawn(seed)
    pattern = build_frame(qp.A, qp.G, scale, np.ones(len(qp.c), dtype=bool)).pattern
    rows = np.arange(len(qp.b) + len(qp.h))
    assert sorted(pattern.order.tolist()) == rows.tolist()
    assert pattern.position[pattern.order].tolist() == rows.tolist()
    assert sorted(pattern.origin.tolist()) == list(range(len(pattern.row)))


@given(seeds)
def test_amounts_and_worths_are_those_of_the_program(seed: int) -> None:
    qp, scale = drawn(seed)
    frame = build_frame(qp.A, qp.G, scale, np.ones(len(qp.c), dtype=bool))
    pattern = frame.pattern
    for held, expected in zip((frame.amount, frame.worth(qp)), whole(qp, scale), strict=True):
        found = sp.csc_matrix((held, pattern.row, pattern.start), shape=expected.shape).toarray()
        assert found == pytest.approx(expected[pattern.order], rel=EXACT)
    untaxed = replace(qp, A_tax=None, G_tax=None)
    assert frame.worth(untaxed) is frame.amount


def test_columns_that_link_nothing_leave_a_smaller_factor() -> None:
    """A star: one column in all balances makes the factor full, and without it there is nothing to fill."""
    A = sp.csc_matrix(np.hstack([np.ones((8, 1)), np.eye(8)]))
    G, scale = sp.csc_matrix((0, 9)), Scale(np.ones(9), np.ones(8), np.zeros(0))
    moves = np.ones(9, dtype=bool)
    full = build_frame(A, G, scale, moves)
    moves[0] = False
    less = build_frame(A, G, scale, moves)
    assert (full.pattern.entries, less.pattern.entries) == (64, 8)
    inverse = np.full(9, 0.5)
    assert less.newton(less.amount, less.amount, inverse).solve(np.ones(8)) == pytest.approx(np.full(8, 2.0))


def test_the_same_structure_has_one_pattern_whatever_its_numbers() -> None:
    qp, scale = drawn(5)
    links = np.ones(len(qp.c), dtype=bool)
    one = build_frame(qp.A, qp.G, scale, links)
    two = build_frame(2 * qp.A, 3 * qp.G, scale, links)
    assert two.pattern is one.pattern
    assert two.amount[one.amount != 0].tolist() != one.amount[one.amount != 0].tolist()


def test_another_structure_has_another_pattern() -> None:
    qp, scale = drawn(5)
    links = np.ones(len(qp.c), dtype=bool)
    one = build_frame(qp.A, qp.G, scale, links)
    more = qp.A.tolil()
    empty = np.argwhere(qp.A.toarray() == 0)[0]
    more[tuple(empty)] = 1.0
    still = links.copy()
    still[np.flatnonzero(np.diff(qp.A.indptr))[0]] = False
    for other in (build_frame(more.tocsc(), qp.G, scale, links), build_frame(qp.A, qp.G, scale, still)):
        assert other.pattern is not one.pattern


def program_of(network: Network, terms: Terms, like: Program | None = None, sight: bool = False) -> Program:
    chains = tuple(use_chain(row) for row in network.demand), tuple(supply_chain(r) for r in network.supply)
    plants = plants_in_sight(network) if sight else None
    return build_program(network, STATIC, (terms,), *chains, like=like, in_sight=plants)


def test_a_program_of_other_numbers_keeps_the_frame_of_the_one_it_is_like() -> None:
    network = build_network(trade(tariff=0.1))
    one = program_of(network, open_terms(network))
    two = program_of(network, replace(open_terms(network), lane_high=np.array([3.0])), one)
    assert two.frame is one.frame
    assert two.high.tolist() != one.high.tolist()


def opened(network: Network, runs: bool) -> Terms:
    """Terms under which the last plant runs, or not."""
    terms = open_terms(network)
    high = terms.plant_high.copy()
    high[-1] = high[-1] if runs else 0.0
    return replace(terms, plant_high=high)


@pytest.mark.parametrize("sight", [True, False])
def test_a_plant_in_sight_is_in_the_frame_before_it_opens(sight: bool) -> None:
    network = build_network(joint())
    before = program_of(network, opened(network, runs=False), sight=sight)
    after = program_of(network, opened(network, runs=True), before, sight=sight)
    assert (after.frame is before.frame) is sight
    assert after.frame.links.all()
    fresh: Frame = program_of(network, opened(network, runs=True)).frame
    assert after.frame.pattern is fresh.pattern


def test_charges_change_no_pattern_but_only_worths() -> None:
    free, taxed = (build_network(trade(tariff=rate)) for rate in (0.0, 0.1))
    one, two = (program_of(network, open_terms(network)) for network in (free, taxed))
    assert one.frame.pattern is two.frame.pattern
    assert not np.array_equal(one.frame.worth(as_qp(one)), two.frame.worth(as_qp(two)))
