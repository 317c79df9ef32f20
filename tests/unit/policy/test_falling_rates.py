"""A tax that ends is a rate that falls; nothing else may be below zero."""

from __future__ import annotations

import numpy as np
import pytest

from small_worlds import build_network, trade
from xenotime.errors import InputProblems
from xenotime.policy.case import ControlEntry, load_case
from xenotime.policy.controls import compile_policy, expand, terms_for
from xenotime.world.build import build_world
from xenotime.world.tables import Control


def _tax(value: float, month: str) -> Control:
    return Control(control="tax", instrument="export_tax", origin="A", value=value, in_force=month)


def test_an_export_tax_falls_from_its_month_on_and_never_below_nothing() -> None:
    network = build_network(trade(export_tax=0.15))
    policy = compile_policy(network, (_tax(-0.1, "2015-05"), _tax(-0.2, "2015-06")), np.zeros(1))
    rates = [float(terms_for(policy, "2015-07", f"2015-{m:02d}").export_tax[0]) for m in (4, 5, 6)]
    assert rates == [0.15, pytest.approx(0.05), 0.0]


@pytest.mark.parametrize("instrument", ["quota", "licence", "production_quota"])
def test_only_rates_fall(instrument: str) -> None:
    entry = ControlEntry(control="c", instrument=instrument, value=-1.0)
    with pytest.raises(InputProblems) as caught:
        expand((entry,), trade(), "mine/case.toml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.column) == ("control-value", "c.value")
    assert "only a tax or a tariff can fall" in problem.expected


def test_the_taxes_of_2010_to_2015_follow_their_record() -> None:
    """Rates of the schedules, compounded with 17 % of tax that is not refunded; that alone at the end."""
    world = build_world("2009-12")
    case = load_case("quota-2010")
    rows = [row for row in expand(case.data.control, world, "") if row.instrument == "export_tax"]
    network = build_network(world, "2010-01")
    policy = compile_policy(network, tuple(rows), np.zeros(len(network.lanes.label)))
    expected = {
        ("Nd_oxide", "2010-06"): 0.15,
        ("Nd_oxide", "2011-01"): 0.25,
        ("Nd_oxide", "2015-05"): 0.0,
        ("Dy_oxide", "2012-01"): 0.25,
        ("Dy_oxide", "2015-05"): 0.0,
        ("La_oxide", "2015-04"): 0.15,
        ("La_oxide", "2015-05"): 0.0,
        ("NdPr_oxide", "2011-01"): 0.20,
    }
    for (material, month), rate in expected.items():
        taxes = terms_for(policy, month, month).export_tax
        lanes = [i for i, label in enumerate(network.lanes.label) if label[1:3] == (material, "CHN")]
        abroad = [i for i in lanes if network.nodes[network.lanes.destination[i]][1] != "CHN"]
        found = {round(float((1 + taxes[i]) / 1.17 - 1), 4) for i in abroad}
        assert found == {rate}, (material, month)
