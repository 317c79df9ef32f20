"""One element of a world in words."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from small_worlds import clear_static, joint
from xenotime.errors import InputProblems
from xenotime.report.shown import show_element


def shown(name: str) -> str:
    out = io.StringIO()
    show_element(Console(file=out, width=120), name, joint(), clear_static(joint()))
    return out.getvalue()


def test_an_element_is_followed_from_plant_to_user() -> None:
    text = shown("Dy")
    assert "pit" in text
    assert "13.5" in text
    assert "heavy" in text
    assert "light" not in text


def test_a_material_stands_for_itself() -> None:
    assert "64.45" in shown("heavy")


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(InputProblems) as caught:
        shown("havy")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-name"
    assert problem.found == "'havy'"
    assert "heavy" in problem.remedy
