"""Which regime comes true is drawn with the chances the case believes in, and known once it has come."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.ensembles.small_studies import study_of
from xenotime.ensembles.regimes import decided, regime_numbers
from xenotime.ensembles.rolled import months_of, roll, world_of
from xenotime.ensembles.study import Study, draw, table_of
from xenotime.policy.beliefs import predicted

DOUBT = """title = "Nobody knows"
question = "What if heavy oxide may or may not leave A?"
start = "2025-01"
months = 3

[[control]]
control = "feared"
instrument = "ban"
materials = ["heavy"]
origin = "A"
announced = "2025-01"
in_force = "2025-12"
assumed = "Invented."

[[belief]]
controls = ["feared"]
assumed = "Invented."

[[belief.path]]
month = "2025-01"
begins = "2025-03"
probability = { open = 0.75, closed = 0.25 }
"""
NAME = "regime/feared"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return study_of(tmp_path_factory.mktemp("doubt"), 64, DOUBT, months=4)


def test_a_belief_that_decides_within_the_run_is_a_number(study: Study) -> None:
    (item,) = regime_numbers(study.package, months_of(study))
    assert (item.name, item.kind, item.options, item.chances) == (
        NAME,
        "regime",
        ("open", "closed"),
        (0.75, 0.25),
    )
    drawn = [draw(study, i, row).values[NAME] for i, row in enumerate(table_of(study))]
    assert drawn.count(1.0) == 16


def test_a_belief_that_decides_later_is_none(tmp_path: Path) -> None:
    later = study_of(tmp_path, 2, DOUBT, months=2)
    assert regime_numbers(later.package, months_of(later)) == ()
    assert decided(later.package, later.numbers, {}, months_of(later)) == later.package


@pytest.mark.parametrize(("regime", "place"), [("open", 0.0), ("closed", 1.0)])
def test_what_came_is_known_from_its_month_on_and_not_before(study: Study, regime: str, place: float) -> None:
    package = decided(study.package, study.numbers, {NAME: place}, months_of(study))
    (belief,) = package.beliefs
    assert predicted(belief, "2025-02", "2025-03") == {"open": 0.75, "closed": 0.25}
    assert predicted(belief, "2025-03", "2025-04") == {regime: 1.0}


def test_goods_leave_where_it_opens_and_stay_where_it_closes(study: Study) -> None:
    one = draw(study, 0, table_of(study)[0])
    used = {}
    for place in (0.0, 1.0):
        turned = type(one)(
            **{**{n: getattr(one, n) for n in one.__slots__}, "values": {**one.values, NAME: place}}
        )
        rolled = roll(study, turned, world_of(study, turned), study.package)
        row = rolled.pairs.index(("Dy", "B"))
        used[place] = rolled.used[:, row]
    assert used[0.0][:2] == pytest.approx(used[1.0][:2]), "nobody knows before its month"
    assert used[1.0][3] < 0.7 * used[0.0][3]
