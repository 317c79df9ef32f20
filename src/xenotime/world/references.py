"""Names that point at other tables: each must exist where the table it points at is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from xenotime.world.problems import Collector, quoted, suggestion
from xenotime.world.tables import columns_of

# Pointers that are blank in most rows, so that the schema does not hold them as keys of another table.
_LOOSE: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("facilities", "floor_material"): "materials",
        ("stocks", "sector"): "sectors",
        ("contracts", "sector"): "sectors",
        ("controls", "material"): "materials",
        ("controls", "origin"): "regions",
        ("controls", "destination"): "regions",
        ("controls", "sector"): "sectors",
    }
)
# A small world may leave these tables out; then a name exists where another table uses it.
_FROM_USE = frozenset({"regions", "materials", "sources"})
_KEY_COLUMN = MappingProxyType(
    {
        "regions": "region",
        "materials": "material",
        "recipes": "recipe",
        "limits": "limit_group",
        "sources": "source",
    }
)


def pointers_of(table: str) -> dict[str, str]:
    """Column to the table (or ``sectors``) its names must be in."""
    found = {name: column.references for name, column in columns_of(table).items() if column.references}
    found |= {column: target for (owner, column), target in _LOOSE.items() if owner == table}
    if table != "sources" and "source" in columns_of(table):
        found["source"] = "sources"
    return found


@dataclass(slots=True)
class Names:
    """Names given by their own tables, names used by others, and every pointer with its place."""

    given: dict[str, set[str]] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    pointers: list[tuple[str, int, str, str, str]] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def note(self, table: str, line: int, cells: Mapping[str, str]) -> None:
        """Take the names of one row, whether or not the rest of the row is right."""
        own = _KEY_COLUMN.get(table)
        if own is not None and cells.get(own):
            self.given.setdefault(table, set()).add(cells[own])
        if table == "demand":
            self.given.setdefault("sectors", set()).add(cells.get("sector") or "all")
        for column, target in pointers_of(table).items():
            name = cells.get(column, "")
            if not name.strip():
                continue
            self.pointers.append((table, line, column, name, target))
            if (table, column) not in _LOOSE:
                self.used.setdefault(target, set()).add(name)

    def check(self, present: frozenset[str], problems: Collector, numbered: bool = True) -> None:
        """Add a problem for every pointer to nowhere.

        `present` are the tables that exist; with `numbered`, the lines noted are lines of files.
        """
        for table, line, column, name, target in self.pointers:
            file = f"{table}.csv"
            home = "demand" if target == "sectors" else target
            if home in self.unreadable:
                continue
            known = self.given.get(target, set())
            if target in _FROM_USE and target not in present:
                if (table, column) not in _LOOSE:
                    continue
                known = self.used.get(target, set())
            if name in known:
                continue
            room = problems.wants_nearest("unknown-name", file)
            problems.add(
                "unknown-name",
                file,
                line if numbered else None,
                column,
                quoted(name),
                _expected(target, target in present),
                suggestion(name, known if room else (), _remedy(target)),
            )


def _expected(target: str, present: bool) -> str:
    if target == "sectors":
        return "a sector of demand.csv"
    if target in _FROM_USE and not present:
        return f"one of the {target} other tables use"
    return f"one of the {target} in {target}.csv" + ("" if present else ", which is not there")


def _remedy(target: str) -> str:
    if target == "sectors":
        return "use a sector that demand.csv has"
    return f"add it to {target}.csv"
