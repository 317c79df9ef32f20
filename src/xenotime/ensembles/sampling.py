"""Points of an ensemble: every number has a stream of its own, so that no other number moves its draws.

``sobol``: the first dimension of a scrambled Sobol sequence per number (van der Corput), whose points within
each block [2^k, 2^(k+1)) are dealt in a random order of that number's own (Latin supercube sampling, Owen
1998, with groups of one).  Every dyadic block is stratified in every number, point i is the same however
many are asked for, and numbers are paired at random, which hundreds of joint Sobol dimensions over some
hundred points are not: more than half of them would share their halves with another.

``lhs``: a Latin hypercube, stratified over exactly the points asked for; another count is another design.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from xenotime.market.network import Array

DESIGNS = ("sobol", "lhs")
EDGE = 1e-9  # quantiles stay inside (0, 1), where every law has a value


def stream(*parts: object) -> int:
    """A seed that depends on its parts and nothing else."""
    return int.from_bytes(sha256("\x1f".join(map(str, parts)).encode("utf-8")).digest()[:8], "big")


def points(design: str, seed: int, names: Sequence[str], draws: int) -> Array:
    """Quantiles in (0, 1), draws x names.

    Raises ValueError for an unknown design.
    """
    if design not in DESIGNS:
        raise ValueError(f"{design!r} is no design; use one of {', '.join(DESIGNS)}")
    of = _supercube if design == "sobol" else _hypercube
    table = np.empty((draws, len(names)))
    for place, name in enumerate(names):
        table[:, place] = of(seed, name, draws)
    return np.clip(table, EDGE, 1 - EDGE)


def _supercube(seed: int, name: str, draws: int) -> Array:
    from scipy.stats import qmc

    power = max(draws - 1, 0).bit_length()
    own = qmc.Sobol(1, scramble=True, seed=np.random.default_rng(stream("sobol", seed, name)))
    line = own.random_base2(power)[:, 0]
    for level in range(power):
        first, end = 2**level, 2 ** (level + 1)
        order = np.random.default_rng(stream("order", seed, name, level)).permutation(first)
        line[first:end] = line[first:end][order]
    return np.asarray(line[:draws])


def _hypercube(seed: int, name: str, draws: int) -> Array:
    from scipy.stats import qmc

    own = qmc.LatinHypercube(1, seed=np.random.default_rng(stream("lhs", seed, name, draws)))
    return np.asarray(own.random(draws)[:, 0])


def luck(seed: int, number: int) -> int:
    """Seed of what no fact decides in draw `number`: luck of applicants, slips of projects."""
    return stream("luck", seed, number) % 2**31
