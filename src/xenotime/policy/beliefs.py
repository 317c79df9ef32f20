"""What is believed about controls, month by month, as data: a path of probabilities over regimes (M17, M19).

A belief is dated: from its month on, and until the next step of its path, each regime has a probability of
ruling at that date.  Hazards say how likely a regime gives way to another within a month, so that what is
believed of a later month is the belief times a power of their matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from xenotime.months import month_number
from xenotime.policy.regimes import REGIMES

_STRICT = ConfigDict(extra="forbid", frozen=True)
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class BeliefStepEntry(BaseModel):
    """What is believed from `month` on; the regimes rule from `begins` (blank: at once)."""

    model_config = _STRICT

    month: str
    begins: str = ""
    probability: dict[str, Share]


class BeliefEntry(BaseModel):
    """One belief of a case: controls that share one future, and how likely each regime is held to be."""

    model_config = _STRICT

    controls: tuple[str, ...] = Field(min_length=1)
    path: tuple[BeliefStepEntry, ...]
    hazard: dict[str, dict[str, Share]] = Field(default_factory=dict)
    assumed: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class BeliefStep:
    """One step of a path: the month it holds from, when the regimes begin, probability per `REGIMES`."""

    month: str
    begins: str
    probability: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """A belief in the future of `controls`, which share one regime.

    steps : in the order of their months
    hazard : per regime and regime it gives way to, probability per month; nothing on the diagonal
    """

    controls: tuple[str, ...]
    steps: tuple[BeliefStep, ...]
    hazard: tuple[tuple[float, ...], ...] = ((0.0,) * len(REGIMES),) * len(REGIMES)
    note: str = ""
    source: str = ""


def step_in(belief: Belief, month: str) -> BeliefStep | None:
    """The step that holds in `month`; None before the first."""
    begun = [step for step in belief.steps if step.month <= month]
    return begun[-1] if begun else None


def transition(belief: Belief) -> npt.NDArray[np.float64]:
    """Monthly transition matrix of regimes: hazards, and on its diagonal the chance to stay."""
    matrix = np.array(belief.hazard)
    return matrix + np.diag(1.0 - matrix.sum(axis=1))


def predicted(belief: Belief, month: str, later: str) -> dict[str, float]:
    """(M19) probability of each regime ruling in `later` as believed in `month`: b P^k, k months ahead.

    Empty before the first step; regimes without any probability are left out.
    """
    step = step_in(belief, month)
    if step is None:
        return {}
    ahead = max(0, month_number(later) - month_number(month))
    chance = np.array(step.probability) @ np.linalg.matrix_power(transition(belief), ahead)
    return {name: float(share) for name, share in zip(REGIMES, chance, strict=True) if share > 0}


def as_row(chances: Mapping[str, float]) -> tuple[float, ...]:
    """Numbers by regime as a row in the order of `REGIMES`."""
    return tuple(float(chances.get(name, 0.0)) for name in REGIMES)
