"""Rare earths, month by month: what a control, deal or policy does to price and availability.

The names below load their modules only when they are used, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module, metadata
from typing import Any

from xenotime.displays import show_with

__version__ = metadata.version("xenotime")

__all__ = [
    "__version__",
    "bargain",
    "brief",
    "document",
    "ensemble",
    "expose",
    "hindcast",
    "ledger",
    "leverage",
    "load_case",
    "load_world",
    "pictures",
    "plan",
    "read",
    "run",
    "solve",
    "value_project",
]


def _shown(record: object) -> tuple[str, str]:
    """What a notebook shows of a record; what draws it is imported when something is shown."""
    found: tuple[str, str] = import_module("xenotime.notebook").shown(record)
    return found


show_with(_shown)


def __getattr__(name: str) -> Any:
    """Fetch a public name from :mod:`xenotime.api` on first use."""
    if name in __all__:
        return getattr(import_module("xenotime.api"), name)
    raise AttributeError(f"module 'xenotime' has no attribute {name!r}")
