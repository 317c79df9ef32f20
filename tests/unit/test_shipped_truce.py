"""The shipped case of the truce: nothing of it binds, and yet stocks and prices answer."""

from __future__ import annotations

import pytest

from xenotime.api import load_world
from xenotime.dynamics.volatility import volatility_table
from xenotime.policy.case import load_case
from xenotime.runs import run_case


@pytest.mark.slow
def test_three_months_of_the_truce_clear_and_tell_their_doubt() -> None:
    run = run_case(load_world("2024-12"), load_case("busan-truce"), months=3)
    assert all(month.check.passed() for month in run.trajectory.months)
    place = run.trajectory.setup.policy.network.place["Eu_oxide", "JPN", ""]
    mine, calm = (
        trajectory.array(lambda clearing: clearing.price())[:, place]
        for trajectory in (run.trajectory, run.baseline)
    )
    # October: feared for November. November: put off beyond the look-ahead. December: in sight again.
    assert mine[0] > 2.0 * calm[0]
    assert mine[1] < calm[1]
    assert 1.1 * calm[2] < mine[2] < mine[0]
    seen = {
        row["month"]
        for row in volatility_table(run.trajectory)
        if (row["material"], row["region"]) == ("Eu_oxide", "JPN") and row["value"] > 0.1
    }
    assert seen == {"2025-10", "2025-12"}
