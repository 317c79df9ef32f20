"""One month of a world under its own controls."""

from __future__ import annotations

import pytest

from small_worlds import EXACT, Control, clear_static, flow, price, trade
from xenotime.policy.statics import clear_world

HALF = Control(
    control="permits", instrument="licence", material="ore", origin="A", value=0.5, in_force="2025-04"
)


def test_without_controls_it_is_the_free_market() -> None:
    assert clear_world(trade()).price() == pytest.approx(clear_static(trade()).price(), rel=EXACT)


def test_shares_are_of_the_flows_without_controls() -> None:
    """A ban beside a licence does not make the licence a share of nothing."""
    ban = Control(control="later", instrument="ban", material="ore", origin="A", in_force="2025-06")
    cleared = clear_world(trade().with_tables(controls=(HALF, ban)), "2025-05")
    assert flow(cleared, "ore", "A", "B") == pytest.approx(15.0, rel=EXACT)


@pytest.mark.parametrize(("month", "moved"), [("2025-03", 30.0), ("2025-04", 15.0), ("", 15.0)])
def test_controls_bind_in_their_months(month: str, moved: float) -> None:
    cleared = clear_world(trade().with_tables(controls=(HALF,)), month)
    assert flow(cleared, "ore", "A", "B") == pytest.approx(moved, rel=EXACT)
    assert price(cleared, "ore", "B") == pytest.approx((140 - moved) / 2, rel=EXACT)
