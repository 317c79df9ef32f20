"""Engines by name."""

from __future__ import annotations

import pytest

from xenotime.market.choose import ENGINES, make_engine


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_knows_its_name_and_remembers_nothing(name: str) -> None:
    assert make_engine(name).name == name
    assert make_engine(name) is not make_engine(name)


def test_an_unknown_engine_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        make_engine("gurobi")
