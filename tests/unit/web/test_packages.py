"""The packages page: what it says is what is searched, and no menu of a visitor's names a path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from unit.web.benches import desk_of, visitor
from xenotime.choice.menu_file import menu_names
from xenotime.choice.menu_file import template as menu_template

ASKED = {"from": "shipped", "sponsor": "USA", "budget": "25,000,000", "case": "april-2025", "packages": "6"}


def begun(client: Any, **more: str) -> dict[str, Any]:
    answer = client.post("/choice/packages", data={**ASKED, **more}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    name = str(answer.headers["location"]).rpartition("/")[2]
    return dict(client.get(f"/api/jobs/{name}").json())


def faults(client: Any, **more: str) -> str:
    answer = client.post("/choice/packages", data={**ASKED, **more})
    assert answer.status_code == 422
    assert client.get("/api/jobs").json() == []
    return str(answer.text)


def test_what_the_form_says_is_what_is_searched(tmp_path: Path) -> None:
    job = begun(visitor(tmp_path), months="9", draws="2")
    request = job["request"]
    assert (request["sponsor"], request["budget"], request["cases"]) == ("USA", 25e6, ["april-2025"])
    assert (request["months"], request["draws"], request["packages"]) == (9, 2, 6)
    assert job["title"] == "25 million USD of USA"


def test_a_question_opens_again_with_all_that_was_given(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    text = menu_template().replace("sponsor = ", "# mine\nsponsor = ", 1)
    job = begun(client, **{"from": "file", "text": text})
    (kept,) = desk_of(client).shelf.everyone()
    assert (desk_of(client).shelf.folder(kept) / "menu.toml").read_text() == text
    page = client.get("/choice/packages", params={"again": job["job"]}).text
    assert "# mine" in page
    assert 'value="25000000"' in page
    assert client.get("/choice/packages", params={"again": "0" * 32}).status_code == 404


@pytest.mark.parametrize("budget", ["", "0", "-1", "much", "nan", "inf", "1e99"])
def test_money_that_is_none_is_told(tmp_path: Path, budget: str) -> None:
    assert "USD above zero" in faults(visitor(tmp_path), budget=budget)


def test_all_faults_are_told_at_once_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    broken = "sponsor = 'USA'\nmonhts = 3\n"
    page = faults(visitor(tmp_path), **{"from": "file", "text": broken, "budget": "x", "case": "nowhere"})
    for said in ("monhts", "USD above zero", "nowhere", "faults in what you gave"):
        assert said in page


@pytest.mark.parametrize(
    ("old", "new"), [('world = "2024-12"', 'world = "/etc"'), ('case = "', 'case = "../../../etc/')]
)
def test_no_menu_names_a_path(tmp_path: Path, old: str, new: str) -> None:
    text = menu_template()
    changed = text.replace(old, new, 1) if old in text else f'world = "/etc"\n{text}'
    assert changed != text
    page = faults(visitor(tmp_path), **{"from": "file", "text": changed})
    assert "command line" in page


def test_shipped_menus_can_be_read(tmp_path: Path) -> None:
    client = visitor(tmp_path)
    for name in menu_names():
        text = client.get(f"/choice/menus/{name}.toml").text
        job = begun(client, **{"from": "file", "text": text})
        assert job["request"]["sponsor"] == name
    assert client.get("/choice/menus/..%2f..%2fx.toml").status_code == 404
    assert client.get("/choice/menus/nobody.toml").status_code == 404
