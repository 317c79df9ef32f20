"""A stand-in for runs: a sparse polynomial in the places of the uncertain numbers, and how well it predicts.

Sparse polynomial chaos (after Blatman and Sudret 2011): Legendre polynomials of places in [-1, 1], chosen one
by one for what they explain of what is left.  Two families are tried: powers of each number alone, which can
spread over hundreds of numbers, and products of powers of the few that are chosen first.  Which family and
how many terms is decided by draws left out, a fifth at a time, everything chosen anew without them; how well
those are predicted is how good the stand-in is said to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
from numpy.polynomial import legendre

from xenotime.ensembles.sampling import stream
from xenotime.market.network import Array

ALONE = 3  # highest power of a number alone
FEW = 10  # numbers that are taken together
CANDIDATES = 600  # products of the few, at most
HIGHEST = 8
MOST = 40  # terms; and no more than a quarter of the draws
QUARTER = 0.25
FOLDS = 5
TINY = 1e-12
SAME = 1e-6  # of a column's length: what is left of it says nothing new
Term = tuple[tuple[int, int], ...]  # (input, power) of each factor


@dataclass(frozen=True, slots=True)
class Surrogate:
    """Terms and their weights, the constant first.

    r2 : share of the variance of left-out draws it predicts; 0 where it does no better than the mean
    """

    terms: tuple[Term, ...]
    weights: Array
    r2: float

    @property
    def inputs(self) -> tuple[int, ...]:
        """Inputs that occur, in order."""
        return tuple(sorted({place for term in self.terms for place, _ in term}))

    def __call__(self, places: Array) -> Array:
        """Outputs at `places` (rows x inputs)."""
        return np.asarray(columns_of(places, self.terms) @ self.weights)


@dataclass(frozen=True, slots=True)
class _Path:
    """Terms in the order they were chosen, and predictions of other places with 0, 1, 2 ... of them."""

    terms: tuple[Term, ...]
    said: Array  # counts x places


def fit_surrogate(places: Array, output: Array, name: str = "") -> Surrogate:
    """Fit to draws: `places` draws x inputs in [-1, 1], `output` one value per draw.

    name : of the output; it alone decides which draws are left out together
    """
    spread, draws = float(output.var()), len(output)
    flat = Surrogate((), np.array([float(output.mean())]), 0.0)
    if spread <= TINY * max(1.0, float(np.abs(output).max()) ** 2) or draws < 2 * FOLDS:
        return flat
    order = np.random.default_rng(stream("folds", name, draws)).permutation(draws)
    most = max(1, min(MOST, int(QUARTER * draws)))
    missed = np.zeros((2, most + 1))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        kept = np.setdiff1d(order, out)
        for family, path in enumerate(_paths(places[kept], output[kept], places[out], most)):
            squares = ((path.said - output[out]) ** 2).sum(axis=1)
            missed[family] += np.concatenate([squares, np.full(most + 1 - len(squares), squares[-1])])
    family, count = (int(at) for at in np.unravel_index(np.argmin(missed), missed.shape))
    r2 = 1 - float(missed[family, count]) / (draws * spread)
    terms = _paths(places, output, places[:1], most)[family].terms[:count]
    if r2 <= 0 or not terms:
        return flat
    weights, *_ = np.linalg.lstsq(columns_of(places, terms), output, rcond=None)
    return Surrogate(terms, np.asarray(weights), r2)


def _paths(places: Array, output: Array, other: Array, most: int) -> tuple[_Path, _Path]:
    """Numbers alone, and the few together."""
    inputs = [int(at) for at in np.flatnonzero(places.std(axis=0) > TINY)]
    alone = [((at, power),) for at in inputs for power in range(1, ALONE + 1)]
    first = _forward(places, output, other, alone, most)
    few = list(dict.fromkeys(place for term in first.terms for place, _ in term))
    few = (inputs if len(inputs) <= FEW else few)[:FEW]
    return first, _forward(places, output, other, _together(few), most)


def _together(inputs: Sequence[int]) -> list[Term]:
    """Products of powers of `inputs`, up to the highest total power that leaves no more than CANDIDATES."""
    found: list[Term] = []
    for power in range(1, HIGHEST + 1):
        level = [_term(item) for item in combinations_with_replacement(sorted(inputs), power)]
        if found and len(found) + len(level) > CANDIDATES:
            break
        found += level
    return found


def _term(factors: Sequence[int]) -> Term:
    return tuple((place, factors.count(place)) for place in dict.fromkeys(factors))


def columns_of(places: Array, terms: Sequence[Term]) -> Array:
    """Columns of terms, the constant first, each of mean square about one over evenly spread places."""
    columns = [np.ones(len(places))]
    known: dict[tuple[int, int], Array] = {}
    for term in terms:
        for place, power in term:
            if (place, power) not in known:
                known[place, power] = np.sqrt(2 * power + 1) * legendre.legval(
                    places[:, place], np.eye(power + 1)[power]
                )
        columns.append(np.prod([known[factor] for factor in term], axis=0))
    return np.stack(columns, axis=1)


def _forward(places: Array, output: Array, other: Array, candidates: Sequence[Term], most: int) -> _Path:
    """Orthogonal matching pursuit: `most` terms at most, each the one that explains most of what is left."""
    here, there = columns_of(places, candidates)[:, 1:], columns_of(other, candidates)[:, 1:]
    centre = here.mean(axis=0)
    open_, away = here - centre, there - centre
    length = np.linalg.norm(here, axis=0)
    left, said = output - output.mean(), np.full(len(other), output.mean())
    chosen: list[int] = []
    told = [said]
    while len(chosen) < min(most, len(candidates)):
        norm = np.linalg.norm(open_, axis=0)
        fits = np.divide(np.abs(left @ open_), norm, out=np.zeros_like(norm), where=norm > SAME * length)
        pick = int(np.argmax(fits))
        if fits[pick] <= TINY * max(float(np.linalg.norm(output)), 1e-300):
            break
        direction, beyond = open_[:, pick] / norm[pick], away[:, pick] / norm[pick]
        weight = float(direction @ left)
        left, said = left - weight * direction, said + weight * beyond
        shadow = direction @ open_
        open_, away = open_ - np.outer(direction, shadow), away - np.outer(beyond, shadow)
        chosen.append(pick)
        told.append(said)
    return _Path(tuple(candidates[at] for at in chosen), np.stack(told))
