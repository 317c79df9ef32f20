"""A run that is kept is the run that is read again, under its own key only."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from xenotime.choice.measures import Seen
from xenotime.choice.scored import Scored, keep, kept

SEEN = Seen(0.5, 1.0, 2.0, {"oxide": 0.25}, 3.0, 4.0, (("l", "a", "b", "release", 4.0),))
RUN = Scored(
    ("2025-01",),
    ("A", "B"),
    np.array([[1.0, 0.1 + 0.2]]),
    {"users": np.array([1.0, 2.0])},
    np.array([3.0]),
    np.array([4.0, 5.0]),
    6.0,
    7.0,
    8.0,
    (SEEN,),
)


def test_a_run_is_kept_to_the_last_digit(tmp_path: Path) -> None:
    file = tmp_path / "runs" / "one.json"
    keep(file, "key", RUN)
    again = kept(file, "key")
    assert again is not None
    assert again.seen == RUN.seen
    assert again.loss.tolist() == RUN.loss.tolist()
    assert again.of("B") == 0.1 + 0.2
    assert again.of("C") == 0.0
    assert kept(file, "another") is None
    assert [path.name for path in file.parent.iterdir()] == ["one.json"]


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    keep(None, "key", RUN)
    assert kept(None, "key") is None
    assert kept(tmp_path / "none.json", "key") is None
    assert not list(tmp_path.iterdir())
