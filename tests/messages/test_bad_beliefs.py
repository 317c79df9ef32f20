"""One bad case for each way a belief can be wrong; each is read, and its message too."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_worlds import trade
from xenotime.errors import InputProblems, Problem
from xenotime.policy.case import load_case
from xenotime.policy.package import read_package
from xenotime.world.world import World

BAD = Path(__file__).parents[1] / "data" / "bad-beliefs"

# Per file: code, column, a word of what was found, one of the remedy.
FAULTS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "unknown-name": (
        ("unknown-name", "belief.0.controls", "'bann'", "did you mean 'ban'?"),
        ("unknown-name", "belief.0.path.0.probability", "'clsed'", "did you mean 'closed'?"),
        ("unknown-name", "belief.0.hazard", "'halted'", "use one of open"),
    ),
    "bad-month": (
        ("bad-month", "belief.0.path.0.month", "'soon'", "write the month"),
        ("bad-month", "belief.0.path.0.begins", "'2025-13'", "write the month"),
    ),
    "bad-value": (("bad-value", "belief.0.controls", "'ban;all'", "rename"),),
    "duplicate-key": (("duplicate-key", "belief.1.controls", "as in belief.0", "keep one"),),
    "regime-of-no-meaning": (
        ("regime-of-no-meaning", "belief.0.path", "'licensed' for 'ban'", "write closed"),
        ("regime-of-no-meaning", "belief.1.path", "'closed' for 'plan'", "write licensed"),
    ),
    "probabilities-not-one": (("probabilities-not-one", "belief.0.path.1.probability", "0.9", "its share"),),
    "months-not-ordered": (
        ("months-not-ordered", "belief.0.path.1.month", "'2025-02' after '2025-03'", "sort"),
        ("months-not-ordered", "belief.0.path.2.month", "'2025-02' after '2025-02'", "sort"),
    ),
    "hazards-too-high": (
        ("hazards-too-high", "belief.0.hazard.open", "a sum of 1.1", "leave out"),
        ("hazards-too-high", "belief.0.hazard.closed", "'closed' for itself", "leave out"),
    ),
    "no-path": (("bad-value", "belief.0.path", "no step", "add a"),),
    "unknown-key": (
        ("missing-key", "belief.0.path.0.month", "nothing", "add the key"),
        ("unknown-key", "belief.0.path.0.mnth", "not a known key", "did you mean 'month'?"),
        ("unknown-key", "belief.0.hazards", "not a known key", "did you mean 'hazard'?"),
    ),
    "all-at-once": (
        ("unknown-name", "ban.origin", "'Z'", "xenotime world show"),
        ("probabilities-not-one", "belief.0.path.0.probability", "0.5", "its share"),
    ),
}


def problems(name: str, world: World) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        read_package(load_case(BAD / f"{name}.toml"), world)
    assert caught.value.exit_code == 2
    return caught.value.problems


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_belief_is_told_in_full(name: str) -> None:
    found = problems(name, trade())
    assert [(each.code, each.column) for each in found] == [
        (code, column) for code, column, *_ in FAULTS[name]
    ]
    for each, (_, _, word, way_out) in zip(found, FAULTS[name], strict=True):
        assert each.file.startswith(name)
        assert word in each.found
        assert way_out in each.remedy
        assert each.expected
        assert each.remedy not in (each.found, each.expected)


def test_no_bad_case_is_idle() -> None:
    assert {file.stem for file in BAD.iterdir()} == set(FAULTS)
