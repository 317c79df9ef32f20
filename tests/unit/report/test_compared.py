"""Run documents side by side."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from unit.dynamics.dynamic_worlds import floating
from xenotime.errors import InputProblems, one_problem
from xenotime.report.compared import (
    SavedRun,
    compare_runs,
    load_document,
    load_saved,
)
from xenotime.report.side_by_side import show_comparison
from xenotime.world.fingerprint import fingerprint
from xenotime.world.world import World


def document(price: float | None = 100.0, months: int = 3) -> dict[str, Any]:
    cell = {"month": "2025-01", "material": "Dy_oxide", "region": "DEU", "market": "spot", "value": price}
    return {
        "kind": "run",
        "xenotime": "1",
        "fingerprint": "f",
        "data": {
            "case": {"name": "a", "months": months},
            "controls": [],
            "prices": [cell],
            "availability": [],
            "flows": [],
            "consumption": [],
        },
    }


def compared(*documents: dict[str, Any]) -> dict[str, Any]:
    runs = [SavedRun(f"run{place}", each) for place, each in enumerate(documents)]
    found: dict[str, Any] = compare_runs(runs)["data"]
    return found


def printed(found: dict[str, Any]) -> str:
    console = Console(file=StringIO(), width=200)
    show_comparison(console, found)
    return console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO above


def test_equal_runs_do_not_differ() -> None:
    data = compared(document(), document())
    assert (data["inputs"], data["world"], data["outcomes"]) == ([], [], [])
    assert not any(data["tables"][0][name] for name in ("prices", "flows", "availability", "consumption"))
    runs = [SavedRun("a", document()), SavedRun("b", document())]
    assert "the two runs are the same" in printed(compare_runs(runs))


def test_a_difference_is_shown_with_its_change() -> None:
    data = compared(document(100.0), document(150.0, months=6))
    assert {"what": "months", "values": ["3", "6"]} in data["inputs"]
    (row,) = data["tables"][0]["prices"]
    assert (row["first"], row["second"], row["change"]) == (100.0, 150.0, 0.5)
    (peak,) = data["outcomes"]
    assert (peak["outcome"], peak["material"], peak["region"]) == ("peak price", "Dy_oxide", "DEU")
    assert (peak["values"], peak["change"]) == ([100.0, 150.0], 0.5)


def test_any_number_of_runs_is_held_against_the_first() -> None:
    data = compared(document(100.0), document(100.0), document(50.0), document(130.0))
    (peak,) = data["outcomes"]
    assert peak["values"] == [100.0, 100.0, 50.0, 130.0]
    assert peak["change"] == -0.5
    assert [len(each["prices"]) for each in data["tables"]] == [0, 1, 1]
    runs = [SavedRun(name, document(price)) for name, price in (("a", 1.0), ("b", 2.0), ("c", 3.0))]
    shown = printed(compare_runs(runs))
    assert "1: a" in shown
    assert "3: c" in shown
    assert "+200.0%" in shown


def test_what_only_one_run_has_is_shown_without_a_change() -> None:
    data = compared(document(None), document(150.0))
    (row,) = data["tables"][0]["prices"]
    assert (row["first"], row["second"], row["change"]) == (None, 150.0, None)
    assert {row["outcome"] for row in data["outcomes"]} == {"peak price", "month of the peak"}


def test_rounding_is_no_difference() -> None:
    data = compared(document(100.0), document(100.0 * (1 + 1e-9)))
    assert data["outcomes"] == data["tables"][0]["prices"] == []


def test_other_controls_and_versions_are_inputs() -> None:
    other = copy.deepcopy(document())
    other["data"]["controls"] = [{"control": "ban"}]
    other["fingerprint"] = "g"
    inputs = compared(document(), other)["inputs"]
    assert {"what": "fingerprint", "values": ["f", "g"]} in inputs
    assert {"what": "controls", "values": ["", "ban"]} in inputs


def test_inputs_a_run_lists_are_compared_one_by_one() -> None:
    one, two = document(), document()
    one["data"]["inputs"] = {"behaviour.snap": "0.1", "engine": "interior"}
    two["data"]["inputs"] = {"behaviour.snap": "0.2", "engine": "interior", "case.control.ban.value": "3"}
    assert compared(one, two)["inputs"] == [
        {"what": "behaviour.snap", "values": ["0.1", "0.2"]},
        {"what": "case.control.ban.value", "values": [None, "3"]},
    ]


def dear(world: World) -> World:
    return world.with_tables(lanes=tuple(replace(lane, cost=lane.cost + 1) for lane in world.lanes))


def runs_on(first: World, second: World) -> list[SavedRun]:
    found = []
    for name, world in (("one", first), ("two", second)):
        each = document()
        each["data"]["inputs"] = {"world": fingerprint(world)}
        found.append(SavedRun(name, each, name))
    return found


def test_worlds_are_told_apart_cell_by_cell() -> None:
    worlds = {"one": floating(), "two": dear(floating())}
    data = compare_runs(runs_on(*worlds.values()), worlds.__getitem__)
    rows = data["data"]["world"]
    assert len(rows) == len(worlds["one"].lanes)
    assert {(row["table"], row["column"], row["run"]) for row in rows} == {("lanes", "cost", "two")}
    assert float(rows[0]["values"][1]) == float(rows[0]["values"][0]) + 1
    assert "lanes" in printed(data)


def test_a_world_that_is_gone_or_changed_is_said() -> None:
    runs = runs_on(floating(), dear(floating()))

    def gone(name: str) -> World:
        raise one_problem("no-folder", name, "nothing", "a folder", "put it back")

    for find in (gone, lambda _: floating()):
        (row,) = compare_runs(runs, find)["data"]["world"]
        assert "no longer at hand" in row["key"]
        assert "no longer at hand" in printed(compare_runs(runs, find))


def test_outcomes_are_shortfall_first_month_and_availability() -> None:
    one, two = document(), document()
    short = {"material": "Dy_oxide", "region": "DEU", "sector": "wind"}
    two["data"]["shortfalls"] = [
        {"month": "2025-02", "value": 2.0, "share": 0.5, **short},
        {"month": "2025-03", "value": 3.0, "share": 0.7, **short},
        {"month": "2025-01", "value": 1e-9, "share": 1e-9, **short},
    ]
    cell = {"element": "Dy", "region": "DEU"}
    one["data"]["availability"] = [{"month": "2025-01", "value": 1.0, **cell}]
    two["data"]["availability"] = [
        {"month": "2025-01", "value": 0.8, **cell},
        {"month": "2025-02", "value": 0.4, **cell},
    ]
    found = {row["outcome"]: row for row in compared(one, two)["outcomes"]}
    assert found["shortfall"]["values"] == [None, 5.0]
    assert found["first month of shortage"]["values"] == [None, "2025-02"]
    assert found["least availability"]["values"] == [1.0, 0.4]
    assert found["least availability"]["change"] == pytest.approx(-0.6)
    assert set(found) == {"shortfall", "first month of shortage", "least availability"}


def test_one_run_cannot_be_compared() -> None:
    with pytest.raises(InputProblems) as caught:
        compared(document())
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.found) == ("bad-value", "runs", "1")


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"kind":"solve"}', "\x00"])
def test_what_is_not_a_run_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InputProblems) as caught:
        load_document(file)
    (problem,) = caught.value.problems
    assert problem.code == "not-a-run"
    assert "xenotime run" in problem.remedy


def test_a_folder_or_a_file_will_do(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(document()), "utf-8")
    assert load_document(tmp_path) == load_document(tmp_path / "run.json") == document()
    assert load_saved(tmp_path).world == ""
    (tmp_path / "run.meta.json").write_text('{"world": "2010-06"}', "utf-8")
    assert load_saved(tmp_path).world == "2010-06"
    with pytest.raises(InputProblems):
        load_document(tmp_path / "nowhere")


def test_worlds_are_summed_up_by_table_before_the_largest_changes() -> None:
    first, second = floating(), dear(floating())
    shown = printed(compare_runs(runs_on(first, second), {"one": first, "two": second}.__getitem__))
    assert re.search(rf"two +lanes +cells changed +{len(first.lanes)}\b", shown)
    assert re.search(r"two +lanes +.* +cost +", shown)
    missing = first.with_tables(lanes=first.lanes[1:])
    shown = printed(compare_runs(runs_on(first, missing), {"one": first, "two": missing}.__getitem__))
    assert "rows in one only" in shown
