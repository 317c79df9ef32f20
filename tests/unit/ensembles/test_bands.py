"""Bands against hand arithmetic, from draws kept in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.ensembles.small_studies import study_of
from xenotime.ensembles.bands import bands
from xenotime.ensembles.draw_files import notes_of, to_bytes
from xenotime.ensembles.ensemble import Ensemble
from xenotime.ensembles.folder import draw_name, open_folder
from xenotime.ensembles.member import DETERMINED, PAID, TRADED, Cells, Member, failed
from xenotime.ensembles.study import draw, table_of

BOTH = DETERMINED + TRADED
DRAWS = 5


def cells(about: tuple[str, str, str], value: float, baseline: float, flags: int = 0) -> Cells:
    return Cells((about,), np.array([[value]]), np.array([[baseline]]), np.array([[flags]]))


@pytest.fixture
def ensemble(tmp_path: Path) -> Ensemble:
    """Five draws of one month: prices of 16 to 80, the last undetermined; a shortage in draw 3 only."""
    study, folder = study_of(tmp_path / "study", DRAWS), open_folder(str(tmp_path / "draws"))
    table = table_of(study)
    notes = []
    for number in range(DRAWS):
        own: dict[str, Cells] = {
            "price": cells(
                ("heavy", "B", ""),
                16.0 * (number + 1),
                16.0,
                BOTH + PAID * (number > 1) if number < 4 else TRADED,
            ),
            "availability": cells(("Dy", "B", ""), 1 - number / 8, 4.0),
        }
        if number == 3:
            own["shortfall"] = cells(("heavy", "B", "mill"), 8.0, 16.0)
        member = Member(draw(study, number, table[number]), ("2025-01",), {}, own, "")
        folder.write(draw_name(number), to_bytes(member))
        notes.append(notes_of(to_bytes(member)))
    return Ensemble(study, folder, tuple(notes))


def test_quantiles_of_what_is_determined_and_traded(ensemble: Ensemble) -> None:
    rows = {row["outcome"]: row for row in bands(ensemble)}
    assert rows["price"]["median"] == pytest.approx(40.0)
    assert rows["price"]["quarter"] == pytest.approx(28.0)
    assert rows["price"]["low"] == pytest.approx(16 + 0.15 * 16)
    assert (rows["price"]["draws"], rows["price"]["paid"]) == (4, 2)
    assert rows["price multiple"]["median"] == pytest.approx(2.5)
    assert rows["availability"]["median"] == pytest.approx(0.75)
    assert rows["availability"]["element"] == "Dy"
    assert rows["price"]["material"] == "heavy"
    assert (rows["price"]["unit"], rows["price multiple"]["unit"]) == ("USD/t", "multiple")


def test_a_draw_without_a_shortage_counts_as_none(ensemble: Ensemble) -> None:
    (row,) = [row for row in bands(ensemble) if row["outcome"] == "shortfall"]
    assert (row["median"], row["high"]) == pytest.approx((0.0, 6.4))
    assert row["draws"] == DRAWS
    assert (row["sector"], row["unit"]) == ("mill", "t/month")


def test_failed_draws_are_in_no_band(ensemble: Ensemble) -> None:
    table = table_of(ensemble.study)
    data = to_bytes(failed(draw(ensemble.study, 0, table[0]), "NoAnswer"))
    ensemble.folder.write(draw_name(0), data)
    lost = replace(ensemble, notes=(notes_of(data), *ensemble.notes[1:]))
    rows = {row["outcome"]: row for row in bands(lost)}
    assert rows["availability"]["draws"] == DRAWS - 1
    assert rows["price"]["median"] == pytest.approx(48.0)


def test_a_price_few_draws_determine_has_no_band(ensemble: Ensemble) -> None:
    few = replace(ensemble, notes=ensemble.notes[3:])  # one of two
    assert {row["outcome"] for row in bands(few)} >= {"price"}
    none = replace(ensemble, notes=ensemble.notes[4:])
    assert "price" not in {row["outcome"] for row in bands(none)}
