"""How headline numbers may be told, and which fact to check next."""

from __future__ import annotations

import numpy as np
import pytest

from unit.ensembles.test_surrogate import places
from xenotime.ensembles.sensitivity import Sensitivity, is_assumed, sensitivity
from xenotime.ensembles.uncertain import Act, Uncertain
from xenotime.ensembles.why import confidence, next_facts, scatter_rows, sensitivity_rows
from xenotime.market.network import Array

NUMBERS = [
    Uncertain("choke/ev/magnet", "choke", 20.0, 80.0, 400.0, "D", "guess", "", "choke: ev, magnet"),
    Uncertain("capacity/pit", "capacity", 1.0, 2.0, 3.0, "B", "filing", "", "capacities: pit"),
    Uncertain("behaviour/catch_up", "behaviour", 0.05, 0.1, 0.2, "D", "assumed"),
]
KNOWN = {item.name: item for item in NUMBERS}
TITLES = {"guess": "A guess", "filing": "A filing"}


def studied(weights: tuple[float, float, float], noise: float = 0.0) -> tuple[Sensitivity, Array, Array]:
    x = places(NUMBERS, 128)
    y = x @ np.array(weights) + noise * np.random.default_rng(5).normal(size=128)
    return sensitivity("peak price/Dy", NUMBERS, x, y), x, y


def test_what_is_mostly_assumed_is_shown_as_a_range() -> None:
    found, *_ = studied((3.0, 1.0, 0.5))
    told = confidence(found)
    assert told["shown"] == "assumed"
    assert told["assumed"] == pytest.approx(9 / (9 + 1 + 0.25), abs=0.05)


def test_what_is_mostly_known_has_a_middle() -> None:
    found, *_ = studied((1.0, 3.0, 0.5))
    assert confidence(found)["shown"] == "median"


def test_what_nobody_can_explain_is_a_range() -> None:
    found, *_ = studied((0.3, 0.3, 0.0), noise=3.0)
    assert confidence(found)["shown"] == "range"


@pytest.mark.parametrize(
    ("number", "assumed"),
    [
        (Uncertain("choke/x/oxide", "choke", 1, 2, 3, "D"), True),
        (Uncertain("choke/x/oxide", "choke", 1, 2, 3, "C"), False),
        (Uncertain("elasticity/x/short", "elasticity", 1, 2, 3, "D"), True),
        (Uncertain("cover/user/x/WLD/magnet", "cover", 1, 2, 3, "D"), True),
        (Uncertain("capacity/x", "capacity", 1, 2, 3, "D"), False),
        (Uncertain("behaviour/choke_scale", "behaviour", 1, 2, 3, "D"), True),
        (Uncertain("behaviour/leak_scale", "behaviour", 1, 2, 3, "D"), False),
        (Uncertain("row/stocks/x", "row", 1, 2, 3, "D", acts=(Act("stocks", 0, "opening"),)), True),
        (Uncertain("row/demand/x", "row", 1, 2, 3, "D", acts=(Act("demand", 0, "quantity"),)), False),
    ],
)
def test_what_counts_as_assumed(number: Uncertain, assumed: bool) -> None:
    assert is_assumed(number) is assumed


def test_the_next_fact_is_the_one_that_takes_off_most_variance() -> None:
    found, *_ = studied((1.0, 3.0, 2.0))
    rows = next_facts({"peak price/Dy": found}, KNOWN, TITLES)
    own = [row for row in rows if row["headline"] == "peak price/Dy"]
    assert [(row["rank"], row["number"], row["grade"], row["title"]) for row in own] == [
        (1, "capacity/pit", "B", "A filing"),
        (2, "choke/ev/magnet", "D", "A guess"),
    ]
    assert own[0]["reduction"] == pytest.approx(own[0]["share"] * found.variance)
    assert own[0]["share"] == pytest.approx(9 / 14, abs=0.05)
    assert [row["number"] for row in rows if row["headline"] == "all"] == ["capacity/pit", "choke/ev/magnet"]


def test_shares_and_what_is_unexplained_make_the_whole() -> None:
    found, *_ = studied((1.0, 3.0, 2.0), noise=1.0)
    rows = sensitivity_rows({"peak price/Dy": found}, KNOWN, TITLES)
    whole = sum(row["first"] for row in rows if row["level"] in ("group", "unexplained"))
    assert whole == pytest.approx(1.0, abs=0.03)
    assert {row["level"] for row in rows} == {"group", "number", "unexplained"}


def test_a_picture_for_each_number_that_matters() -> None:
    found, x, y = studied((1.0, 3.0, 0.0))
    rows = scatter_rows({"peak price/Dy": found}, KNOWN, {"peak price/Dy": y}, x)
    assert [row["number"] for row in rows] == ["capacity/pit", "choke/ev/magnet"]
    points = rows[0]["points"]
    assert [point["value"] for point in points] == list(y)
    line = rows[0]["line"]
    assert line[-1]["value"] - line[0]["value"] == pytest.approx(6.0, rel=0.05)
    assert (line[0]["number"], line[-1]["number"]) == pytest.approx((1.0, 3.0))
