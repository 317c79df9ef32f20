"""The tree of a month: its branches, their probabilities, what is left out and said."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import EXACT
from unit.dynamics.doubt import FEARED, SAME, fear, path
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.dynamics.foresight import NO_DOUBT, Splitting, branches_of, horizon_of, shape_of
from xenotime.dynamics.state import State
from xenotime.dynamics.step import Setup, first_state, month_program
from xenotime.dynamics.trajectory import prepare
from xenotime.policy.beliefs import Belief, BeliefStep, as_row
from xenotime.policy.package import Package

HEAVY = 1  # its lane


def setup_of(*beliefs: Belief, splitting: Splitting | None = None) -> Setup:
    return prepare(floating(), Package((FEARED, BAN), beliefs=beliefs), START, splitting=splitting)


def begin(setup: Setup) -> State:
    return first_state(setup)


def test_without_belief_the_look_ahead_is_the_path() -> None:
    setup = setup_of(fear(0.3, since="2025-03"))
    assert horizon_of(setup, "2025-02") is setup.horizon
    assert branches_of((), "2025-02", Splitting()) == NO_DOUBT


def test_a_belief_in_two_regimes_splits_after_the_first_month() -> None:
    tree = horizon_of(setup_of(fear(0.3)), "2025-02")
    assert tree.parent == (-1, 0, 1, 2, 0, 4, 5)
    assert tree.start == (0, 1, 2, 6, 1, 2, 6)
    assert tree.length == (1, 1, 4, 6, 1, 4, 6)
    assert tree.probability == pytest.approx((1, 0.7, 0.7, 0.7, 0.3, 0.3, 0.3), rel=EXACT)
    assert tree.regime == ("", *("feared=open@2025-03",) * 3, *("feared=closed@2025-03",) * 3)


def test_the_trunk_may_be_longer() -> None:
    tree = horizon_of(setup_of(fear(0.3), splitting=Splitting((1, 2, 3), after=2)), "2025-02")
    assert tree.parent == (-1, 0, 1, 1)
    assert tree.regime == ("", "", "feared=open@2025-05", "feared=closed@2025-05")


def test_what_is_certain_is_a_path_with_the_periods_of_one() -> None:
    setup = setup_of(fear(1.0))
    tree = horizon_of(setup, START)
    assert shape_of(tree) == shape_of(setup.horizon)
    assert tree.regime == ("", *("feared=closed@2025-02",) * 5)


def test_a_belief_that_starts_later_keeps_its_date() -> None:
    tree = horizon_of(setup_of(fear(0.3, begins="2025-08")), START)
    assert tree.regime[-1] == "feared=closed@2025-08"


def test_hazards_work_until_the_regime_begins() -> None:
    """Open for sure today, lost at a tenth a month: after two months open with 0.9 x 0.9."""
    hazard = tuple(as_row({"closed": 0.1} if name == "open" else {}) for name in ("open", "l", "c", "s"))
    sure = Belief(("feared",), (BeliefStep(START, "", as_row({"open": 1.0})),), hazard)
    later = Belief(("feared",), (BeliefStep(START, "2025-03", as_row({"open": 1.0})),), hazard)
    chances = [tuple(branches_of((item,), START, SAME).probability.values()) for item in (sure, later)]
    assert chances[0] == pytest.approx((0.9, 0.1), rel=EXACT)
    assert chances[1] == pytest.approx((0.81, 0.19), rel=EXACT)


def test_regimes_that_bind_nothing_are_one_branch() -> None:
    three = path((START, {"open": 0.2, "closed": 0.3, "suspended": 0.5}))
    found = branches_of((three,), START, Splitting())
    assert found.probability == pytest.approx(
        {"feared=suspended@2025-02": 0.7, "feared=closed@2025-02": 0.3}, rel=EXACT
    )


def test_independent_beliefs_multiply_and_the_least_likely_are_left_out_aloud() -> None:
    other = path((START, {"open": 0.6, "closed": 0.4}), control="ban")
    found = branches_of((fear(0.1), other), START, Splitting(most=4))
    assert list(found.probability.values()) == pytest.approx([0.54, 0.36, 0.06, 0.04], rel=EXACT)
    assert found.left_out == 0.0
    assert list(found.probability)[1] == "feared=open@2025-02;ban=closed@2025-02"
    fewer = branches_of((fear(0.1), other), START, Splitting(most=3))
    assert list(fewer.probability.values()) == pytest.approx(
        [0.54 / 0.96, 0.36 / 0.96, 0.06 / 0.96], rel=EXACT
    )
    assert fewer.left_out == pytest.approx(0.04, rel=EXACT)


def test_controls_of_one_belief_share_their_regime() -> None:
    both = Belief(("feared", "ban"), (BeliefStep(START, "", as_row({"open": 0.5, "closed": 0.5})),))
    found = branches_of((both,), START, Splitting())
    assert list(found.probability) == [
        "feared=open@2025-02;ban=open@2025-02",
        "feared=closed@2025-02;ban=closed@2025-02",
    ]


def test_a_feared_control_binds_in_its_branch_only() -> None:
    setup = setup_of(fear(0.3))
    program = month_program(setup, begin(setup), START)
    high = [program.high[program.layout.block(o, "lane")][HEAVY] for o in range(7)]
    # the other control, a ban written for April and not yet announced in January, is not foreseen
    assert high == [np.inf, np.inf, np.inf, np.inf, 0.0, 0.0, 0.0]


def test_an_announced_control_may_be_believed_not_to_come() -> None:
    doubt = path((START, {"open": 0.5, "closed": 0.5}), begins="2025-04", control="ban")
    setup = setup_of(doubt, splitting=SAME)
    program = month_program(setup, begin(setup), "2025-03")
    high = [program.high[program.layout.block(o, "lane")][HEAVY] for o in range(11)]
    assert high == [np.inf] * 6 + [0.0] * 5
    before = month_program(setup, begin(setup), "2025-01")
    high = [before.high[before.layout.block(o, "lane")][HEAVY] for o in range(11)]
    assert high == [np.inf] * 8 + [0.0] * 3  # February and March come before it in either branch


def test_matrices_are_made_once_for_each_shape() -> None:
    setup = setup_of(path(("2025-02", {"open": 0.5, "closed": 0.5}), ("2025-04", {"open": 1.0})))
    made = {month: month_program(setup, begin(setup), month) for month in ("2025-01", "2025-02")}
    again = {month: month_program(setup, begin(setup), month) for month in ("2025-03", "2025-04")}
    assert made["2025-02"].A is again["2025-03"].A
    assert made["2025-01"].A is again["2025-04"].A
    assert made["2025-01"].A is not made["2025-02"].A
    assert len(setup.shape) == 2
