"""A menu file and the faults it can have, all told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.choice.menus import HEAD, HEAVY, IDLE, LIGHT, PARTNER, POOL, WHOLE
from xenotime.choice.menu_file import load_menu, menu_names, parse_menu, shipped_menu, template
from xenotime.errors import InputProblems


def codes(text: str) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        parse_menu(text, "m.toml")
    for problem in caught.value.problems:
        assert problem.found
        assert problem.expected
        assert problem.remedy
    return [problem.code for problem in caught.value.problems]


def test_what_is_left_out_has_its_default() -> None:
    menu = parse_menu(WHOLE, "m.toml")
    assert menu.side() == ("B",)
    assert [entry.sizes for entry in menu.lever] == [(1.0,)] * 3
    assert menu.lever[0].plain().model_fields_set == menu.lever[0].model_fields_set


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title = 1 1", ["not-toml"]),
        (WHOLE + "sizez = [1]\n", ["unknown-key"]),
        (HEAD.replace('sponsor = "B"\n', "") + HEAVY, ["missing-key"]),
        (HEAD, ["empty-menu"]),
        (HEAD + HEAVY + HEAVY, ["duplicate-key"]),
        (HEAD + POOL + PARTNER + PARTNER, ["duplicate-key"]),
        (HEAD + HEAVY + "sizes = [0]\n", ["bad-size"]),
        (HEAD + HEAVY + "sizes = []\n", ["bad-size"]),
        (HEAD + HEAVY + "sizes = [1, 1.0]\n", ["bad-size"]),
        (HEAD + HEAVY + "sizes = [1, inf]\n", ["bad-size"]),
        (HEAD + IDLE.replace("amount = 100\n", "sizes = [1, 2]\n"), ["size-of-nothing"]),
        (HEAD + HEAVY.replace('assumed = "Invented."', ""), ["no-ground"]),
        (
            HEAD
            + IDLE.replace('"grant"', '"loan"').replace("amount = 100", "share = 0.5\nrate = 0\nyears = 1"),
            ["no-amount"],
        ),
        (HEAD + HEAVY.replace("2025-01", "2025"), []),
        (HEAD + HEAVY.replace("2025-01", "25-1"), ["bad-month"]),
        (HEAD + HEAVY + 'sponsor = "C"\n', ["other-sponsor"]),
        (HEAD + HEAVY + 'excludes = ["havy"]\n', ["unknown-name"]),
        (HEAD + HEAVY + 'excludes = ["heavy-stock"]\n', ["unknown-name"]),
        (HEAD + HEAVY + PARTNER, ["unknown-name"]),
        (HEAD + POOL + PARTNER.replace('"C"', '"B"'), ["same-side"]),
        (HEAD + HEAVY + PARTNER.replace("heavy-pool", "heavy-stock"), ["no-members"]),
        (HEAD + HEAVY + "sizes = [0]\n" + LIGHT.replace("2025-01", "25-1"), ["bad-size", "bad-month"]),
    ],
)
def test_all_problems_of_a_menu_are_told_at_once(text: str, found: list[str]) -> None:
    if not found:
        assert parse_menu(text, "m.toml").lever
    else:
        assert codes(text) == found


def test_a_menu_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        load_menu(tmp_path / "none.toml")
    assert caught.value.problems[0].code == "not-a-file"
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputProblems) as caught:
        load_menu(tmp_path / "binary.toml")
    assert caught.value.problems[0].code == "wrong-encoding"
    (tmp_path / "menu.toml").write_text(WHOLE, "utf-8")
    assert load_menu(tmp_path / "menu.toml").sponsor == "B"


def test_a_sponsor_without_a_menu_is_told_who_has_one() -> None:
    with pytest.raises(InputProblems) as caught:
        shipped_menu("USB")
    (problem,) = caught.value.problems
    assert problem.code == "no-menu"
    assert "USA" in problem.expected
    assert "USA" in problem.remedy


def test_the_template_and_the_shipped_menus_can_be_read() -> None:
    assert parse_menu(template(), "template").partner[0].region == "JPN"
    assert {"JPN", "USA"} <= set(menu_names())
    for name in menu_names():
        menu = shipped_menu(name)
        assert menu.sponsor == name
        assert menu.case
        assert all(entry.source for entry in menu.lever)
