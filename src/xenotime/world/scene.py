"""Which plants there are in a base year: facts, assumptions, and what decides who runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xenotime.months import month_number, month_text
from xenotime.world.numbers import FactTables, Numbers

NEVER = ("planned", "cancelled")


@dataclass(frozen=True, slots=True)
class Scene:
    """What decides which plants run.

    mined, wanted : output by region and feed, use by magnet grade (t/year)
    capped : regions whose mining quota was used in full
    """

    facts: FactTables
    numbers: Numbers
    date: str
    year: int
    mined: Mapping[tuple[str, str], float]
    wanted: Mapping[str, float]
    capped: frozenset[str] = frozenset()

    def output_of(self, feed: str) -> float:
        """World output of a feed."""
        return sum(amount for (_, name), amount in self.mined.items() if name == feed)


def read_mined(facts: FactTables, year: int) -> dict[tuple[str, str], float]:
    """Mine output by region and feed in `year` (t REO/year)."""
    return {
        (row.region, row.feed): float(row.production)
        for row in facts.rows("mine_production")
        if int(row.year) == year
    }


def regions_at_quota(facts: FactTables, numbers: Numbers, year: int) -> frozenset[str]:
    """Regions whose mining quota of the year was used in full and not overrun."""
    quota: dict[str, float] = {}
    mined: dict[str, float] = {}
    for row in facts.rows("quotas"):
        if int(row.year) == year and row.kind == "mining_total":
            quota[row.region] = float(row.quota)
    routes = {row.feed: row.route for row in facts.rows("feeds")}
    for (region, feed), amount in read_mined(facts, year).items():
        if routes[feed] != "byproduct":
            mined[region] = mined.get(region, 0.0) + amount
    slack = 1 - numbers["full_load_share"]
    return frozenset(
        region for region, limit in quota.items() if abs(mined.get(region, 0.0) / limit - 1) <= slack
    )


def living_plants(scene: Scene) -> list[Any]:
    """Rows of plants that run in the base month or are under way to start within the window ahead."""
    now = month_number(scene.date)
    window = int(scene.numbers["plants_ahead_months"])
    found = []
    for row in scene.facts.rows("facilities"):
        begin = start_of(row)
        if row.in_totals != "yes" or row.status in NEVER or begin is None:
            continue
        ended = bool(row.end) and month_number(row.end) < now
        gone = row.status in ("idle", "closed") and not row.end
        if not ended and not gone and begin <= now + window:
            found.append(row)
    return found


def start_of(row: Any) -> int | None:
    """First month of operation as a number: as happened, else as planned; None where neither is known."""
    text = row.start or row.planned_start
    if text:
        return month_number(text)
    return 0 if row.status == "operating" else None


def runs(row: Any, scene: Scene) -> bool:
    """Whether the plant counts in the base year: it began long enough before the base month to be at load."""
    begin = start_of(row)
    return begin is not None and begin + int(scene.numbers["months_to_load"]) <= month_number(scene.date)


def counted_start(scene: Scene, row: Any) -> str:
    """First month a plant counts from: as given where it is at load, else after its ramp-up."""
    text = str(row.start or row.planned_start)
    if runs(row, scene) or not text:
        return text
    return month_text(month_number(text) + int(scene.numbers["months_to_load"]))


def project_columns(row: Any, date: str) -> dict[str, Any]:
    """Columns of the facilities table that say how far a plant that does not run yet has come.

    A start that is on record is a fact and does not slip; a plan does, as plans of its kind do.
    """
    if row.start:
        begun = month_number(row.start) <= month_number(date)
        stage = "ramp_up" if begun else "construction"
        return {"project": stage, "planned_start": row.start, "slip_months": 0.0}
    stage = "construction" if row.status == "construction" else "permitted"
    return {"project": stage, "planned_start": row.planned_start or "", "slip_months": None}
