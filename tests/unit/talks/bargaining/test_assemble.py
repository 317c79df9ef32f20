"""Payoffs from tables, levers with their ranges and losses of runs, which have two ends."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.talks.bargaining.games import QUARREL, lever, read
from xenotime.talks.bargaining.assemble import (
    MOST_CAUSES,
    Costs,
    RunLoss,
    assemble,
    bearer,
    corners,
    lever_loss,
    move_costs,
)
from xenotime.talks.bargaining.payoffs import cell

RUN = RunLoss({"A": -4.0, "B": 10.0, "D": 99.0}, {"A": 1.0, "B": 0.9, "D": 1.0}, {"A": 1.0}, {"B": 20.0})


def test_costs_of_a_lever_are_its_assumed_part_and_fall_on_who_bears_it() -> None:
    assert lever_loss(lever()) == (0.5, 1.0, 1.5)
    assert bearer(lever()) == "A"
    assert bearer(lever(bears="actor")) == "B"


def test_payoffs_are_minus_costs_plus_wins(tmp_path: Path) -> None:
    game = read(tmp_path, QUARREL)
    costs = move_costs(game, {"fees": lever()}, lambda move: RUN)
    normal = assemble(game, costs)
    # press / stop: R loses what the run says and sees a win; C pays fees and gains by its control
    assert cell(normal.economic, (0, 0)).tolist() == [-10.0, -1.0 + 4.0]
    assert cell(normal.wins, (0, 0)).tolist() == [1.0, 0.0]
    assert cell(normal.values(), (0, 0)).tolist() == [-9.0, 3.0]
    assert cell(normal.values(), (1, 1)).tolist() == [0.0, 0.0]
    # parties nobody plays (D) have no payoff
    assert {row[2]: row[5][:, 1].tolist() for row in costs.rows} == {
        "fees": [0.0, 1.0],
        "full ban by A": [10.0, -4.0],
    }


def test_ends_of_a_run_are_two_cases_and_what_has_no_range_is_no_end(tmp_path: Path) -> None:
    game = read(tmp_path, QUARREL)
    costs = move_costs(game, {"fees": lever()}, lambda move: RUN)
    ends = corners(costs)
    assert len(ends) == 4
    low = assemble(game, costs, {"fees": 0, "full ban by A": 0})
    assert cell(low.economic, (0, 0)).tolist() == [-10.0, -0.5 - 1.0]  # the rents stay with who buys
    sure = move_costs(game, {"fees": lever(2.0, 2.0, 2.0)}, lambda move: RunLoss(RUN.loss, RUN.decay))
    assert corners(sure) == ({},)


def test_of_many_causes_all_low_and_all_high_are_looked_at() -> None:
    rows = tuple(
        ("R", "press", f"cause {n}", "loss", "s", np.array([[1.0, 2.0, 3.0]])) for n in range(MOST_CAUSES + 1)
    )
    assert [set(pick.values()) for pick in corners(Costs(rows))] == [{0}, {2}]


def test_a_lever_pulled_in_part_costs_in_part(tmp_path: Path) -> None:
    text = QUARREL.replace('levers = ["fees"]', 'levers = ["fees"]\nshare = 0.25')
    costs = move_costs(read(tmp_path, text), {"fees": lever()}, lambda move: RUN)
    assert costs.rows[0][5][1] == pytest.approx([0.125, 0.25, 0.375])
