"""The commands `ledger`, `leverage` and `bargain` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.talks.bargaining.games import HEAD, PLAYERS
from unit.talks.leverage.leverage_worlds import learning
from xenotime.cli import app, guarded
from xenotime.policy.case import load_case
from xenotime.world.write import write_world


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str, command: str = "ledger") -> int:
    return guarded(lambda: app([command, *words], standalone_mode=False))


def test_json_alone_is_on_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--at", "2025-06-30", "--json", "-", "--report", "page.html") == 0
    assert json.loads(capsys.readouterr().out)["data"]["at"] == "2025-06-30"
    assert "Promises against deliveries" in (folder / "page.html").read_text("utf-8")


def test_a_template_is_a_header(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--template", "commitments") == 0
    assert capsys.readouterr().out.startswith("commitment,deal,date,promised_by,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--at", "soon"), "'soon'"),
        (("--add", "none.csv"), "none.csv"),
        (("--belief", "CHN-18", "--case", "o.toml"), "CHN-18-2025@USA"),
        (("--template", "prices"), "commitments"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert call(*words, "--report", "r.html") == 2
    assert said in capsys.readouterr().err.replace("\n", "")
    assert list(folder.iterdir()) == []


def test_a_case_with_the_belief_is_written(folder: Path) -> None:
    assert call("--at", "2025-07", "--belief", "CHN-18-2025@USA", "--case", "o.toml") == 0
    path = load_case(folder / "o.toml").data.belief[0].path
    assert [step.month for step in path] == ["2025-04", "2025-05", "2025-06", "2025-07"]


def lever(*words: str) -> int:
    return call(*words, "--by", "A", "--on", "B", "--starts", "0,2", "--months", "2", command="leverage")


def test_leverage_says_who_holds_the_stronger_hand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = str(write_world(learning(), folder / "world"))
    assert lever("--world", world, "--workers", "1", "--keep", "kept", "--lifted", "1") == 0
    out = capsys.readouterr().out
    for words in ("A holds the stronger hand", "What makes it shrink", "An end after 1 months", "Not in it"):
        assert words in out.replace("\n", " ")
    assert (folder / "kept" / "start-0").is_dir()
    assert (folder / "kept" / "without-stocks").is_dir()


def test_leverage_as_json_and_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = str(write_world(learning(), folder / "world"))
    assert lever("--world", world, "--no-drivers", "--json", "-", "--report", "page.html") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["by"], data["on"], data["drivers"]) == (["A"], ["B"], [])
    assert {row["start_after"] for row in data["surface"]} == {0, 2}
    assert "Leverage of A over B" in (folder / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "CHM", "--on", "B"), "CHM"),
        (("--by", "A", "--on", "A"), "two different sides"),
        (("--by", "A", "--on", ""), "a region"),
        (("--by", "A", "--on", "B", "--starts", "soon"), "0,12,24"),
        (("--by", "B", "--on", "A"), "a region from which goods go to others"),
    ],
)
def test_bad_sides_end_with_2_and_write_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    world = str(write_world(learning(), folder / "world"))
    assert call(*words, "--world", world, "--report", "r.html", command="leverage") == 2
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert [item.name for item in folder.iterdir()] == ["world"]


def test_a_textbook_game_is_solved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("prisoners-dilemma", "--json", "-", "--report", "page.html", command="bargain") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert [row["moves"] for row in data["equilibria"]] == [["defect", "defect"]]
    assert data["equilibria"][0]["region"]
    assert data["deal"]["least_discount"]["Row"] == pytest.approx(0.5)
    assert "Who plays" in (folder / "page.html").read_text("utf-8")


def test_a_game_of_ones_own_runs_its_controls(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = str(write_world(learning(), folder / "world"))
    moves = """
[[move]]
player = "R"
move = "wait"
[[move]]
player = "C"
move = "stop"
control = { by = ["A"], on = ["B"] }
[[move]]
player = "C"
move = "sell"
"""
    (folder / "own.toml").write_text(HEAD + "months = 1\n" + PLAYERS + moves, "utf-8")
    assert call("own.toml", "--world", world, command="bargain") == 0
    assert "wait / sell is an equilibrium" in capsys.readouterr().out


@pytest.mark.parametrize(("game", "said"), [("busan", "busan-2025"), ("own.toml", "plaer")])
def test_a_bad_game_ends_with_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], game: str, said: str
) -> None:
    (folder / "own.toml").write_text(HEAD + PLAYERS.replace("[[player]]", "[[plaer]]"), "utf-8")
    assert call(game, "--report", "r.html", command="bargain") == 2
    assert said in capsys.readouterr().err.replace("\n", "")
    assert [item.name for item in folder.iterdir()] == ["own.toml"]
