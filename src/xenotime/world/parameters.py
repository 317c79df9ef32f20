"""Figures that are no yearly series: nameplates, costs and cover, and parameters that only stand.

Of several figures about one thing the one a builder would take is kept where it was known; else, in the
strict variant, the nearest one that was; else the later one stays and is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from xenotime.facts.publication import last_month
from xenotime.facts.table import TABLES
from xenotime.world.as_of import View, about, later_fact
from xenotime.world.plants_known import within
from xenotime.world.relied import CARRIED, KNOWN, LATER, Gap

EVERYWHERE = "WLD"
NOT_HELD = "government"  # its stocks are in no world, see the builder's list of what is missing
THINGS: Mapping[str, tuple[str, ...]] = {
    "capacities": ("facility",),
    "costs": ("process", "facility_or_region", "product_basis"),
    "cover": ("holder", "sector", "region", "material_class"),
}
CHARGES = ("tariffs", "export_taxes", "vat_refund")
PLAIN = (
    "elements",
    "yields",
    "freight",
    "transit",
    "elasticities",
    "choke",
    "assumptions",
    "assays",
    "grades",
)


def standing_rows(view: View, name: str, plants: Sequence[Any]) -> Iterator[Any]:
    """Rows of a table of things as they stood; what was done goes into the tally."""
    things: dict[tuple[str, ...], list[Any]] = {}
    for row in view.facts.rows(name):
        things.setdefault(tuple(str(getattr(row, column)) for column in THINGS[name]), []).append(row)
    known = {row.facility: row for row in plants}
    for key, rows in things.items():
        if name == "capacities" and (key[0] not in known or not within(known[key[0]], view.year)):
            continue
        if name == "cover" and key[0] == NOT_HELD:
            yield from rows
            continue
        usual = _usual(view, name, rows)
        row, kind = _standing(view, name, key, rows, usual, things)
        if row is None:
            continue
        plant = known.get(key[0]) if name == "capacities" else None
        tonnes = float(row.capacity) if plant is not None else 0.0
        if plant is not None and _at_work(plant, view.year):
            view.tally.count(name, plant.stage, kind, tonnes)
        if kind == LATER:
            stage = plant.stage if plant is not None else ""
            view.tally.later.append(later_fact(name, row, stage, tonnes))
        yield row


def _standing(
    view: View,
    name: str,
    key: tuple[str, ...],
    rows: Sequence[Any],
    usual: Any,
    things: Mapping[tuple[str, ...], Sequence[Any]],
) -> tuple[Any, str]:
    """The row that stands for a thing and how it was known; None where the world's row stands for it."""
    if view.known(name, usual) is not None:
        return usual, KNOWN
    if not view.strict:
        return usual, LATER
    most = int(view.numbers["carried_years_most"])
    out = [row for row in rows if view.known(name, row) is not None and _gap(row, view.year) <= most]
    if out:
        nearest = _nearest(view, out)
        why = f"that of {_year(nearest)} stands in for {_year(usual)}"
        figure = float(getattr(nearest, TABLES[name].figure))
        view.tally.gaps.append(
            Gap("fallback", name, about(name, usual), figure, nearest.low, nearest.high, why)
        )
        return nearest, CARRIED
    if name == "cover":
        return _cover(view, key, rows, usual, things)
    return _nearest(view, rows), LATER


def _cover(
    view: View,
    key: tuple[str, ...],
    rows: Sequence[Any],
    usual: Any,
    things: Mapping[tuple[str, ...], Sequence[Any]],
) -> tuple[Any, str]:
    """Stand-in for days of cover: for a region the world's figure, for the world the middle of those known.

    Cover is told by stoppages, so a figure from the episode a world is scored on would give the answer away.
    """
    holder, _, region, material_class = key
    if region != EVERYWHERE and (key[0], key[1], EVERYWHERE, key[3]) in things:
        why = "the world's figure stands in for the region's"
        view.tally.gaps.append(Gap("fallback", "cover", about("cover", usual), None, None, None, why))
        return None, ""
    out = [
        row
        for found in things.values()
        for row in found
        if (row.holder, row.material_class) == (holder, material_class) and view.known("cover", row)
    ]
    alike = [row for row in out if row.region == EVERYWHERE] or out
    if not alike:
        return _nearest(view, rows), LATER
    days, low, high = median(r.days for r in alike), min(r.low for r in alike), max(r.high for r in alike)
    why = f"the middle of {len(alike)} other figures of the same holder and class"
    view.tally.gaps.append(Gap("fallback", "cover", about("cover", usual), days, low, high, why))
    latest = max(alike, key=lambda row: row.knowable_from)
    stands = replace(
        usual,
        days=days,
        low=low,
        high=high,
        grade="D",
        source=latest.source,
        refers_to=latest.refers_to,
        knowable_from=latest.knowable_from,
        note=why,
    )
    return stands, CARRIED


def _nearest(view: View, rows: Sequence[Any]) -> Any:
    return min(rows, key=lambda row: _order(row, view.year))


def _usual(view: View, name: str, rows: Sequence[Any]) -> Any:
    """The row a builder takes on all facts: nearest year, earlier first; of cover the last one written."""
    if name == "cover":
        return rows[-1]
    if name == "costs":
        return min(rows, key=lambda row: _gap(row, view.year))
    return _nearest(view, rows)


def _year(row: Any) -> int:
    return int(str(getattr(row, "year", "") or row.refers_to)[:4])


def _gap(row: Any, year: int) -> int:
    return abs(_year(row) - year)


def _order(row: Any, year: int) -> tuple[int, int]:
    at = _year(row)
    return (0 if at == year else 1 if at < year else 2, abs(at - year))


def _at_work(plant: Any, year: int) -> bool:
    return bool(plant.start) and last_month(plant.start) <= f"{year}-12"


def flag_parameters(view: View, tables: Mapping[str, tuple[Any, ...]]) -> None:
    """List every parameter in use that came later, and charges that changed after the base year."""
    wanted = _wanted(view, tables)
    for name in (*PLAIN, *CHARGES):
        for row in tables[name]:
            if wanted[name](row) and view.known(name, row) is None:
                view.tally.later.append(later_fact(name, row, "", 0.0, "a parameter, not a tonnage"))
    for name in CHARGES:
        _changed_charges(view, name, tables[name])


def _wanted(view: View, tables: Mapping[str, tuple[Any, ...]]) -> dict[str, Callable[[Any], bool]]:
    """Which rows of each table a builder of the base year can come to use."""
    year = view.year
    mined = {row.feed for row in tables["mine_production"] if int(row.year) == year}
    mined |= {feed for row in tables["facilities"] if row.in_totals == "yes" for feed in row.feed.split(";")}
    assays = {row.assay_of or row.feed for row in tables["feeds"] if row.feed in mined}
    sectors = {row.sector for row in (*tables["uses"], *tables["magnet_demand"]) if int(row.year) == year}
    grades = {row.magnet_grade for row in tables["magnet_demand"] if int(row.year) == year}
    nearest: dict[str, int] = {}
    for row in tables["grades"]:
        at = nearest.setdefault(row.magnet_grade, int(row.year))
        if abs(int(row.year) - year) < abs(at - year):
            nearest[row.magnet_grade] = int(row.year)
    found: dict[str, Callable[[Any], bool]] = dict.fromkeys((*PLAIN, *CHARGES), lambda row: True)
    found["assays"] = lambda row: row.feed in assays
    found["grades"] = lambda row: row.magnet_grade in grades and int(row.year) == nearest[row.magnet_grade]
    found["elasticities"] = lambda row: row.sector in sectors | {"all"}
    found["choke"] = lambda row: row.sector in sectors | {"other"}
    found["transit"] = lambda row: row.mode != "air"
    found["assumptions"] = lambda row: not row.name[-4:].isdigit() or row.name.endswith(f"_{year}")
    for name in CHARGES:
        found[name] = lambda row: int(row.year_from) <= year <= int(row.year_to)
    return found


def _changed_charges(view: View, name: str, rows: Sequence[Any]) -> None:
    """Charges begun after the base year and in force in the month: the world carries the old ones."""
    now = int(view.known_by[:4])

    def thing(row: Any) -> tuple[str, ...]:
        return tuple(str(getattr(row, c)) for c in TABLES[name].key if c != "year_from")

    before = {thing(r): r.rate for r in rows if int(r.year_from) <= view.year <= int(r.year_to)}
    for row in rows:
        begun = view.year < int(row.year_from) <= now <= int(row.year_to)
        if begun and view.known(name, row) is not None and before.get(thing(row)) != row.rate:
            why = "began after the base year; the world carries the base year's charges, set it in a case"
            view.tally.gaps.append(Gap("charge", name, about(name, row), row.rate, row.low, row.high, why))
