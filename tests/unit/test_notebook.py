"""What records show in a notebook: their headline number, escaped text, nothing from a network."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest

import xenotime as xt
from unit import test_plan_study
from unit.dynamics.dynamic_worlds import floating
from unit.dynamics.project_worlds import pits
from unit.ensembles.small_studies import ranged
from unit.report.invented_exposure import answered
from unit.run_worlds import CASE, case_of
from unit.talks.leverage.leverage_worlds import ask, learning
from unit.talks.reader.texts import FACT_SHEET
from unit.test_project_study import PLAN
from unit.test_project_study import case_of as calm_case
from xenotime import displays
from xenotime.bargain_study import Played, bargain
from xenotime.choice.answer import Valued
from xenotime.choice.plan_answer import Planned
from xenotime.displays import Displayed
from xenotime.errors import InputProblems
from xenotime.exposure.answer import Exposed
from xenotime.figures.style import (
    TITLE_LINE,
    TITLE_WIDTH,
    escaped,
    money_text,
    number_text,
    percent_text,
)
from xenotime.leverage_study import leverage
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation
from xenotime.notebook import card_of, document
from xenotime.policy.case import Case
from xenotime.project_prices import Wanted
from xenotime.project_study import value_project
from xenotime.report import brief
from xenotime.report.read_terminal import amount_words
from xenotime.report.text_read import TextRead
from xenotime.runs import Run
from xenotime.studies import Study
from xenotime.talks.bargaining.read_game import Game, load_game
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.ledger import Ledger, ledger_at
from xenotime.talks.leverage.answer import Answer
from xenotime.world.world import World

EVIL = "<script>alert(1)</script>"
SPOILED = "&lt;script&gt;alert(1)&lt;/script&gt;"
MONTHS = 5


@cache
def place() -> Path:
    return Path(mkdtemp())


@cache
def world() -> World:
    return replace(ranged(), name=f"chain {EVIL}")


@cache
def case() -> Case:
    return case_of(place(), CASE.replace("Heavy oxide stays", f"Heavy oxide {EVIL} stays"))


@cache
def run() -> Run:
    return xt.run(world(), case())


@cache
def study() -> Study:
    return xt.ensemble(world(), case(), 4, months=3, look_aheads=[(1, 1)])


@cache
def ledger() -> Ledger:
    found = ledger_at(last_day("2025-11"))
    (first, *rest) = sorted(found.standings, key=lambda row: (row.ratio is None, row.date))
    return replace(found, standings=(replace(first, what=EVIL, date="2025-11-30"), *rest))


@cache
def exposed() -> Exposed:
    found = answered()
    assert found.plants is not None
    return replace(found, plants=found.plants.model_copy(update={"title": f"Motors {EVIL}"}))


@cache
def valued() -> Valued:
    folder = place()
    (folder / "plan.toml").write_text(PLAN.replace("A <new> pit", f"A {EVIL} pit"), "utf-8")
    wanted = Wanted(lucks=20, effect=False)
    return value_project(folder / "plan.toml", [calm_case(folder)], pits(planned_start="2025-03"), wanted)


@cache
def planned() -> Planned:
    found = test_plan_study.planned(test_plan_study.FULL, 950, place())
    data = found.menu.data.model_copy(update={"title": f"What {EVIL} may buy"})
    return replace(found, menu=replace(found.menu, data=data))


@cache
def answer() -> Answer:
    found = leverage(*ask(learning(), (0, 3)))
    question = replace(found.question, case=replace(found.question.case, name=f"ban {EVIL}"))
    return replace(found, question=question)


def game_file() -> Path:
    import importlib.resources as resources

    text = (resources.files("xenotime") / "games" / "prisoners-dilemma.toml").read_text("utf-8")
    file = place() / "game.toml"
    file.write_text(text.replace("Two who would both", f"Two {EVIL} who would both"), "utf-8")
    return file


@cache
def game() -> Game:
    return load_game(game_file(), ())


@cache
def played() -> Played:
    return bargain(game_file())


@cache
def read() -> TextRead:
    file = place() / "sheet.txt"
    file.write_text(FACT_SHEET, "utf-8")
    found = xt.read(file)
    data = found.told["data"]
    (first, *rest) = data["commitments"]
    spoiled = data | {"commitments": [first | {"act": f"{EVIL} {first['act']}"}, *rest]}
    return replace(found, told=found.told | {"data": spoiled})


@cache
def cleared() -> Clearing:
    found = xt.solve(world())
    return replace(found, check=replace(found.check, ran=f"{found.check.ran} {EVIL}"))


@cache
def explained() -> Explanation:
    return replace(run().explain("heavy", "B", "2025-05"), what=f"heavy in B {EVIL}")


RECORDS: dict[str, Callable[[], Any]] = {
    "world": world,
    "case": case,
    "run": run,
    "trajectory": lambda: replace(run().trajectory, world=world()),
    "study": study,
    "ledger": ledger,
    "exposed": exposed,
    "valued": valued,
    "planned": planned,
    "leverage": answer,
    "game": game,
    "played": played,
    "solved": lambda: played().solved,
    "read": read,
    "clearing": cleared,
    "explanation": explained,
}


def of_world() -> str:
    return f"{len({row.facility for row in world().facilities})} facilities in {len(world().regions)} regions"


def of_case() -> str:
    return f"{case().data.months} months from {case().data.start}"


def of_run() -> str:
    peak = float(run().price.sel(material="heavy", region="B", month="2025-03"))
    return f"{number_text(peak)} USD/t in 2025-03"


def of_trajectory() -> str:
    last = run().price.isel(month=-1)
    return f'<td class="figure">{number_text(float(last.sel(material="heavy", region="A")))}</td>'


def of_study() -> str:
    row = study().data["headline"][0]
    return f"{number_text(row['low'])} x to {number_text(row['high'])} x"


def of_ledger() -> str:
    row = ledger().standings[0]
    assert row.ratio is not None
    assert row.low is not None
    assert row.high is not None
    low, high = percent_text(row.low), percent_text(row.high)
    return f'<td class="figure">{percent_text(row.ratio)}</td><td class="figure">{low} to {high}</td>'


def of_exposed() -> str:
    table = exposed().table
    assert table is not None
    ran = table.scenes[0].run()
    return f"stops in {percent_text(float((ran.stop < ran.made.shape[1]).mean()))} of draws"


def of_valued() -> str:
    return f"worth {money_text(float(valued().cases[0].planned().mean))} USD"


def of_leverage() -> str:
    path = answer().surface.paths[0]
    gap = float((path.of(("B",), path.loss()) - path.of(("A",), path.loss()))[-1])
    return f"{money_text(abs(gap))} USD more"


def of_game() -> str:
    (row, _) = game().data.player
    assert row.weight_high is not None
    return f'{money_text(row.weight)}</td><td class="figure">0 to {money_text(row.weight_high)}'


def of_played() -> str:
    (equilibrium,) = played().solved.pure
    row, column = (money_text(float(value)) for value in np.asarray(equilibrium.payoffs))
    return f"Row {row}, Column {column}"


def of_read() -> str:
    row = next(row for row in read().told["data"]["commitments"] if row["amount"] is not None)
    return f'<td>{amount_words(row)}</td><td><span class="whole">{row["deadline"]}</span></td>'


def of_cleared() -> str:
    rows = {(row["material"], row["region"]): row for row in cleared().table("prices")}
    row = rows["heavy", "B"]
    return f'<td class="figure">{number_text(row["value"])}</td>'


def of_explained() -> str:
    return f"{number_text(float(run().price.sel(material='heavy', region='B', month='2025-05')))} USD a unit"


def of_planned() -> str:
    best = planned().best
    return f"the best package run is {planned().menu.label(best)}: it leaves"


HEADLINES: dict[str, Callable[[], str]] = {
    "world": of_world,
    "case": of_case,
    "run": of_run,
    "trajectory": of_trajectory,
    "study": of_study,
    "ledger": of_ledger,
    "exposed": of_exposed,
    "valued": of_valued,
    "planned": of_planned,
    "leverage": of_leverage,
    "game": of_game,
    "played": of_played,
    "solved": of_played,
    "read": of_read,
    "clearing": of_cleared,
    "explanation": of_explained,
}


def html(name: str) -> str:
    shown = RECORDS[name]()._repr_html_()
    assert isinstance(shown, str)
    return shown


def plain(text: str) -> str:
    """Blanks that do not break as plain ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("name", RECORDS)
def test_a_card_holds_the_number_of_its_record(name: str) -> None:
    assert plain(HEADLINES[name]()) in plain(html(name))


@pytest.mark.parametrize("name", RECORDS)
def test_text_of_data_is_never_markup_and_nothing_comes_from_a_network(name: str) -> None:
    shown = html(name)
    assert SPOILED in shown
    assert "<script" not in shown.casefold()
    assert not re.search(r"https?:|src=|href=|@import|url\(|javascript:|\bon[a-z]+=", shown.casefold())


@pytest.mark.parametrize("name", RECORDS)
def test_a_card_is_short_and_says_what_is_not_known(name: str) -> None:
    shown = html(name)
    assert "Not known, assumed, or not in it" in shown
    assert len(shown) < 40_000
    assert shown.count("<div") == shown.count("</div>")
    colours = set(re.findall(r"(?:^|[;{])(?:color|background):([^;}]+)", shown))
    assert colours <= {"inherit", "transparent"}  # the notebook's own, be it light or dark


@pytest.mark.parametrize("name", RECORDS)
def test_plain_text_is_one_short_line_and_the_repr_stays_that_of_the_record(name: str) -> None:
    class Lines(list[str]):
        def text(self, text: str) -> None:
            self.append(text)

    record, printed = RECORDS[name](), Lines()
    record._repr_pretty_(printed, False)
    (line,) = printed
    assert "\n" not in line
    assert len(line) < 300
    assert line.startswith("<")
    assert "_repr_pretty_" in type(record).__dict__  # else IPython takes the repr of the dataclass
    assert type(record).__repr__ is not Displayed.__repr__


def test_units_and_ranges_stand_in_the_tables() -> None:
    assert "USD/t" in html("trajectory")
    assert "value, USD" in html("valued")
    assert "5 %" in plain(html("valued"))
    assert "with a range" in html("world")
    assert "(first 6 of " in html("ledger")


def test_it_works_without_ipython_and_pays_for_nothing_before_it_is_shown() -> None:
    code = (
        "import sys; sys.modules['IPython'] = None\n"
        "import xenotime as xt\n"
        "case = xt.load_case('april-2025')\n"
        "assert 'xenotime.report.record_cards' not in sys.modules, 'drawn too early'\n"
        "assert 'plotly' not in sys.modules, 'plotly too early'\n"
        "assert 'CHN-18-2025' in case._repr_html_()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_where_nobody_says_how_it_is_shown_a_notebook_falls_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(displays, "_SHOWN_BY", {})
    printed: list[str] = []

    class Printer:
        def text(self, text: str) -> None:
            printed.append(text)

    assert case()._repr_html_() is None
    case()._repr_pretty_(Printer(), False)
    assert printed == ["<Case>"]


UNDRAWN = ("world", "case", "trajectory", "game", "read", "clearing", "explanation")
ANSWERS = [name for name in RECORDS if name not in UNDRAWN]


@pytest.mark.parametrize("name", ANSWERS)
def test_pictures_are_those_of_the_page_and_fetch_nothing(name: str) -> None:
    import plotly.graph_objects as go

    drawn = xt.pictures(RECORDS[name]())
    assert drawn
    for figure in drawn.values():
        assert isinstance(figure, go.Figure)
        assert figure.layout.title.text
        told = figure.to_json()
        assert not re.search(r'"type":"(choropleth|scattergeo|scattermap|densitymap)', told)
        assert "http" not in told
        assert "<script" not in told.casefold()


def test_the_finding_stands_above_a_figure_in_lines_that_are_not_cut() -> None:
    figure = xt.pictures(run())["price-overview"]
    drawn = next(made for made in brief.pictures(run().document()["data"]) if made.name == "price-overview")
    lines = figure.layout.title.text.split("<br>")
    assert " ".join(lines) == escaped(drawn.caption)
    assert max(map(len, lines)) <= TITLE_WIDTH
    assert figure.layout.height == drawn.height + len(lines) * TITLE_LINE


def test_what_a_control_makes_of_a_price_stands_in_its_card() -> None:
    (step, *_) = explained().against_controls
    (rent,) = [term for term in step.terms if term.kind == "rent"]
    row = f'<td class="figure">{number_text(float(rent.amount))}</td><td>rent</td><td>{rent.name}</td>'
    assert row in html("explanation")


def test_pictures_of_a_document_are_those_of_its_record() -> None:
    from xenotime.report.exposed_page import render_exposure

    told = document(exposed())
    names = list(xt.pictures(told))
    assert names == list(xt.pictures(exposed()))
    assert all(f'id="figure-{name}"' in render_exposure(told) for name in names)


def test_questions_and_documents_without_pictures_are_told() -> None:
    with pytest.raises(InputProblems) as caught:
        xt.pictures(world())
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("no-document", "a World")
    assert "run it first" in problem.remedy
    with pytest.raises(InputProblems) as caught:
        xt.pictures({"kind": "solve", "data": {}})
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("no-pictures", "kind 'solve'")
    with pytest.raises(InputProblems):
        card_of(object())


def test_a_world_of_its_own_shows_what_it_was_built_from() -> None:
    shown = xt.load_world()._repr_html_()  # type: ignore[union-attr]
    built = xt.load_world().built
    assert f"facts looked for and not found: {len(built['missing']):,}" in shown
    assert f"{len(floating().regions)} regions" not in shown
