"""Rows of long work are whole or not there, and known by what went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from xenotime.ensembles.store import digest, is_intact, keep, kept, sealed


def test_a_row_comes_back_under_its_own_key_only(tmp_path: Path) -> None:
    keep(tmp_path / "a" / "1.json", {"key": "one", "value": 2.5})
    assert kept(tmp_path / "a" / "1.json", "one") == {"key": "one", "value": 2.5}
    assert kept(tmp_path / "a" / "1.json", "other") is None
    assert kept(tmp_path / "a" / "2.json", "one") is None


def test_a_row_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "1.json"
    keep(path, {"key": "one"})
    with pytest.raises(ValueError, match="not JSON compliant"):
        keep(path, {"key": float("nan")})
    assert kept(path, "one") == {"key": "one"}
    assert list(tmp_path.iterdir()) == [path]


def test_a_seal_breaks_when_anything_changes() -> None:
    document = sealed({"a": 1, "b": [1.5, "x"]})
    assert is_intact(document)
    assert not is_intact({**document, "a": 2})
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
