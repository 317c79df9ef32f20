"""Sparse systems with a symmetric pattern and a strong diagonal, drawn by chance."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from xenotime.market.elimination import Places, postorder


def system(seed: int, most: int = 40) -> sp.csc_matrix:
    """From diagonal to full, in several parts or in one; the pattern is symmetric, the numbers are not."""
    luck = np.random.default_rng(seed)
    size = int(luck.integers(1, most + 1))
    linked = luck.random((size, size)) < luck.choice([0.0, 0.03, 0.1, 0.3, 1.0])
    linked |= linked.T
    np.fill_diagonal(linked, True)
    numbers = np.where(linked, luck.uniform(0.1, 1.0, (size, size)) * luck.choice([-1, 1], (size, size)), 0.0)
    np.fill_diagonal(numbers, np.abs(numbers).sum(axis=1) + luck.uniform(0.1, 1.0, size))
    found = sp.csc_matrix(numbers)
    found.sort_indices()
    return found


def ordered(matrix: sp.csc_matrix) -> tuple[sp.csc_matrix, Places]:
    """The matrix in postorder, and that order."""
    order = postorder(matrix.indptr, matrix.indices)
    found = matrix[order][:, order].tocsc()
    found.sort_indices()
    return found, order


def factor_pattern(matrix: sp.csc_matrix) -> np.ndarray:
    """Where L of the matrix, eliminated as it stands, may have numbers: by the rule, on a whole matrix."""
    filled = matrix.toarray() != 0
    for pivot in range(len(filled)):
        below = np.flatnonzero(filled[pivot + 1 :, pivot]) + pivot + 1
        filled[np.ix_(below, below)] = True
    return np.tril(filled)
