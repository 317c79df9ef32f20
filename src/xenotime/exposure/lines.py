"""Lines of the user's plants joined with the bill: which parts each needs, from where, and what is held
of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from xenotime.errors import InputProblems, Problem
from xenotime.exposure.contents import MIDDLE
from xenotime.exposure.elements import Group, Held, Setting, group_lines
from xenotime.exposure.plant_file import LineEntry, PlantFile, SupplyEntry
from xenotime.exposure.supply import DAYS, Source, transit_weeks
from xenotime.policy.toml_file import line_of
from xenotime.world.problems import suggestion

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

OTHERWISE = {
    "a region of the facts": "use the rest of its area, such as ROW_EUR or ROW_ASIA",
    "a part of the bill": "correct it, or add it to the bill",
    "a product of the bill": "correct it, or add it to the bill",
}
FEW = 2  # part numbers that are named one by one
OF_PART = ("plant", "product", "part", "country", "separated_in", "supplier")


@dataclass(frozen=True, slots=True)
class Order:
    """An order under way: weeks of need, week of arrival, and whether it still waits for a licence."""

    week: int
    amount: float
    waiting: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Parts of a line that come the same way.

    name : in words;  members : part numbers;  group : lines of the bill of the first
    sources : where they come from;  orders : under way, as the plant file lists them
    stock : weeks held (low, middle, high);  assumed : what the plant file did not say
    worth : USD of a week's need;  grams : of the good in a week's need
    """

    name: str
    members: tuple[str, ...]
    group: Group
    sources: tuple[Source, ...]
    orders: tuple[Order, ...]
    stock: tuple[float, float, float]
    worth: float
    grams: float
    assumed: tuple[str, ...]

    def luck(self) -> str:
        """Name its luck is drawn under: what comes from one supplier comes, or is refused, together."""
        return f"{self.group.supplier}/{self.sources[0].country}/{self.group.good.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to be run; `entry` is what the user says of it."""

    entry: LineEntry
    region: str
    sector: str
    parts: tuple[Part, ...]


def build_lines(
    plants: PlantFile, held: Held, setting: Setting, today: date, file: str, text: str = ""
) -> tuple[Line, ...]:
    """Join plants and bill; raises InputProblems with every name that is in one and not in the other.

    file, text : of the plants, for the lines of problems
    """
    groups = group_lines(held, OF_PART)
    problems = list(_unknown(plants, held, setting.facts, file, text))
    if problems:
        raise InputProblems(problems)
    own = {entry.plant: entry for entry in plants.plant}
    numbers = {row.name: row for row in setting.facts.rows("company_numbers")}
    found = []
    for entry in plants.line:
        name = entry.plant or plants.plant[0].plant
        plant = own[name]
        sector = plant.sector or plants.sector
        mine = [g for g in groups if g.product == entry.product and g.plant in ("", name)]
        parts = tuple(_parts(entry, name, plant.region, sector, mine, plants, setting, today, numbers))
        found.append(Line(entry, plant.region, sector, parts))
    return tuple(found)


def _parts(
    entry: LineEntry,
    plant: str,
    region: str,
    sector: str,
    groups: list[Group],
    plants: PlantFile,
    setting: Setting,
    today: date,
    numbers: Mapping[str, Any],
) -> Iterator[Part]:
    """One part for each part number the plant file speaks of; the others by good and country together."""
    told = {item.part for item in plants.stock} | {item.part for item in plants.transit}
    told |= {item.part for item in plants.supply}
    joined: dict[tuple[str, ...], list[Group]] = {}
    for group in groups:
        alone = group.part if group.part in told else ""
        whose = group.supplier if alone else ""  # thousands of suppliers nobody tells of are one
        names = (alone, group.good.name, group.good.market, group.country, whose)
        joined.setdefault(names, []).append(group)
    alike: dict[tuple[Any, ...], Part] = {}
    for members in joined.values():
        part = _part(members, entry, plant, region, sector, plants, setting, today, numbers)
        first = members[0]
        way = (first.good.name, first.country, first.supplier, part.sources, part.stock, part.orders)
        alike[way] = _together(alike[way], part) if way in alike and not part.orders else part
    yield from alike.values()


def _together(one: Part, other: Part) -> Part:
    """Two parts that come the same way and last as long, as one."""
    names = (*one.members, *other.members)
    name = " and ".join(names) if len(names) == FEW else f"{names[0]} and {len(names) - 1} more"
    return replace(
        one, name=name, members=names, worth=one.worth + other.worth, grams=one.grams + other.grams
    )


def _part(
    members: list[Group],
    entry: LineEntry,
    plant: str,
    region: str,
    sector: str,
    plants: PlantFile,
    setting: Setting,
    today: date,
    numbers: Mapping[str, Any],
) -> Part:
    """Lines of the bill that are told of in one way, as one part."""
    first, per_week = members[0], entry.units_per_week
    assumed: list[str] = []
    supply = [item for item in plants.supply if item.part == first.part and item.plant in ("", plant)]
    sources = tuple(_sources(first, supply, region, setting.facts, numbers, assumed))
    pieces = first.pieces * per_week
    orders = tuple(
        Order(
            max((date.fromisoformat(item.arrives) - today).days // DAYS, 0),
            item.pieces / pieces,
            item.licence == "waiting",
        )
        for item in plants.transit
        if item.part == first.part and item.plant in ("", plant)
    )
    grams = sum(group.grams[MIDDLE] for group in members) * per_week
    spend = sum(g.spend + (g.grams[MIDDLE] - g.priced) * setting.price(g.good.market) for g in members)
    stock = _stock(first, plant, pieces, sector, region, plants, setting.facts, assumed)
    parts = tuple(dict.fromkeys(group.part for group in members))
    name = first.part if len(parts) == 1 else f"{first.part} and {len(parts) - 1} more"
    return Part(name, parts, first, sources, orders, stock, spend * per_week, grams, tuple(assumed))


def _sources(
    group: Group,
    supply: list[SupplyEntry],
    region: str,
    facts: Facts,
    numbers: Mapping[str, Any],
    assumed: list[str],
) -> Iterator[Source]:
    every = numbers["delivery_weeks"]
    if not supply:
        assumed.append("no supply terms given: one source, deliveries as a rule")
        supply = [SupplyEntry(part=group.part)]
    for item in supply:
        country = item.country or group.country
        weeks = item.delivery_weeks
        if weeks is None:
            assumed.append(
                f"{every.value:g} weeks between deliveries ({every.low:g} to {every.high:g}, grade "
                f"{every.grade})"
            )
        if not country:
            assumed.append(
                "country of the maker not known: supplied as the mean user of the sector and region"
            )
        way = transit_weeks(facts, country, region)
        if item.transit_weeks is not None:
            way = (item.transit_weeks,) * 3
        elif country and way == (0.0, 0.0, 0.0):
            assumed.append(f"no figure of the time under way from {country}: taken as none")
        every_weeks = max(round(every.value if weeks is None else weeks), 1)
        yield Source(country, item.share, item.licence, item.contract, every_weeks, way)


def _stock(
    group: Group,
    plant: str,
    pieces: float,
    sector: str,
    region: str,
    plants: PlantFile,
    facts: Facts,
    assumed: list[str],
) -> tuple[float, float, float]:
    """Weeks held: as given, else the cover of the sector and its range."""
    own = [item for item in plants.stock if item.part == group.part and item.plant in ("", plant)]
    if own:
        weeks = sum(item.weeks if item.weeks is not None else (item.pieces or 0.0) / pieces for item in own)
        return weeks, weeks, weeks
    rows = [row for row in facts.rows("cover") if row.holder == "user" and row.sector == sector]
    row = next((r for place in (region, "WLD") for r in rows if r.region == place), None)
    if row is None:
        assumed.append("stock not given and no figure of the sector: none held")
        return 0.0, 0.0, 0.0
    assumed.append(
        f"stock not given: {row.days:g} days of {sector} ({row.low:g} to {row.high:g}, grade "
        f"{row.grade}, {row.source})"
    )
    return row.low / DAYS, row.days / DAYS, row.high / DAYS


def _unknown(plants: PlantFile, held: Held, facts: Facts, file: str, text: str) -> Iterator[Problem]:
    """Names of the plant file that neither bill nor facts know."""
    bill = held.bill
    regions = [row.region for row in facts.rows("regions")]
    sectors = sorted(
        {row.sector for table in ("magnet_demand", "uses", "lifetimes") for row in facts.rows(table)}
    )
    actions = [row.action for row in facts.rows("company_actions")]
    parts = set(bill.texts["part"].names)
    named = [("sector", plants.sector, sectors, "a sector of the facts")]
    for item in plants.plant:
        named.append(("plant.region", item.region, regions, "a region of the facts"))
        if item.sector:
            named.append(("plant.sector", item.sector, sectors, "a sector of the facts"))
    named += [
        ("line.product", i.product, list(bill.texts["product"].names), "a product of the bill")
        for i in plants.line
    ]
    for kind, entries in (("stock", plants.stock), ("transit", plants.transit), ("supply", plants.supply)):
        named += [(f"{kind}.part", entry.part, list(parts), "a part of the bill") for entry in entries]
    named += [
        ("supply.country", i.country, regions, "a region of the facts") for i in plants.supply if i.country
    ]
    named += [("option.action", i.action, actions, "an action of the facts") for i in plants.option]
    told: set[tuple[str, str]] = set()
    for where, name, names, expected in named:
        if name not in names and (where, name) not in told:
            told.add((where, name))
            remedy = suggestion(name, names, OTHERWISE.get(expected, "use another"))
            row = line_of(text, where.rpartition(".")[2], name)
            yield Problem("unknown-name", file, row, where, repr(name), expected, remedy)
