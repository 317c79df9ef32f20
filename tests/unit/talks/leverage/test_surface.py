"""Losses rolled on a small world: what they add up to, ends that are rolled, months taken up again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.talks.leverage.leverage_worlds import answered, ask, learning
from xenotime.leverage_study import hands_of, held_back, leverage
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.policy.package import NOTHING
from xenotime.talks.leverage.controls_on import NEVER, as_package
from xenotime.talks.leverage.half_life import gap
from xenotime.talks.leverage.losses import COLUMNS, losses
from xenotime.talks.leverage.rolls import Shelf, roll
from xenotime.talks.leverage.surface import Asked, without

# Two solutions of one month from different starting points agree to what the engine promises of prices.
AGREE = 1e-6


def test_who_is_cut_off_loses_and_who_cuts_off_loses_less() -> None:
    path = answered().surface.paths[0]
    total = path.loss()
    a, b = path.parties.index("A"), path.parties.index("B")
    assert np.all(total[:, b] > total[:, a])
    assert np.all(total[:, a] > 0)
    assert np.all(np.diff(total, axis=0) > 0)


def test_the_loss_is_the_sum_of_its_parts_and_nothing_is_lost_twice() -> None:
    path = answered().surface.paths[0]
    assert path.loss() == pytest.approx(np.sum([path.parts[name] for name in COLUMNS], axis=0))
    # no value added is known of an invented sector: missing tonnes are worth their choke price
    assert path.surplus == pytest.approx(path.loss())


def test_without_a_control_nothing_is_lost() -> None:
    question, asked = ask(learning(), months=3)
    policies, rows, _ = held_back(question)
    hands = hands_of(question, asked, question.world, policies, rows, False, None)
    free = without(hands, asked)
    again = roll(
        hands.make(as_package(policies, rows, NEVER)),
        [a.month for a in free.accounts],
        make_engine(DEFAULT_ENGINE),
    )
    same = losses(free.books, hands.stakes, free.accounts, again.accounts)
    assert np.abs(same.loss()).max() == 0.0


def test_a_control_that_never_comes_is_the_run_without_it() -> None:
    """States of the run without the control fit runs in which it comes: those of the plain baseline."""
    question, asked = ask(learning(), months=3)
    policies, rows, _ = held_back(question)
    hands = hands_of(question, asked, question.world, policies, rows, False, None)
    free = without(hands, asked)
    plain = roll(hands.make(NOTHING), [a.month for a in free.accounts], make_engine(DEFAULT_ENGINE))
    for one, two in zip(free.accounts, plain.accounts, strict=True):
        assert one.price == pytest.approx(two.price, rel=AGREE, abs=AGREE)
        assert one.stored == pytest.approx(two.stored, rel=1e-4, abs=1e-4)


def test_an_end_that_is_rolled_is_near_what_the_path_books_at_the_end() -> None:
    found = answered()
    ((first, duration, ended),) = found.ends
    path = found.surface.paths[0]
    b = path.parties.index("B")
    booked = float(path.loss()[duration - 1, b])
    assert first == 0
    assert float(ended.loss()[duration - 1, b]) == pytest.approx(booked, rel=1e-4)  # nobody foresaw the end
    assert float(ended.loss()[-1, b]) == pytest.approx(booked, rel=0.02)


def test_a_later_start_begins_from_where_the_run_without_had_come() -> None:
    whole = answered().surface
    question, _ = ask(learning())
    alone = leverage(question, Asked(("A",), ("B",), "2025-01", (3,), 4)).surface
    assert gap(whole, 1) == pytest.approx(gap(alone, 0), rel=1e-9)


def test_months_that_are_kept_are_taken_up_with_the_same_bytes(tmp_path: Path) -> None:
    question, asked = ask(learning(), (0,), 3)
    whole = leverage(question, asked, keep=tmp_path)
    for file in sorted((tmp_path / "start-0").glob("*.npz"))[1:]:
        file.unlink()
    seen: list[str] = []
    again = leverage(question, asked, keep=tmp_path, tell=lambda done, total, month: seen.append(month))
    assert np.array_equal(whole.surface.paths[0].loss(), again.surface.paths[0].loss())
    assert len(seen) == asked.rolled()


def test_a_shelf_of_another_question_is_emptied(tmp_path: Path) -> None:
    question, asked = ask(learning(), (0,), 2)
    leverage(question, asked, keep=tmp_path)
    other = replace(question, world=learning(days=20.0))
    fresh = leverage(other, asked)
    kept = leverage(other, asked, keep=tmp_path)
    assert np.array_equal(fresh.surface.paths[0].loss(), kept.surface.paths[0].loss())


def test_nothing_is_kept_without_a_folder() -> None:
    assert Shelf().read(0) is None
