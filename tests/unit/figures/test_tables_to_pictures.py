"""Availability, shortage, rents, the chain and the map draw the numbers of their tables."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from invented_run import HOSTILE, large_run, small_run
from xenotime.figures import (
    Labels,
    availability_months,
    availability_worst,
    chain_links,
    chain_sankey,
    control_marks,
    controlled_materials,
    main_groups,
    rents_by_month,
    shortage_by_sector,
    world_map,
)
from xenotime.figures.availability import major
from xenotime.figures.chain import Link
from xenotime.figures.outline import country_rings, outline_path
from xenotime.figures.worldmap import lane_changes

MONTHS = ("2031-01", "2031-02")


@pytest.fixture(name="data")
def small_data() -> dict[str, Any]:
    return small_run()["data"]


@pytest.fixture(name="labels")
def small_labels(data: dict[str, Any]) -> Labels:
    return Labels.of(data["materials"], data["regions"])


def test_worst_month_of_each_pair_is_a_cell(data: dict[str, Any], labels: Labels) -> None:
    heat = availability_worst(data["availability"], labels=labels).data[0]
    assert dict(zip(heat.y, (row[0] for row in heat.z), strict=True)) == {
        "Gammaland": 0.025,
        "Betaland": 0.62,
        "Alphaland": 1.0,
    }
    assert heat.y[-1] == "Gammaland"  # the worst-off is on top: the axis runs upwards


def test_months_of_an_element_are_the_rows_of_the_table(data: dict[str, Any], labels: Labels) -> None:
    figure = availability_months(data["availability"], "Xa", labels=labels)
    heat = figure.data[0]
    assert {name: tuple(row) for name, row in zip(heat.y, heat.z, strict=True)}["Alphaland"] == (1.0, 1.1)
    assert "2.5\u00a0% of normal use in 2031-02" in figure.layout.title.text.replace("<br>", " ")


def test_an_absent_pair_is_an_empty_cell_not_a_zero(data: dict[str, Any], labels: Labels) -> None:
    rows = [
        *data["availability"],
        {"month": "2031-01", "element": "Xb", "region": "AAA", "value": 1.0, "unit": "share"},
    ]
    heat = availability_worst(rows, labels=labels).data[0]
    column = list(heat.x).index("Xb")
    assert dict(zip(heat.y, (row[column] for row in heat.z), strict=True)) == {
        "Gammaland": None,
        "Betaland": None,
        "Alphaland": 1.0,
    }


def test_a_region_that_uses_grams_is_no_finding() -> None:
    rows = [
        {"month": "2031-01", "element": "Xa", "region": region, "value": value, "baseline": baseline}
        for region, value, baseline in (("AAA", 0.9, 99.5), ("BBB", 0.1, 0.5))
    ]
    assert [row["region"] for row in major(rows)] == ["AAA"]


def test_shortage_bars_sum_the_table_by_sector_and_month(data: dict[str, Any], labels: Labels) -> None:
    figure = shortage_by_sector(
        data["shortfalls"], labels=labels, months=MONTHS, materials={"Magnet_1"}, what="sintered magnet"
    )
    assert [(trace.name, tuple(trace.y)) for trace in figure.data] == [("ev traction", (0.0, 4.0))]
    assert figure.layout.yaxis.title.text == "shortage, t per month"
    assert "largest in 2031-02, 4.00 t" in figure.layout.title.text.replace("<br>", " ")


def test_unit_per_month_is_not_said_twice(data: dict[str, Any], labels: Labels) -> None:
    rows = [{**row, "unit": "t/month"} for row in data["shortfalls"]]
    figure = shortage_by_sector(rows, labels=labels, months=MONTHS, materials={"Magnet_1"}, what="magnet")
    assert figure.layout.yaxis.title.text == "shortage, t per month"


def test_no_shortage_is_said_in_words(labels: Labels) -> None:
    figure = shortage_by_sector([], labels=labels, months=MONTHS, materials={"Magnet_1"}, what="magnet")
    assert figure.layout.title.text == "No shortage of magnet in any month."
    assert not figure.data


def test_rent_bars_carry_amounts_by_name_and_recipient(data: dict[str, Any], labels: Labels) -> None:
    figure = rents_by_month(data["rents"], labels=labels, months=MONTHS)
    assert [(trace.name, tuple(trace.y)) for trace in figure.data] == [
        ("ban xa → Alphaland", (0.0, 18500.0)),
        ("hill separation → Alphaland", (0.0, 241.5)),
    ]
    only = rents_by_month(data["rents"], labels=labels, months=MONTHS, kind="capacity_rent")
    assert [tuple(trace.y) for trace in only.data] == [(0.0, 241.5)]


def test_rents_beyond_the_colours_are_one_grey_bar_with_their_sum(labels: Labels) -> None:
    rents = [
        {
            "month": "2031-01",
            "kind": "capacity",
            "name": f"plant_{number}",
            "recipient": "AAA",
            "amount": 10.0 + number,
        }
        for number in range(11)
    ]
    figure = rents_by_month(rents, labels=labels, months=MONTHS)
    assert len(figure.data) == 8
    assert figure.data[-1].name == "4 smaller ones"
    assert figure.data[-1].y[0] == 10.0 + 11.0 + 12.0 + 13.0
    assert sum(trace.y[0] for trace in figure.data) == sum(row["amount"] for row in rents)


def test_chain_balances_output_trade_and_use(data: dict[str, Any], labels: Labels) -> None:
    links = chain_links(
        data["activities"], data["flows"], data["consumption"], month="2031-02", column="value", labels=labels
    )
    oxide = [link for link in links if link.source[0] == 2]
    # 80.5 made in Alpha, 10.5 of it shipped to Beta, the rest ends at home: Alpha has no metal plants
    assert oxide == [Link((2, "Alpha"), (5, "Alpha"), 70.0), Link((2, "Alpha"), (5, "Beta"), 10.5)]
    assert [link for link in links if link.source[0] == 4] == [Link((4, "Beta"), (5, "Beta"), 2.0)]


def test_chain_counts_contained_element_when_shares_are_given(data: dict[str, Any], labels: Labels) -> None:
    made = [{"month": "2031-02", "material": "Xa_oxide", "region": "AAA", "value": 80.5, "baseline": 120.0}]
    links = chain_links(
        made,
        data["flows"],
        data["consumption"],
        month="2031-02",
        column="value",
        labels=labels,
        shares={"Xa_oxide": 0.5},
    )
    assert sum(link.value for link in links) == pytest.approx(0.5 * 80.5)


def test_sankey_draws_the_links_and_names_the_largest_change(data: dict[str, Any], labels: Labels) -> None:
    before, after = (
        chain_links(
            data["activities"],
            data["flows"],
            data["consumption"],
            month="2031-02",
            column=column,
            labels=labels,
        )
        for column in ("baseline", "value")
    )
    figure = chain_sankey(
        after, groups=main_groups(before, after), month="2031-02", state="With", unit="t", before=before
    )
    drawn = figure.data[0]
    assert sum(drawn.link.value) == pytest.approx(sum(link.value for link in after))
    assert (
        "separation in Alpha to end use in Beta falls from 60.0 to 10.5 t"
        in figure.layout.title.text.replace("<br>", " ")
    )


def test_map_adds_up_changes_of_shipments(data: dict[str, Any], labels: Labels) -> None:
    rows = [row for row in data["flows"] if row["month"] == "2031-02"]
    assert lane_changes(rows) == {("AAA", "BBB"): -30.0, ("AAA", "CCC"): -19.5}
    figure = world_map(
        data["regions"],
        data["availability"],
        data["flows"],
        month="2031-02",
        materials={"Xa_oxide"},
        labels=labels,
    )
    lanes = {trace.meta["destination"]: trace.meta["change"] for trace in figure.data if trace.meta}
    assert lanes == {"BBB": -30.0, "CCC": -19.5}


def test_map_uses_no_trace_that_fetches_anything() -> None:
    data = large_run(6)["data"]
    labels = Labels.of(data["materials"], data["regions"])
    figure = world_map(
        data["regions"],
        data["availability"],
        data["flows"],
        month="2025-06",
        materials={"Dy_oxide"},
        labels=labels,
        facilities=data["facilities"],
    )
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert any(trace.name == "plants" and len(trace.x) == len(data["facilities"]) for trace in figure.data)


def test_outlines_lie_on_the_map_and_do_not_cross_it() -> None:
    rings = country_rings()
    assert len(rings) == 176
    for code, members in rings.items():
        for ring in members:
            assert ring[0] == ring[-1], code
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring), code
            assert all(abs(a[0] - b[0]) < 180 for a, b in itertools.pairwise(ring)), code
    lons, lats = outline_path({"JPN"})
    assert len(lons) == len(lats) == sum(len(ring) + 1 for ring in rings["JPN"])


def test_marks_name_every_change_of_a_month_once(data: dict[str, Any]) -> None:
    marks = control_marks([*data["controls"], *data["controls"]], MONTHS)
    assert [(mark.month, mark.text) for mark in marks] == [("2031-01", "announced"), ("2031-02", "in force")]


def test_a_control_without_material_binds_all(data: dict[str, Any]) -> None:
    assert controlled_materials([{"material": ""}], data["materials"]) == {
        "concentrate_hill",
        "Xa_oxide",
        "Magnet_1",
    }
    assert controlled_materials(data["controls"], data["materials"]) == {"Xa_oxide"}


def test_hostile_names_are_escaped_everywhere(labels: Labels) -> None:
    rents = [{"month": "2031-01", "kind": "capacity", "name": HOSTILE, "recipient": HOSTILE, "amount": 1.0}]
    short = [{"month": "2031-01", "material": "Magnet_1", "sector": HOSTILE, "value": 1.0, "unit": "t"}]
    available = [{"month": "2031-01", "element": HOSTILE, "region": HOSTILE, "value": 0.5}]
    for figure in (
        rents_by_month(rents, labels=labels, months=MONTHS),
        shortage_by_sector(short, labels=labels, months=MONTHS, materials={"Magnet_1"}, what=HOSTILE),
        availability_worst(available, labels=labels),
        availability_months(available, HOSTILE, labels=labels),
    ):
        assert "<script" not in figure.to_json()
        assert "<img" not in figure.to_json()
