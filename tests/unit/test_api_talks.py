"""The Python face of words and hands: the same answers as those of the commands, and their errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import xenotime as xt
from small_worlds import EXACT
from unit.talks.leverage.leverage_worlds import ask, learning
from unit.talks.reader.read_worlds import base_file, settings_file, two_sides
from unit.talks.reader.texts import ARTICLE, ECHO, FACT_SHEET
from xenotime.errors import InputProblems, Problem
from xenotime.leverage_study import leverage
from xenotime.talks.ledger.add import template
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.ledger import ledger_at
from xenotime.world.write import write_world


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.txt"
    file.write_text(FACT_SHEET, "utf-8")
    return file


def only_problem(error: pytest.ExceptionInfo[InputProblems]) -> Problem:
    (problem,) = error.value.problems
    return problem


def test_leverage_is_that_of_the_study(tmp_path: Path) -> None:
    world = learning()
    done = xt.leverage("A", "B", world=world, starts=(3, 0, 3), months=4, drivers=False)
    wanted = leverage(*ask(world, (0, 3)))
    assert done.surface.asked.starts == (0, 3)
    assert (done.instrument, done.drivers, done.ends) == ("ban", (), ())
    for mine, theirs in zip(done.surface.paths, wanted.surface.paths, strict=True):
        assert mine.loss() == pytest.approx(theirs.loss(), rel=EXACT)
    from_folder = write_world(world, tmp_path / "world")
    again = xt.leverage(["A"], ("B",), world=from_folder, starts=(0,), months=4, drivers=False)
    assert again.surface.paths[0].loss() == pytest.approx(wanted.surface.paths[0].loss(), rel=EXACT)


def test_leverage_has_drivers_ends_and_a_folder_where_they_are_asked_for(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done = xt.leverage("A", "B", world=learning(), starts=(0,), months=2, lifted=(1,), keep=kept)
    assert {effect.name for effect in done.drivers} >= {"stocks", "substitution"}
    ((start, duration, path),) = done.ends
    assert (start, duration, len(path.loss())) == (0, 1, 1 + 12)
    assert (kept / "start-0").is_dir()


@pytest.mark.parametrize(
    ("by", "on", "starts", "expected"),
    [
        ("CHM", "B", (0,), "CHM"),
        ("A", "A", (0,), "two different sides"),
        ("A", "", (0,), "a region"),
        ("A", "B", (), "starts of 0 months or more"),
        ("A", "B", (-1,), "starts of 0 months or more"),
    ],
)
def test_sides_and_starts_that_do_not_fit_are_said(
    by: str, on: str, starts: tuple[int, ...], expected: str
) -> None:
    with pytest.raises(InputProblems) as caught:
        xt.leverage(by, on, world=learning(), starts=starts, months=1, drivers=False, lifted=(1,))
    problem = only_problem(caught)
    assert expected in problem.found + problem.expected


def test_a_case_or_its_name_holds_the_control() -> None:
    with pytest.raises(InputProblems) as caught:
        xt.leverage("CHN", "USA", "april-2026", world=learning())
    assert only_problem(caught).code == "unknown-case"


def test_the_ledger_is_as_known_on_its_day() -> None:
    then, now = xt.ledger("2025-06"), xt.ledger()
    assert then == ledger_at(last_day("2025-06"))
    assert then.at == "2025-06-30" < now.at
    assert len(then.standings) < len(now.standings)
    with pytest.raises(InputProblems) as caught:
        xt.ledger("soon")
    problem = only_problem(caught)
    assert (problem.code, problem.file, problem.found) == ("bad-date", "at", "'soon'")


def test_what_was_read_goes_into_the_ledger_and_into_its_document(sheet: Path) -> None:
    found = sheet.with_suffix(".json")
    found.write_text(json.dumps(xt.document(xt.read(sheet))), "utf-8")
    added = xt.ledger("2026-06-30", [found])
    assert "sheet-2" in {row.commitment for row in added.standings}
    assert "sheet-2" not in {row.commitment for row in xt.ledger("2026-06-30").standings}
    document = xt.document(added)
    assert "sheet-2" in {row["commitment"] for row in document["data"]["commitments"]}


def test_rows_of_ones_own_reach_the_beliefs_of_the_document(tmp_path: Path) -> None:
    shipped = next(row for row in xt.ledger().facts.rows("events") if row.date.startswith("2025-05"))
    header = template("events").strip().split(",")
    cells = {name: str(getattr(shipped, name.removesuffix("_"), "") or "") for name in header}
    own = tmp_path / "events.csv"
    key = header[0]
    cells[key] = "own-event"
    own.write_text(",".join(header) + "\n" + ",".join(f'"{cells[name]}"' for name in header) + "\n", "utf-8")
    added = xt.ledger("2025-12-31", [own])
    assert len(added.facts.rows("events")) == len(xt.ledger().facts.rows("events")) + 1
    assert xt.document(added)["fingerprint"] != xt.document(xt.ledger("2025-12-31"))["fingerprint"]


def test_a_text_is_read_and_held_against_the_other_side(sheet: Path, tmp_path: Path) -> None:
    echo = tmp_path / "echo.txt"
    echo.write_text(ECHO, "utf-8")
    alone, held = xt.read(sheet), xt.read(str(sheet), [echo])
    assert alone.case is None
    assert set(alone.table("commitments").confirmed) == {"not asked"}
    assert list(held.table("commitments").confirmed) == ["differs", "differs", "differs", "no", "no"]
    assert held.document()["kind"] == "read"
    assert xt.read(sheet, date="2026-01-10").document()["data"]["text"]["date"] == "2026-01-10"


def test_levers_of_a_text_become_a_case_and_are_run(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    base, settings, world = base_file(tmp_path), settings_file(tmp_path), two_sides()
    made = xt.read(article, base=base, settings=settings, world=world)
    assert made.case is not None
    assert made.case.name == "base-read"
    assert [lever.lever for lever in made.case.data.lever] == ["read-reserve"]
    assert "answer" not in made.document()["data"]
    ran = xt.read(article, base=base, settings=settings, world=world, run=True, months=3, on="USA")
    assert ran.case == made.case
    assert ran.document()["data"]["run"]["months"] == 3
    assert ran.document()["data"]["run"]["on"] == "USA"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"date": "tomorrow"}, "bad-date"),
        ({"base": "nothing"}, "unknown-case"),
        ({"base": "baseline-2025"}, "no-control"),
        ({"confirm": ["none.txt"]}, "cannot-read"),
    ],
)
def test_what_does_not_fit_a_text_is_said(sheet: Path, more: dict[str, object], code: str) -> None:
    with pytest.raises(InputProblems) as caught:
        xt.read(sheet, **more)
    assert only_problem(caught).code == code


def test_a_game_is_played() -> None:
    done = xt.bargain("prisoners-dilemma")
    (equilibrium,) = done.solved.pure
    assert [float(value) for value in equilibrium.payoffs] == pytest.approx([1.0, 1.0], abs=EXACT)
    assert xt.document(done)["kind"] == "bargain"
    with pytest.raises(InputProblems) as caught:
        xt.bargain("chicken-2030")
    assert "prisoners-dilemma" in only_problem(caught).expected


def test_a_record_that_is_no_answer_has_no_document() -> None:
    with pytest.raises(InputProblems) as caught:
        xt.document(learning())
    problem = only_problem(caught)
    assert (problem.code, problem.found) == ("no-document", "a World")
