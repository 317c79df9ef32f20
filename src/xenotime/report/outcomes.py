"""The outcomes runs are told apart by: peak price, shortfall, first shortage, least availability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
Cell = tuple[str, str]
SHORT = 1e-3  # of what is wanted: less is rounding
NOTABLE = 1e-6  # relative change below which two numbers are the same


def outcomes(documents: Sequence[Row]) -> list[Row]:
    """Outcomes by material and region that differ between run documents, largest change first.

    Each row has `outcome`, `material` (an element for availability), `region`, `unit` and `values`, one per
    run, None where a run has none.  `change` is the largest relative change from the first run; None for
    months and where the first has nothing.
    """
    found: list[Row] = []
    for name, unit, read in OUTCOMES:
        each = [read(document["data"]) for document in documents]
        for cell in dict.fromkeys(cell for values in each for cell in values):
            values = [here.get(cell) for here in each]
            if any(_differ(values[0], value) for value in values[1:]):
                material, region = cell
                change = _change(values)
                found.append(
                    {
                        "outcome": name,
                        "material": material,
                        "region": region,
                        "unit": unit,
                        "values": values,
                        "change": change,
                    }
                )
    return sorted(found, key=lambda row: -abs(row["change"] or 0.0))


def _differ(one: Any, two: Any) -> bool:
    if isinstance(one, float) and isinstance(two, float):
        return abs(two - one) > NOTABLE * max(abs(one), abs(two))
    return bool(one != two)


def _change(values: Sequence[Any]) -> float | None:
    first = values[0]
    if not isinstance(first, float) or first == 0:
        return None
    changes = [(value - first) / abs(first) for value in values[1:] if isinstance(value, float)]
    return max(changes, key=abs, default=None)


def peak_prices(data: Row) -> dict[Cell, float]:
    """Highest price on the open market over the run."""
    return {cell: price for cell, (price, _) in _peaks(data).items()}


def peak_months(data: Row) -> dict[Cell, str]:
    """First month of the highest price."""
    return {cell: month for cell, (_, month) in _peaks(data).items()}


def _peaks(data: Row) -> dict[Cell, tuple[float, str]]:
    found: dict[Cell, tuple[float, str]] = {}
    for row in data.get("prices", ()):
        cell = (row["material"], row["region"])
        if row["market"] == "spot" and row["value"] is not None:
            best = found.get(cell)
            if best is None or row["value"] > best[0] * (1 + NOTABLE):
                found[cell] = (float(row["value"]), row["month"])
    return found


def _short(data: Row) -> list[Row]:
    return [row for row in data.get("shortfalls", ()) if row.get("share", 1.0) > SHORT]


def shortfall(data: Row) -> dict[Cell, float]:
    """Use not served over the run, summed over sectors and months."""
    found: dict[Cell, float] = {}
    for row in _short(data):
        cell = (row["material"], row["region"])
        found[cell] = found.get(cell, 0.0) + float(row["value"])
    return found


def first_shortage(data: Row) -> dict[Cell, str]:
    """First month in which some use is not served."""
    found: dict[Cell, str] = {}
    for row in _short(data):
        cell = (row["material"], row["region"])
        found[cell] = min(found.get(cell, row["month"]), row["month"])
    return found


def least_availability(data: Row) -> dict[Cell, float]:
    """Lowest share of its baseline use that a region has of an element in any month."""
    found: dict[Cell, float] = {}
    for row in data.get("availability", ()):
        cell = (row["element"], row["region"])
        found[cell] = min(found.get(cell, float(row["value"])), float(row["value"]))
    return found


OUTCOMES: tuple[tuple[str, str, Callable[[Row], dict[Cell, Any]]], ...] = (
    ("peak price", "USD/unit", peak_prices),
    ("month of the peak", "month", peak_months),
    ("shortfall", "unit over the run", shortfall),
    ("first month of shortage", "month", first_shortage),
    ("least availability", "share of baseline", least_availability),
)
