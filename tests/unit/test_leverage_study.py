"""The study of leverage: drivers, draws, bands over what a stopped line is worth, work that is shared."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from unit.talks.leverage.leverage_worlds import answered, ask, learning
from unit.talks.leverage.test_rises import path, surface
from xenotime.ensembles.uncertain import Uncertain
from xenotime.errors import InputProblems
from xenotime.leverage_draws import (
    LEAST_DRAWS,
    STAKE_DRAWS,
    drawn_stakes,
    facts_that_matter,
    over_stakes,
    stake_numbers,
)
from xenotime.leverage_study import leverage
from xenotime.talks.leverage.answer import Answer, DrawnLeverage
from xenotime.talks.leverage.stakes import Figure, Stakes

CARS = Figure("cars", "WLD", "magnet", 5.0, 10.0, 20.0, "D", "estimate")
STAKES = Stakes(
    np.array([10.0, 10.0, np.nan]),
    np.full(3, np.nan),
    figures=(CARS,),
    parts=np.array([[1.0], [1.0], [0.0]]),
)


@cache
def driven(processes: int) -> Answer:
    """Drivers of the learning world."""
    return leverage(*ask(learning(days=15.0), (0, 3)), drivers=True, processes=processes)


def test_without_stocks_a_ban_bites_harder_at_first() -> None:
    found = driven(1)
    effects = {item.name: item for item in found.drivers}
    assert set(effects) == {"stocks", "substitution", "projects"}
    path = found.surface.paths[0]
    now = float((path.of(("B",), path.loss()) - path.of(("A",), path.loss()))[-1])
    assert effects["stocks"].first > now
    assert effects["substitution"].first >= now * (1 - 1e-6)


def test_two_processes_give_the_same_drivers() -> None:
    assert driven(2).drivers == driven(1).drivers
    assert driven(2).key == driven(1).key


def test_draws_are_kept_shared_and_taken_up(tmp_path: Path) -> None:
    question, asked = ask(learning(), (0,), 2)
    alone = leverage(question, asked, draws=2)
    both = leverage(question, asked, draws=2, keep=tmp_path, processes=2)
    assert alone.rolled
    assert [item.number for item in alone.draws] == [0, 1]
    for one, two in zip(alone.draws, both.draws, strict=True):
        assert np.array_equal(one.on, two.on)
        assert np.array_equal(one.by, two.by)
        assert one.positions == two.positions
        assert set(one.others) == set(two.others) == {"surplus", "value_added", "output"}
        for name, (on, by) in one.others.items():
            assert np.array_equal(on, two.others[name][0])
            assert np.array_equal(by, two.others[name][1])
        assert not one.failure
    files = sorted((tmp_path / "draws").glob("*.json"))
    assert [file.name for file in files] == ["00000.json", "00001.json"]
    times = [file.stat().st_mtime_ns for file in files]
    again = leverage(question, asked, draws=2, keep=tmp_path)
    assert np.array_equal(again.draws[1].on, alone.draws[1].on)
    assert [file.stat().st_mtime_ns for file in files] == times
    assert again.facts == ()  # two draws rank nothing


def test_a_world_without_figures_has_no_band() -> None:
    found = answered()
    assert found.draws == ()
    assert not found.rolled


def test_bands_over_what_a_stopped_line_is_worth_need_no_roll() -> None:
    found = surface(path([10, 20], [1, 2], [5, 10]))
    drawn = over_stakes(found, STAKES)
    assert len(drawn) == STAKE_DRAWS
    for item in drawn:
        (number,) = stake_numbers(STAKES)
        u = float(np.interp(item.positions[number.name], (-1.0, 0.0, 1.0), (0.05, 0.5, 0.95)))
        assert item.by.tolist() == [[5.0, 10.0]]
        assert item.on[0] == pytest.approx(np.array([10.0, 20.0]) + number.at(u) * np.array([1.0, 2.0]))
    middle = np.median([item.on[0, 1] for item in drawn])
    assert middle == pytest.approx(40.0, rel=0.02)  # its stated value is the middle of its range
    ranked, rest = facts_that_matter(stake_numbers(STAKES), drawn)
    assert [row["number"] for row in ranked] == ["value_added/cars/magnet"]
    assert ranked[0]["share"] > 0.95
    assert rest is not None
    assert rest < 0.05


def test_a_figure_without_a_quantile_stays_as_stated() -> None:
    assert drawn_stakes(STAKES, {}).value_added[:2] == pytest.approx([10.0, 10.0])
    assert np.isnan(drawn_stakes(STAKES, {}).value_added[2])


def test_output_goes_with_value_added_and_surplus_stays() -> None:
    figure = replace(CARS, output=(20.0, 40.0, 80.0))
    stakes = replace(STAKES, output=np.array([40.0, 40.0, np.nan]), figures=(figure,))
    high = drawn_stakes(stakes, {"value_added/cars/magnet": 0.95})
    assert high.value_added[:2] == pytest.approx([20.0, 20.0])
    assert high.output[:2] == pytest.approx([80.0, 80.0])
    one = path([10, 20], [1, 2], [5, 10])
    assert one.staked(stakes, high, "output")[:, 1] == pytest.approx(
        one.output[:, 1] + np.array([40.0, 80.0])
    )
    assert one.staked(stakes, high, "value_added")[:, 1] == pytest.approx([20.0, 40.0])
    assert one.staked(stakes, high, "surplus") is one.surplus
    drawn = over_stakes(surface(one), stakes)
    for name in ("value_added", "output"):
        seen = [float(item.others[name][0][0, 1]) for item in drawn]
        assert np.ptp(seen) > 0
    assert np.ptp([float(item.others["surplus"][0][0, 1]) for item in drawn]) == 0.0


def test_too_few_draws_rank_no_fact() -> None:
    number = Uncertain("x", "row", 1.0, 2.0, 3.0)
    drawn = [
        DrawnLeverage(place, np.ones((1, 1)) * place, np.zeros((1, 1)), {"x": 0.0})
        for place in range(LEAST_DRAWS - 1)
    ]
    assert facts_that_matter((number,), drawn) == ((), None)


@pytest.mark.parametrize("wrong", [{"months": 0}, {"starts": ()}, {"starts": (-1,)}])
def test_starts_and_durations_that_cannot_be_rolled_are_told(wrong: dict[str, object]) -> None:
    question, asked = ask(learning())
    with pytest.raises(InputProblems, match="--starts or --months") as caught:
        leverage(question, replace(asked, **wrong))  # type: ignore[arg-type]
    assert caught.value.problems[0].code == "bad-value"
