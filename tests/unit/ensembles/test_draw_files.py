"""A draw as a file: the same bytes for the same draw, small, and read back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.ensembles.small_studies import study_of
from xenotime.ensembles.draw_files import BITS, from_bytes, notes_of, rounded, to_bytes
from xenotime.ensembles.member import DETERMINED, PAID, TRADED, Member, evaluate, failed
from xenotime.ensembles.study import draw, table_of
from xenotime.errors import NoAnswer


@pytest.fixture(scope="module")
def member(tmp_path_factory: pytest.TempPathFactory) -> Member:
    study = study_of(tmp_path_factory.mktemp("study"), 2)
    return evaluate(study, draw(study, 1, table_of(study)[1]))


def test_twice_the_same_bytes(member: Member) -> None:
    assert to_bytes(member) == to_bytes(member)


def test_headline_numbers_come_back_whole(member: Member) -> None:
    notes = notes_of(to_bytes(member))
    assert notes["headlines"] == member.headlines
    assert notes["values"] == dict(member.drawn.values)
    assert notes["number"] == 1
    assert notes["failure"] == ""


def test_months_come_back_within_their_bits(member: Member) -> None:
    kept = from_bytes(to_bytes(member)).table.to_pydict()
    assert list(kept) == ["outcome", "name", "region", "sector", "month", "value", "baseline", "flags"]
    price = member.cells["price"]
    first = next(i for i, name in enumerate(kept["outcome"]) if name == "price")
    rows = slice(first, first + price.value.size)
    np.testing.assert_allclose(kept["value"][rows], price.value.ravel(), rtol=2.0 ** -(BITS + 1))
    assert kept["month"][: len(member.months)] == list(member.months)
    assert set(kept["flags"][rows]) <= {
        0,
        DETERMINED,
        TRADED,
        DETERMINED + TRADED,
        DETERMINED + TRADED + PAID,
    }


def test_rounding_is_to_nearest_and_leaves_what_is_no_number() -> None:
    values = np.array([1.0, 1 + 2.0**-13, 1 + 3 * 2.0**-14, -2.5, 0.0, np.nan, np.inf, 1e-20])
    found = rounded(values)
    assert found[0] == 1.0
    assert found[2] == 1 + 2.0**-12
    assert np.isnan(found[5])
    assert found[6] == np.inf
    finite = np.isfinite(values) & (values != 0)
    assert np.max(np.abs(found[finite] / values[finite] - 1)) <= 2.0**-13


def test_a_failed_draw_is_a_file_with_its_reason(member: Member) -> None:
    data = to_bytes(failed(member.drawn, "NoAnswer: the month 2025-03"))
    assert notes_of(data)["failure"] == "NoAnswer: the month 2025-03"
    assert from_bytes(data).table.num_rows == 0


def test_a_month_without_an_answer_is_a_failed_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_of(tmp_path, 1)

    def refuse(*_: object) -> None:
        raise NoAnswer("the month 2025-02", "nothing", "an answer", "look")

    monkeypatch.setattr("xenotime.ensembles.rolled.step", refuse)
    found = evaluate(study, draw(study, 0, table_of(study)[0]))
    assert "the month 2025-02" in found.failure
    assert found.headlines == {}


def test_a_fault_of_ours_is_not_taken_for_a_failed_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path, 1)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("xenotime.ensembles.rolled.step", broken)
    with pytest.raises(ZeroDivisionError):
        evaluate(study, draw(study, 0, table_of(study)[0]))


@pytest.mark.parametrize("read", [notes_of, from_bytes])
def test_bytes_that_are_no_draw_are_refused(read: object, member: Member) -> None:
    assert callable(read)
    for data in (b"", b"PAR1 not", to_bytes(replace(member, cells={}))[:40]):
        with pytest.raises(ValueError, match="not a draw"):
            read(data)
