"""Fourer, R., Gay, D. M. and Kernighan, B. W. (2003), AMPL, 2nd ed., Duxbury.

Chapter 4: three products over shared lanes (multi.mod, multi.dat) and a mill over four weeks (steelT.mod,
steelT.dat). The same multicommodity data with freight as a gain is the tutorial of Luangkesorn (2015) in
the JuMP documentation.
"""

from __future__ import annotations

from published.answers import activities, clearing, consumption, exact, flows

WEEKS = ("week_1", "week_2", "week_3", "week_4")
MADE = {"bands": (5990, 6000, 1400, 2000), "coils": (1407, 1400, 3500, 4200)}
STORED = {"bands": (0, 0, 0), "coils": (1100, 0, 0)}
SOLD = {"bands": (6000, 6000, 1400, 2000), "coils": (307, 2500, 3500, 4200)}
TONS_PER_HOUR = {"bands": 200, "coils": 140}


def test_least_freight_over_shared_lanes() -> None:
    assert -clearing("fourer_2003_least_freight").objective == exact(199_500)


def test_most_freight_over_shared_lanes() -> None:
    # a problem that maximises is stated as costs of the other sign
    assert clearing("fourer_2003_most_freight").objective == exact(225_700)


def test_shared_lanes_are_not_overfilled() -> None:
    for world in ("fourer_2003_least_freight", "fourer_2003_most_freight"):
        on_lane: dict[tuple[str, str], float] = {}
        for (_, origin, destination), amount in flows(world).items():
            on_lane[origin, destination] = on_lane.get((origin, destination), 0.0) + amount
        assert max(on_lane.values()) == exact(625)


def test_mill_profit_over_four_weeks() -> None:
    assert clearing("fourer_2003_steel_weeks").objective == exact(515_033)


def test_mill_makes_stores_and_sells_as_published() -> None:
    made, stored = activities("fourer_2003_steel_weeks"), flows("fourer_2003_steel_weeks")
    sold = consumption("fourer_2003_steel_weeks")
    for product in MADE:
        for week, tons in zip(WEEKS, MADE[product], strict=True):
            assert made[f"mill_{week}", f"roll_{product}"] * TONS_PER_HOUR[product] == exact(tons)
        for week, after, tons in zip(WEEKS, WEEKS[1:], STORED[product], strict=False):
            assert stored[product, week, after] == exact(tons)
        for week, tons in zip(WEEKS, SOLD[product], strict=True):
            assert sold[product, week] == exact(tons)
