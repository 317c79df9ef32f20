"""The ensemble as users meet it: the command, its JSON, its page, and the Python face."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import xenotime
from unit.ensembles.small_studies import MONTHS, parsed, ranged
from unit.run_worlds import CASE
from unit.test_cli import call
from xenotime.world.write import write_world

DRAWS = 12
SHORT = ("--months", str(MONTHS), "--look-ahead", "1,1,2")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "ban.toml").write_text(CASE, "utf-8")
    return str(write_world(ranged(), folder / "world")), str(folder / "ban.toml")


@pytest.fixture(scope="module")
def made(inputs: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything the command writes for DRAWS draws."""
    folder = tmp_path_factory.mktemp("made")
    world, case = inputs
    words = ["ensemble", case, "--world", world, "--draws", str(DRAWS), "--out", str(folder / "out"), *SHORT]
    words += ["--json", str(folder / "e.json"), "--report", str(folder / "e.html")]
    assert call(*words) == 0
    return folder


@pytest.fixture(scope="module")
def document(made: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((made / "e.json").read_text("utf-8"))
    return found


def test_the_document_has_the_envelope_and_every_table(document: dict[str, Any]) -> None:
    assert document["kind"] == "ensemble"
    assert set(document) == {"xenotime", "kind", "fingerprint", "units", "warnings", "data"}
    assert {"bands", "sensitivity", "failures", "next_facts", "headline", "numbers", "coverage"} <= set(
        document["data"]
    )
    assert document["data"]["draws"] == {
        "asked": DRAWS,
        "answered": DRAWS,
        "failed": 0,
        "design": "sobol",
        "seed": 2026,
        "key": document["fingerprint"],
        "look_aheads": [[1, 1, 2]],
    }


def test_every_band_says_what_it_is_about(document: dict[str, Any]) -> None:
    rows = document["data"]["bands"]
    assert {row["outcome"] for row in rows} >= {"price", "price multiple", "availability", "output lost"}
    for row in rows:
        assert re.fullmatch(r"2025-0[1-3]", row["month"])
        assert row["low"] <= row["quarter"] <= row["median"] <= row["three_quarters"] <= row["high"]
        assert 1 <= row["draws"] <= DRAWS
        assert row["unit"]
        assert ("element" in row) == (row["outcome"] == "availability")
        assert ("sector" in row) == (row["outcome"] in ("shortfall", "output lost", "months late"))
    calm = [r for r in rows if r["outcome"] == "price multiple" and r["month"] == "2025-01"]
    assert all(row["high"] == row["low"] == 1.0 for row in calm), "nothing is announced yet in any draw"


def test_headlines_say_how_they_may_be_told(document: dict[str, Any]) -> None:
    for row in document["data"]["headline"]:
        assert row["shown"] in ("median", "assumed", "range")
        assert 0 <= row["assumed"] <= row["explained"] + 0.05
        assert row["explained"] + row["unexplained"] == pytest.approx(1.0)
    named = [row["headline"] for row in document["data"]["headline"]]
    assert "peak price/heavy" in named


def test_what_is_drawn_is_what_the_rows_of_the_world_say(document: dict[str, Any]) -> None:
    numbers = {row["number"]: row for row in document["data"]["numbers"]}
    pit = numbers["row/facilities/pit"]
    assert (pit["low"], pit["value"], pit["high"], pit["grade"]) == (280.0, 400.0, 560.0, "B")
    assert pit["stated"] == "facilities: pit capacity"
    assert pit["cells"] == 1


def test_the_folder_holds_the_same_document(made: Path) -> None:
    assert (made / "out" / "ensemble.json").read_text("utf-8").strip() == (made / "e.json").read_text("utf-8")


def test_the_page_asks_nothing_of_a_network_and_shows_the_assumed(
    made: Path, document: dict[str, Any]
) -> None:
    text = (made / "e.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in text
    figures = re.findall(r'id="figure-([a-z]+)-\d+"', text)
    assert figures.count("fan") >= 2
    assert figures.count("driver") == len(document["data"]["scatter"])
    assumed = any(row["shown"] == "assumed" for row in document["data"]["headline"])
    assert ("assumed:" in text) == assumed


def test_an_ensemble_is_extended_and_the_terminal_says_so(
    inputs: tuple[str, str], made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (made / "out" / "draw-000003.parquet").stat().st_mtime_ns
    world, case = inputs
    words = ("ensemble", case, "--world", world, "--draws", str(DRAWS + 1), "--out", str(made / "out"))
    assert call(*words, *SHORT, "--json", "-") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["data"]["draws"]["asked"] == DRAWS + 1
    assert "13 draws over" in said.err
    assert "Held against the past" in said.err
    assert (made / "out" / "draw-000003.parquet").stat().st_mtime_ns == before


def test_another_question_in_the_same_folder_is_refused(
    inputs: tuple[str, str], made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, case = inputs
    words = ("ensemble", case, "--world", world, "--draws", "2", "--out", str(made / "out"))
    assert call(*words, *SHORT, "--seed", "7") == 2
    assert "another study (seed differ)" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "words", [("--look-ahead", "1,x"), ("--design", "grid")], ids=["look-ahead", "design"]
)
def test_a_bad_request_leaves_nothing_behind(
    inputs: tuple[str, str], tmp_path: Path, words: tuple[str, str]
) -> None:
    world, case = inputs
    out = tmp_path / "out"
    assert call("ensemble", case, "--world", world, "--draws", "2", "--out", str(out), *words) == 2
    assert not out.exists()


def test_a_run_has_bands_where_they_are_asked_for(
    inputs: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, case = inputs
    words = ["run", case, "--world", world, "--months", "2", "--draws", "2", "--out", str(tmp_path / "run")]
    assert call(*words, "--json", str(tmp_path / "r.json"), "--report", str(tmp_path / "r.html")) == 0
    found = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert found["kind"] == "run"
    assert {"prices", "bands", "headline", "sensitivity", "next_facts"} <= set(found["data"])
    assert (tmp_path / "run.draws" / "draw-000001.parquet").is_file()
    assert "How sure" in capsys.readouterr().out
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "How sure, number by number" in page
    assert "It carries no band of uncertainty" not in page


def test_the_python_face_keeps_nothing_unless_asked(tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    before = set(memory.find("/"))
    study = xenotime.ensemble(ranged(), parsed(tmp_path), 2, months=2, look_aheads=((1, 1, 2),))
    assert study.document()["data"]["draws"]["answered"] == 2
    assert "2 of 2 draws" in study._repr_html_()
    assert list(study.table("bands").columns)[:2] == ["outcome", "month"]
    assert set(memory.find("/")) == before
