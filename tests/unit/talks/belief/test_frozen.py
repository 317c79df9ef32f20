"""A frozen file that was changed is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.errors import NoAnswer
from xenotime.talks.belief.frozen import FILE, freeze, load_frozen


def test_a_frozen_file_reads_back(tmp_path: Path) -> None:
    freeze(tmp_path)
    assert load_frozen(tmp_path) == load_frozen()


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = freeze(tmp_path)
    path.write_text(path.read_text("utf-8").replace('"near_acts": 5', '"near_acts": 50'), encoding="utf-8")
    with pytest.raises(NoAnswer, match="changed after it was frozen"):
        load_frozen(tmp_path)


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match=r"python -m xenotime\.talks\.belief"):
        load_frozen(tmp_path)
    assert FILE.endswith(".json")
