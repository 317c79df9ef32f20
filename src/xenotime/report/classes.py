"""Cover classes in a document: summed where a sector is meant, apart where the question is who stops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
OWN = ("cover_class", "share")
NOTABLE = 0.99  # of baseline use: classes that use as much as ever are not listed


def over_classes(rows: Iterable[Row], keys: tuple[str, ...], sums: tuple[str, ...]) -> list[Row]:
    """One row per `keys`; `sums` are added, every other column is the same in all classes or is dropped."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key not in found:
            found[key] = {name: value for name, value in row.items() if name not in OWN}
        else:
            for name in sums:
                found[key][name] += row[name]
    return list(found.values())


def short_rows(rows: Iterable[Row], keys: tuple[str, ...]) -> list[Row]:
    """Shortfalls of sectors, with their share of what all classes of the sector want at base prices."""
    return [
        {**row, "share": row["value"] / row["wanted"]}
        for row in over_classes(rows, keys, ("value", "wanted"))
    ]


def class_rows(consumption: Iterable[Row], stocks: Iterable[Row], normal: Iterable[Row]) -> list[Row]:
    """Per cover class that uses notably less: use, use in the baseline, and closing stock (units)."""
    keys = ("month", "material", "region", "sector", "cover_class")
    held = {tuple(row[key] for key in keys): row["value"] for row in stocks if row["cover_class"]}
    before = {tuple(row[key] for key in keys): row["value"] for row in normal}
    found = []
    for row in consumption:
        place = tuple(row[key] for key in keys)
        if row["cover_class"] and row["value"] < NOTABLE * before.get(place, 0.0):
            found.append(
                {
                    **{key: row[key] for key in keys},
                    "value": row["value"],
                    "baseline": before[place],
                    "stock": held.get(place, 0.0),
                }
            )
    return found
