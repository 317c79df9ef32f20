"""What a run found, read off its tables: the numbers behind the answer, the tiles and the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xenotime.figures.availability import NORMAL, major, worst
from xenotime.figures.peaks import QUIET, Peak, largest_peaks, price_peaks
from xenotime.figures.rents import rent_totals
from xenotime.figures.rows import (
    Labels,
    Row,
    Rows,
    controlled_materials,
    grouped,
    inside_regions,
    total,
)

NOTABLE = 0.05  # a loss of use smaller than this is within what stocks and substitution hide


@dataclass(frozen=True, slots=True)
class Shortage:
    """What one sector of one region did not get of one material over the run."""

    material: str
    region: str
    sector: str
    first: str
    last: str
    value: float
    worst_share: float
    unit: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of a run; every number is a number of its tables or a sum of them.

    Attributes
    ----------
    hardest : month in which most use is lost, summed over pairs of element and region
    pairs : largest price peak (outside, inside) by material, largest change first
    least : lowest availability by (element, region), lowest first
    shortages : by material, region and sector, largest first within each unit
    rents : amounts, USD over the run, by (kind, name, recipient), largest first
    """

    labels: Labels
    months: tuple[str, ...]
    inside: frozenset[str]
    controlled: frozenset[str]
    hardest: str
    pairs: dict[str, tuple[Peak | None, Peak | None]]
    least: tuple[Row, ...]
    shortages: tuple[Shortage, ...]
    rents: dict[tuple[str, str, str], float]

    @property
    def moved(self) -> dict[str, tuple[Peak | None, Peak | None]]:
        """Materials whose price changes at all."""
        return {
            material: pair
            for material, pair in self.pairs.items()
            if max(abs(peak.change) for peak in pair if peak is not None) >= QUIET
        }

    @property
    def lost(self) -> tuple[Row, ...]:
        """Pairs of element and region that lose a notable part of their use in some month."""
        return tuple(row for row in self.least if row["value"] <= 1 - NOTABLE)


def find(data: dict[str, Any]) -> Findings:
    """Read the findings off the tables (`data` of a run document)."""
    labels = Labels.of(data["materials"], data["regions"])
    inside = inside_regions(data["controls"])
    months = tuple(data["months"])
    availability: Rows = major(data["availability"])
    lowest = [
        row
        for rows in grouped(availability, "element", "region").values()
        if (row := worst(rows)) is not None
    ]
    return Findings(
        labels=labels,
        months=months,
        inside=inside,
        controlled=controlled_materials(data["controls"], data["materials"]),
        hardest=hardest_month(data["availability"], months),
        pairs=largest_peaks(price_peaks(data["prices"]), inside),
        least=tuple(sorted((row for row in lowest if row["value"] < NORMAL), key=lambda row: row["value"])),
        shortages=shortages(data["shortfalls"]),
        rents={key: amount for key, amount in rent_totals(data["rents"]).items() if amount},
    )


def hardest_month(availability: Rows, months: Sequence[str]) -> str:
    """Month with most use lost; the first month when nothing is lost.

    Summed over elements; within an element each region weighs what it normally uses, or all weigh
    the same where the table does not say.
    """
    lost = dict.fromkeys(months, 0.0)
    for (_, month), rows in grouped(availability, "element", "month").items():
        weights = [row["baseline"] if row.get("baseline") is not None else 1.0 for row in rows]
        missing = (max(1.0 - row["value"], 0.0) if row["value"] is not None else 0.0 for row in rows)
        lost[month] += sum(w * m for w, m in zip(weights, missing, strict=True)) / (sum(weights) or 1.0)
    return max(lost, key=lambda month: lost[month])


def shortages(shortfalls: Rows) -> tuple[Shortage, ...]:
    """Sum over months by material, region and sector; largest first."""
    found = []
    for (material, region, sector), rows in grouped(shortfalls, "material", "region", "sector").items():
        short = [row for row in rows if row["value"]]
        if short:
            months = [row["month"] for row in short]
            found.append(
                Shortage(
                    material,
                    region,
                    sector,
                    min(months),
                    max(months),
                    total(short),
                    max(row["share"] or 0.0 for row in short),
                    short[0]["unit"].removesuffix("/month"),  # a sum over months
                )
            )
    return tuple(sorted(found, key=lambda shortage: -shortage.value))


def still_short(availability: Rows, month: str) -> int:
    """Pairs of element and region that use notably less than normal in `month`."""
    return sum(
        row["value"] is not None and row["value"] <= 1 - NOTABLE
        for row in major(availability)
        if row["month"] == month
    )
