"""Files of plants: every fault with its line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.exposure.plants import PLANTS, line_of
from xenotime.errors import InputProblems, Problem
from xenotime.exposure.plant_file import example, example_names, load_plants, parse_plants, template


def told(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        parse_plants(text, "plant.toml")
    return caught.value.problems


def test_the_template_and_every_example_are_read() -> None:
    assert parse_plants(template(), "template").line[0].product == "drive-A"
    assert "motor-maker" in example_names()
    folder = example("motor-maker")
    assert folder is not None
    assert load_plants(folder / "plants.toml").weeks == 52
    assert example("no such example") is None


def test_a_slip_of_the_pen_is_named_with_its_line() -> None:
    (problem,) = told(PLANTS.replace("weeks = 4\n", "weks = 4\n"))
    assert (problem.code, problem.row) == ("unknown-key", PLANTS.splitlines().index("weeks = 4") + 1)
    assert "did you mean 'weeks'" in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "code", "remedy"),
    [
        ('today = "2025-02-03"', 'today = "soon"', "bad-day", "write the day"),
        ('today = "2025-02-03"', 'today = "2025-02-30"', "bad-day", "write the day"),
        ("units_per_week = 100", "units_per_week = -1", "bad-value", "correct the value"),
        ("units_per_week = 100\n", "", "missing-key", "add the key"),
        ('part = "X"\nweeks = 30', 'part = "X"', "stock-measure", "give one of the two"),
        (
            'part = "X"\nweeks = 30',
            'part = "X"\nweeks = 30\npieces = 3',
            "stock-measure",
            "give one of the two",
        ),
        ('product = "P"', 'product = "P"\nplant = "T"', "unknown-name", "add it as"),
        ("[[stock]]", "[[stock", "not-toml", "correct the place"),
        (
            '[[stock]]\npart = "M"',
            '[[line]]\nline = "L"\nproduct = "P"\nunits_per_week = 1\nrevenue_per_unit = 1\n'
            'margin_per_unit = 1\n\n[[stock]]\npart = "M"',
            "duplicate-key",
            "rename one",
        ),
    ],
)
def test_faults_are_told(old: str, new: str, code: str, remedy: str) -> None:
    problem = told(PLANTS.replace(old, new, 1))[0]
    assert problem.code == code
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('part = "M"\nweeks', 'part = "Z"\nweeks', "stock.part"),
        ('product = "P"', 'product = "Q"', "line.product"),
        ('region = "DEU"', 'region = "DEX"', "plant.region"),
        ('sector = "ev_traction"', 'sector = "ev_tractor"', "sector"),
        ('country = "CHN"', 'country = "CHX"', "supply.country"),
        ("[[supply]]", '[[option]]\naction = "pray"\n\n[[supply]]', "option.action"),
    ],
)
def test_names_are_those_of_the_bill_and_the_facts(tmp_path: Path, old: str, new: str, where: str) -> None:
    with pytest.raises(InputProblems) as caught:
        line_of(tmp_path, PLANTS.replace(old, new, 1))
    (problem,) = (item for item in caught.value.problems if item.column == where)
    assert problem.code == "unknown-name"
    assert problem.row is not None
    assert problem.remedy


def test_no_file_and_a_file_that_is_no_text(tmp_path: Path) -> None:
    for name, content, code in (
        ("none.toml", None, "not-a-file"),
        ("bad.toml", b"a = \xe9", "wrong-encoding"),
    ):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(InputProblems) as caught:
            load_plants(tmp_path / name)
        assert caught.value.problems[0].code == code
