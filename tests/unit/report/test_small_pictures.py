"""Bars of belief: as high as the chances, told in words too, apart by more than colour."""

from __future__ import annotations

import re

from xenotime.report.small_pictures import HEIGHT, belief_bars, chances_words, legend, patterns

ROW = {"month": "2025-06", "open": 0.25, "suspended": 0.0, "licensed": 0.5, "closed": 0.25}


def test_bars_are_as_high_as_the_chances() -> None:
    drawn = belief_bars([ROW], "A@B")
    heights = [float(found) for found in re.findall(r'class="regime-\w+"[^>]*height="([\d.]+)"', drawn)]
    assert sum(heights) == HEIGHT
    assert sorted(heights) == [HEIGHT / 4, HEIGHT / 4, HEIGHT / 2]
    assert "suspended" not in re.findall(r'class="(regime-\w+)"', drawn)


def test_who_does_not_see_it_hears_it() -> None:
    drawn = belief_bars([ROW, {**ROW, "month": "2025-07"}], "A@B")
    assert 'role="img"' in drawn
    assert "A@B, 2025-06 to 2025-07; last: open 25 %, licensed 50 %, closed 25 %" in drawn
    assert chances_words(ROW) == "open 25 %, licensed 50 %, closed 25 %"


def test_each_regime_but_the_open_one_is_hatched() -> None:
    for name in ("suspended-dots", "licensed-lines", "closed-cross"):
        assert f'id="{name}"' in patterns()
        assert f"url(#{name})" in legend()


def test_no_belief_is_an_empty_picture() -> None:
    assert "A@B: none" in belief_bars([], "A@B")
