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
from xenotime.world.checks import check_world


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


def test_a_month_no_world_is_shipped_for_is_said() -> None:
    with pytest.raises(InputProblems) as caught:
        api.load_world("1999-12")
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("unknown-world", "1999-12")
    assert "2024-12" in problem.expected
    assert problem.remedy == "use one of these months, or a folder"


def test_the_package_offers_the_same_names() -> None:
    assert set(api.__all__) - {"explain_saved"} <= set(xenotime.__all__)


def test_a_month_of_the_year_after_is_seen_as_it_was_known() -> None:
    world = xenotime.load_world("2025-03")
    assert (world.name, world.date) == ("rare earths 2025-03", "2025-03")
    known = {row["table"]: row["known_share"] for row in world.built["tonnes_known"]}
    assert 0 < known["stage_output"] < 1
    assert check_world(world) == ()
    later = xenotime.load_world("2025-09").built["later_facts"]
    assert len(world.built["later_facts"]) > len(later) > 0
