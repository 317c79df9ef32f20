"""Suppliers mapped to plants of the facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.exposure.bills import bill_of
from xenotime.exposure.suppliers import find_suppliers
from xenotime.facts.load import load_facts


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Vulcan Elements, Inc.", "USA"),
        ("JL Mag Rare-Earth Co., Ltd.", "CHN"),
        ("Zhejiang Innuovo", "CHN"),
    ],
)
def test_makers_are_found_by_their_name(name: str, region: str) -> None:
    assert find_suppliers([name], load_facts())[name].region == region


def test_a_maker_with_plants_in_two_countries_tells_no_country() -> None:
    found = find_suppliers(["Vacuumschmelze GmbH & Co. KG"], load_facts())
    (item,) = found.values()
    assert item.region == ""
    assert {"VAC Hanau", "VAC Horna Streda"} <= set(item.plants)


def test_others_are_not_guessed() -> None:
    assert find_suppliers(["", "various", "Magnet", "Bolts & Nuts Ltd"], load_facts()) == {}


def test_a_bill_s_own_word_stands_before_the_supplier_s_plants(tmp_path: Path) -> None:
    bill = bill_of(
        tmp_path,
        "part,material,mass,supplier,country\nA,N42SH,1,Zhejiang Innuovo,\nB,N42SH,1,Zhejiang Innuovo,VNM\n"
        "C,N42SH,1,Somebody,\n",
    )
    assert [bill.texts["country"].of(line) for line in range(3)] == ["CHN", "VNM", ""]
    assert [item.supplier for item in bill.suppliers] == ["Zhejiang Innuovo"]
