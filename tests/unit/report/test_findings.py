"""The answer, the tables and the terminal summary say what the tables say."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from invented_run import HOSTILE, large_run, small_run
from xenotime.report.answer import answer
from xenotime.report.effects import control_rows, effect_tables
from xenotime.report.findings import find, hardest_month
from xenotime.report.made import production_rows
from xenotime.report.summary import print_summary
from xenotime.world.tables import RecipeFlow


def test_answer_in_three_sentences() -> None:
    price, availability, timing = answer(small_run()["data"])
    assert price == (
        "Price: the furthest move outside the controlled market is Xanium oxide in Betaland, +150\u00a0% at "
        "2,750 USD/t in "
        "2031-02 (without the control 1,100); inside, in Alphaland, the same material is −10\u00a0% at its "
        "furthest (2031-02). Where users go short, prices are what the last user served was assumed to bear "
        "(choke prices, grade D): read them as 'scarce', not as a forecast."
    )
    assert availability == (
        "Availability: least is left of Xa in Gammaland, 2.5\u00a0% of normal use in 2031-02; 2 of 3 pairs "
        "of "
        "element and region lose 5\u00a0% or more of their use in some month, and 2 in the last month "
        "(2031-02)."
    )
    assert timing == (
        "When and for whom: the hardest month is 2031-02; glass in Gammaland goes short of most, 11.5 t of "
        "Xanium oxide in "
        "2031-02; the largest licence rent, 18,500 USD over 2 months (ban xa), goes to Alphaland."
    )


def test_a_run_in_which_nothing_happens_says_so() -> None:
    data = small_run()["data"]
    for row in data["prices"]:
        row["value"], row["determined"] = row["baseline"], True
    for row in data["availability"]:
        row["value"] = 1.0
    data["rents"], data["shortfalls"], data["controls"] = [], [], []
    assert answer(data) == (
        "Price: no price that is determined and backed by tonnes moves by as much as 1 %.",
        "Availability: no region uses less of any element than without the control.",
        "When and for whom: no sector goes short of what it wants at any price it can bear.",
    )


def test_hardest_month_weighs_regions_by_normal_use() -> None:
    rows = [
        {"month": month, "element": "Xa", "region": region, "value": value, "baseline": baseline}
        for month, region, value, baseline in (
            ("2031-01", "AAA", 0.9, 99.0),
            ("2031-01", "BBB", 1.0, 1.0),
            ("2031-02", "AAA", 1.0, 99.0),
            ("2031-02", "BBB", 0.0, 1.0),
        )
    ]
    assert hardest_month(rows, ("2031-01", "2031-02")) == "2031-01"
    assert hardest_month([{**row, "baseline": None} for row in rows], ("2031-01", "2031-02")) == "2031-02"


def test_tables_carry_the_numbers_with_units() -> None:
    data = small_run()["data"]
    prices, available, short, output, queues, stocks, rents = effect_tables(data, find(data), most=10)
    assert prices.rows[0] == (
        "Xanium oxide",
        "USD/t",
        "Betaland, 2031-02",
        "1,100",
        "2,750",
        "+150\u00a0%",
        "Alphaland, 2031-02",
        "1,000",
        "900",
        "−10\u00a0%",
    )
    assert available.rows[0] == ("Xa", "Gammaland", "2031-02", "2.5\u00a0%")
    assert short.rows[0] == (
        "Xanium oxide",
        "glass",
        "Gammaland",
        "2031-02",
        "2031-02",
        "11.5",
        "t",
        "96\u00a0%",
    )
    assert output.rows == (("ev traction", "Betaland", "2031-02", "4,000 USD", "4,000 USD", "–", "–", "–"),)
    assert queues.rows[0][:3] == ("ban xa", "oxide", "Betaland")
    assert stocks.rows[0][:3] == ("Xanium oxide", "Betaland", "market")
    assert rents.rows[0] == ("licence rent", "ban xa", "Alphaland", "18,500", "USD")
    for table in (prices, available, short, output, queues, stocks, rents):
        assert all(len(row) == len(table.header) for row in table.rows)


def test_input_short_as_shares_adds_up_to_months_of_use() -> None:
    data = small_run()["data"]
    data["sectors"] = [
        {
            **{"month": month, "region": "BBB", "sector": "wind", "output_lost": lost, "unit": "share"},
            **{"backlog": backlog, "cancelled": lost / 10, "made_up": 0.0, "months_late": late},
        }
        for month, lost, backlog, late in (("2031-01", 0.25, 0.2, 1.0), ("2031-02", 0.5, 0.1, 1.5))
    ]
    assert effect_tables(data, find(data), most=5)[3].rows == (
        ("wind", "Betaland", "2031-02", "50\u00a0%", "0.750 months of use", "0.200", "0.0500", "1.50"),
    )


def test_controls_of_one_measure_are_one_line() -> None:
    data = large_run(6)["data"]
    rows = control_rows(data, find(data))
    assert len(rows) == 1
    assert rows[0][2].count(",") >= len(data["controls"]) - 1
    assert rows[0][6:] == ("2025-04", "2025-04", "open-ended")


@pytest.mark.parametrize("width", [60, 120])
def test_summary_prints_names_as_text_and_the_same_numbers(width: int) -> None:
    output = io.StringIO()
    document = small_run("[bold red]Xanium[/]")
    document["warnings"] = [HOSTILE]
    print_summary(document, Console(file=output, width=width, color_system=None))
    text = " ".join(output.getvalue().split())
    for part in (
        "[bold red]Xanium[/]",
        "An invented ban",
        "+150 %",
        "18,500",
        "small-fingerprint",
        "1 sources",
    ):
        assert part in text, part
    assert "<script>" in text


def test_production_nets_out_inputs_of_the_same_stage() -> None:
    recipes = [
        RecipeFlow(recipe="separate", material="carbonate", amount=-2.0),
        RecipeFlow(recipe="separate", material="Nd_oxide", amount=0.4),
        RecipeFlow(recipe="blend", material="Nd_oxide", amount=-0.8),
        RecipeFlow(recipe="blend", material="NdPr_oxide", amount=0.8),
    ]
    stages = {"carbonate": "mixed_carbonate", "Nd_oxide": "separated_oxide", "NdPr_oxide": "separated_oxide"}
    activities = [
        {"month": "2031-01", "recipe": recipe, "region": "AAA", "value": value, "baseline": value}
        for recipe, value in (("separate", 100.0), ("blend", 30.0))
    ]
    rows = production_rows(activities, recipes, stages, {"Nd_oxide": "t"})
    assert {row["material"]: row["value"] for row in rows} == {"Nd_oxide": 40.0 - 24.0, "NdPr_oxide": 24.0}
    assert {row["unit"] for row in rows} == {"t/month"}
