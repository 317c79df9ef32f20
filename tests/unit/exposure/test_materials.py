"""Words of a bill: what they mean, and what had to be assumed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.exposure.bills import contents, held_of, setting, words
from xenotime.errors import InputProblems
from xenotime.exposure.contents import HIGH, LOW, MIDDLE, Contents
from xenotime.exposure.materials import Reader
from xenotime.facts.load import Facts, load_facts


@pytest.mark.parametrize(
    ("text", "name", "market"),
    [
        ("NdFeB magnet N42SH", "NdFeB SH", "NdFeB_SH"),
        ("N35", "NdFeB N", "NdFeB_N"),
        ("magnet 45UH", "NdFeB UH", "NdFeB_UH"),
        ("neodymium magnet, 150 °C", "NdFeB SH", "NdFeB_SH"),
        ("NdFeB N48M", "NdFeB M", "NdFeB_H"),
        ("SmCo 2:17", "SmCo", "SmCo"),
        ("NdFeB for 260 C", "SmCo", "SmCo"),
        ("CeFeB magnet", "CeFeB", "NdFeB_Ce"),
        ("Dy2O3 powder", "Dy oxide", "Dy_oxide"),
        ("terbium oxide 99.99 %", "Tb oxide", "Tb_oxide"),
        ("didymium metal", "NdPr metal", "NdPr_metal"),
        ("DyFe alloy", "DyFe_alloy", "DyFe_alloy"),
        ("EV traction motor", "EV traction motor", "NdFeB_SH"),
    ],
)
def test_what_people_write_is_understood(text: str, name: str, market: str) -> None:
    good = words().read(text)
    assert (good.name, good.market, good.fault) == (name, market, "")
    assert good.shares[:, MIDDLE].sum() > 0


@pytest.mark.parametrize("text", ["steel S235", "ferrite magnet", "copper winding", "PA66 housing plastic"])
def test_what_holds_none_is_known_to_hold_none(text: str) -> None:
    good = words().read(text)
    assert (good.stage, good.read, good.shares.sum()) == ("", True, 0.0)


def test_what_cannot_be_read_is_said_to_be_unread() -> None:
    good = words().read("gizmo type 7")
    assert (good.stage, good.read) == ("", False)


def test_an_element_without_a_form_is_a_fault() -> None:
    assert words().read("dysprosium").fault == "form"
    assert words().read("direct-drive generator").fault == "power"


def test_a_temperature_may_mean_the_next_class_too() -> None:
    good, plain = words().read("NdFeB, 120 C"), contents().magnet("H")
    next_up = contents().magnet("SH")
    at = contents().elements.index("Dy")
    assert good.shares[at, MIDDLE] == plain.shares[at, MIDDLE]
    assert good.shares[at, HIGH] == max(plain.shares[at, HIGH], next_up.shares[at, HIGH])
    assert "up to SH" in good.assumed


def test_a_magnet_nobody_named_is_the_mean_of_what_the_sector_buys_and_no_wider_than_all_grades() -> None:
    good = words().read("NdFeB magnet")
    at = contents().elements.index("Dy")
    classes = [contents().market_grade(name).shares[at] for name in ("N", "H", "SH", "UH")]
    assert min(c[LOW] for c in classes) >= good.shares[at, LOW]
    assert good.shares[at, HIGH] == max(c[HIGH] for c in classes)
    assert "ev_traction buys" in good.assumed


def test_a_bare_magnet_may_be_a_ferrite() -> None:
    good = words().read("magnet, ring")
    assert good.shares[:, LOW].sum() == 0 < good.shares[:, MIDDLE].sum()


@pytest.mark.parametrize("text", ["Nd 28.5 %; Dy 4.4 %", "Nd: 285 g/kg; Dy 44000 ppm"])
def test_stated_contents_are_taken_as_stated(text: str) -> None:
    good = words().read("magnet block", "", text)
    held = dict(zip(contents().elements, good.shares[:, MIDDLE], strict=True))
    assert held["Nd"] == pytest.approx(0.285)
    assert held["Dy"] == pytest.approx(0.044)
    assert (good.assumed, good.grade) == ("", "A")


@pytest.mark.parametrize("text", ["Nd 80 %; Dy 40 %", "plenty of Nd", "Fe 66 %"])
def test_contents_that_cannot_be_are_a_fault(text: str) -> None:
    assert words().read("magnet", "", text).fault == "contents"


def test_power_scales_a_turbine() -> None:
    one, eight = (words().read(f"direct-drive turbine, {n} MW").piece for n in (1, 8))
    assert one is not None
    assert eight is not None
    assert np.array(eight) == pytest.approx(8 * np.array(one))


def test_shares_are_in_order_and_within_the_whole() -> None:
    for text in ("N52", "30EH", "NdFeB 90 C", "SmCo", "NdFeB", "magnet", "Nd oxide", "GdFe alloy"):
        shares = words().read(text).shares
        assert np.all(shares[:, LOW] <= shares[:, MIDDLE])
        assert np.all(shares[:, MIDDLE] <= shares[:, HIGH])
        assert shares[:, MIDDLE].sum() <= 1


def knowing_no_magnets() -> Reader:
    """All facts but what magnets are made of and who buys them, as they were before 2011."""
    now = load_facts()
    early = Facts({**now.tables, "grades": (), "magnet_demand": ()})
    return Reader(early, Contents(early, 2009))


def test_contents_nobody_knew_yet_are_a_fault_and_not_nothing() -> None:
    reader = knowing_no_magnets()
    assert reader.read("neodymium magnet").fault == "unknown"
    assert reader.read("SmCo").fault == "unknown"
    assert reader.read("SmCo", "", "Sm 26 %").fault == ""


def test_such_a_line_is_told(tmp_path: Path) -> None:
    given = replace(setting(), reader=knowing_no_magnets())
    with pytest.raises(InputProblems) as caught:
        held_of(tmp_path, "part,material,mass\nM,SmCo,1\n", given)
    assert [problem.code for problem in caught.value.problems] == ["contents-unknown"]
