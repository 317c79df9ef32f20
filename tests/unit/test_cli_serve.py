"""The command of the workbench: what it refuses before anything listens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xenotime.cli import app
from xenotime.errors import InputProblems


def fault(*options: str) -> str:
    done = CliRunner().invoke(app, ["serve", *options])
    assert isinstance(done.exception, InputProblems)
    (problem,) = done.exception.problems
    assert problem.remedy
    return problem.code


def test_an_open_door_without_a_token_is_refused(tmp_path: Path) -> None:
    assert fault("--host", "0.0.0.0", "--store", str(tmp_path)) == "no-token"  # noqa: S104


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    assert fault("--token", "1234", "--store", str(tmp_path)) == "short-token"


def test_without_the_web_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert fault() == "not-installed"
