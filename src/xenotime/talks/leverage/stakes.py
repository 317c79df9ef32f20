"""What is at stake when a line stops: output and value added per unit of input, from the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from xenotime.market.network import Array
from xenotime.world.growth import sectors_of
from xenotime.world.numbers import FactTables
from xenotime.world.tables import Demand
from xenotime.world.uses import magnet_material
from xenotime.world.world import World

MAGNET = "sintered_magnet"
MAGNETS = ("NdFeB_", "SmCo")  # how materials that are magnets are named in the facts' worlds
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """Value added of one sector per unit of input (USD/unit), with its range, as the facts state it.

    output : low, value and high of output per unit of input, where the facts state it
    """

    sector: str
    region: str
    kind: str
    low: float
    value: float
    high: float
    grade: str
    source: str
    output: tuple[float, float, float] | None = None

    @property
    def name(self) -> str:
        """Its name among uncertain numbers."""
        return f"value_added/{self.sector}/{self.kind}"


@dataclass(frozen=True, slots=True)
class Stakes:
    """Per demand row, USD per unit of input; NaN where no figure is known.

    A row without a figure is valued by its own curve: a stopped line is worth its choke price.
    sources : of the figures used;  unknown : sectors without one
    figures : of value added that rows are made of;  parts : rows x figures, how much of each is in a row
    """

    value_added: Array
    output: Array
    sources: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    parts: Array = field(default_factory=lambda: np.zeros((0, 0)))

    def at(self, values: Sequence[float], outputs: Sequence[float] = ()) -> Stakes:
        """The same rows with other values of the figures (USD/unit), in the order of `figures`.

        outputs : of the same figures; as stated where left out.  A figure without a stated output has none.
        """
        if not self.figures:
            return self
        known = ~np.isnan(self.value_added)
        worth = np.where(known, self.parts @ np.asarray(values, dtype=float), np.nan)
        stated = np.array([item.output[1] if item.output else 0.0 for item in self.figures])
        has = np.array([item.output is not None for item in self.figures])
        other = np.where(has, np.asarray(outputs, dtype=float), 0.0) if len(outputs) else stated
        usual = self.parts @ stated
        grown = np.divide(self.parts @ other, usual, out=np.ones_like(usual), where=usual > 0)
        return replace(self, value_added=worth, output=self.output * grown)


def no_stakes(rows: Sequence[Demand]) -> Stakes:
    """Nothing is known: every row is valued by its curve."""
    blank = np.full(len(rows), np.nan)
    return Stakes(blank, blank, (), tuple(sorted({row.sector for row in rows})))


def read_stakes(rows: Sequence[Demand], world: World, facts: FactTables) -> Stakes:
    """Value added and output of final makers per tonne of input; several sectors of one row by their use.

    For worlds made from the facts: a world of the user's own has sectors of its own (:func:`no_stakes`).
    """
    table = {
        (row.sector, row.region, row.material_class, row.measure): row for row in facts.rows("downstream")
    }
    stage = {row.material: row.stage for row in world.materials}
    used: set[str] = set()
    unknown: set[str] = set()
    found = np.full((2, len(rows)), np.nan)
    figures: dict[tuple[str, str, str], Figure] = {}
    mixed: list[dict[tuple[str, str, str], float]] = [{} for _ in rows]
    tonnes = _used(facts, int(world.date[:4]) if world.date else 0)
    for place, row in enumerate(rows):
        kind = "magnet" if stage.get(row.material) == MAGNET else "oxide"
        shares = _shares(tonnes, row)
        for at, measure in enumerate(("value_added", "output_value")):
            values = {name: _figure(table, name, row.region, kind, measure) for name in shares}
            known = {name: value for name, value in values.items() if value is not None}
            whole = sum(shares[name] for name in known)
            if not known or whole <= 0:
                unknown.add(row.sector)
                continue
            found[at, place] = sum(shares[name] / whole * value.value for name, value in known.items())
            used |= {value.source for value in known.values()}
            if measure == "value_added":
                for name, value in known.items():
                    key = value.sector, value.region, kind
                    figures.setdefault(key, _read(value, kind, table.get((*key, "output_value"))))
                    mixed[place][key] = mixed[place].get(key, 0.0) + shares[name] / whole
    names = sorted(figures)
    parts = np.array([[row.get(name, 0.0) for name in names] for row in mixed]).reshape(len(rows), -1)
    return Stakes(
        found[0],
        found[1],
        tuple(sorted(used)),
        tuple(sorted(unknown)),
        tuple(figures[name] for name in names),
        parts,
    )


def _used(facts: FactTables, year: int) -> dict[tuple[str, str], dict[str, float]]:
    """Use by (material, sector) and region, of the newest year up to `year` (t/year)."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for name, column in (("magnet_demand", "magnet_grade"), ("uses", "element")):
        rows = facts.rows(name)
        years = sorted({int(row.year) for row in rows})
        chosen = max((one for one in years if one <= year), default=years[0] if years else year)
        for row in rows:
            if int(row.year) == chosen:
                good = getattr(row, column)
                own = magnet_material(good) if name == "magnet_demand" else good
                here = found.setdefault((own, row.sector), {})
                here[row.region] = here.get(row.region, 0.0) + float(row.quantity)
    return found


def _shares(tonnes: Mapping[tuple[str, str], Mapping[str, float]], row: Demand) -> dict[str, float]:
    """How much of a row each of its sectors is: by use there, else by use in the world, else alike."""
    names = sectors_of(row)
    good = row.material if row.material.startswith(MAGNETS) else row.material.partition("_")[0]
    here = {name: tonnes.get((good, name), {}).get(row.region, 0.0) for name in names}
    if not sum(here.values()) > 0:
        here = {name: sum(tonnes.get((good, name), {}).values()) for name in names}
    return here if sum(here.values()) > 0 else dict.fromkeys(names, 1.0)


def _read(row: Any, kind: str, output: Any) -> Figure:
    stated = (output.low, output.value, output.high) if output is not None else None
    return Figure(row.sector, row.region, kind, row.low, row.value, row.high, row.grade, row.source, stated)


def for_rows(stakes: Stakes, count: int) -> Stakes:
    """The same stakes for a network with rows of its own after those of the world: orders, of no stake."""
    more = np.full(count - len(stakes.value_added), np.nan)
    return replace(
        stakes,
        value_added=np.concatenate([stakes.value_added, more]),
        output=np.concatenate([stakes.output, more]),
        parts=np.vstack([stakes.parts, np.zeros((len(more), stakes.parts.shape[1]))]),
    )


def _figure(
    table: Mapping[tuple[str, str, str, str], Any], sector: str, region: str, kind: str, measure: str
) -> Any:
    for name in (sector, OTHER):
        for place in (region, "WLD"):
            if (name, place, kind, measure) in table:
                return table[name, place, kind, measure]
    return None
