"""What a dated world rests on: gaps, figures published later, and tonnes by how they were known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from xenotime.world.world import World

KNOWN, FIRST, CARRIED, LATER = "known", "first_edition", "carried", "later"
NOT_TONNES = ("quotas", "prices")  # limits and money: listed, never counted


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that was not out in the month, and what stands in for it.

    kind : ``carried``, ``first edition``, ``fallback``, ``plant unknown``, ``ending unknown`` or ``charge``
    table, row : the figure, by the key of its row
    value, low, high : what is used instead and its range, in the unit of the table; None where nothing is
    why : what was done, in words
    """

    kind: str
    table: str
    row: str
    value: float | None
    low: float | None
    high: float | None
    why: str


@dataclass(frozen=True, slots=True)
class LaterFact:
    """A figure in use that was published after the month.

    stage, tonnes : stage of the chain and tonnes a year that rest on it; 0 for a figure that is no tonnage
    low, high : its range, the estimate of what could be known
    """

    table: str
    row: str
    stage: str
    tonnes: float
    value: float | None
    low: float | None
    high: float | None
    knowable_from: str
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Reliance:
    """Tonnes a year of one table and stage, by how they were known in the month."""

    table: str
    stage: str
    tonnes: float
    known: float
    first_edition: float
    carried: float
    later: float


@dataclass(frozen=True, slots=True)
class LaterTonnes:
    """Tonnes by table and stage, by table (stage blank), and of everything (table `all`).

    Tables count the same metal at different stages; the sum over all of them is a weight for shares only.
    """

    rows: tuple[Reliance, ...]
    tables: tuple[Reliance, ...]
    total: Reliance

    @property
    def known_share(self) -> float:
        """Share of all tonnes whose figure, or a first edition of it, was out in the month."""
        done = self.total.known + self.total.first_edition
        return done / self.total.tonnes if self.total.tonnes else 1.0


@dataclass(slots=True)
class Tally:
    """Collects while facts are gone through."""

    gaps: list[Gap] = field(default_factory=list)
    later: list[LaterFact] = field(default_factory=list)
    tonnes: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def count(self, table: str, stage: str, kind: str, amount: float) -> None:
        """Add tonnes of a figure known in one of the four ways."""
        here = self.tonnes.setdefault((table, stage), dict.fromkeys((KNOWN, FIRST, CARRIED, LATER), 0.0))
        here[kind] += amount

    def reliance(self) -> tuple[Reliance, ...]:
        """The tonnes counted, by table and stage."""
        return tuple(
            Reliance(table, stage, sum(by.values()), by[KNOWN], by[FIRST], by[CARRIED], by[LATER])
            for (table, stage), by in sorted(self.tonnes.items())
        )


def stage_of(table: str, row: Any, plants: Mapping[str, str]) -> str:
    """Stage of the chain a tonnage is about; blank where the figure is none or is not counted."""
    if table == "mine_production":
        return "mine"
    if table == "stage_output":
        return "" if row.product in ("NdFeB_blank", "CeFeB") else str(row.stage)
    if table == "uses":
        return "use of oxides"
    if table == "magnet_demand":
        return "use of magnets"
    if table == "capacities":
        return plants.get(row.facility, "")
    if table == "trade" and not row.material_class.startswith("customs"):
        return f"trade of {row.material_class}"
    return ""


def tonnes_on_later_facts(world: World) -> LaterTonnes:
    """How many tonnes a year a world rests on that were published later; of capacities, nameplate tonnes.

    A world from a user's folder has no such record and gives no rows.
    """
    rows = tuple(world.built.get("reliance", ()))
    flows = [row for row in rows if row.table != "capacities"]
    tables = tuple(
        _sum(name, (row for row in rows if row.table == name))
        for name in dict.fromkeys(row.table for row in rows)
    )
    return LaterTonnes(rows, tables, _sum("all", flows))


def _sum(name: str, rows: Iterable[Reliance]) -> Reliance:
    parts = list(rows)

    def total(column: str) -> float:
        return sum(float(getattr(row, column)) for row in parts)

    return Reliance(
        name, "", total("tonnes"), total("known"), total("first_edition"), total("carried"), total("later")
    )
