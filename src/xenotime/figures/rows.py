"""Reading tidy tables: what is controlled, from where, and what things are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Rows = Sequence[Row]

# Instruments that fence a market in at its exit; a tariff fences it at its entrance.
EXIT_INSTRUMENTS = frozenset({"ban", "quota", "licence", "export_tax", "production_quota"})
ENTRANCE_INSTRUMENTS = frozenset({"tariff"})


@dataclass(frozen=True, slots=True)
class Labels:
    """Names for people; a key without a name stands for itself."""

    materials: Mapping[str, str]
    regions: Mapping[str, str]
    groups: Mapping[str, str]
    stages: Mapping[str, str]
    units: Mapping[str, str]

    @classmethod
    def of(cls, materials: Rows, regions: Rows) -> Labels:
        """Collect names from the tables `materials` and `regions` of a run document."""
        return cls(
            materials={row["material"]: row.get("name") or plain(row["material"]) for row in materials},
            regions={row["region"]: row.get("name") or row["region"] for row in regions},
            groups={row["region"]: row.get("group") or row["region"] for row in regions},
            stages={row["material"]: row.get("stage") or "" for row in materials},
            units={row["material"]: row.get("unit") or "" for row in materials},
        )

    def material(self, key: str) -> str:
        return self.materials.get(key, plain(key))

    def region(self, key: str) -> str:
        return self.regions.get(key, key)

    def group(self, key: str) -> str:
        return self.groups.get(key, key)

    def stage(self, key: str) -> str:
        return self.stages.get(key, "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A month worth a line across the picture, and the words beside it."""

    month: str
    text: str


def plain(key: str) -> str:
    """A key as words: ``ev_traction`` -> ``ev traction``."""
    return key.replace("_", " ")


def sector_words(sector: str) -> str:
    """A sector as words; the rest of them by a name that can stand alone."""
    return "other uses" if sector == "other" else plain(sector)


def inside_regions(controls: Rows) -> frozenset[str]:
    """Regions whose market the controls fence in; empty when no control names a place."""
    return frozenset(
        row[place]
        for instruments, place in ((EXIT_INSTRUMENTS, "origin"), (ENTRANCE_INSTRUMENTS, "destination"))
        for row in controls
        if row["instrument"] in instruments and row.get(place)
    )


def controlled_materials(controls: Rows, materials: Rows) -> frozenset[str]:
    """Materials the controls bind; a control without a material binds them all."""
    named = frozenset(row.get("material") or "" for row in controls)
    if "" in named:
        return frozenset(row["material"] for row in materials)
    return named


def control_marks(controls: Rows, months: Sequence[str]) -> tuple[Mark, ...]:
    """Months of the run in which a control is announced, comes into force or ends."""
    said: dict[str, list[str]] = {}
    for column, words in (("announced", "announced"), ("in_force", "in force"), ("until", "ends")):
        for row in controls:
            month = row.get(column) or ""
            if month in months and words not in said.setdefault(month, []):
                said[month].append(words)
    return tuple(Mark(month, ", ".join(words)) for month, words in sorted(said.items()))


def material_marks(controls: Rows, material: str, months: Sequence[str]) -> tuple[Mark, ...]:
    """:func:`control_marks` of the controls that bind `material`."""
    return control_marks([row for row in controls if row.get("material") in ("", None, material)], months)


def grouped(rows: Rows, *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of `columns`, in order of first appearance."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    return groups


def total(rows: Rows, column: str = "value") -> float:
    """Sum of a column; a cell marked unknown (None) adds nothing."""
    return float(sum(row[column] for row in rows if row[column] is not None))


def amount_unit(rows: Rows) -> str:
    """Unit of a sum over months of rows per month: ``t/month`` -> ``t``."""
    return one_unit(rows).replace("/month", "")


def one_unit(rows: Rows) -> str:
    """The unit all rows share, or the units joined by ``and`` when they differ."""
    return " and ".join(dict.fromkeys(str(row["unit"]) for row in rows if row.get("unit")))
