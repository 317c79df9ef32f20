"""Draws an ensemble has kept, read for a project instead of rolled anew."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

import xenotime as xt
from unit.dynamics.dynamic_worlds import floating
from unit.test_project_study import CASE, STOP, call
from xenotime.choice.answer import Cased, Valued
from xenotime.ensembles.draw_files import to_bytes
from xenotime.ensembles.folder import draw_name
from xenotime.ensembles.member import DETERMINED, TRADED, Cells, Member
from xenotime.ensembles.saved import open_saved, saved_prices
from xenotime.ensembles.study import Asked, draw, make_study, table_of
from xenotime.errors import InputProblems
from xenotime.policy.case import Case, load_case
from xenotime.project_prices import Wanted
from xenotime.project_study import value_project
from xenotime.world.write import write_world

OWN = """region = "B"
kind = "separation"
capacity = 5
cost = 10
[[good]]
material = "heavy"
amount = 1
"""
DRAWS = 3
KEPT = 2.0**-12  # of a price is lost where draws are kept


@cache
def place() -> Path:
    """A project, two cases, a world, and draws of one of the cases."""
    folder = Path(mkdtemp())
    (folder / "own.toml").write_text(OWN, "utf-8")
    (folder / "stop.toml").write_text(STOP, "utf-8")
    (folder / "calm.toml").write_text(CASE, "utf-8")
    write_world(floating(), folder / "world")
    xt.ensemble(floating(), stop(folder), DRAWS, out=folder / "draws")
    return folder


def stop(folder: Path) -> Case:
    return load_case(folder / "stop.toml")


def valued(wanted: Wanted, *names: str) -> Valued:
    cases = [load_case(place() / f"{name}.toml") for name in names or ("stop",)]
    return value_project(place() / "own.toml", cases, floating(), wanted)


def prices(found: Cased) -> np.ndarray:
    """Of the months that were run, draws x months."""
    first = found.paths.position("2025-01")
    return found.paths.price["heavy", "B"][:DRAWS, first : first + found.months]


def problem_of(wanted: Wanted, *names: str) -> tuple[str, str]:
    with pytest.raises(InputProblems) as caught:
        valued(wanted, *names)
    (problem,) = caught.value.problems
    assert problem.remedy
    return problem.code, problem.found


def test_draws_read_are_the_draws_that_would_be_rolled() -> None:
    kept = valued(Wanted(saved=(str(place() / "draws"),), lucks=40, effect=False))
    rolled = valued(Wanted(draws=DRAWS, lucks=40, effect=False))
    assert kept.cases[0].runs == DRAWS
    assert prices(kept.cases[0]).shape == (DRAWS, 8)
    assert prices(kept.cases[0]) == pytest.approx(prices(rolled.cases[0]), rel=KEPT)
    assert len(set(prices(kept.cases[0])[:, -1])) == DRAWS
    assert f"prices of {DRAWS} draws kept in" in " ".join(kept.cases[0].told)


def test_the_fingerprint_is_of_the_draws_and_not_of_where_they_lie(tmp_path: Path) -> None:
    import shutil

    moved = shutil.copytree(place() / "draws", tmp_path / "moved")
    here, there = (
        valued(Wanted(saved=(str(path),), lucks=4, effect=False)).key for path in (place() / "draws", moved)
    )
    assert here == there
    (moved / draw_name(2)).unlink()
    fewer = valued(Wanted(saved=(str(moved),), lucks=4, effect=False))
    assert (fewer.cases[0].runs, fewer.key == here) == (DRAWS - 1, False)


def test_a_case_without_kept_draws_is_taken_as_it_stands_beside_one_with() -> None:
    found = valued(Wanted(saved=(str(place() / "draws"),), lucks=4, effect=False), "calm", "stop")
    assert [case.runs for case in found.cases] == [1, DRAWS]


def test_what_does_not_fit_is_told() -> None:
    draws = str(place() / "draws")
    assert problem_of(Wanted(saved=(draws,)), "calm")[0] == "other-study"
    assert problem_of(Wanted(saved=(draws,), draws=2))[0] == "two-kinds-of-draws"
    assert problem_of(Wanted(saved=(draws,), months=3)) == ("bad-value", "--months 3, and draws of 8")
    assert problem_of(Wanted(saved=(str(place() / "none"),))) == ("not-an-ensemble", "no study.json")
    assert problem_of(Wanted(saved=(str(place() / "world"),)))[0] == "not-an-ensemble"


def test_a_folder_of_another_form_or_without_draws_or_with_a_broken_one(tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text("[]", "utf-8")
    assert "of another form" in problem_of(Wanted(saved=(str(tmp_path),)))[1]
    (tmp_path / "study.json").write_bytes((place() / "draws" / "study.json").read_bytes())
    assert problem_of(Wanted(saved=(str(tmp_path),))) == ("not-an-ensemble", "no draw")
    (tmp_path / draw_name(0)).write_bytes(b"no draw")
    assert problem_of(Wanted(saved=(str(tmp_path),), effect=False))[0] == "not-a-draw"


def test_where_a_price_does_not_stand_the_quote_of_the_case_stands_in(tmp_path: Path) -> None:
    study = make_study(floating(), stop(place()), Asked(1))
    months = tuple(f"2025-{month:02d}" for month in range(1, 9))
    drawn = draw(study, 0, table_of(study)[0])
    price, flags = np.full((1, 8), 700.0), np.full((1, 8), float(TRADED))
    flags[0, 3:] = DETERMINED
    flags[0, 5:] = 0
    cells = {"price": Cells((("heavy", "B", ""),), price, price, flags)}
    (tmp_path / "study.json").write_bytes((place() / "draws" / "study.json").read_bytes())
    (tmp_path / draw_name(0)).write_bytes(to_bytes(Member(drawn, months, {}, cells, "")))
    (read,) = saved_prices(open_saved(str(tmp_path)), [("heavy", "B"), ("heavy", "A")])
    assert read.price["heavy", "B"].tolist() == [700.0] * 8
    assert read.stands["heavy", "B"].tolist() == [True] * 5 + [False] * 3
    assert not read.stands["heavy", "A"].any()
    mixed = valued(Wanted(saved=(str(tmp_path),), lucks=4, effect=False))
    alone = valued(Wanted(lucks=4, effect=False))
    assert prices(mixed.cases[0])[0, :5].tolist() == [700.0] * 5
    assert prices(mixed.cases[0])[0, 5:].tolist() == prices(alone.cases[0])[0, 5:].tolist()
    assert "nothing changes hands and the optimum leaves it open: heavy in B 38%" in " ".join(
        mixed.cases[0].told
    )
    (tmp_path / draw_name(0)).write_bytes(to_bytes(Member(drawn, months, {}, cells, "no answer")))
    assert list(saved_prices(open_saved(str(tmp_path)), [("heavy", "B")])) == []


def test_the_command_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place())
    words = ("own.toml", "--world", "world", "--no-effect", "--saved", "draws")
    out = tmp_path / "out.json"
    assert call(*words, "--case", "calm.toml", "--json", str(out)) == 2
    assert "other-study" in capsys.readouterr().err
    assert not out.exists()
    assert call(*words, "--case", "stop.toml", "--json", str(out)) == 0
    assert f"prices of {DRAWS} draws kept in draws" in " ".join(capsys.readouterr().out.split())
    assert out.exists()
