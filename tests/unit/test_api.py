"""The Python face: worlds, one clearing, engines by name, saved runs."""

from __future__ import annotations

from pathlib import Path

import pytest

import xenotime
from small_worlds import EXACT, trade
from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CALM, case_of, write_inputs
from xenotime import api
from xenotime.errors import InputProblems
from xenotime.market.choose import ENGINES
from xenotime.runs import save_run


def test_a_world_is_solved_whole_or_from_its_folder(tmp_path: Path) -> None:
    folder, _ = write_inputs(tmp_path)
    one, two = api.solve(floating()), api.solve(folder)
    assert one.price() == pytest.approx(two.price(), rel=EXACT)
    assert api.solve(trade()).price() == pytest.approx([50.0, 55.0], rel=EXACT)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_can_be_asked_for(engine: str) -> None:
    cleared = api.solve(trade(), engine=engine)
    assert cleared.check.ran.startswith(engine)
    assert cleared.price() == pytest.approx([50.0, 55.0], rel=EXACT)


def test_an_unknown_engine_is_said_with_those_there_are() -> None:
    with pytest.raises(InputProblems) as caught:
        api.solve(trade(), engine="gurobi")
    (problem,) = caught.value.problems
    assert problem.code == "unknown-engine"
    assert problem.found == "'gurobi'"
    assert problem.expected == "one of " + ", ".join(ENGINES)
    assert problem.remedy == "choose one of them"


def test_a_run_asks_for_a_known_engine_too(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        api.run(floating(), case_of(tmp_path, CALM), months=1, engine="gurobi")
    assert caught.value.problems[0].code == "unknown-engine"


def test_a_saved_run_is_explained_from_its_folder(tmp_path: Path) -> None:
    folder, _ = write_inputs(tmp_path)
    done = api.run(api.load_world(folder), case_of(tmp_path, CALM), months=2)
    kept = save_run(done, tmp_path / "kept", str(folder))
    told = api.explain_saved(kept, "heavy", "B", "2025-02")
    assert told == done.explain("heavy", "B", "2025-02")


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        api.load_world(tmp_path / "nowhere")
    assert caught.value.problems[0].code == "no-folder"


@pytest.mark.parametrize("month", ["1999-12", "2009-11", "2012-01", "2024-11", "2025-13"])
def test_a_month_no_world_can_be_built_for_is_said(month: str) -> None:
    with pytest.raises(InputProblems) as caught:
        api.load_world(month)
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("unknown-world", month)
    assert "2009-12 to 2011-12 or 2024-12 to 2026-12" in problem.expected
    assert problem.remedy == "use one of these months, or a folder"


def test_an_unknown_variant_of_a_month_is_said() -> None:
    with pytest.raises(InputProblems) as caught:
        api.load_world("2010-06:loose")
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("unknown-name", "'loose'")
    assert problem.expected == "strict or full"


def test_a_shipped_bill_is_exposed_by_its_name() -> None:
    found = api.expose("motor-maker", world=floating())
    assert found.plants is None
    assert found.held


def test_the_package_offers_the_same_names() -> None:
    assert set(api.__all__) - {"explain_saved"} <= set(xenotime.__all__)
