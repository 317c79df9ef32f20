"""Headline numbers against hand arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from xenotime.ensembles.headlines import headlines, inside_of, peak_multiple
from xenotime.ensembles.rolled import Rolled
from xenotime.policy.package import Package
from xenotime.world.tables import Control

BAN = Control(
    control="ban", instrument="ban", material="Dy", origin="A", announced="2025-01", in_force="2025-01"
)
MONTHS = ("2025-01", "2025-02", "2025-03")


def rolled(**given: Any) -> Rolled:
    """Two nodes of Dy (A inside, B outside), a user in each; nothing happens but for what is given."""
    plain: dict[str, Any] = {
        "price": np.full((3, 2), 10.0),
        "firm": np.ones((3, 2)),
        "volume": np.full((3, 2), 5.0),
        "used": np.full((3, 2), 4.0),
        "short": np.zeros((3, 2)),
        "wanted": np.full((3, 2), 4.0),
        "output": np.full((3, 2), 40.0),
        "late": np.zeros((3, 2)),
    }
    pairs = (("Dy", "A"), ("Dy", "B"))
    return Rolled(
        MONTHS, pairs, pairs, (("Dy", "A", "mill"), ("Dy", "B", "mill")), (("A", "mill"), ("B", "mill")),
        **{**plain, **given},
    )  # fmt: skip


def test_nothing_happens() -> None:
    assert headlines(rolled(), rolled(), Package((BAN,))) == {
        "peak price/Dy": 1.0,
        "least availability/Dy": 1.0,
        "output lost/mill": 0.0,
        "months late/mill": 0.0,
        "first month of shortage/any": 3.0,
        "shortage over/any": 0.0,
    }


def test_what_happens_outside_is_told() -> None:
    case = rolled(
        price=np.array([[10, 10], [8, 30], [8, 25.0]]),
        used=np.array([[4, 4], [4, 1], [4, 2.0]]),
        short=np.array([[0, 0], [0, 1], [0, 0.0]]),
        output=np.array([[40, 40], [40, 10], [40, 30.0]]),
        late=np.array([[0, 0], [0, 0.5], [0, 1.5]]),
    )
    assert headlines(case, rolled(), Package((BAN,))) == pytest.approx(
        {
            "peak price/Dy": 3.0,
            "least availability/Dy": 0.25,
            "output lost/mill": (30 + 10) / 40,
            "months late/mill": 1.5,
            "first month of shortage/any": 1.0,
            "shortage over/any": 2.0,
        }
    )


def test_prices_nobody_pays_or_nothing_determines_are_no_peak() -> None:
    price = np.array([[10, 10], [10, 90], [10, 20.0]])
    inside = frozenset({"A"})
    open_ = rolled(price=price, firm=np.array([[1, 1], [1, 0], [1, 1.0]]))
    thin = rolled(price=price, volume=np.array([[5, 5], [5, 0.01], [5, 5.0]]))
    assert peak_multiple(open_, rolled(), "Dy", inside) == 2.0
    assert peak_multiple(thin, rolled(), "Dy", inside) == 2.0
    assert peak_multiple(rolled(price=price), rolled(), "Dy", inside) == 9.0


def test_a_price_is_held_against_its_own_baseline() -> None:
    dear = rolled(price=np.full((3, 2), 20.0))
    assert peak_multiple(rolled(price=np.full((3, 2), 30.0)), dear, "Dy", frozenset()) == 1.5


def test_small_users_make_no_headline() -> None:
    base = rolled(used=np.array([[4, 0.01]] * 3))
    case = rolled(used=np.array([[4, 0.0]] * 3))
    assert headlines(case, base, Package((BAN,)))["least availability/Dy"] == 1.0


def test_a_shortage_that_lasts_is_over_after_the_last_month() -> None:
    case = rolled(short=np.array([[0, 0], [0, 1], [0, 1.0]]))
    assert headlines(case, rolled(), Package((BAN,)))["shortage over/any"] == 3.0


def test_a_tariff_fences_in_where_it_is_asked_for() -> None:
    tariff = replace(BAN, instrument="tariff", origin="C", destination="B", value=0.5)
    assert inside_of((BAN, tariff)) == {"A", "B"}
