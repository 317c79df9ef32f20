"""A program is built once and refreshed afterwards, with the same numbers either way."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
import scipy.sparse as sp

from small_worlds import build_network, look_ahead_program, no_value, stored
from xenotime.market.demand import supply_chain, use_chain
from xenotime.market.horizon import single_path
from xenotime.market.program import Program, as_qp, build_program
from xenotime.market.terms import open_terms

HORIZON = single_path((1, 2))


def built(opening: float, export_tax: float, like: Program | None = None) -> Program:
    network = build_network(stored())
    terms = replace(open_terms(network), export_tax=np.array([export_tax]))
    return build_program(
        network,
        HORIZON,
        (terms, terms),
        tuple(use_chain(row) for row in network.demand),
        tuple(supply_chain(row) for row in network.supply),
        0.9,
        no_value(2, (1,), 2),
        np.full(2, opening),
        np.zeros((2, 3)),
        like,
    )


def same(one: Program, two: Program) -> list[str]:
    """Names of the parts that differ."""
    found = []
    for item in fields(Program):
        a, b = getattr(one, item.name), getattr(two, item.name)
        if sp.issparse(a):
            if (a != b).nnz:
                found.append(item.name)
        elif isinstance(a, np.ndarray) and not np.array_equal(a, b):
            found.append(item.name)
    return found


def test_refreshing_gives_what_building_gives() -> None:
    first = built(10.0, 0.0)
    refreshed, fresh = built(7.0, 0.2, like=first), built(7.0, 0.2)
    assert same(refreshed, fresh) == []
    assert refreshed.A is first.A, "the structure is taken over"
    assert set(same(refreshed, first)) == {"b", "A_tax"}


def test_the_right_side_is_what_is_there_already() -> None:
    network = build_network(stored())
    arriving = np.array([[1.0, 2.0, 4.0], [0.0, 8.0, 0.0]])
    program = look_ahead_program(
        network, HORIZON, no_value(2, (1,), 2), np.array([5.0, 6.0]), arriving=arriving
    )
    assert program.b.tolist() == [-5 - 1, -6 - 0, -2 - 4, -8.0]


def test_extra_cost_is_added_for_the_engine_only() -> None:
    program = built(1.0, 0.0)
    extra = np.arange(len(program.c), dtype=float)
    assert as_qp(program, extra).c == pytest.approx(program.c + extra)
    assert as_qp(program).c is program.c
