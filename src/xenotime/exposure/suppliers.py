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
    known = [
        (row, [_plain(text) for text in (row.operator, row.name)])
        for row in facts.rows("facilities")
        if row.operator not in NOBODY and any(stage in row.stage for stage in LATE)
    ]
    found: dict[str, Found] = {}
    for name in names:
        plain = _plain(name)
        rows = [row for row, texts in known if plain and any(_same(plain, text) for text in texts)]
        if rows:
            found[name] = Found(name, _region(rows), tuple(row.name for row in rows))
    return found


def _region(rows: list[Any]) -> str:
    regions = {row.region for row in rows}
    return regions.pop() if len(regions) == 1 else ""


def _same(one: str, other: str) -> bool:
    """Whether names are equal, or one of some length begins the other."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= SHORTEST and long.startswith(f"{short} "))


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
