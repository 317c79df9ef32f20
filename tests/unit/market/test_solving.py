"""No engine's word is taken: a lie is caught, a stall is helped, and a good start gives the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from market_worlds import synthetic
from small_worlds import EXACT, build_network, clear_static, joint, trade
from xenotime.errors import InternalFault, NoAnswer
from xenotime.market import solving
from xenotime.market.choose import make_engine
from xenotime.market.demand import supply_chain, use_chain
from xenotime.market.engines import QP, Engine, Highs, Raw
from xenotime.market.horizon import STATIC
from xenotime.market.polish import Point
from xenotime.market.program import Program, build_program
from xenotime.market.solving import solve_program
from xenotime.market.terms import open_terms
from xenotime.world.world import World

# Two paths to one set of sides end in the same linear equations, solved to the rounding of doubles.
SAME = 1e-11


@dataclass
class Fake:
    """HiGHS, with its answer spoiled on the way."""

    spoil: Callable[[Raw], Raw]
    name: str = "fake"
    asked: int = 0
    settles_charges: bool = False

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        self.asked += 1
        return self.spoil(Highs().solve(qp))


def program_of(world: World, **changed: np.ndarray) -> Program:
    network = build_network(world)
    return build_program(
        network,
        STATIC,
        (replace(open_terms(network), **changed),),  # type: ignore[arg-type]
        tuple(use_chain(row) for row in network.demand),
        tuple(supply_chain(row) for row in network.supply),
    )


LIES: dict[str, Callable[[Raw], Raw]] = {
    "prices a fifth too high": lambda raw: replace(raw, y=1.2 * raw.y),
    "prices of the other sign": lambda raw: replace(raw, y=-raw.y),
    "a tenth more of everything": lambda raw: replace(raw, x=1.1 * raw.x),
    "no prices": lambda raw: replace(raw, y=np.zeros_like(raw.y)),
    "nothing moves": lambda raw: replace(raw, x=np.zeros_like(raw.x)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_engine_is_caught_and_another_asked(lie: str) -> None:
    engine = Fake(LIES[lie])
    point, check = solve_program(program_of(trade()), engine, polished=False)
    assert engine.asked == 1
    assert check.ran.startswith("piqp")
    assert check.passed()
    assert point.y == pytest.approx([50.0, 55.0], rel=1e-6)


@pytest.mark.parametrize("lie", LIES)
def test_if_everyone_lies_nothing_is_shown(lie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "FALLBACKS", ())
    with pytest.raises(InternalFault, match=r"fails its checks.*please report"):
        solve_program(program_of(trade()), Fake(LIES[lie]), "the test", polished=False)


@pytest.mark.parametrize("lie", LIES)
def test_polishing_never_shows_a_lie(lie: str) -> None:
    """It may repair one (then the answer is exact), or leave it to the checks; it never passes it on."""
    point, check = solve_program(program_of(joint()), Fake(LIES[lie]))
    assert check.passed()
    truth = clear_static(joint())
    assert point.y == pytest.approx(truth.point.y, rel=1e-6)


@pytest.mark.parametrize("word", ["infeasible", "unbounded", "stalled"])
def test_an_engine_that_gives_up_is_helped_by_another(word: str) -> None:
    engine = Fake(lambda raw: replace(raw, x=0 * raw.x, y=0 * raw.y, status=word))
    point, check = solve_program(program_of(trade()), engine)
    assert check.ran.startswith("piqp")
    assert point.y == pytest.approx([50.0, 55.0], rel=EXACT)


@pytest.mark.parametrize(("word", "found"), [("infeasible", "cannot meet"), ("unbounded", "without end")])
def test_the_last_resorts_verdict_is_told_in_words(
    word: str, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solving, "FALLBACKS", ())
    with pytest.raises(NoAnswer, match=found) as caught:
        solve_program(program_of(trade()), Fake(lambda raw: replace(raw, status=word)), "May")
    assert caught.value.where == "May"


def test_charges_that_do_not_settle_have_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """One round is not enough for a duty on a price that is not known yet."""
    monkeypatch.setattr(solving, "TAX_ROUNDS", 1)
    with pytest.raises(NoAnswer, match="still move by") as caught:
        solve_program(program_of(trade(tariff=0.3)), make_engine("piqp"), "May", polished=False)
    assert caught.value.where == "May"
    assert "lower the tariff" in caught.value.remedy


@pytest.mark.parametrize("tariff", [0.0, 0.1, 0.5])
def test_without_polishing_rounds_settle_where_polishing_does(tariff: float) -> None:
    program = program_of(trade(tariff=tariff, export_tax=0.2))
    exact, check = solve_program(program, make_engine("piqp"))
    rounds, loose = solve_program(program, make_engine("piqp"), polished=False)
    assert (check.exact, loose.exact) == (True, False)
    assert rounds.y == pytest.approx(exact.y, rel=1e-5)  # charges stop within 1e-6 of price, prices near it


class Silent:
    """An engine that must not be asked."""

    name = "silent"
    settles_charges = False

    def solve(self, qp: QP, start: Raw | None = None) -> Raw:
        raise AssertionError("asked although the start was good")


@pytest.mark.parametrize("name", ["trade", "taxed", "joint", "synthetic"])
def test_a_warm_start_gives_what_a_cold_one_gives(name: str) -> None:
    world = {
        "trade": trade(),
        "taxed": trade(tariff=0.1, export_tax=0.2),
        "joint": joint(),
        "synthetic": synthetic(3),
    }[name]
    program = program_of(world)
    cold, _ = solve_program(program, make_engine("piqp"))
    warm, check = solve_program(program, Silent(), start=cold)
    assert check.ran == "warm active set"
    assert warm.exact
    assert warm.x == pytest.approx(cold.x, rel=SAME, abs=SAME * np.abs(cold.x).max())
    assert warm.y == pytest.approx(cold.y, rel=SAME, abs=SAME * np.abs(cold.y).max())


def test_a_warm_start_from_a_neighbour_gives_what_a_cold_one_gives() -> None:
    near = program_of(trade(), lane_high=np.array([29.0]))
    far = program_of(trade(), lane_high=np.array([100.0]))
    begin, _ = solve_program(far, make_engine("piqp"))
    warm, check = solve_program(near, make_engine("piqp"), start=begin)
    cold, _ = solve_program(near, make_engine("piqp"))
    assert check.ran == "warm active set"
    assert warm.x == pytest.approx(cold.x, rel=SAME)
    assert warm.y == pytest.approx(cold.y, rel=SAME)


def test_a_start_of_another_shape_is_not_used() -> None:
    other, _ = solve_program(program_of(joint()), make_engine("piqp"))
    point, check = solve_program(program_of(trade()), make_engine("piqp"), start=other)
    assert check.ran.startswith("piqp")
    assert point.y == pytest.approx([50.0, 55.0], rel=EXACT)


@pytest.mark.parametrize("engine", ["interior", "piqp", "highs", "clarabel"])
def test_the_same_question_gives_the_same_bytes(engine: str) -> None:
    def answer() -> tuple[bytes, ...]:
        point = solve_program(program_of(synthetic(3)), make_engine(engine))[0]
        return tuple(np.asarray(part).tobytes() for part in (point.x, point.y, point.m, point.side))

    assert answer() == answer()


def test_a_bad_start_does_no_harm() -> None:
    program = program_of(trade())
    cold, _ = solve_program(program, make_engine("piqp"))
    rubbish = Point(0 * cold.x, 1e6 + cold.y, cold.m, np.ones_like(cold.side), cold.binding, True, 0)
    engine: Engine = make_engine("piqp")
    point, check = solve_program(program, engine, start=rubbish)
    assert check.passed()
    assert point.y == pytest.approx(cold.y, rel=EXACT)
