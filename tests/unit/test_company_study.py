"""A company's question on the shipped world: the motor maker under the licences of April 2025."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import xenotime as xt
from unit.dynamics.dynamic_worlds import BAN, START, floating
from xenotime.company_study import Wanted, deliveries_of
from xenotime.dynamics.step import first_state, step
from xenotime.dynamics.trajectory import prepare
from xenotime.errors import NoAnswer
from xenotime.exposure.answer import Exposed
from xenotime.exposure.deliveries import Reader
from xenotime.exposure.plant_file import example
from xenotime.market.choose import make_engine
from xenotime.months import month_range
from xenotime.policy.package import Package


@pytest.fixture(scope="module")
def found() -> Exposed:
    folder = example("motor-maker")
    assert folder is not None
    return xt.expose(folder / "bill.csv", folder / "plants.toml", ["april-2025"])


def test_deliveries_of_a_small_run() -> None:
    setup = prepare(floating(), Package((BAN,)), START)
    state, point = first_state(setup), None
    reader, solver = Reader(setup, state, (BAN,)), make_engine("interior")
    for month in month_range(START, 6):
        booked = step(setup, state, month, solver, point)
        reader.read(booked, month)
        state, point = booked.after, booked.clearing.point
    runs = reader.deliveries()
    assert runs.held == {("heavy", "A"): 3}
    sent = runs.sent["heavy", "A", "B"]
    assert sent[0] == pytest.approx(1.0, rel=0.05)
    assert sent[3:].max() == pytest.approx(0.0, abs=1e-9)
    assert runs.sent["light", "A", "B"].min() > 0.1  # its own control is none
    assert runs.got["heavy", "B", "mill"][0] == pytest.approx(1.0, rel=0.05)
    assert runs.got["heavy", "B", "mill"][-1] < 0.5  # what its users give up at the price is not got


def test_the_line_stops_when_its_magnets_run_out(found: Exposed) -> None:
    assert found.table is not None
    (scene,) = found.table.scenes
    ran = scene.run()
    assert next(part.members for part in scene.line.parts) == ("MAG-A", "MAG-B")
    assert scene.held_from[0] == 8  # weeks from 3 February to April
    # five weeks held and six under way, from the week the control holds
    assert 8 + 6 + 4 <= int(np.median(ran.stop)) <= 8 + 6 + 6
    assert (ran.stop < 52).mean() > 0.9


def test_the_plan_keeps_to_its_budget_and_saves_more_than_it_costs(found: Exposed) -> None:
    assert found.plan is not None
    nothing = found.weighed[0]
    assert nothing.option is None
    assert found.plan.cost <= 2_000_000
    assert found.plan.cost + found.plan.loss["april-2025"] < nothing.loss["april-2025"]
    assert found.plan.stop["april-2025"] <= nothing.stop["april-2025"]


def test_elements_add_up_to_three_kilograms_of_magnets(found: Exposed) -> None:
    magnets = [group for group in found.groups if group.country == "CHN"]
    assert sum(group.grams[1] for group in magnets) == pytest.approx(48 * 40 + 48 * 22.5)


def test_a_case_s_own_goods_fall_under_it(found: Exposed) -> None:
    names = {rule.control for rule in found.setting.rules}
    assert "CHN-18-2025 (april-2025)" in names
    assert "CHN-18-2025" not in names  # nobody knew it on 3 February


def test_draws_without_an_answer_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from unit.run_worlds import case_of

    def none(*_: object, **__: object) -> None:
        raise NoAnswer("a month", "nothing", "something", "try another")

    monkeypatch.setattr("xenotime.company_study._roll", none)
    with pytest.raises(NoAnswer, match="no draw with an answer"):
        deliveries_of(case_of(tmp_path), floating(), 2, Wanted(draws=2))


def test_draws_of_a_case_differ(tmp_path: Path) -> None:
    from unit.run_worlds import case_of

    runs, failures = deliveries_of(case_of(tmp_path), floating(), 5, Wanted(draws=3))
    assert len(runs) + len(failures) == 3
    assert len({tuple(run.got["light", "B", "mill"].round(9)) for run in runs}) > 1
