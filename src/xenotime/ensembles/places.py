"""Where a world is found: a shipped month by its name, built once per process, or a folder of tables."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from xenotime.world.build import build_world
from xenotime.world.checks import read_checked
from xenotime.world.world import World

_DATE = re.compile(r"^(\d{4}-\d{2})(?::(.*))?$")
SHIPPED_MONTHS = (
    "2009-12",
    "2024-12",
)  # the base years the facts are complete for, on all that is known today


def is_shipped(place: str | Path) -> bool:
    """Whether a place is the name of a shipped month and no folder."""
    return isinstance(place, str) and bool(_DATE.match(place)) and not Path(place).is_dir()


def find_world(place: str | Path) -> World:
    """The world of a shipped month or of a folder.

    Raises InputProblems with every fault of a folder, or of a month no world can be built for.
    """
    dated = _DATE.match(place) if isinstance(place, str) and is_shipped(place) else None
    if dated is None:
        return read_checked(Path(place))
    return _shipped(dated[1], dated[2] or "")


@lru_cache(maxsize=4)
def _shipped(date: str, variant: str) -> World:
    if date in SHIPPED_MONTHS and not variant:
        return build_world(date)
    return build_world(date, known_by=date, variant=variant or "strict")
