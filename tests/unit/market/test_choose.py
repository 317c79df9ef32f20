"""Engines by name."""

from __future__ import annotations

import pytest

from xenotime.errors import InputProblems
from xenotime.market.choose import ENGINES, make_engine


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_knows_its_name_and_remembers_nothing(name: str) -> None:
    assert make_engine(name).name == name
    assert make_engine(name) is not make_engine(name)


def test_an_unknown_engine_is_bad_input() -> None:
    with pytest.raises(InputProblems, match="gurobi"):
        make_engine("gurobi")
