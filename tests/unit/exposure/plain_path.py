"""The plain path: a bill read row by row with dictionaries, so simple that one can see that it is right."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from unit.exposure.bills import words
from xenotime.exposure.columns import GRAMS


def pieces_of(rows: list[dict[str, str]]) -> list[float]:
    """Pieces of each row in one product, by level; zero for a row whose next row is one level down."""
    found = []
    for number, row in enumerate(rows):
        count, level = float(row["quantity"] or 1), int(row["level"])
        for above in reversed(rows[:number]):
            if above["product"] != row["product"]:
                break
            if int(above["level"]) == level - 1:
                count, level = count * float(above["quantity"] or 1), level - 1
        following = rows[number + 1 : number + 2]
        holds = any(
            next_["product"] == row["product"] and int(next_["level"]) == int(row["level"]) + 1
            for next_ in following
        )
        found.append(0.0 if holds else count)
    return found


def plain_grams(path: Path) -> dict[tuple[str, str, str], float]:
    """Grams of each element in one of each product: (product, stage, element) to grams, middle contents."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reader = words()
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for row, pieces in zip(rows, pieces_of(rows), strict=True):
        good = reader.read(row["material"], row["grade"])
        if not pieces or not good.stage:
            continue
        mass = good.piece[1] if good.piece else float(row["mass"]) * GRAMS[row["mass_unit"] or "g"]
        for element, share in zip(reader.contents.elements, good.shares[:, 1], strict=True):
            if good.shares[reader.contents.elements.index(element), 2] > 0:
                sums[row["product"], good.stage, element] += pieces * mass * share
    return dict(sums)
