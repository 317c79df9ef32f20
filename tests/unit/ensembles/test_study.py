"""A draw is a pure function of world, case, seed and number: of no other draw, case or number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unit.ensembles.small_studies import AHEAD, BOTH, LICENCE, ranged, study_of
from unit.run_worlds import CASE
from xenotime.ensembles.rolled import setup_of, world_of
from xenotime.ensembles.study import Draw, Study, draw, table_of
from xenotime.errors import InputProblems
from xenotime.policy.package import NOTHING

ASSUMED = CASE.replace("months = 5", 'months = 5\nbehaviour = "assumed"')


def drawn(study: Study, number: int) -> Draw:
    return draw(study, number, table_of(study)[number])


def test_a_draw_does_not_depend_on_how_many_there_are(tmp_path: Path) -> None:
    short, long = study_of(tmp_path, 4), study_of(tmp_path, 40)
    assert [drawn(short, i) for i in range(4)] == [drawn(long, i) for i in range(4)]
    assert short.key == long.key


def test_two_cases_share_the_draws_of_the_numbers_they_share(tmp_path: Path) -> None:
    ban, licence = study_of(tmp_path, 4, ASSUMED), study_of(tmp_path, 4, LICENCE)
    for number in range(4):
        one, other = drawn(ban, number), drawn(licence, number)
        shared = set(one.values) & set(other.values)
        assert shared == set(one.values)
        assert {k: one.values[k] for k in shared} == {k: other.values[k] for k in shared}
        assert set(other.values) - shared == {"control/approval_odds", "control/service_rate"}
        assert one.seed == other.seed
        assert one.behaviour == other.behaviour
        assert world_of(ban, one) == world_of(licence, other)


def test_a_case_at_fitted_behaviour_draws_from_the_frozen_fit(tmp_path: Path) -> None:
    fitted, assumed = study_of(tmp_path, 2), study_of(tmp_path, 2, ASSUMED)
    assert fitted.posterior is not None
    assert assumed.posterior is None
    sources = {item.source for item in assumed.numbers if item.name == "behaviour/choke_scale"}
    assert sources == {"priors"}
    assert drawn(fitted, 0).behaviour != drawn(assumed, 0).behaviour


def test_drawn_controls_reach_the_case_and_not_its_baseline(tmp_path: Path) -> None:
    study = study_of(tmp_path, 3, LICENCE)
    one = drawn(study, 1)
    assert set(one.controls) == {"licence.approval_odds", "licence.service_rate"}
    changed = study.package.with_numbers(one.controls).controls[0]
    assert changed.approval_odds == one.controls["licence.approval_odds"] != 0.8
    world = world_of(study, one)
    (queue,) = setup_of(study, one, world, study.package).policy.queues.queues
    assert queue.odds == one.controls["licence.approval_odds"]
    assert setup_of(study, one, world, NOTHING).policy.queues.queues == ()


def test_look_ahead_is_drawn_where_there_is_a_choice(tmp_path: Path) -> None:
    both = study_of(tmp_path, 16, look_aheads=BOTH)
    seen = {
        setup_of(both, one, world_of(both, one), NOTHING).horizon.length
        for one in (drawn(both, i) for i in range(4))
    }
    assert seen == set(BOTH)
    alone = study_of(tmp_path, 2)
    assert "structure/foresight" not in {item.name for item in alone.numbers}
    one = drawn(alone, 0)
    assert setup_of(alone, one, world_of(alone, one), NOTHING).horizon.length == AHEAD[0]


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 1},
        {"design": "lhs"},
        {"months": 2},
        {"look_aheads": BOTH},
        {"text": LICENCE},
        {"world": ranged().with_tables(lanes=ranged().lanes[:1])},
    ],
    ids=["seed", "design", "months", "look-ahead", "case", "world"],
)
def test_the_key_tells_studies_apart(tmp_path: Path, other: dict[str, Any]) -> None:
    assert study_of(tmp_path, 4).key != study_of(tmp_path, 4, **other).key


def test_the_count_of_a_hypercube_is_part_of_its_key(tmp_path: Path) -> None:
    assert study_of(tmp_path, 4, design="lhs").key != study_of(tmp_path, 5, design="lhs").key


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"design": "grid"}, "--design"),
        ({"seed": -1}, "--seed"),
        ({"months": -3}, "--months"),
        ({"look_aheads": ((2, 1),)}, "--look-ahead"),
    ],
)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, asked: dict[str, Any], place: str) -> None:
    with pytest.raises(InputProblems) as told:
        study_of(tmp_path, 4, **asked)
    (problem,) = told.value.problems
    assert problem.file == place
    assert problem.remedy
