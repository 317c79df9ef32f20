"""A user's own extra stock never brings its own stop forward, nor loses it more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from unit.exposure.plants import closed, luck, scene_of
from xenotime.exposure.weeks import Pace, run_line

ROUNDING = 1e-9  # weeks; sums of some dozens of weekly amounts
WEEKS, PARTS = 30, 3
COMING = arrays(float, (2, WEEKS, PARTS), elements=st.floats(0, 3).map(lambda x: round(x, 2)))
HELD = arrays(float, (PARTS,), elements=st.floats(0, 8).map(lambda x: round(x, 2)))
PACES = st.builds(
    Pace, catch_up=st.floats(0, 0.5), cancelled=st.floats(0, 0.1), stop_share=st.floats(0.05, 0.9)
)


def saved_by_misses() -> np.ndarray:
    """Two weeks that miss a fifth for want of the first part save the second one for the third week."""
    coming = np.full((2, WEEKS, PARTS), 3.0)
    coming[:, :2, 0] = 0.81
    coming[:, :3, 1] = np.array([2.62, 0.0, 0.0])  # three weeks as made without more
    return coming


# Were a stop the first week that misses a fifth, more of the first part would bring it forward.
@example(saved_by_misses(), np.zeros(PARTS), np.array([0.38, 0.0, 0.0]), Pace(0.0, 0.0, 0.2))
@given(COMING, HELD, HELD, PACES)
def test_more_of_any_part_never_stops_a_line_sooner(
    coming: np.ndarray, held: np.ndarray, more: np.ndarray, pace: Pace
) -> None:
    plain, rich = run_line(held, coming, pace), run_line(held + more, coming, pace)
    assert np.all(rich.stop >= plain.stop)
    assert np.all(np.cumsum(rich.made, axis=1) >= np.cumsum(plain.made, axis=1) - ROUNDING)


@given(st.floats(0, 12), st.floats(0, 1), st.integers(2, 8))
def test_stock_of_the_plant_file_never_brings_the_stop_forward(
    tmp_path_factory: pytest.TempPathFactory, more: float, share: float, month: int
) -> None:
    from unit.exposure.plants import PLANTS

    folder, runs = tmp_path_factory.mktemp("plants"), closed(month, 12, share)
    rich = PLANTS.replace("weeks = 4\n", f"weeks = {4 + more}\n", 1)
    first = scene_of(folder, runs, luck(20)).run()
    second = scene_of(folder, runs, luck(20), plants=rich).run()
    assert np.all(second.stop >= first.stop)
    assert np.all(second.short() <= first.short() + ROUNDING)
