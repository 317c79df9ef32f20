"""One thread per solve: the factors are too small to share, and a machine's other cores have other runs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import scipy.linalg  # noqa: F401  # loads the library whose threads are counted
from threadpoolctl import ThreadpoolController


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> Any:
    """Context in which dense kernels use one thread; what was set before comes back after it."""
    return _libraries().limit(limits=1, user_api="blas")
