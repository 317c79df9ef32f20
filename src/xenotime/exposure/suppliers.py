"""Suppliers of a bill found among the plants of the facts, which says where a part with no country was
made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

SHORTEST = 5  # letters of a name that may begin another: shorter ones begin too many
LATE = ("magnet", "alloy", "metal", "separation", "recycling")  # stages a maker of parts buys from
NOBODY = ("various", "")


@dataclass(frozen=True, slots=True)
class Found:
    """A supplier's plants.

    region : where they stand, blank where they stand in several countries;  plants : their names
    """

    supplier: str
    region: str
    plants: tuple[str, ...]


def find_suppliers(names: Iterable[str], facts: Facts) -> dict[str, Found]:
    """Suppliers that are operators or plants of the facts, by the name in the bill."""
    whole: dict[str, list[Any]] = {}  # plants by name, and by the words a name begins with
    begun: dict[str, list[Any]] = {}
    for row in facts.rows("facilities"):
        if row.operator not in NOBODY and any(stage in row.stage for stage in LATE):
            for text in dict.fromkeys(_plain(text) for text in (row.operator, row.name)):
                whole.setdefault(text, []).append(row)
                for start in _beginnings(text):
                    begun.setdefault(start, []).append(row)
    found: dict[str, Found] = {}
    for name in names:
        plain = _plain(name)
        rows = [*whole.get(plain, ()), *begun.get(plain, ())]
        rows += [row for start in _beginnings(plain) for row in whole.get(start, ())]
        if rows:
            plants = tuple(dict.fromkeys(row.name for row in rows))
            found[name] = Found(name, _region(rows), plants)
    return found


def _region(rows: list[Any]) -> str:
    regions = {row.region for row in rows}
    return regions.pop() if len(regions) == 1 else ""


def _beginnings(name: str) -> list[str]:
    """Whole words a name begins with, itself left out, where they are long enough to mean something."""
    words = name.split()
    starts = [" ".join(words[:count]) for count in range(1, len(words))]
    return [start for start in starts if len(start) >= SHORTEST]


def _plain(text: str) -> str:
    """A name without its legal form, in lower case."""
    words = re.sub(r"[^\w&]+", " ", text.casefold()).split()
    legal = {
        "co",
        "ltd",
        "inc",
        "gmbh",
        "ag",
        "kg",
        "corp",
        "corporation",
        "limited",
        "plc",
        "sa",
        "kk",
        "company",
    }
    return " ".join(word for word in words if word not in legal)
