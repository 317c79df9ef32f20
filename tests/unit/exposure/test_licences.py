"""What falls under a control, on which leg, and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.exposure.bills import held_of, setting, two_makers
from xenotime.exposure.elements import group_findings, group_lines
from xenotime.exposure.licences import (
    ABROAD,
    OWN,
    UPSTREAM,
    Finding,
    Prices,
    case_rules,
    findings,
    read_rules,
)
from xenotime.exposure.materials import Good
from xenotime.facts.load import load_facts
from xenotime.facts.own import with_own
from xenotime.world.tables import Control

GALLIUM = Path(__file__).parents[3] / "examples" / "gallium-2023" / "facts"
BILL = "part,material,mass,country,unit_price\n"


def found(folder: Path, row: str, at: str) -> dict[tuple[str, str], Finding]:
    given = setting(two_makers(), at)
    (group,) = group_lines(held_of(folder, BILL + row + "\n", given))
    return {(item.rule.control, item.leg): item for item in group_findings(group, given)}


def test_a_chinese_magnet_with_dysprosium_needs_a_licence_itself(tmp_path: Path) -> None:
    rows = found(tmp_path, "M,N42SH,20,CHN,1", "2025-06")
    item = rows["CHN-18-2025", OWN]
    assert (item.share, item.rule.status) == (1.0, "in force")
    assert item.why == "made in CHN (100%) and holds Tb, Dy"


def test_a_magnet_with_a_trace_does_not(tmp_path: Path) -> None:
    assert not found(tmp_path, "M,N35,20,CHN,1", "2025-06")


def test_a_japanese_magnet_needs_it_for_what_its_maker_buys(tmp_path: Path) -> None:
    rows = found(tmp_path, "M,N42SH,20,JPN,1", "2025-06")
    assert ("CHN-18-2025", OWN) not in rows
    item = rows["CHN-18-2025", UPSTREAM]
    dy, tb = 0.015, 0.0026
    assert item.share == pytest.approx(0.5 * dy / (dy + tb))


def test_the_extraterritorial_threshold_is_one_in_a_thousand_of_value(tmp_path: Path) -> None:
    cheap = found(tmp_path, "M,N42SH,20,JPN,1", "2025-10-10")["CHN-61-2025", ABROAD]
    dear = found(tmp_path, "M,N42SH,20,JPN,1000", "2025-10-10")["CHN-61-2025", ABROAD]
    assert (cheap.share, dear.share) == (1.0, 0.0)
    assert "at or over the threshold of 0.1%" in cheap.why
    assert "below the threshold" in dear.why
    assert cheap.rule.status == "announced"  # foreign goods only from December


def test_an_unknown_maker_is_weighed_by_the_base_month(tmp_path: Path) -> None:
    rows = found(tmp_path, "M,N42SH,20,,1", "2025-06")
    assert rows["CHN-18-2025", OWN].share == pytest.approx(0.75)


def test_dates_are_kept_apart() -> None:
    facts = load_facts()
    status = {
        at: {rule.control: rule.status for rule in read_rules(facts, at)}
        for at in ("2025-03", "2025-10-20", "2025-11-20", "2026-12")
    }
    assert "CHN-18-2025" not in status["2025-03"]
    assert status["2025-10-20"]["CHN-57-2025"] == "announced"
    assert status["2025-11-20"]["CHN-57-2025"] == "suspended from 2025-11-07 to 2026-11-10"
    assert "not known" in status["2026-12"]["CHN-57-2025"]
    assert "CHN-QUOTA-2011" not in status["2025-03"]  # ended


def test_all_of_the_record_is_every_rare_earth_and_nothing_else() -> None:
    facts = with_own(GALLIUM)
    (stop,) = [rule for rule in read_rules(facts, "2025-10-20") if rule.everything]
    assert stop.control == "IND-IREL"
    symbols = tuple(row.element for row in facts.rows("elements"))

    def why(symbol: str) -> list[str]:
        shares = np.zeros((len(symbols), 3))
        shares[symbols.index(symbol)] = 1.0
        good = Good(symbol, f"{symbol}_metal", "metal", shares, "A")
        prices = Prices(np.ones(len(symbols)), 1.0)
        told = findings(good, [stop], symbols, {"IND": 1.0}, {}, prices, 0.0, home="JPN")
        return [item.why for item in told]

    assert why("Dy") == ["made in IND (100%) and holds rare earths of any kind"]
    assert why("Ga") == []


def test_oxides_go_by_their_element(tmp_path: Path) -> None:
    assert found(tmp_path, "D,Dy2O3,5,CHN,1", "2025-06")["CHN-18-2025", OWN].share == 1.0
    assert not found(tmp_path, "N,Nd2O3,5,CHN,1", "2025-06")


def test_controls_of_a_case_go_by_the_goods_they_name(tmp_path: Path) -> None:
    row = Control(control="shut", instrument="ban", material="NdFeB_SH", origin="CHN", in_force="2025-07")
    (rule,) = case_rules("mine", [row, Control(control="tax", instrument="export_tax", origin="CHN")])
    assert (rule.control, rule.status) == ("shut (mine)", "as case mine has it")
    given = setting(two_makers(), "2024-01")
    (group,) = group_lines(held_of(tmp_path, BILL + "M,N42SH,20,CHN,1\n", given))
    assert not group_findings(group, given)
    from dataclasses import replace

    (item,) = group_findings(group, replace(given, rules=(rule,)))
    assert (item.leg, item.share) == (OWN, 1.0)


def test_a_control_of_a_case_is_aimed_at_the_destinations_it_names(tmp_path: Path) -> None:
    rows = [
        Control(control="shut", instrument="ban", material=good, origin="CHN", destination=to)
        for good, to in (("NdFeB_SH", "USA"), ("Dy_oxide", "JPN"))
    ]
    (rule,) = case_rules("mine", rows)
    assert rule.targets == {"USA", "JPN"}
    (rule,) = case_rules(
        "mine", [*rows, Control(control="shut", instrument="ban", material="Dy_oxide", origin="CHN")]
    )
    assert rule.targets == frozenset()
