"""The page on past episodes: it holds its parts, and a plain run of the generator says what it says."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_replay", DOCS / "generate_replay.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_its_written_parts_and_both_verdicts() -> None:
    page = (DOCS / "replay.md").read_text("utf-8")
    for name in ("head", "verdict", "end"):
        assert (DOCS / f"replay.{name}.md").read_text("utf-8").rstrip() in page
    saved = re.findall(r"it saved ([\d.]+) million USD for ([\d.]+) million", page.replace("\n", " "))
    said = re.findall(r"\*\*The plan (paid|did not pay)\*\*", page)
    assert len(saved) == len(said) == 2
    for (gain, cost), word in zip(saved, said, strict=True):
        assert (float(gain) > float(cost)) == (word == "paid")


def test_what_was_known_in_february_2025_is_not_what_came(generator: ModuleType) -> None:
    facts = generator.known_at("2025-02")
    assert max(row.knowable_from for row in facts.rows("controls_record")) <= "2025-02"
    assert max(row.knowable_from for row in facts.rows("prices")) <= "2025-02"
    assert not [row for row in facts.rows("controls_record") if row.control == "CHN-18-2025"]


def test_exports_that_came_are_laid_on_the_listed_grades(generator: ModuleType) -> None:
    runs, _ = generator.shipped_2025()
    share = dict(zip(runs.months, runs.sent["NdFeB_SH", "CHN", "DEU"], strict=True))
    assert share["2025-03"] == 1.0
    assert share["2025-05"] == 0.0 < share["2025-06"] < share["2025-07"] == 1.0


@pytest.mark.slow
def test_without_draws_the_plan_pays_too(generator: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generator, "DRAWS", 0)
    found = generator.asked("motor-maker", ("feared-licence", "feared-stop", "feared-quota"), "2025-02")
    runs, _ = generator.shipped_2025()
    before, after, cost, first, then = generator.against(found, runs, "2025 as shipped")
    assert before - after > cost > 0
    assert "2025-05-15" <= first <= "2025-06-30"
    assert then > first
