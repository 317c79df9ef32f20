"""Tables of the supply side: elements, ores, plants, what they can make, make, lose and cost."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import (
    GRADES,
    YES_NO,
    Figure,
    Row,
    choice,
    column,
    name_of,
    number,
    when,
    words,
    year,
)

GROUPS = (
    "China",
    "East Asia",
    "South Asia",
    "South-East Asia",
    "Europe",
    "North America",
    "Latin America",
    "Africa",
    "Oceania",
    "CIS",
    "Middle East",
)
STAGES = ("mine", "cracking", "separation", "metal", "alloy", "magnet_ndfeb", "magnet_smco", "recycling")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Figure):
    element: str = column("symbol")
    name: str = column("name in English")
    oxide: str = column("formula of the oxide of trade")
    group: str = choice("light or heavy; other is scandium, or no rare earth", "light", "heavy", "other")
    family: str = column("what it is counted among, in the words of a sentence: rare earths, gallium")
    oxide_to_metal: float = number("metal in a unit of oxide", "t/t", 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Row):
    region: str = column("ISO3, or ROW_ and an area for the rest of it")
    name: str = column("name for people")
    group: str = choice("area it belongs to", *GROUPS)
    lat: float = number("latitude of a label", "degree", -90, 90)
    lon: float = number("longitude of a label", "degree", -180, 180)
    source: str = name_of("sources", "where it comes from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed(Row):
    feed: str = column("key")
    name: str = column("deposit or kind of ore")
    mineral: str = column("mineral")
    region: str = name_of("regions", "where it is mined")
    assay_of: str = name_of("assays.feed", "feed whose assay is used: its own, or a proxy's")
    proxy: str = choice("whether the assay is another deposit's", *YES_NO)
    route: str = choice(
        "concentrated and then cracked, leached straight to carbonate, or won with another metal",
        "concentrate",
        "carbonate",
        "byproduct",
    )
    source: str = name_of("sources", "where it comes from")
    grade: str = column("grade", choices=GRADES)
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assay(Figure):
    feed: str = column("deposit")
    element: str = name_of("elements", "element")
    share: float = number(
        "oxide of the element in all rare-earth oxide, as published (sums are not exactly 1)", "t/t", 0, 1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility(Row):
    facility: str = column("key")
    name: str = column("name for people")
    operator: str = words("who runs it")
    region: str = name_of("regions", "where it stands")
    lat: float | None = number("latitude", "degree", -90, 90, blank=True)
    lon: float | None = number("longitude", "degree", -180, 180, blank=True)
    coord_precision: str = words("how exact the coordinates are")
    stage: str = choice("stage of the chain", *STAGES)
    feed: str = column(
        "feeds it takes", references="feeds", also=("mixed", "recycled"), many=True, blank=True
    )
    heavy_separation: str = choice("whether it parts heavy elements", "yes", "no", "partly")
    status: str = choice(
        "at the end of 2025", "operating", "idle", "construction", "planned", "closed", "cancelled"
    )
    start: str = when("first month of operation")
    end: str = when("last month of operation")
    planned_start: str = when("first month as last planned")
    slip_history: str = words("earlier plans, and how late it became")
    in_totals: str = choice("whether its capacity belongs in national totals", *YES_NO)
    source: str = name_of("sources", "where it comes from")
    grade: str = column("grade", choices=GRADES)
    knowable_from: str = column("month in which it could first be known", "month")
    note: str = words("remark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity(Figure):
    facility: str = name_of("facilities", "plant")
    year: int = year("year")
    basis: str = choice("what the tonnes are of", "REO", "metal", "alloy", "finished_magnet")
    capacity: float = number("nameplate", "t/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MineProduction(Figure):
    region: str = name_of("regions", "country")
    feed: str = name_of("feeds", "feed")
    year: int = year("year")
    production: float = number("mined, contained oxide", "t REO/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Figure):
    region: str = name_of("regions", "who sets it")
    kind: str = choice("what it limits", "mining_light", "mining_ion", "mining_total", "separation")
    year: int = year("year")
    quota: float = number("allowed", "t REO/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOutput(Figure):
    stage: str = choice("stage", *STAGES)
    product: str = column("product")
    region: str = name_of("regions", "where", ("WLD", "ROW"))
    year: int = year("year")
    output: float = number("made", "t/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Figure):
    region: str = name_of("regions", "country", ("WLD", "ROW"))
    year: int = year("year")
    reserve: float = number("reserve, contained oxide", "t REO", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield(Figure):
    process: str = column("process")
    product: str = column("product, mineral or area it is about")
    recovery: float = number("recovered share of what goes in", "t/t", 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(Figure):
    process: str = column("process")
    facility_or_region: str = column("plant or region")
    product_basis: str = column("what the tonnes are of")
    cost: float = number("own operating cost without input materials", "USD/t", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadTime(Figure):
    stage: str = column("stage, or all", choices=(*STAGES, "all"))
    region: str = name_of("regions", "where", ("WLD", "ROW"))
    what: str = choice("which part of the time", "permitting", "construction", "ramp_up", "slip", "total")
    facility_or_sample: str = column("plant or sample")
    duration_years: float = number("duration", "yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStage(Figure):
    kind: str = column("kind of plant, or all others", choices=(*STAGES, "all"))
    region: str = name_of("regions", "where", ("ROW",))
    phase: str = choice(
        "part of a project's life: until permits are held, until money can be raised, until building starts, "
        "building, from first output to nameplate; or by how much a plan not yet built comes late",
        "announced",
        "permitted",
        "financed",
        "construction",
        "ramp_up",
        "slip",
    )
    months: float = number("how long it takes", "month", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capex(Figure):
    facility_or_region: str = column("plant or region")
    kind: str = choice("kind of plant", *STAGES)
    capex: float = number("cost of building a tonne a year of capacity", "USD/(t/yr)", 0)
