"""What makes a headline number unsure: Sobol indices of the stand-in, in parts of the draws' own variance.

First-order: the part of the variance that would go if the number were known; total: the part that would stay
if everything else were known.  Both are of the stand-in, times how much of the variance of left-out draws it
predicts; the rest is told as unexplained and given to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.ensembles.surrogate import Surrogate, fit_surrogate
from xenotime.ensembles.uncertain import POSITIONS, QUANTILES, Uncertain
from xenotime.market.network import Array

POWER = 10  # 2^POWER base points of the Sobol estimate
SEED = 7
ASSUMED_KINDS = ("choke", "elasticity", "cover")
ASSUMED_BEHAVIOUR = ("choke_scale", "elasticity_scale", "elasticity_long_scale", "cover_scale")
ASSUMED = 0.5  # of the variance: beyond it a middle would pretend to know


@dataclass(frozen=True, slots=True)
class Part:
    """What one number, or a group of them, is answerable for; shares of the headline's variance."""

    name: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Of one headline number.

    r2 : what the stand-in explains of left-out draws;  variance : over draws
    parts : numbers the stand-in uses, largest total first;  groups : kinds of numbers
    assumed : share that comes from assumed choke prices, elasticities and cover (grade D)
    """

    headline: str
    r2: float
    variance: float
    parts: tuple[Part, ...]
    groups: tuple[Part, ...]
    assumed: float
    surrogate: Surrogate

    @property
    def unexplained(self) -> float:
        """Share nobody is answerable for: luck, bends too sharp for the stand-in, too few draws."""
        return 1 - self.r2 if self.variance > 0 else 0.0


def is_assumed(number: Uncertain) -> bool:
    """Whether a number is a choke price, an elasticity or a cover that rests on assumption (grade D)."""
    if number.grade != "D":
        return False
    if number.kind == "row":  # of a user's own world: what its holders have in stock
        return any(act.table == "stocks" for act in number.acts)
    return number.kind in ASSUMED_KINDS or number.name.removeprefix("behaviour/") in ASSUMED_BEHAVIOUR


def sensitivity(headline: str, numbers: Sequence[Uncertain], places: Array, output: Array) -> Sensitivity:
    """Sensitivity of one headline number; `places` draws x numbers, `output` one value per draw."""
    stand_in = fit_surrogate(places, output, headline)
    used = stand_in.inputs
    names = [numbers[at].name for at in used]
    assumed = {numbers[at].name: "assumed" if is_assumed(numbers[at]) else "rest" for at in used}
    scale = stand_in.r2
    parts = indices(stand_in, numbers, {name: name for name in names}, scale)
    kinds = indices(stand_in, numbers, {numbers[at].name: numbers[at].kind for at in used}, scale)
    split = {part.name: part for part in indices(stand_in, numbers, assumed, scale)}
    return Sensitivity(
        headline,
        stand_in.r2,
        float(output.var(ddof=1)) if len(output) > 1 else 0.0,
        parts,
        kinds,
        split["assumed"].total if "assumed" in split else 0.0,
        stand_in,
    )


def indices(
    stand_in: Surrogate, numbers: Sequence[Uncertain], group: Mapping[str, str], scale: float
) -> tuple[Part, ...]:
    """Sobol indices (SALib) of the stand-in by group, times `scale`, largest total first.

    group : name of the group of every number the stand-in uses
    """
    used = stand_in.inputs
    if not used or scale <= 0:
        return ()
    names = [numbers[at].name for at in used]
    groups = list(dict.fromkeys(group[name] for name in names))
    if len(groups) == 1:  # one group is answerable for everything the stand-in explains
        return (Part(groups[0], scale, scale),)
    found = _salib(stand_in, [numbers[at] for at in used], [group[name] for name in names])
    parts = [
        Part(name, scale * min(max(first, 0.0), 1.0), scale * min(max(total, 0.0), 1.0))
        for name, first, total in found
    ]
    return tuple(sorted(parts, key=lambda part: (-part.total, part.name)))


def _salib(
    stand_in: Surrogate, used: Sequence[Uncertain], groups: Sequence[str]
) -> list[tuple[str, float, float]]:
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampler

    problem = {
        "num_vars": len(used),
        "names": [item.name for item in used],
        "bounds": [[0.0, 1.0]] * len(used),
        "groups": list(groups),
    }
    quantiles = sampler.sample(problem, 2**POWER, calc_second_order=False, seed=SEED)
    places = np.zeros((len(quantiles), max(stand_in.inputs) + 1))
    for column, (at, item) in enumerate(zip(stand_in.inputs, used, strict=True)):
        places[:, at] = places_of(item, quantiles[:, column])
    said = analysis.analyze(problem, stand_in(places), calc_second_order=False, num_resamples=2, seed=SEED)
    names = list(dict.fromkeys(groups))
    return [(n, float(s), float(t)) for n, s, t in zip(names, said["S1"], said["ST"], strict=True)]


def places_of(item: Uncertain, quantiles: Array) -> Array:
    """Places of a number in its range at many quantiles, as :meth:`Uncertain.position`."""
    if item.options:
        last = len(item.options) - 1
        return np.asarray(2 * item.places_at(quantiles) / last - 1)
    return np.asarray(np.interp(quantiles, QUANTILES, POSITIONS))
