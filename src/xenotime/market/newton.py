"""Newton's matrix of the interior point: its pattern found once, its numbers filled in at every iteration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

SHIFT = 1e-13  # of the diagonal, and of its largest entry with the next
SHIFT_FLOOR = 1e-24  # steep curves next to flat ones span that many orders of magnitude


@dataclass(frozen=True, slots=True)
class Newton:
    """Q D V, rows x rows, for any diagonal D: `fill` times the diagonal of D gives its stored entries."""

    fill: sp.csr_matrix
    indices: Places
    indptr: Places
    diagonal: Places  # where in the stored entries the diagonal stands

    def matrix(self, inverse: Array) -> sp.csc_matrix:
        """Q diag(inverse) V, its diagonal raised by as much as keeps it from being singular."""
        data = self.fill @ inverse
        own = data[self.diagonal]
        data[self.diagonal] += SHIFT * own + SHIFT_FLOOR * max(1.0, float(own.max()))
        size = len(self.indptr) - 1
        return sp.csc_matrix((data, self.indices, self.indptr), shape=(size, size))


def newton_pattern(Q: sp.csr_matrix, V: sp.csr_matrix) -> Newton:
    """Where every product of an entry of `Q` (rows x columns) and one of `V` (columns x rows) goes."""
    size, by_column = Q.shape[0], Q.tocsc()
    column = np.repeat(np.arange(Q.shape[1]), np.diff(by_column.indptr))
    partners = np.diff(V.indptr)[column]
    left = np.repeat(np.arange(by_column.nnz), partners)
    # the entries of V in the same column, one after the other for each entry of Q
    within = np.arange(len(left)) - np.repeat(np.cumsum(partners) - partners, partners)
    right = V.indptr[column[left]] + within
    place = V.indices[right].astype(np.int64) * size + by_column.indices[left]
    kept, entry = np.unique(np.concatenate([place, np.arange(size) * (size + 1)]), return_inverse=True)
    fill = sp.csr_matrix(
        (by_column.data[left] * V.data[right], (entry[: len(place)], column[left])),
        shape=(len(kept), Q.shape[1]),
    )
    indptr = np.searchsorted(kept, np.arange(size + 1) * size)
    return Newton(fill, kept % size, indptr, entry[len(place) :])
