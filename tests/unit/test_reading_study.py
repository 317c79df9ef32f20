"""The study of a text's levers: what they bring whom, on the small chain and on the shipped world."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.talks.reader.read_worlds import base_case, settings_file, two_sides
from unit.talks.reader.texts import ARTICLE, reading
from xenotime.facts.load import load_facts
from xenotime.facts.reading import LeverSetting
from xenotime.policy.case import load_case
from xenotime.policy.levers import is_known
from xenotime.policy.package import read_package
from xenotime.reading_study import Studied, never, study
from xenotime.report.read_study import direction_of, gain_of, gap_words, left_words, side_rows
from xenotime.talks.leverage.losses import COLUMNS
from xenotime.talks.reader.lexicon import load_lexicon
from xenotime.talks.reader.package import case_of, named_levers, package_text, read_settings, sides_of


def studied(folder: Path, months: int = 5) -> Studied:
    base, read = base_case(folder), reading(ARTICLE)
    sides = sides_of(read, two_sides(), base, load_facts())
    levers = named_levers(read, sides, base, read_settings(settings_file(folder)), load_lexicon())
    case = case_of("read", package_text(base, levers, read))
    return study(two_sides(), case, sides, levers, months, keep=folder / "kept")


def test_a_reserve_that_is_released_under_the_ban_is_seen_in_both_runs_and_in_the_gains(
    tmp_path: Path,
) -> None:
    found = studied(tmp_path)
    dear = [
        next(
            row["value"]
            for row in run["data"]["prices"]
            if (row["month"], row["material"], row["region"]) == ("2025-05", "heavy", "USA")
        )
        for run in (found.without, found.with_levers)
    ]
    assert dear[1] < dear[0]
    bought = {row["what"] for row in found.with_levers["data"]["payments"]}
    assert bought == {"purchase", "release"}
    assert found.without["data"]["payments"] == []
    loss = found.gains.loss()[-1]
    assert found.gains.parties == ("CHN", "USA")
    parts = sum(found.gains.parts[name][-1] for name in COLUMNS)
    assert loss == pytest.approx(parts)
    assert gain_of(found.gains, ("USA",)) == pytest.approx(-loss[1])
    assert [row["duration"] for row in found.hands["data"]["hands"]] == [1, 3, 5]


def test_months_that_are_kept_are_taken_up_again(tmp_path: Path) -> None:
    first = studied(tmp_path, 3)
    again = studied(tmp_path, 3)
    assert (tmp_path / "kept" / "with").is_dir()
    assert first.gains.loss().tobytes() == again.gains.loss().tobytes()


def test_levers_that_never_come_are_never_known(tmp_path: Path) -> None:
    base, read = base_case(tmp_path), reading(ARTICLE)
    sides = sides_of(read, two_sides(), base, load_facts())
    levers = named_levers(read, sides, base, read_settings(settings_file(tmp_path)), load_lexicon())
    package = read_package(case_of("read", package_text(base, levers, read)), two_sides())
    later = never(package)
    assert len(later.levers) == len(package.levers) == 1
    assert not is_known(later.levers[0], "2600-01")
    assert later.controls == package.controls


@pytest.mark.parametrize(
    ("signs", "claimed", "gained", "gap"),
    [
        ([1, 1], "gains", 5.0, "same direction (gains)"),
        ([1], "gains", -5.0, "claimed: gains; modelled: loses"),
        ([-1], "loses", 5.0, "claimed: loses; modelled: gains"),
        ([1, -1], "both", 5.0, "claims: both; modelled: gains"),
        ([], "nothing", 0.0, "claims: nothing; modelled: neither"),
    ],
)
def test_claims_are_held_against_the_model(signs: list[int], claimed: str, gained: float, gap: str) -> None:
    assert direction_of(signs) == claimed
    assert gap_words(signs, gained) == gap


def test_dollars_that_are_claimed_give_a_gap_in_dollars(tmp_path: Path) -> None:
    found = studied(tmp_path, 3)
    text = "The White House said the United States would gain $3 million. China loses, critics say."
    rows = {row["side"]: row for row in side_rows(found, reading(text), load_lexicon())}
    assert rows["on"]["claimed_usd"] == 3e6
    assert rows["on"]["gap_usd"] == pytest.approx(3e6 - rows["on"]["modelled_usd"])
    assert (rows["by"]["claimed"], rows["by"]["claimed_by"]) == ("loses", "third party")
    assert rows["by"]["gap_usd"] is None


@pytest.mark.parametrize(("moved", "told"), [(4e6, False), (6e6, True)])
def test_what_is_left_of_gains_and_losses_that_cancel_is_told_to_be_unsafe(moved: float, told: bool) -> None:
    parts = dict.fromkeys((f"part_{name}" for name in COLUMNS), 0.0)
    row = parts | {"modelled_usd": 1e6, "part_users": moved + 1e6, "part_stores": -moved}
    assert ("its sign is not safe" in left_words(row)) is told


def test_a_side_that_nothing_moves_is_told_nothing_of_signs() -> None:
    row = dict.fromkeys((f"part_{name}" for name in COLUMNS), 0.0) | {"modelled_usd": 0.0}
    assert left_words(row) == ""


@pytest.mark.slow
def test_the_article_on_the_shipped_world() -> None:
    from xenotime.api import load_world

    base, read, facts = load_case("april-2025"), reading(ARTICLE), load_facts()
    world = load_world(base.data.world)
    sides = sides_of(read, world, base, facts)
    levers = named_levers(read, sides, base, facts.rows(LeverSetting), load_lexicon())
    case = case_of("read", package_text(base, levers, read))
    found = study(world, case, sides, levers, 6)
    assert (sides.by, sides.on) == (("CHN",), ("USA",))
    assert len(case.data.lever) == 7
    assert found.hands["data"]["hands"][-1]["stronger"] == "by"
    assert all(gain_of(found.gains, side) != 0.0 for side in (sides.by, sides.on))
