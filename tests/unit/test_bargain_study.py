"""Games whose payoffs come from runs, on a small world; clubs of the shipped world."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.talks.bargaining.games import HEAD, PLAYERS
from unit.talks.leverage.leverage_worlds import ask, learning
from unit.talks.leverage.test_rises import path
from unit.test_leverage_study import STAKES
from xenotime.bargain_study import _ends, _of_members, bargain
from xenotime.leverage_study import leverage
from xenotime.policy.case import load_case
from xenotime.report.bargained import bargain_document

MONTHS = 3
GAME = (
    HEAD
    + f"months = {MONTHS}\n"
    + PLAYERS
    + """
[[move]]
player = "R"
move = "wait"
[[move]]
player = "C"
move = "stop"
control = { by = ["A"], on = ["B"] }
[[move]]
player = "C"
move = "sell"
"""
)


def test_payoffs_are_losses_of_runs_and_months_are_taken_up(tmp_path: Path) -> None:
    file = tmp_path / "quarrel.toml"
    file.write_text(GAME, "utf-8")
    world = learning()
    told: list[int] = []
    played = bargain(file, tmp_path / "kept", lambda done, total, month: told.append(done), world)
    question, asked = ask(world, months=MONTHS)
    losses = leverage(question, asked).surface.paths[0]
    mean = losses.loss()[-1] / MONTHS
    ((name, run),) = played.runs
    assert name == "full ban by A"
    assert run.loss == pytest.approx(dict(zip(losses.parties, mean, strict=True)))
    rents = losses.parts["rents"][-1] / MONTHS
    assert run.rents == pytest.approx(dict(zip(losses.parties, rents, strict=True)), abs=1e-9)
    assert run.low == pytest.approx(dict(zip(losses.parties, mean - rents, strict=True)))
    assert all(0 < decay <= 1 for decay in run.decay.values())
    assert told
    normal = played.solved.normal
    assert normal is not None
    a = losses.parties.index("A")
    assert normal.economic[1, 0, 0] == pytest.approx(-mean[a])
    (only,) = played.solved.pure
    assert [int(m.argmax()) for m in only.mixtures] == [0, 1]  # its own ban costs A something
    again = bargain(file, tmp_path / "kept", None, world)
    assert bargain_document(again.solved, again.runs) == bargain_document(played.solved, played.runs)


def test_ends_of_a_run_are_over_what_a_stopped_line_is_worth() -> None:
    losses = path([10, 20], [1, 2], [5, 10])
    low, high = _ends(losses, STAKES)
    assert low[0] == high[0] == 10.0  # nothing of A's stops
    assert 20 + 2 * 5.0 * 0.9 < low[1] < 40.0 < high[1] < 20 + 2 * 20.0 * 1.2


CLUB = """title = "A pool"
question = "Who stays?"
kind = "coalition"
world = "2024-12"
start = "2025-01"
months = 2

[[player]]
player = "JPN"
[[player]]
player = "USA"
[[player]]
player = "DEU"

[club]
case = "allied-stockpile"
levers = ["allied-dysprosium-alloy", "allied-dysprosium-oxide"]
control = { by = ["CHN"], on = ["JPN"], case = "april-2025" }
"""


def test_the_pool_of_a_club_is_its_members_part_of_the_whole() -> None:
    pool = [lever for lever in load_case("allied-stockpile").data.lever if lever.opening is not None]
    assert pool
    for lever in pool:
        mine = _of_members(lever, ("USA", "JPN"))
        assert mine.members == ("USA", "JPN")
        assert mine.region == "USA"
        assert lever.opening is not None
        assert mine.opening == pytest.approx(lever.opening * 2 / len(lever.members))


@pytest.mark.slow
def test_every_coalition_of_three_is_run_and_valued(tmp_path: Path) -> None:
    file = tmp_path / "pool.toml"
    file.write_text(CLUB, "utf-8")
    played = bargain(file)
    assert played.worth is not None
    members = [club.members for club in played.solved.clubs]
    assert members == [(), ("JPN", "USA"), ("JPN", "DEU"), ("USA", "DEU"), ("JPN", "USA", "DEU")]
    payoffs = np.array([club.payoffs for club in played.solved.clubs])
    assert np.all(np.isfinite(payoffs))
    assert np.all(np.ptp(payoffs, axis=0) > 0)  # who pools what changes what everybody loses
    core = played.solved.core
    assert core is not None
    assert sum(core.shares) == pytest.approx(float(payoffs[-1].sum()))
