"""The command `ledger` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xenotime.cli import app, guarded
from xenotime.policy.case import load_case


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> int:
    return guarded(lambda: app(["ledger", *words], standalone_mode=False))


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
