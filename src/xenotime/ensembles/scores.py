"""How good a forecast was: one score, one function.  All work on plain numbers; prices come as logarithms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

BAND = (0.1, 0.9)  # quantiles of the 80 % band that every prediction states


def crps(ensemble: Sequence[float], observed: float) -> float:
    """Continuous ranked probability score of an ensemble, in the unit of what is forecast.

    CRPS = mean |x_i - y| - 1/2 mean |x_i - x_j|; for a single member it is the absolute error.
    """
    members = np.asarray(ensemble, dtype=float)
    spread = np.abs(members[:, None] - members[None, :]).mean()
    return float(np.abs(members - observed).mean() - 0.5 * spread)


def log_error(predicted: float, observed: float) -> float:
    """ln(predicted / observed): 0.69 is twice too high.  Both must be positive."""
    return float(np.log(predicted / observed))


def covers(low: float, high: float, observed: float) -> bool:
    """Whether a band holds what happened, ends included."""
    return low <= observed <= high


def coverage(bands: Sequence[tuple[float, float]], observed: Sequence[float]) -> float:
    """Share of bands that hold what happened; 0.8 is what an 80 % band promises."""
    hits = [covers(low, high, value) for (low, high), value in zip(bands, observed, strict=True)]
    return float(np.mean(hits))


def skill(error: float, rival: float) -> float | None:
    """1 - error / error of the rival: 1 perfect, 0 as good, below 0 worse; None where the rival errs by 0."""
    return 1 - error / rival if rival > 0 else None


def quantile(members: Sequence[float], share: float) -> float:
    """Quantile of an ensemble, linear between its ordered members."""
    return float(np.quantile(np.asarray(members, dtype=float), share))


def band(members: Sequence[float]) -> tuple[float, float, float]:
    """Median and the ends of the 80 % band of an ensemble."""
    return quantile(members, 0.5), quantile(members, BAND[0]), quantile(members, BAND[1])
