"""The checks themselves: each is provoked alone, and none passes what it should not."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from small_worlds import EXACT, Limit, clear_static, trade
from xenotime.errors import InternalFault
from xenotime.market.clearing import Clearing
from xenotime.market.polish import Point
from xenotime.market.program import as_qp
from xenotime.market.sizes import column_sizes
from xenotime.market.verify import (
    BALANCE_TOLERANCE,
    GAP_TOLERANCE,
    PRICE_TOLERANCE,
    Verification,
    require,
    verify,
)


@pytest.fixture(scope="module")
def limited() -> Clearing:
    return clear_static(trade(limit=10.0))


def again(cleared: Clearing, point: Point) -> Verification:
    program = cleared.program
    return verify(as_qp(program), point, column_sizes(program), "test", 1)


def column(cleared: Clearing, kind: str, member: int = 0) -> int:
    return cleared.program.layout.block(0, kind).start + member


def test_a_right_answer_breaches_nothing(limited: Clearing) -> None:
    check = again(limited, limited.point)
    assert max(check.balance, check.bound, check.identity, check.sign, check.gap) < EXACT
    assert check.passed()
    require(check, "the test")


def moved(cleared: Clearing, index: int, by: float) -> Point:
    x = cleared.point.x.copy()
    x[index] += by
    return replace(cleared.point, x=x)


def test_goods_from_nowhere_breach_the_balance(limited: Clearing) -> None:
    check = again(limited, moved(limited, column(limited, "supply"), 0.01))
    assert check.balance > BALANCE_TOLERANCE
    assert not check.passed()


def test_more_than_the_limit_breaches_the_bound(limited: Clearing) -> None:
    check = again(limited, moved(limited, column(limited, "lane"), 0.01))
    assert check.bound > BALANCE_TOLERANCE
    assert not check.passed()


def test_a_price_that_is_not_its_cost_breaches_the_identity(limited: Clearing) -> None:
    check = again(limited, replace(limited.point, y=limited.point.y * (1 + 1e-4)))
    assert check.identity > PRICE_TOLERANCE
    assert not check.passed()


def test_a_rent_of_the_wrong_sign_is_caught(limited: Clearing) -> None:
    """Prices under which the full lane would lose money, and all curves shifted to agree with them."""
    program, y = limited.program, np.array([50.0, 40.0])
    linear = program.c.copy()
    for kind, member in (("supply", 0), ("supply", 1), ("use", 0), ("use", 1)):
        at = column(limited, kind, member)
        node = member
        sign = 1.0 if kind == "supply" else -1.0
        linear[at] = sign * y[node] - program.P[at] * limited.point.x[at]
    wrong = Clearing(replace(program, c=linear), replace(limited.point, y=y), limited.check)
    check = again(wrong, wrong.point)
    assert check.identity < EXACT
    assert check.sign > PRICE_TOLERANCE
    assert not check.passed()


def test_a_rent_on_a_limit_that_does_not_bind_is_a_gap() -> None:
    cleared = clear_static(trade(limit_group="port").with_tables(limits=trade_limit(1000.0)))
    paid = replace(cleared.point, m=np.array([3.0]))
    check = again(cleared, paid)
    assert check.gap > GAP_TOLERANCE
    assert not check.passed()


def trade_limit(amount: float) -> tuple[Limit, ...]:
    return (Limit(limit_group="port", limit=amount),)


@pytest.mark.parametrize("name", ["balance", "bound", "identity", "sign", "gap"])
def test_one_breach_is_enough_and_is_said(name: str) -> None:
    good = Verification(0.0, 0.0, 0.0, 0.0, 0.0, True, "piqp", 5)
    assert good.passed()
    bad = replace(good, **{name: 1e-3})
    assert not bad.passed()
    with pytest.raises(InternalFault) as caught:
        require(bad, "May 2025")
    assert str(caught.value).startswith("May 2025: found a solution that fails its checks")
    assert "1.0e-03" in str(caught.value)
    assert "expected all within tolerance; please report" in str(caught.value)


def test_what_is_not_a_number_does_not_pass() -> None:
    for item in fields(Verification)[:5]:
        assert not replace(Verification(0, 0, 0, 0, 0, True, "piqp", 5), **{item.name: float("nan")}).passed()


def test_an_answer_of_nans_does_not_pass(limited: Clearing) -> None:
    for name in ("x", "y"):
        spoiled = replace(limited.point, **{name: np.full_like(getattr(limited.point, name), np.nan)})
        assert not again(limited, spoiled).passed()
