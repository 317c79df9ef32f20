"""Projects on the shipped world: the example, and Mountain Pass under its floor."""

from __future__ import annotations

import pytest

from xenotime.policy.case import load_case
from xenotime.project_prices import Wanted
from xenotime.project_study import value_project
from xenotime.report.projected import project_document

LITTLE = Wanted(lucks=40, months=3, effect=False)


def test_the_example_is_valued_with_its_loans() -> None:
    found = value_project("eneabba", [load_case("baseline-2025")], wanted=LITTLE)
    data = project_document(found)["data"]
    assert [row["supports"] for row in data["values"]] == [
        "all",
        "none",
        "without efa-2022",
        "without efa-2024",
    ]
    whole, none, *_ = (row["value"] for row in data["values"])
    assert whole > none  # money at 7 % is a gift to who asks for 12
    assert data["plan"][0]["start"] == "2027-06"
    assert {row["of"] for row in data["killers"]} == {"value", "debt"}


def test_the_floor_of_mountain_pass_is_worth_what_it_pays() -> None:
    found = value_project("mp_sep", [load_case("mp-floor")], wanted=LITTLE)
    data = project_document(found)["data"]
    assert [row["name"] for row in data["supports"]] == ["usa-mp-floor"]
    whole, none, _ = data["values"]
    assert whole["value"] > none["value"]
    assert none["loses"] == pytest.approx(whole["value"] - none["value"])
    price = next(row for row in data["killers"] if row["what"] == "price")
    assert price["value"] is None  # no fall of the market kills a plant under a floor
    assert price["only"] is False  # its index looks back
    assert len(data["payments"]) == 2
    assert any("usa-mp-equity (equity) is not counted" in text for text in found.cases[0].told)
