"""Two run documents side by side."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from xenotime.errors import InputProblems
from xenotime.report.compared import compare_documents, load_document


def document(price: float | None = 100.0, months: int = 3) -> dict[str, Any]:
    cell = {"month": "2025-01", "material": "Dy_oxide", "region": "DEU", "market": "spot", "value": price}
    return {
        "kind": "run",
        "xenotime": "1",
        "fingerprint": "f",
        "data": {
            "case": {"name": "a", "months": months},
            "controls": [],
            "prices": [cell],
            "availability": [],
            "flows": [],
            "consumption": [],
        },
    }


def test_equal_runs_do_not_differ() -> None:
    assert not any(compare_documents(document(), document())["data"].values())


def test_a_difference_is_shown_with_its_change() -> None:
    data = compare_documents(document(100.0), document(150.0, months=6))["data"]
    assert data["inputs"] == [{"what": "months", "first": 3, "second": 6}]
    (row,) = data["prices"]
    assert (row["first"], row["second"], row["change"]) == (100.0, 150.0, 0.5)


def test_what_only_one_run_has_is_shown_without_a_change() -> None:
    (row,) = compare_documents(document(None), document(150.0))["data"]["prices"]
    assert (row["first"], row["second"], row["change"]) == (None, 150.0, None)


def test_rounding_is_no_difference() -> None:
    assert compare_documents(document(100.0), document(100.0 * (1 + 1e-9)))["data"]["prices"] == []


def test_other_controls_and_versions_are_inputs() -> None:
    other = copy.deepcopy(document())
    other["data"]["controls"] = [{"control": "ban"}]
    other["fingerprint"] = "g"
    inputs = compare_documents(document(), other)["data"]["inputs"]
    assert {"what": "fingerprint", "first": "f", "second": "g"} in inputs
    assert {"what": "controls", "first": [], "second": ["ban"]} in inputs


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"kind":"solve"}', "\x00"])
def test_what_is_not_a_run_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InputProblems) as caught:
        load_document(file)
    (problem,) = caught.value.problems
    assert problem.code == "not-a-run"
    assert "xenotime run" in problem.remedy


def test_a_folder_or_a_file_will_do(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(document()), "utf-8")
    assert load_document(tmp_path) == load_document(tmp_path / "run.json") == document()
    with pytest.raises(InputProblems):
        load_document(tmp_path / "nowhere")
