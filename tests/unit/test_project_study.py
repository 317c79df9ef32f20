"""A project valued on a small world: the command, its document and page, draws, its effect on others."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from unit.dynamics.dynamic_worlds import floating
from unit.dynamics.project_worlds import pits
from xenotime.choice.answer import Valued
from xenotime.cli import app, guarded
from xenotime.dynamics.project_times import load_numbers, span_of
from xenotime.errors import InputProblems
from xenotime.policy.case import Case, load_case
from xenotime.project_prices import Wanted
from xenotime.project_study import value_project
from xenotime.report.envelope import to_json
from xenotime.report.projected import project_document
from xenotime.report.projected_page import render_project
from xenotime.report.projected_terminal import print_project
from xenotime.report.projected_words import killer_words, opening_words
from xenotime.world.write import write_world

CASE = """title = "Calm"
question = "What if nothing happens?"
start = "2025-01"
months = 8
behaviour = "assumed"
"""
STOP = (
    CASE.replace("Calm", "No heavy oxide leaves A")
    + """
[[control]]
control = "stop"
instrument = "ban"
materials = ["heavy"]
origin = "A"
announced = "2025-02"
in_force = "2025-02"
assumed = "Invented."
"""
)
PLAN = """title = "A <new> pit"
facility = "new"
capex = 3000
build_months = 6
slip_months = 0
ramp_months = 0
royalty = 0
tax = 0
cost = 20
fixed_share = 0
load = 1
required_return = 0
life_years = 10

[[floor]]
name = "floor"
material = "ore"
price = 70

[debt]
share = 0.5
rate = 0.1
years = 5
"""
RULE = 1e-6  # prices of the market are verified to this share


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    (tmp_path / "calm.toml").write_text(CASE, "utf-8")
    write_world(pits(planned_start="2025-03"), tmp_path / "world")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def case_of(folder: Path, text: str = CASE) -> Case:
    (folder / "calm.toml").write_text(text, "utf-8")
    return load_case(folder / "calm.toml")


@cache
def valued(folder: Path) -> Valued:
    """The plan under the calm case, with its effect."""
    world = pits(planned_start="2025-03")
    return value_project(folder / "plan.toml", [case_of(folder)], world, Wanted(lucks=40))


def document(folder: Path) -> dict[str, Any]:
    found = project_document(valued(folder))
    json.loads(to_json(found))
    return found


def test_the_tables_of_the_contract_are_there_with_units(folder: Path) -> None:
    data = document(folder)["data"]
    assert document(folder)["kind"] == "project"
    for name in ("values", "killers", "effects", "years", "prices", "supports"):
        assert data[name], name
        assert all(row["unit"] for row in data[name]), name
    assert [row["supports"] for row in data["values"]] == ["all", "none", "without floor"]
    assert data["values"][1]["value"] == data["values"][2]["value"]
    assert data["payments"] == []


def test_a_floor_above_prices_fixes_the_value_and_its_loss_is_what_it_pays(folder: Path) -> None:
    whole, none, _ = document(folder)["data"]["values"]
    # 20 a month at 70 - 20 for ten years, less 3,000, whatever the market does
    assert whole["value"] == pytest.approx(120 * 20 * 50 - 3000 * 2 / 6)  # four of six months are sunk
    assert whole["low"] == pytest.approx(whole["high"])
    assert none["high"] > none["low"]
    assert whole["value"] - none["value"] == pytest.approx(none["loses"])


def test_its_opening_lowers_the_price_of_others_as_two_clearings_do(folder: Path) -> None:
    (row,) = document(folder)["data"]["effects"]
    # without it at most 40 are dug and fetch 60; five months on its share of 20 takes as much off
    share = (5.5 / span_of("ramp_up", "mine", "AUS").value) ** load_numbers().ramp_power
    assert row["without"] == pytest.approx(60.0, rel=RULE)
    assert (1 + row["furthest"]) * 60 == pytest.approx(60 - 20 * share, rel=RULE)
    assert row["furthest_month"] == "2025-08"
    assert (row["opened"], row["own_date"]) == ("2025-03", True)


def test_an_opening_far_off_is_told_as_if_it_came_soon(folder: Path) -> None:
    case = case_of(folder)
    found = value_project(folder / "plan.toml", [case], pits(planned_start="2027-01"), Wanted(lucks=4))
    told = project_document(found)
    assert told["data"]["effects"][0]["own_date"] is False
    assert any("as if it opened in 2025-03" in text for text in told["warnings"])


def test_a_control_makes_prices_dearer_and_its_end_is_a_chance(folder: Path) -> None:
    own = 'region = "B"\nkind = "separation"\ncapacity = 5\ncost = 10\n'
    own += '[[good]]\nmaterial = "heavy"\namount = 1\n'
    (folder / "own.toml").write_text(own, "utf-8")
    calm, tight = (
        value_project(
            folder / "own.toml", [case_of(folder, text)], floating(), Wanted(lucks=40, effect=False)
        ).cases[0]
        for text in (CASE, STOP)
    )
    assert tight.planned().mean > calm.planned().mean
    price = tight.paths.price["heavy", "B"]
    end = price[:, tight.paths.position("2040-01")]
    lasting = end > 0.5 * end.max()
    belief = load_numbers().control_lasts
    assert 0 < lasting.mean() < 2 * belief
    assert end.max() > 2 * calm.paths.price["heavy", "B"].max()


def test_draws_of_a_case_are_price_paths(folder: Path) -> None:
    world = pits(planned_start="2025-03")
    found = value_project(
        folder / "plan.toml", [case_of(folder)], world, Wanted(draws=2, lucks=6, months=3, effect=False)
    )
    assert found.cases[0].runs == 2
    assert found.cases[0].months == 3


def test_a_good_without_a_market_is_told_and_so_is_a_project_without_a_plant(folder: Path) -> None:
    own = (
        """region = "AUS"\nkind = "mine"\ncapacity = 5\ncost = 10\n[[good]]\nmaterial = "ore"\namount = 1\n"""
    )
    (folder / "own.toml").write_text(own, "utf-8")
    case = case_of(folder)
    found = value_project(folder / "own.toml", [case], pits(), Wanted(lucks=4, months=2))
    assert found.cases[0].opening is None
    assert any("no effect on others" in text for text in project_document(found)["warnings"])
    (folder / "own.toml").write_text(own.replace('"ore"', '"gold"'), "utf-8")
    with pytest.raises(InputProblems) as caught:
        value_project(folder / "own.toml", [case], pits(), Wanted(lucks=4, months=2))
    assert [problem.code for problem in caught.value.problems] == ["no-market"]
    with pytest.raises(InputProblems) as caught:
        value_project(folder / "own.toml", [], pits())
    assert [problem.code for problem in caught.value.problems] == ["no-case"]


def test_the_same_question_has_the_same_bytes_and_another_another_key(folder: Path) -> None:
    world = pits(planned_start="2025-03")
    again = value_project(folder / "plan.toml", [case_of(folder)], world, Wanted(lucks=40))
    assert to_json(project_document(again)) == to_json(document(folder))
    other = value_project(
        folder / "plan.toml", [case_of(folder)], world, Wanted(lucks=41, months=2, effect=False)
    )
    assert other.key != again.key


def test_words_say_what_kills_it(folder: Path) -> None:
    data = document(folder)["data"]
    text = " ".join(opening_words(data))
    assert "Under calm: worth" in text
    assert "Without any support" in text
    row = {"what": "price", "of": "debt", "unit": "multiple", "value": 0.5, "alive_as_planned": False}
    said = killer_words(row).replace("\u00a0", " ")
    assert said == "Prices of what it makes at 50 % of those taken would bring to life its debt."
    assert killer_words({**row, "unit": "switched off"}) == "Switching off price kills its debt."


def test_a_floor_with_published_payments_is_told_with_them(folder: Path) -> None:
    (folder / "plan.toml").write_text(PLAN.replace('name = "floor"', 'name = "usa-mp-floor"'), "utf-8")
    found = value_project(
        folder / "plan.toml", [case_of(folder)], pits(), Wanted(lucks=4, months=2, effect=False)
    )
    told = project_document(found)
    assert [row["quarter"] for row in told["data"]["payments"]] == ["2025-Q4", "2026-Q1"]
    console = Console(width=200, record=True, file=io.StringIO())
    print_project(told, console)
    text = console.export_text()
    assert "Floor payments as published" in text
    assert "A <new> pit" in text
    assert "usa-mp-floor" in render_project(told)


def test_the_page_is_whole_and_reads_no_text_as_markup(folder: Path) -> None:
    html = render_project(document(folder))
    assert "A &lt;new&gt; pit" in html
    assert "A <new> pit" not in html.split("<script")[0]
    for name in ("values", "prices", "effects"):
        assert f'id="figure-{name}"' in html
    with pytest.raises(InputProblems, match="kind 'project'") as caught:
        render_project({"kind": "run"})
    assert caught.value.problems[0].code == "report-kind"


# ---- the command ----------------------------------------------------------------------------------------


def call(*words: str) -> int:
    return guarded(lambda: app(["project", *words], standalone_mode=False))


def test_the_command_writes_json_and_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = ("--case", "calm.toml", "--world", "world", "--months", "4")
    assert call("plan.toml", *own, "--json", "-", "--report", "r.html", "--no-effect") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "project"
    assert "What kills it" in (folder / "r.html").read_text("utf-8")
    assert call("new", *own, "--no-effect") == 0
    assert "What it is worth" in capsys.readouterr().out


def test_the_template_is_printed_and_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--template") == 0
    assert capsys.readouterr().out.startswith("# A project")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "no-project"),
        (("none.toml",), "not-a-file"),
        (("nwe",), "unknown-name"),
        (("plan.toml", "--case", "april-2052"), "unknown-case"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    own = () if "--case" in words else ("--case", "calm.toml")
    assert call(*words, *own, "--world", "world", "--json", "out.json", "--report", "r.html") == 2
    assert code in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == before
