"""What arrives at a line under a case, and when it stops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from unit.exposure.plants import PLANTS, closed, line_of, luck, scene_of, still
from xenotime.exposure.luck import arrivals, by_contract, under_way
from xenotime.exposure.materials import Good
from xenotime.exposure.supply import Flow, Source, flow_of, market_of, mean_user, transit_weeks, week_months
from xenotime.facts.load import load_facts

CONTROL, TRANSIT, COVER = 8, 3, 4  # weeks: from 3 February to April, under way, held


def test_a_line_stops_when_what_is_under_way_and_what_is_held_is_gone(tmp_path: Path) -> None:
    ran = scene_of(tmp_path, closed()).run()
    assert set(ran.stop.tolist()) == {CONTROL + TRANSIT + COVER}
    assert set(ran.part.tolist()) == {0}


def test_without_a_control_it_never_stops(tmp_path: Path) -> None:
    assert set(scene_of(tmp_path, closed(share=1.0)).run().stop.tolist()) == {40}


def test_a_general_licence_lets_all_pass(tmp_path: Path) -> None:
    plants = PLANTS.replace('licence = "individual"', 'licence = "general"')
    assert set(scene_of(tmp_path, closed(), plants=plants).run().stop.tolist()) == {40}


def test_a_licence_is_all_or_nothing_and_right_in_the_mean(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed(share=0.4), luck(2000, transit_spread=0.0))
    after = scene.arriving[:, CONTROL + TRANSIT :, 0]
    assert set(np.unique(after)) == {0.0, 1.0}
    assert after.mean() == pytest.approx(0.4, abs=0.03)  # some 3 decisions in each of 2000 draws


def test_rationing_keeps_the_mean_where_it_is_not_cut_off() -> None:
    flow = Flow(np.full(10, 0.8), licensed=False, by_departure=False, basis="")
    source = Source("JPN", 1.0, "unknown", "term", 1, (0.0, 0.0, 0.0))
    come = arrivals(source, flow, "x", luck(4000, allocation_spread=0.2))
    assert come.mean() == pytest.approx(0.8, abs=0.01)


def test_buyers_on_the_spot_go_short_first_and_the_mean_is_kept() -> None:
    share = np.linspace(0, 1, 21)
    term, spot = (by_contract(share, kind, 0.2) for kind in ("term", "spot"))
    assert np.all(term >= share)
    assert np.all(spot <= share)
    assert 0.8 * term + 0.2 * spot == pytest.approx(share)
    assert by_contract(share, "unknown", 0.2) is share


def test_orders_listed_are_all_that_is_under_way(tmp_path: Path) -> None:
    plants = PLANTS + '\n[[transit]]\npart = "M"\npieces = 2000\narrives = "2025-02-18"\n'
    scene = scene_of(tmp_path, closed(), plants=plants)
    assert scene.arriving[0, :4, 0].tolist() == [
        0,
        0,
        2,
        1,
    ]  # 2,000 of 1,000 a week in week 3; then what leaves


def test_an_order_that_waits_for_a_licence_may_not_come(tmp_path: Path) -> None:
    plants = PLANTS + (
        '\n[[transit]]\npart = "M"\npieces = 1000\narrives = "2025-05-05"\nlicence = "waiting"\n'
    )
    scene = scene_of(tmp_path, closed(), plants=plants)
    assert scene.arriving[:, :, 0].sum(axis=1).tolist() == [CONTROL] * 4


def test_a_part_nobody_tells_of_has_the_cover_of_its_sector(tmp_path: Path) -> None:
    plants = PLANTS.replace('[[stock]]\npart = "X"\nweeks = 30\n\n', "")
    part = line_of(tmp_path, plants).parts[1]
    assert part.stock[1] == pytest.approx(37 / 7)
    assert "37 days of ev_traction" in part.assumed[-1]


def test_parts_of_one_supplier_that_last_as_long_are_one(tmp_path: Path) -> None:
    bill = "product,part,quantity,material,mass,country,supplier\n" + "".join(
        f"P,{name},1,N42SH,20,CHN,S1\n" for name in ("M", "N", "O")
    )
    plants = PLANTS.replace('part = "X"\nweeks = 30', 'part = "N"\nweeks = 4').replace(
        '[[supply]]\npart = "X"\ndelivery_weeks = 1\n',
        '[[supply]]\npart = "N"\ncountry = "CHN"\nlicence = "individual"\n'
        "delivery_weeks = 1\ntransit_weeks = 3\n",
    )
    parts = line_of(tmp_path, plants, bill).parts
    assert [part.members for part in parts] == [("M", "N"), ("O",)] or [part.members for part in parts] == [
        ("O",),
        ("M", "N"),
    ]


def test_which_series_of_a_run_a_source_follows() -> None:
    runs, at = closed(), np.arange(12)
    china = Source("CHN", 1.0, "individual", "term", 1, (0.0, 0.0, 0.0))
    assert flow_of(china, "NdFeB_SH", "DEU", "ev_traction", runs, at).licensed
    japan = Source("JPN", 1.0, "unknown", "term", 1, (0.0, 0.0, 0.0))
    assert flow_of(japan, "NdFeB_SH", "DEU", "ev_traction", runs, at).basis == "NdFeB_SH made in JPN"
    nobody = Source("", 1.0, "unknown", "term", 1, (0.0, 0.0, 0.0))
    assert flow_of(nobody, "NdFeB_SH", "DEU", "ev_traction", runs, at).basis == "NdFeB_SH, ev_traction in DEU"
    assert mean_user("NdFeB_SH", "DEU", "wind", runs)[1] == "NdFeB_SH, all users in DEU"
    assert mean_user("NdFeB_SH", "USA", "wind", runs)[1] == "NdFeB_SH, users everywhere outside"
    assert mean_user("Xx_oxide", "USA", "wind", runs)[1] == "not in the market model: taken as normal"


def test_weeks_fall_into_months_and_beyond_the_ends_the_last_holds() -> None:
    from datetime import date

    assert week_months(date(2025, 2, 3), 5, ("2025-01", "2025-02", "2025-03")).tolist() == [1, 1, 1, 1, 2]
    assert week_months(date(2025, 2, 3), 20, ("2025-02", "2025-03"))[-1] == 1


def test_goods_without_a_market_of_their_own_take_the_nearest() -> None:
    good = Good("Nd metal", "Nd_metal", "metal", np.zeros((1, 3)), "D")
    assert market_of(good, frozenset({"NdPr_metal", "Nd_oxide"})) == "NdPr_metal"
    assert market_of(good, frozenset({"Nd_oxide"})) == "Nd_oxide"
    assert market_of(good, frozenset()) == ""


def test_time_under_way_is_of_the_table_or_none() -> None:
    low, middle, high = transit_weeks(load_facts(), "CHN", "DEU")
    assert (low * 7, middle * 7, high * 7) == pytest.approx((35, 40, 52))
    assert transit_weeks(load_facts(), "", "DEU") == (0.0, 0.0, 0.0)
    source = Source("CHN", 1.0, "individual", "term", 1, (low, middle, high))
    way = under_way(source, "x", luck(500))
    assert low <= way.min() <= way.max() <= high


def test_luck_is_the_same_for_the_same_name() -> None:
    one, other = luck(10), luck(10)
    assert one.uniform("a", 1).tolist() == other.uniform("a", 1).tolist()
    assert one.uniform("a", 1).tolist() != one.uniform("a", 2).tolist()
    assert still().numbers["transit_spread"] == 0.0


def test_several_plants_and_products(tmp_path: Path) -> None:
    from unit.exposure.bills import held_of, setting
    from unit.exposure.plants import TODAY
    from xenotime.exposure.lines import build_lines
    from xenotime.exposure.plant_file import parse_plants

    bill = (
        "plant,product,part,quantity,material,mass,country\n"
        "S,P,M,1,N42SH,10,CHN\nT,P,M,2,N42SH,10,CHN\nT,Q,Z,1,N42SH,7,JPN\n,P,A,1,SmCo,1,CHN\n"
    )
    line = 'line = "{}"\nplant = "{}"\nproduct = "{}"\nunits_per_week = 10\nrevenue_per_unit = 1\n'
    text = 'sector = "wind"\n[[plant]]\nplant = "S"\nregion = "DEU"\n[[plant]]\nplant = "T"\nregion = "USA"\n'
    for name, plant, product in (("a", "S", "P"), ("b", "T", "P"), ("c", "T", "Q")):
        text += "[[line]]\n" + line.format(name, plant, product) + "margin_per_unit = 1\n"
    given = setting()
    lines = build_lines(parse_plants(text, "f"), held_of(tmp_path, bill, given), given, TODAY, "f")
    assert [item.region for item in lines] == ["DEU", "USA", "USA"]
    grams = [sum(part.grams for part in item.parts) for item in lines]
    assert grams == [10 * (10 + 1), 10 * (20 + 1), 10 * 7]  # what has no plant goes into both
