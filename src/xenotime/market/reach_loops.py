"""Following goods through a program's columns, in one pass after another over compiled loops."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True)
def spread(first: Any, row: Any, entry: Any, way: float, begun: Any, allowed: Any) -> Any:
    """Rows reached from `begun`, and the columns that reach them: those whose needs are all reached.

    first, row, entry : a matrix by columns;  way : the sign of an entry that brings goods, 1 or -1
    begun : rows;  allowed : columns.  Both masks that come back are new.
    """
    rows = begun.copy()
    columns = np.zeros(len(allowed), dtype=np.bool_)
    moved = True
    while moved:
        moved = False
        for j in range(len(allowed)):
            if columns[j] or not allowed[j]:
                continue
            met = True
            for k in range(first[j], first[j + 1]):
                if entry[k] * way < 0.0 and not rows[row[k]]:
                    met = False
                    break
            if not met:
                continue
            columns[j] = True
            for k in range(first[j], first[j + 1]):
                if entry[k] * way > 0.0 and not rows[row[k]]:
                    rows[row[k]] = True
                    moved = True
    return rows, columns
