"""What each instrument of a control needs, and what it does not know."""

from __future__ import annotations

import pytest

from xenotime.world.check_controls import control_faults
from xenotime.world.tables import Control


def columns(**given: object) -> list[str]:
    return [column for column, _, _ in control_faults(Control(control="c", **given))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"instrument": "ban"}, []),
        ({"instrument": "ban", "processing_months": 1.0}, ["processing_months"]),
        ({"instrument": "quota", "value": 1.0, "period_months": 6.0, "holder": "domestic"}, []),
        ({"instrument": "ban", "period_months": 6.0}, ["period_months"]),
        ({"instrument": "licence", "approval_odds": 0.5, "service_rate": 1.0, "statutory_days": 45.0}, []),
        ({"instrument": "licence", "value": 0.5, "service_rate": 1.0}, ["service_rate"]),
        ({"instrument": "licence"}, ["value"]),
        ({"instrument": "general_licence", "value": 1.5}, ["value"]),
        ({"instrument": "ban", "sector": "mill"}, ["origin"]),
        ({"instrument": "tariff", "value": 0.1, "sector": "mill", "origin": "A"}, ["sector"]),
        ({"instrument": "ban", "resumes": "2025-01"}, ["suspended"]),
        ({"instrument": "tariff", "value": 0.1, "leak_share": 0.1}, ["leak_share"]),
        ({"instrument": "extraterritorial", "value": 0.0}, ["threshold", "origin"]),
        ({"instrument": "extraterritorial", "value": 0.0, "threshold": 0.1, "origin": "A"}, []),
        ({"instrument": "technology_ban", "value": 0.5}, ["value"]),
        ({"instrument": "technology_ban", "value": 1.5, "cost_factor": 1.2, "stage": "metal"}, []),
        ({"instrument": "port"}, ["value"]),
        ({"instrument": "port", "delay_months": 1.0}, []),
        ({"instrument": "quota", "value": 1.0, "friction_cost": 2.0}, ["friction_cost"]),
    ],
)
def test_columns_an_instrument_cannot_take_are_named(given: dict[str, object], wrong: list[str]) -> None:
    assert columns(**given) == wrong


def test_what_was_found_is_shown_as_it_is_written() -> None:
    ((column, found, expected),) = control_faults(Control(control="c", instrument="ban", stage="metal"))
    assert (column, found) == ("stage", "'metal'")
    assert expected == "a blank cell: a ban has no stage"
