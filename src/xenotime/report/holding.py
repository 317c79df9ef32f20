"""Tables of what waits and what lies in store: queues of licences, and who holds the stocks."""

from __future__ import annotations

from typing import Any

from xenotime.figures.rows import Rows, grouped, plain, sector_words, total
from xenotime.figures.style import change_text, number_text
from xenotime.report.findings import Findings

LEAST = 1e-3  # of the largest move of a stock: smaller ones are not told


def queue_rows(rows: Rows, found: Findings, most: int) -> tuple[tuple[str, ...], ...]:
    """Queues of licences by control, class of goods and destination, most applied for first."""
    told = []
    for key, members in grouped(rows, "control", "product", "destination").items():
        control, product, destination = key
        months = sorted({row["month"] for row in members})
        lengths = {m: total([row for row in members if row["month"] == m], "length") for m in months}
        longest = max(months, key=lambda month: lengths[month])
        waits = [row["waiting_months"] for row in members if row["waiting_months"] is not None]
        sums = tuple(total(members, name) for name in ("filed", "approved", "shipped"))
        told.append(
            (
                sums[0],
                (
                    *(plain(control), plain(product), found.labels.region(destination)),
                    *map(number_text, sums),
                    f"{number_text(lengths[longest])} ({longest})",
                    str(max(waits)) if waits else "–",
                ),
            )
        )
    told.sort(key=lambda pair: -pair[0])
    return tuple(cells for _, cells in told[:most])


def holder_rows(data: dict[str, Any], found: Findings, most: int) -> tuple[tuple[str, ...], ...]:
    """Holders whose stocks of controlled materials move furthest from those without the control."""
    told = []
    stocks = [row for row in data["stocks"] if row["material"] in found.controlled]
    for key, members in grouped(stocks, "material", "region", "holder").items():
        material, region, holder = key
        unit = members[0]["unit"].removesuffix("/month")
        far = max(members, key=lambda row: abs(row["value"] - row["baseline"]))
        last = max(members, key=lambda row: row["month"])
        move = abs(far["value"] - far["baseline"])
        place = (found.labels.material(material), found.labels.region(region), sector_words(holder))
        amounts = (number_text(far["baseline"]), number_text(far["value"]), number_text(last["value"]))
        change = change_text(far["value"], far["baseline"])
        told.append((move, (*place, unit, far["month"], *amounts[:2], change, amounts[2])))
    told.sort(key=lambda pair: -pair[0])
    least = LEAST * told[0][0] if told else 0.0
    return tuple(cells for move, cells in told[:most] if move > least)
