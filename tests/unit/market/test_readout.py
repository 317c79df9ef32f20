"""A clearing as tidy tables."""

from __future__ import annotations

import pytest

from small_worlds import EXACT, Contract, clear_static, joint, trade
from xenotime.errors import InputProblems
from xenotime.market.readout import TABLES, table


def test_each_table_has_its_columns() -> None:
    cleared = clear_static(joint())
    columns = {name: tuple(rows[0]) for name in TABLES if (rows := table(cleared, name))}
    assert columns == {
        "prices": ("material", "region", "market", "value", "low", "high", "determined", "volume"),
        "flows": ("material", "origin", "destination", "kind", "value"),
        "activities": ("facility", "region", "recipe", "value"),
        "consumption": ("material", "region", "sector", "cover_class", "value"),
    }
    assert tuple(table(clear_static(trade()), "supply")[0]) == ("material", "region", "supplier", "value")


def test_rows_say_what_the_clearing_says() -> None:
    cleared = clear_static(trade())
    first, second = table(cleared, "prices")
    assert (first["region"], first["market"], first["determined"]) == ("A", "spot", True)
    assert first["value"] == first["low"] == first["high"] == pytest.approx(50.0, rel=EXACT)
    assert (first["volume"], second["volume"]) == (pytest.approx(40.0), pytest.approx(45.0))
    (flow,) = table(cleared, "flows")
    assert flow["value"] == pytest.approx(30.0, rel=EXACT)
    assert [row["value"] for row in table(cleared, "consumption")] == pytest.approx([10.0, 45.0], rel=EXACT)
    assert [row["value"] for row in table(cleared, "supply")] == pytest.approx([40.0, 15.0], rel=EXACT)
    assert table(cleared, "shortfalls") == table(cleared, "disposal") == table(cleared, "rents") == []


def test_contracts_are_flows_and_moves_into_pools_are_not() -> None:
    term = Contract(
        contract="term", material="ore", origin="A", destination="B", sector="all", quantity=5.0, cost=1.0
    )
    rows = table(clear_static(trade().with_tables(contracts=(term,))), "flows")
    assert [(row["kind"], row["destination"]) for row in rows] == [("lane", "B"), ("contract", "term")]


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(InputProblems) as caught:
        table(clear_static(trade()), "price")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-table"
    assert problem.found == "'price'"
    assert "prices, flows, activities" in problem.expected
    assert problem.remedy == "use one of these names"
