"""How good a figure is: the worst of what it is made of, and how wide it is when nobody says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from xenotime.facts.column import GRADES

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "A": "official statistics or legal text, also where a wire story quotes it",
        "B": "a company's filing, or peer-reviewed",
        "C": "press that quotes data",
        "D": "an estimate, derived, or recalled and not read again",
    }
)

# Relative half-width of the range of a figure whose source states none: a convention of the data package.
DEFAULT_RANGE: Mapping[str, float] = MappingProxyType({"A": 0.05, "B": 0.10, "C": 0.20, "D": 0.40})


def worst(grades: Iterable[str]) -> str:
    """Grade of something derived from inputs of these grades; D when there are none.

    Raises
    ------
    ValueError : for a word that is not a grade
    """
    known = list(grades)
    for grade in known:
        if grade not in GRADES:
            raise ValueError(f"{grade!r} is not a grade; use one of {', '.join(GRADES)}")
    return max(known, default=GRADES[-1])


def default_range(value: float, grade: str, share: bool = False) -> tuple[float, float]:
    """Low and high of a figure without a stated range; a `share` stays within 0 and 1.

    Raises
    ------
    KeyError : for a word that is not a grade
    """
    half = abs(value) * DEFAULT_RANGE[grade]
    low, high = value - half, value + half
    return (max(low, 0.0), min(high, 1.0)) if share else (low, high)
