"""A project file and what it becomes on a world."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.dynamics.project_worlds import pits
from xenotime.choice.project import Project
from xenotime.choice.project_file import (
    example,
    example_names,
    load_project,
    parse_project,
    template,
)
from xenotime.choice.resolve import make_project
from xenotime.dynamics.project_times import load_numbers, span_of
from xenotime.errors import InputProblems
from xenotime.facts.load import load_facts

GOOD = """region = "AUS"
kind = "mine"
capacity = 10
cost = 1
[[good]]
material = "ore"
amount = 1
"""

FACTS = load_facts()


def codes(text: str) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        parse_project(text, "p.toml")
    for problem in caught.value.problems:
        assert problem.found
        assert problem.expected
        assert problem.remedy
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("capacity = 1 1", ["not-toml"]),
        ("capcity = 1\nfacility = 'x'", ["unknown-key"]),
        ("capacity = -1\nload = 2\nfacility = 'x'", ["bad-value", "bad-value"]),
        ("title = 'x'", ["no-goods"]),
        ("[[good]]\nmaterial = 'x'\namount = -1\n", ["no-goods"]),
        ("[[good]]\nmaterial = 'x'\n", ["missing-key"]),
        (GOOD + "[[floor]]\nname = 'f'\nmaterial = 'oer'\nprice = 1\n", ["unknown-name"]),
        (
            "start = '2027'\nfacility = 'x'\n[[grant]]\nname = 'g'\namount = 1\nstart = '27-1'\n",
            ["bad-month", "bad-month"],
        ),
        (
            "facility = 'x'\n[[grant]]\nname = 'g'\namount = 1\n[[grant]]\nname = 'g'\namount = 2\n",
            ["duplicate-key"],
        ),
    ],
)
def test_all_problems_of_a_file_are_told_at_once(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="such file") as caught:
        load_project(tmp_path / "none.toml")
    assert caught.value.problems[0].code == "not-a-file"
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputProblems) as caught:
        load_project(tmp_path / "binary.toml")
    assert caught.value.problems[0].code == "wrong-encoding"


def test_the_template_and_the_examples_can_be_read() -> None:
    assert parse_project(template(), "template").floor[0].upside_share == 0.3
    assert "eneabba" in example_names()
    for name in example_names():
        path = example(name)
        assert path is not None
        assert load_project(path).citation
    assert example("motor-maker") is None


def resolved(text: str) -> Project:
    return make_project(parse_project(text, "p.toml"), "p", pits(), FACTS, "2025-01")


def test_a_plant_of_the_world_brings_its_numbers() -> None:
    found = resolved('facility = "new"')
    assert (found.region, found.kind, found.start, found.capacity) == ("AUS", "mine", "2025-07", 20.0)
    assert found.cost == 20.0
    assert found.slip.value == 0.0
    assert found.load == load_numbers().expected_load
    assert {row.name for row in found.basis} >= {"capex", "tax", "life_years", "debt_rate"}
    assert all(row.source for row in found.basis)


def test_a_mine_pays_a_royalty_and_a_buyer_of_feed_none() -> None:
    assert resolved('facility = "new"').royalty > 0
    fed = GOOD + "[[good]]\nmaterial = 'feed'\namount = -2\nprice = 1\n"
    assert resolved(fed).royalty == 0.0
    assert resolved("royalty = 0.07\n" + fed).royalty == 0.07


def test_a_plant_that_runs_has_begun_and_one_of_no_date_comes_after_all_its_stages() -> None:
    old = resolved('facility = "old"')
    assert old.start == "2025-01"
    assert (old.ramp.high, old.slip.high, old.debt.share) == (0.0, 0.0, 0.0)
    assert resolved('facility = "old"\n[debt]\nshare = 0.3').debt.share == 0.3
    later = resolved(GOOD)
    whole = sum(
        span_of(phase, "mine", "AUS").value
        for phase in ("announced", "permitted", "financed", "construction")
    )
    assert later.start == f"{2025 + int(whole) // 12}-{int(whole) % 12 + 1:02d}"
    slip = span_of("slip", "mine", "AUS")
    assert later.slip.value == pytest.approx(slip.value, rel=0.02)  # the way is whole months
    assert resolved("slip_months = 3\n" + GOOD).slip.low == 3.0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('facility = "nwe"', ["unknown-name"]),
        ('recipe = "dgi"\nregion = "AUS"\nkind = "mine"\ncapacity = 1\ncost = 1', ["unknown-name"]),
        ('recipe = "dig"\nkind = "well"', ["unknown-name", "missing-key", "missing-key", "missing-key"]),
        ('facility = "new"\n[[floor]]\nname = "f"\nmaterial = "oxide"\nprice = 1', ["unknown-name"]),
    ],
)
def test_what_the_world_does_not_have_is_told(text: str, found: list[str]) -> None:
    with pytest.raises(InputProblems) as caught:
        resolved(text)
    assert [problem.code for problem in caught.value.problems] == found
