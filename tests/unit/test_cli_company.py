"""The command `exposure` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.exposure.bills import SMALL
from unit.exposure.plants import BILL, PLANTS
from xenotime.cli import app, guarded


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: str) -> int:
    return guarded(lambda: app(["exposure", *words], standalone_mode=False))


def test_templates_are_printed_and_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--template") == 0
    (folder / "bill.csv").write_text(capsys.readouterr().out, "utf-8")
    assert call("--plant-template") == 0
    assert capsys.readouterr().out.startswith("# Plants")
    assert call("bill.csv", "--json", "out.json") == 0
    data = json.loads((folder / "out.json").read_text("utf-8"))
    assert data["kind"] == "exposure"
    assert {row["element"] for row in data["data"]["elements"]} >= {"Nd", "Dy"}


def test_faulty_facts_of_ones_own_end_with_2_and_write_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bill.csv").write_text(SMALL, "utf-8")
    (folder / "own").mkdir()
    (folder / "own" / "elements.csv").write_text("element,nmae\nGa,gallium\n", "utf-8")
    (folder / "own" / "price.csv").write_text("material\n", "utf-8")
    wanted = ("--json", "out.json", "--report", "r.html", "--tables", "t")
    assert call("bill.csv", "--facts", "own", *wanted) == 2
    told = capsys.readouterr().err
    for part in ("own/elements.csv", "nmae", "did you mean name", "family", "own/price.csv", "prices.csv"):
        assert part in told
    assert call("bill.csv", "--facts", "none", *wanted) == 2
    assert "no-folder" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["bill.csv", "own"]


def test_json_alone_is_on_stdout_and_the_page_and_tables_are_whole(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bill.csv").write_text(SMALL, "utf-8")
    assert call("bill.csv", "--at", "2025-10-20", "--json", "-", "--report", "r.html", "--tables", "t") == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["at"] == "2025-10-20"
    assert any(row["control"] == "CHN-61-2025" for row in data["licences"])
    assert "Exposure: bill.csv" in (folder / "r.html").read_text("utf-8")
    assert (folder / "t" / "elements.csv").is_file()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("bill.csv", "--plant", "plants.toml"), "no-case"),
        (("none.csv",), "not-a-file"),
        (("bill.csv", "--plant", "none.toml", "--case", "april-2025"), "not-a-file"),
        (("bill.csv", "--plant", "plants.toml", "--case", "april-2052"), "unknown-case"),
        (("bill.csv", "--plant", "early.toml", "--case", "april-2025"), "before-case"),
        ((), "no-bill"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    (folder / "bill.csv").write_text(BILL, "utf-8")
    (folder / "plants.toml").write_text(PLANTS, "utf-8")
    (folder / "early.toml").write_text(PLANTS.replace("2025-02-03", "2024-02-05"), "utf-8")
    assert call(*words, "--json", "out.json", "--report", "r.html") == 2
    assert code in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["bill.csv", "early.toml", "plants.toml"]
