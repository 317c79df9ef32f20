"""Games from the form: a shipped one or the visitor's, which may name nothing of this machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from unit.web.benches import desk_of, same_bench, visitor
from xenotime.errors import InputProblems
from xenotime.talks.bargaining.read_game import game_names, load_game
from xenotime.web.pages.bargain import text_of
from xenotime.web.tasks.bargain import check_places
from xenotime.web.worker import work_on

OWN = text_of("prisoners-dilemma").replace("[3.0, 3.0]", "[4.0, 4.0]")


def begin(client: TestClient, files: dict[str, Any] | None = None, **said: str) -> Path:
    answer = client.post("/talks/bargain", data=said, files=files or {}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    desk = desk_of(client)
    name = answer.headers["location"].rpartition("/")[2]
    (job,) = [one for one in desk.shelf.everyone() if one.job == name]
    return desk.shelf.folder(job)


def outcome(folder: Path) -> dict[str, Any]:
    work_on(folder)
    return dict(json.loads((folder / "outcome.json").read_text("utf-8")))


@pytest.mark.parametrize("game", game_names())
def test_every_shipped_game_is_told_and_can_be_changed(tmp_path: Path, game: str) -> None:
    client = visitor(tmp_path)
    page = client.get("/talks/bargain", params={"game": game}).text
    data = load_game(game, tuple(_levers())).data
    assert data.title in page.replace("&#x27;", "'")
    assert f'<option value="{game}" selected="">' in page
    copied = client.get("/talks/bargain", params={"copy": game}).text
    assert '<option value="own" selected="">' in copied
    assert "[[player]]" in copied.partition("<textarea")[2].partition("</textarea>")[0]


def _levers() -> list[str]:
    from xenotime.bargain_study import linked_levers

    return list(linked_levers())


def test_a_shipped_game_is_solved(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    folder = begin(client, game="prisoners-dilemma")
    assert outcome(folder)["state"] == "done"
    document = json.loads((folder / "document.json").read_text("utf-8"))
    page = client.get(f"/jobs/{folder.name}").text
    assert ["defect", "defect"] in [row["moves"] for row in document["data"]["equilibria"]]
    assert document["data"]["game"]["title"].partition(",")[0] in page
    assert 'id="equilibria"' in page


def test_a_game_of_ones_own_is_read_pasted_or_brought(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    for folder in (
        begin(client, game="own", toml=OWN),
        begin(client, {"file": ("mine.toml", OWN.encode())}, game="prisoners-dilemma"),
    ):
        assert outcome(folder)["state"] == "done"
        again = client.get("/talks/bargain", params={"again": folder.name}).text
        assert "[4.0, 4.0]" in again
        assert same_bench(client).get("/talks/bargain", params={"again": folder.name}).status_code == 404


def test_faults_of_a_game_are_told_under_the_visitors_name(tmp_path: Path) -> None:
    folder = begin(visitor(tmp_path), {"file": ("mine.toml", b'title = "x"\nplayr = 1')}, game="own")
    problems = outcome(folder)["problems"]
    assert problems
    assert {row["file"] for row in problems} == {"mine.toml"}


def test_nothing_and_too_much_are_told_beside_the_form(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    empty = client.post("/talks/bargain", data={"game": "own", "toml": " "})
    assert empty.status_code == 422
    assert "choose a shipped game" in empty.text
    most = desk_of(client).settings.limits.file
    large = client.post("/talks/bargain", data={"game": "own"}, files={"file": ("a.toml", b"#" * (most + 2))})
    assert large.status_code == 422
    assert client.post("/talks/bargain", data={"game": "../etc"}).status_code == 404
    assert client.get("/talks/bargain", params={"copy": "../etc"}).status_code == 404


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('world = "../private"', "world"),
        ('[club]\ncase = "../private"\nlevers = []\ncontrol = { by = ["CHN"], on = ["USA"] }', "club.case"),
    ],
)
def test_a_visitors_game_names_no_file_of_this_machine(tmp_path: Path, line: str, place: str) -> None:
    file = tmp_path / "game.toml"
    at = "\n[[player]]" if not line.startswith("[") else ""
    text = OWN.replace(at, f"\n{line}\n{at}", 1) if at else f"{OWN}\n{line}\n"
    file.write_text(text, "utf-8")
    with pytest.raises(InputProblems) as caught:
        check_places(load_game(file))
    (problem,) = caught.value.problems
    assert problem.code == ("not-a-shipped-world" if place == "world" else "unknown-name")
    assert problem.column == place


def test_a_move_of_a_visitors_game_names_shipped_cases_only(tmp_path: Path) -> None:
    file = tmp_path / "game.toml"
    move = 'move = "defect"\ncontrol = { by = ["CHN"], on = ["USA"], case = "../private" }'
    file.write_text(OWN.replace('move = "defect"', move, 1), "utf-8")
    with pytest.raises(InputProblems) as caught:
        check_places(load_game(file))
    assert caught.value.problems[0].column == "move.control.case"
