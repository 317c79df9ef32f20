"""Packages of a small world: best ones known by hand, same bytes, resumed, told, refused."""

from __future__ import annotations

import io
import itertools
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from unit.choice.menus import BAN, CALM, HEAD, HEAVY, LIGHT, PARTNER, POOL, WHOLE, case_of, shop
from unit.talks.leverage.leverage_worlds import learning
from xenotime import plan_study
from xenotime.choice.menu_file import parse_menu
from xenotime.choice.plan_answer import Planned
from xenotime.choice.scored import Scored
from xenotime.choice.weigh import LEAST, best_within
from xenotime.cli import app, guarded
from xenotime.errors import InputProblems, NoAnswer
from xenotime.plan_runs import VARIANTS, FreeJob, PackageJob
from xenotime.plan_study import Wanted, plan
from xenotime.report.envelope import to_json
from xenotime.report.planned import plan_document
from xenotime.report.planned_page import render_plan
from xenotime.report.planned_terminal import print_plan
from xenotime.report.planned_words import opening_words
from xenotime.world.write import write_world

ROUGHLY = 0.01  # plants' costs rise by a part in a thousand, which the hand arithmetic leaves out
FULL = HEAD + POOL + LIGHT + PARTNER


@cache
def planned(text: str, budget: float, folder: Path, ban: str = BAN) -> Planned:
    case = case_of(folder, ban)
    return plan("", Wanted(budget), parse_menu(text, "menu.toml"), [case], shop(), processes=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plans")


@pytest.fixture(scope="module")
def whole(folder: Path) -> Planned:
    return planned(WHOLE, 950, folder)


def saved(found: Planned, label: str) -> float:
    (pick,) = [pick for pick in found.runs if found.menu.label(pick) == label]
    return found.saving(pick).mean


def test_savings_are_those_of_hand_arithmetic(whole: Planned) -> None:
    """Five of heavy a month are worth 5 x 100 - 5 x 25 / 2 - 5 x 50 = 187.5, of light 75."""
    assert whole.loss(()) == pytest.approx(3 * (250 + 100), rel=ROUGHLY)
    tied = {pick: runs[0].parts["capital"].sum() for pick, runs in whole.runs.items()}
    light = saved(whole, "light-stock") + tied[1,]
    both = saved(whole, "heavy-stock + light-stock") + tied[0, 1]
    assert light == pytest.approx(2 * 75, rel=ROUGHLY)
    assert both == pytest.approx(2 * 75 + 2 * 187.5, rel=ROUGHLY)
    assert whole.search.full[0, 1].outlay == pytest.approx(10 * 50 + 10 * 40, rel=ROUGHLY)


@pytest.mark.parametrize(
    ("budget", "best"),
    [(300, "nothing"), (450, "light-stock"), (510, "heavy-stock"), (950, "heavy-stock + light-stock")],
)
def test_the_best_package_of_every_budget_is_the_known_one(folder: Path, budget: float, best: str) -> None:
    found = planned(WHOLE, budget, folder)
    assert found.menu.label(found.best) == best


def test_the_frontier_is_feasible_not_dominated_and_falls_with_money(whole: Planned) -> None:
    points = [whole.search.full[pick] for pick in whole.frontier]
    assert all(point.outlay <= whole.budget for point in points)
    assert all(pick in whole.runs for pick in whole.frontier)
    for one, other in itertools.pairwise(points):
        assert other.outlay > one.outlay
        assert other.loss < one.loss
    budgets = np.linspace(0, 1000, 21)
    losses = [whole.search.full[best_within(whole.search.full, b, LEAST)].loss for b in budgets]
    assert np.all(np.diff(losses) <= 0)


def test_a_grant_that_does_nothing_is_told_and_never_bought(whole: Planned) -> None:
    told = plan_document(whole)
    (gift,) = [row for row in told["data"]["levers"] if row["lever"] == "gift"]
    assert gift["idle"]
    assert gift["outlay"] == pytest.approx(100.0)
    assert not any("gift" in row["levers"] for row in told["data"]["packages"])
    assert any("change nothing" in text and "gift" in text for text in told["warnings"])


def test_without_a_control_nothing_is_bought(folder: Path) -> None:
    found = planned(WHOLE, 900, folder, CALM)
    assert found.best == ()
    assert "saves anything" in " ".join(opening_words(plan_document(found)["data"]))


def test_variants_stand_side_by_side_with_regret(whole: Planned) -> None:
    rows = plan_document(whole)["data"]["regret"]
    assert {row["variant"] for row in rows} == {item.name for item in VARIANTS if not item.straight}
    assert len(rows) == 2 * len(whole.frontier)
    for variant in {row["variant"] for row in rows}:
        assert min(row["value"] for row in rows if row["variant"] == variant) == 0.0
    assert whole.minimax == whole.best


def test_bent_demand_has_a_variant_in_which_it_is_straight(folder: Path) -> None:
    text = HEAD + HEAVY + "sizes = [0.5]\n"
    case = case_of(folder, BAN, "bent")
    found = plan("", Wanted(1e9, months=5), parse_menu(text, "m"), [case], learning(), processes=1)
    assert found.grid.variants == tuple(item.name for item in VARIANTS)
    cube = found.grid.cube(found.runs[()])
    assert cube[0, 2, 0] != pytest.approx(cube[0, 0, 0], rel=1e-3)
    (front,) = [row for row in plan_document(found)["data"]["packages"] if row["levers"]]
    (none,) = [row for row in plan_document(found)["data"]["packages"] if not row["levers"]]
    assert front["served"] > none["served"]
    assert front["cover"] > 0


def test_what_a_partner_adds_is_run(folder: Path) -> None:
    found = planned(FULL, 600, folder)
    assert found.menu.label(found.best) == "heavy-pool"
    (row,) = plan_document(found)["data"]["partners"]
    assert row["partner"] == "C"
    assert row["partner_gain"] > 100  # half of 10 a month reach C, where nothing else does
    assert row["partner_outlay"] == pytest.approx(500, rel=ROUGHLY)
    alone, both = found.runs[found.best][0], found.joined[0].runs
    assert both is not None
    bears = both[0].cost - alone.cost
    assert row["high"] + row["partner_high"] == pytest.approx(
        sum(alone.of(name) - both[0].of(name) for name in "BC"), rel=0.01
    )
    assert row["partner_high"] == pytest.approx(alone.of("C") - both[0].of("C") - bears, rel=0.01)
    assert "C must agree" in " ".join(opening_words(plan_document(found)["data"]))
    small = planned(FULL, 450, folder)
    assert small.menu.label(small.best) == "light-stock"
    (row,) = plan_document(small)["data"]["partners"]
    assert row["value"] is None
    assert "adds nothing" in " ".join(opening_words(plan_document(small)["data"]))


def test_the_same_question_has_the_same_bytes_from_any_number_of_processes_and_when_resumed(
    whole: Planned, folder: Path, tmp_path: Path
) -> None:
    asked = (Wanted(950), parse_menu(WHOLE, "menu.toml"), [case_of(folder)], shop())
    once = to_json(plan_document(whole))
    kept = plan("", *asked, out=tmp_path, processes=2)
    assert to_json(plan_document(kept)) == once
    files = sorted((tmp_path / "runs").glob("*.json"))
    assert files
    files[0].unlink()
    told: list[int] = []
    again = plan("", *asked, out=tmp_path, processes=1, tell=lambda done, total, what: told.append(total))
    assert to_json(plan_document(again)) == once
    assert files[0].is_file()
    assert told
    other = plan("", Wanted(950, months=3), *asked[1:], processes=1)
    assert other.key != whole.key


def test_draws_of_a_case_are_runs_of_their_own(folder: Path) -> None:
    text = HEAD + HEAVY
    case = case_of(folder)
    found = plan("", Wanted(600, draws=3, months=3), parse_menu(text, "m"), [case], shop(), processes=1)
    assert found.grid.rolled
    assert found.grid.cube(found.runs[()]).shape == (1, 2, 3)
    assert len(found.runs[()]) == 6
    assert found.menu.label(found.best) == "heavy-stock"
    assert plan_document(found)["data"]["rolled_draws"] == 3


def document(found: Planned) -> dict[str, Any]:
    told = plan_document(found)
    json.loads(to_json(told))
    return told


def test_the_tables_of_the_contract_are_there_with_units(whole: Planned) -> None:
    told = document(whole)
    assert told["kind"] == "plan"
    for name in ("frontier", "packages", "levers", "regret", "parties", "bills", "series", "dependence"):
        if name != "dependence":
            assert told["data"][name], name
        assert all(row["unit"] for row in told["data"][name]), name
    best = told["data"]["frontier"][-1]
    assert best["low"] <= best["value"] <= best["high"]
    assert best["first_effect"] == "2025-02"
    assert {row["what"] for row in told["data"]["series"]} == {"loss so far", "served", "cover"}
    assert sum(row["value"] for row in told["data"]["bills"] if row["what"] == "release") == pytest.approx(
        2 * 5 * (75 + 50), rel=ROUGHLY
    )


def test_security_is_that_of_hand_arithmetic(whole: Planned) -> None:
    """Ten of each are used a month: a stock of ten lasts a month; half of use is served for two."""
    data = plan_document(whole)["data"]
    label = data["best"]

    def series(package: str, what: str) -> list[float]:
        return [r["value"] for r in data["series"] if (r["package"], r["what"]) == (package, what)]

    assert series(label, "cover") == pytest.approx([1.0, 0.5, 0.0, 0.0], rel=ROUGHLY, abs=1e-6)
    assert series(label, "served") == pytest.approx([1.0, 0.5, 0.5, 0.0], rel=ROUGHLY, abs=1e-6)
    assert series("nothing", "served") == pytest.approx([1.0, 0.0, 0.0, 0.0], rel=ROUGHLY, abs=1e-6)
    rows = [r for r in data["dependence"] if (r["package"], r["stage"]) == ("nothing", "oxide")]
    assert [r["value"] for r in rows] == [1.0, 0.0]  # all came from A, then nothing came


def test_where_doing_nothing_has_no_answer_there_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plan_study.do

    def failing(job: FreeJob | PackageJob) -> Any:
        return real(job) if isinstance(job, FreeJob) else Scored(failure="it broke")

    monkeypatch.setattr(plan_study, "do", failing)
    with pytest.raises(NoAnswer, match="it broke"):
        plan("", Wanted(5), parse_menu(WHOLE, "m"), [case_of(folder)], shop(), processes=1)


def test_a_package_without_an_answer_is_told_and_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = plan_study.do

    def failing(job: FreeJob | PackageJob) -> Any:
        broken = isinstance(job, PackageJob) and 0 in job.pick
        return Scored(failure="it broke") if broken else real(job)

    monkeypatch.setattr(plan_study, "do", failing)
    found = plan("", Wanted(950), parse_menu(WHOLE, "m"), [case_of(folder)], shop(), processes=1)
    assert found.menu.label(found.best) == "light-stock"
    (row,) = [row for row in plan_document(found)["data"]["levers"] if row["lever"] == "heavy-stock"]
    assert row["value"] is None
    to_json(plan_document(found))


def test_it_is_told_in_sentences_on_the_terminal_and_on_one_page(whole: Planned) -> None:
    told = document(whole)
    text = " ".join(opening_words(told["data"]))
    assert "the best package run is heavy-stock + light-stock" in text
    assert "least regret" in text
    assert "below zero is a gain" not in text
    windfall = [row | {"value": -1e6} for row in told["data"]["packages"]]
    assert "below zero is a gain" in " ".join(opening_words(told["data"] | {"packages": windfall}))
    console = Console(width=200, record=True, file=io.StringIO())
    print_plan(told, console)
    shown = console.export_text()
    assert "The frontier" in shown
    assert "What <B> may buy" in shown
    html = render_plan(told)
    assert "What &lt;B&gt; may buy" in html
    assert "What <B> may buy" not in html.split("<script")[0]
    for name in ("frontier", "regret", "loss", "served", "cover"):
        assert f'id="figure-{name}"' in html
    with pytest.raises(InputProblems) as caught:
        render_plan({"kind": "run"})
    assert caught.value.problems[0].code == "report-kind"


# ---- what is refused ------------------------------------------------------------------------------------


def codes(*given: Any, cases: list[Any] | None = None, menu: Any = WHOLE) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        plan(*given, parse_menu(menu, "menu.toml"), cases or [], shop(), processes=1)
    return [problem.code for problem in caught.value.problems]


def test_questions_that_cannot_be_asked(folder: Path) -> None:
    case = case_of(folder)
    for wanted in (
        Wanted(0),
        Wanted(float("inf")),
        Wanted(1, draws=-1),
        Wanted(1, months=-1),
        Wanted(1, seed=-1),
        Wanted(1, most=0),
    ):
        assert codes("", wanted, cases=[case]) == ["bad-value"]
    assert codes("C", Wanted(1), cases=[case]) == ["other-sponsor"]
    assert codes("", Wanted(1)) == ["no-case"]
    late = case_of(folder, BAN.replace('start = "2025-01"', 'start = "2025-02"'), "late")
    assert codes("", Wanted(1), cases=[case, late]) == ["other-start"]
    twice = case_of(
        folder, BAN + HEAVY.replace('"*"', '"ban"').replace("assumed", 'sponsor = "B"\nassumed'), "t"
    )
    assert codes("", Wanted(1), cases=[twice]) == ["lever-twice"]


# ---- the command ----------------------------------------------------------------------------------------


def call(*words: str) -> int:
    return guarded(lambda: app(["plan", *words], standalone_mode=False))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "menu.toml").write_text(HEAD + HEAVY, "utf-8")
    (tmp_path / "ban.toml").write_text(BAN, "utf-8")
    write_world(shop(), tmp_path / "world")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_json_and_a_page(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = (
        "--menu",
        "menu.toml",
        "--case",
        "ban.toml",
        "--world",
        "world",
        "--processes",
        "1",
        "--months",
        "3",
    )
    assert call("--budget", "600", *own, "--json", "-", "--report", "r.html", "--out", "kept") == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "plan"
    assert "The frontier" in (place / "r.html").read_text("utf-8")
    assert call("--budget", "600", *own, "--out", "kept") == 0
    assert "Every lever alone" in capsys.readouterr().out


def test_the_template_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--template") == 0
    assert capsys.readouterr().out.startswith("# A menu")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--budget", "5", "--sponsor", "USB"), "no-menu"),
        (("--budget", "5"), "no-menu"),
        (("--budget", "5", "--menu", "none.toml"), "not-a-file"),
        (("--menu", "menu.toml", "--case", "ban.toml", "--world", "world"), "bad-value"),
        (("--budget", "5", "--menu", "menu.toml", "--case", "april-2052"), "unknown-case"),
        (("--budget", "5", "--menu", "menu.toml", "--world", "world"), "no-case"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(
    place: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    before = sorted(path.name for path in place.iterdir())
    assert call(*words, "--json", "out.json", "--report", "r.html", "--out", "kept") == 2
    assert code in capsys.readouterr().err
    assert sorted(path.name for path in place.iterdir()) == before
