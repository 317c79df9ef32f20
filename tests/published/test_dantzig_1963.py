"""Dantzig, G. B. (1963), Linear Programming and Extensions, Princeton University Press, chapter 3.

Sections 3.3 (canneries and warehouses), 3.5 (desks) and 3.6 (a warehouse over four quarters), with the
data and the optima of the GAMS Model Library (TRNSPORT, PRODMIX, WHOUSE).
"""

from __future__ import annotations

from published.answers import activities, clearing, exact, flows, prices, printed


def test_canneries_least_freight() -> None:
    assert -clearing("dantzig_1963_transport").objective == printed("153.675")


def test_canneries_prices() -> None:
    assert prices("dantzig_1963_transport") == {
        ("case", "seattle"): printed("0.000"),
        ("case", "san_diego"): printed("0.000"),
        ("case", "new_york"): printed("0.225"),
        ("case", "chicago"): printed("0.153"),
        ("case", "topeka"): printed("0.126"),
    }


def test_canneries_shipments_that_are_unique() -> None:
    # New York is as near to one cannery as to the other, so only the sum of its shipments is published
    shipped = flows("dantzig_1963_transport")
    assert shipped["case", "seattle", "chicago"] == exact(300)
    assert shipped["case", "san_diego", "topeka"] == exact(275)
    assert shipped["case", "seattle", "new_york"] + shipped["case", "san_diego", "new_york"] == exact(325)


def test_desks_share_carpentry_and_finishing() -> None:
    assert clearing("dantzig_1963_desks").objective == exact(18_666 + 2 / 3)
    made = activities("dantzig_1963_desks")
    assert made["desk_1_line", "make_desk_1"] == exact(4000 / 3)
    assert made["desk_2_line", "make_desk_2"] == exact(0)
    assert made["desk_3_line", "make_desk_3"] == exact(0)
    assert made["desk_4_line", "make_desk_4"] == exact(200 / 3)


def test_warehouse_buys_low_and_sells_high() -> None:
    assert clearing("dantzig_1963_warehouse").objective == exact(600)
    assert flows("dantzig_1963_warehouse")["stock", "q1", "q2"] == exact(100)
