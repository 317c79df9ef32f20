"""From the filter to a case the look-ahead runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.errors import InputProblems
from xenotime.policy.case import load_case
from xenotime.policy.read_beliefs import read_beliefs
from xenotime.talks.belief.bridge import case_with_belief
from xenotime.talks.belief.replay import replay


def test_a_case_with_the_path_reads_back(tmp_path: Path) -> None:
    played = replay(first="2025-04", last="2025-07", names=["CHN-18-2025@USA"])
    path = tmp_path / "case.toml"
    path.write_text(
        case_with_belief(load_case("april-2025"), played.beliefs, played.sha256), encoding="utf-8"
    )
    case = load_case(path)
    (belief,) = read_beliefs(case.data.belief, {"CHN-18-2025": "licence"}, "case.toml")
    assert [step.month for step in belief.steps] == ["2025-04", "2025-05", "2025-06", "2025-07"]
    june = next(b for b in played.beliefs if b.as_of == "2025-06")
    assert belief.steps[2].probability[0] == pytest.approx(june.chances["open"], abs=0.02)
    assert played.sha256[:12] in belief.note


def test_a_base_that_does_not_fit_is_told() -> None:
    played = replay(first="2025-10", last="2025-10", names=["CHN-57-2025@all"])
    with pytest.raises(InputProblems) as caught:
        case_with_belief(load_case("april-2025"), played.beliefs, played.sha256)
    assert [problem.code for problem in caught.value.problems] == ["unknown-name"]
    with pytest.raises(InputProblems) as caught:
        case_with_belief(load_case("busan-truce"), played.beliefs, played.sha256)
    assert [problem.code for problem in caught.value.problems] == ["duplicate-key"]
