"""What of a program stays the same from month to month and draw to draw: its matrices, held by columns.

Segments of one curve are held as one column (`curves`), and limits have got a slack column each, so that
every row is an equation.  Balances come first and limits after them in the numbers of rows of the program;
here rows stand in the order that fills the factor least.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
import scipy.sparse.linalg as spla

from xenotime.market.column_loops import fill
from xenotime.market.curves import Columns, apart
from xenotime.market.elimination import Plan, make_plan, postorder
from xenotime.market.engines import QP, Array
from xenotime.market.fronts import Factor, factorise
from xenotime.market.scaling import Scale

Places = npt.NDArray[np.int64]
Few = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

MEMORY = 24  # patterns kept: those of a look-ahead and its rest, as plants open and controls change
SHIFT = 1e-13  # of the diagonal, and of its largest entry with the next
SHIFT_FLOOR = 1e-24  # steep curves next to flat ones span that many orders of magnitude


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where the numbers of a program and of Newton's matrix Q D^-1 B' stand.

    start, row : entries of each column, rows in the order of elimination;  origin : of each entry, its place
    in the stacked matrix;  order : row of the program by place, position : the inverse
    place : of every pair of entries of a column that links, its place among the `entries` of Newton's matrix
    diagonal : where its diagonal stands;  plan : how it is factorised
    """

    start: Places
    row: Few
    origin: Places
    order: Places
    position: Places
    place: Few
    links: Flags
    entries: int
    diagonal: Places
    plan: Plan


@dataclass(frozen=True, slots=True)
class Frame:
    """Pattern and scaled quantities of a program; `keys` finds an entry by held column and row.

    links, scale : of the columns of the program;  size : of each held column, see `curves`
    """

    pattern: Pattern
    amount: Array
    keys: Places
    links: Flags
    scale: Scale
    columns: Columns
    size: Array
    balances: int
    limits: int

    def worth(self, qp: QP) -> Array:
        """Entries of B: those of Q less charges in proportion to value."""
        if qp.A_tax is None or qp.G_tax is None:
            return self.amount
        worth = self.amount.copy()
        for tax, first, factor, sign in (
            (qp.A_tax, 0, self.scale.equality, -1.0),
            (qp.G_tax, self.balances, self.scale.limit, 1.0),
        ):
            if tax.nnz:
                whole = np.repeat(np.arange(tax.shape[1]), np.diff(tax.indptr))
                column = self.columns.group[whole]
                heads = whole == self.columns.head[column]
                column, row, rate = column[heads], tax.indices[heads], tax.data[heads]
                at = np.searchsorted(self.keys, column * (self.balances + self.limits) + first + row)
                np.add.at(worth, self.pattern.origin[at], sign * rate * factor[row] * self.size[column])
        return worth

    def newton(self, amount: Array, worth: Array, inverse: Array, more: Array | None = None) -> Factor:
        """Q diag(inverse) B', its diagonal raised by as much as keeps it from being singular, and by `more`,
        factorised."""
        pattern = self.pattern
        data = np.empty(pattern.entries)
        fill(pattern.start, amount, worth, pattern.place, pattern.links, inverse, data)
        own = data[pattern.diagonal]
        shift = SHIFT * own + SHIFT_FLOOR * max(1.0, float(own.max(initial=0.0)))
        data[pattern.diagonal] += shift if more is None else shift + more
        return factorise(pattern.plan, data)


def build_frame(
    A: sp.csc_matrix, G: sp.csc_matrix, scale: Scale, links: Flags, columns: Columns | None = None
) -> Frame:
    """The frame of a program with balances `A` and limits `G`.

    links : columns that may move; the others link nothing, which leaves factors half as large
    columns : which of them are held as one; each by itself if left out
    """
    columns = columns or apart(A.shape[1])
    head, size = columns.head, columns.sums(scale.column)
    A, G = A[:, head], G[:, head]
    balances, limits = A.shape[0], G.shape[0]
    stacked = sp.bmat([[A, None], [G, sp.identity(limits)]] if limits else [[A]], format="csc")
    stacked.sort_indices()
    column = np.repeat(np.arange(stacked.shape[1]), np.diff(stacked.indptr))
    places = (stacked.indptr.astype(np.int32), stacked.indices.astype(np.int32))
    linking = np.concatenate([links[head], np.ones(limits, dtype=bool)])
    pattern = _pattern(*(part.tobytes() for part in places), linking.tobytes(), stacked.shape)
    rows = np.concatenate([scale.equality, scale.limit])
    sizes = np.concatenate([size, 1.0 / scale.limit])
    scaled = stacked.data * rows[stacked.indices] * sizes[column]
    amount = np.empty_like(scaled)
    amount[pattern.origin] = scaled
    keys = column.astype(np.int64) * stacked.shape[0] + stacked.indices
    return Frame(pattern, amount, keys, links, scale, columns, size, balances, limits)


@lru_cache(maxsize=MEMORY)
def _pattern(indptr: bytes, indices: bytes, linking: bytes, shape: tuple[int, int]) -> Pattern:
    """A pure function of where entries stand, so it may be kept between programs."""
    start, row = np.frombuffer(indptr, np.int32).astype(np.int64), np.frombuffer(indices, np.int32)
    moves = np.frombuffer(linking, np.bool_)
    stacked = sp.csc_matrix((np.ones(len(row)), row, start), shape=shape)
    order = _order(stacked[:, moves])
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    column = np.repeat(np.arange(shape[1]), np.diff(start))
    there = position[row]
    sorted_ = np.lexsort((there, column))
    origin = np.empty(len(row), dtype=np.int64)
    origin[sorted_] = np.arange(len(row))
    there = there[sorted_]
    each = np.diff(start)
    partners = np.where(moves, each, 0)[column]
    left = np.repeat(np.arange(len(row)), partners)
    within = np.arange(len(left)) - np.repeat(np.cumsum(partners) - partners, partners)
    right = start[column[left]] + within
    size = shape[0]
    cell = there[right] * size + there[left]  # stored by columns of the one that gives the value
    kept, entry = np.unique(np.concatenate([cell, np.arange(size) * (size + 1)]), return_inverse=True)
    ends = np.searchsorted(kept, np.arange(size + 1) * size)
    return Pattern(
        start.astype(np.int64),
        there.astype(np.int32),
        origin,
        order,
        position,
        entry[: len(cell)].astype(np.int32),
        moves,
        len(kept),
        entry[len(cell) :].astype(np.int64),
        make_plan(ends, kept % size),
    )


def _order(stacked: sp.csc_matrix) -> Places:
    """Minimum degree order of the rows of Newton's matrix, branches of its elimination tree together."""
    links = (abs(stacked) @ abs(stacked).T + sp.identity(stacked.shape[0])).tocsc()
    dominant = (links + sp.diags(np.asarray(links.sum(axis=1)).ravel())).tocsc()
    quick = spla.splu(
        dominant, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
    )
    order = np.argsort(quick.perm_c)
    there = links[order][:, order].tocsc()
    there.sort_indices()
    return np.asarray(order[postorder(there.indptr, there.indices)], dtype=np.int64)
