"""Where a workbench may listen, and with what token."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.web.benches import TOKEN
from xenotime.errors import InputProblems
from xenotime.web.settings import default_store, is_loopback, make_settings


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "workbench.example"])  # noqa: S104
def test_an_open_door_needs_a_token(tmp_path: Path, host: str) -> None:
    with pytest.raises(InputProblems) as caught:
        make_settings(host, store=str(tmp_path))
    (problem,) = caught.value.problems
    assert problem.code == "no-token"
    assert host in problem.found
    assert "--token" in problem.remedy
    assert make_settings(host, token=TOKEN, store=str(tmp_path)).token == TOKEN


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "127.8.8.8"])
def test_loopback_needs_none(tmp_path: Path, host: str) -> None:
    assert is_loopback(host)
    assert make_settings(host, store=str(tmp_path)).workers >= 1


def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblems) as caught:
        make_settings(token="short", store=str(tmp_path))  # noqa: S106
    assert caught.value.problems[0].code == "short-token"
    assert "16" in caught.value.problems[0].expected


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(InputProblems) as caught:
        make_settings(store=str(tmp_path / "taken"))
    assert caught.value.problems[0].code == "cannot-write"


def test_the_store_is_where_programs_keep_their_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_store() == tmp_path / "xenotime" / "workbench"
