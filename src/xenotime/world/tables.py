"""The tables of a world: one frozen record type per table, one line per column.

The annotations are the data contract: reader, checks and documentation all read them.
Quantities are per month in the material's unit, money is USD per unit of the material.
Every table may also carry the columns of `Provenance`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, cast

from xenotime.world.column import Column as Column
from xenotime.world.column import Provenance as Provenance
from xenotime.world.column import column as _column
from xenotime.world.control_table import Control as Control

KINDS = ("mine", "cracking", "separation", "metal", "alloy", "magnet_ndfeb", "magnet_smco", "recycling")
PHASES = ("announced", "permitted", "financed", "construction", "ramp_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Provenance):
    region: str = _column("key; ISO3 or the name of a rest-of group")
    name: str = _column("name for people", default="")
    group: str = _column("larger area it belongs to", default="")
    lat: float | None = _column("latitude", default=None, unit="degree", minimum=-90, maximum=90)
    lon: float | None = _column("longitude", default=None, unit="degree", minimum=-180, maximum=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Provenance):
    material: str = _column("key")
    name: str = _column("name for people", default="")
    stage: str = _column("stage of the chain", default="")
    unit: str = _column("unit of quantity", default="t")
    disposable: bool = _column("may surplus be thrown away", default=True)
    disposal_cost: float = _column("cost of throwing a unit away", default=0.0, unit="USD/unit", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Provenance):
    material: str = _column("material", references="materials")
    element: str = _column("element or substance contained")
    share: float = _column("contained amount per unit of material", unit="unit/unit", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeFlow(Provenance):
    recipe: str = _column("recipe")
    material: str = _column("material", references="materials")
    amount: float = _column(
        "per unit of activity; negative is input, positive is output", unit="unit/activity"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility(Provenance):
    facility: str = _column("key together with recipe")
    region: str = _column("where it stands", references="regions")
    recipe: str = _column("what it does", references="recipes")
    capacity: float | None = _column(
        "activity per month, shared by all rows of the facility; blank is unbounded",
        default=None,
        unit="activity/month",
        minimum=0,
    )
    capacity_use: float = _column("capacity a unit of this recipe takes", default=1.0, minimum=0)
    cost: float = _column("marginal cost at zero activity", default=0.0, unit="USD/activity")
    cost_slope: float = _column(
        "rise of marginal cost per unit of activity",
        default=0.0,
        unit="USD/activity/(activity/month)",
        minimum=0,
    )
    min_load: float = _column("least activity while open", default=0.0, unit="activity/month", minimum=0)
    status: str = _column(
        "operating plants run from start to end, others never",
        default="operating",
        choices=("operating", "idle", "construction", "planned", "closed"),
    )
    start: str = _column("first month of operation", default="", period=True)
    end: str = _column("last month of operation", default="", period=True)
    kind: str = _column(
        "kind of plant, by which it is built, laid idle and closed; a collection gathers old magnets as "
        "goods wear out; blank: it does what its dates say",
        default="",
        choices=("", *KINDS, "collection"),
    )
    project: str = _column(
        "stage a project had reached at the date of the world; blank: no project",
        default="",
        choices=("", *PHASES),
    )
    project_months: float | None = _column(
        "time spent in that stage; not used where a start is planned", default=None, unit="month", minimum=0
    )
    planned_start: str = _column(
        "first month of output of a project, as planned; blank: from the durations of its stages",
        default="",
        period=True,
    )
    slip_months: float | None = _column(
        "by how much the plan is expected to come late; blank: as plans of its kind do",
        default=None,
        unit="month",
        minimum=0,
    )
    capex: float | None = _column(
        "cost of building the facility, all its rows together; blank: as its kind",
        default=None,
        unit="USD",
        minimum=0,
    )
    floor_material: str = _column("product whose price a sponsor tops up", default="")
    floor_price: float | None = _column(
        "price the sponsor tops up to", default=None, unit="USD/unit", minimum=0
    )
    upside_share: float = _column(
        "share of the price above the floor paid back to the sponsor", default=0.0, minimum=0, maximum=1
    )
    name: str = _column("name for people", default="")
    operator: str = _column("who runs it", default="")
    lat: float | None = _column("latitude", default=None, unit="degree", minimum=-90, maximum=90)
    lon: float | None = _column("longitude", default=None, unit="degree", minimum=-180, maximum=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane(Provenance):
    material: str = _column("what moves", references="materials")
    origin: str = _column("from", references="regions")
    destination: str = _column("to", references="regions")
    cost: float = _column("freight and handling at zero flow", default=0.0, unit="USD/unit")
    cost_slope: float = _column(
        "rise of marginal cost per unit of flow", default=0.0, unit="USD/unit/(unit/month)", minimum=0
    )
    lag_months: float = _column("time in transit", default=0.0, unit="month", minimum=0)
    tariff: float = _column("import duty, share of landed value before duty", default=0.0, minimum=0)
    export_tax: float = _column("export duty, share of the price at the origin", default=0.0, minimum=0)
    limit: float | None = _column(
        "most that can move; blank is unbounded", default=None, unit="unit/month", minimum=0
    )
    limit_group: str = _column("joint limit this lane shares", default="", references="limits")
    weight: float = _column("use of the joint limit per unit moved", default=1.0, minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Provenance):
    limit_group: str = _column("key")
    limit: float = _column("joint limit over the lanes that name it", unit="unit/month", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Provenance):
    material: str = _column("what is wanted", references="materials")
    region: str = _column("where", references="regions")
    sector: str = _column("by whom", default="all")
    cover_class: str = _column("users of the sector with stocks of their own, not pooled", default="")
    form: str = _column("shape of the curve", choices=("linear", "isoelastic", "fixed"))
    intercept: float | None = _column("linear: price at which demand is zero", default=None, unit="USD/unit")
    slope: float | None = _column(
        "linear: fall of price per unit of quantity", default=None, unit="USD/unit/(unit/month)", minimum=0
    )
    price: float | None = _column("isoelastic: reference price", default=None, unit="USD/unit", minimum=0)
    quantity: float | None = _column(
        "isoelastic: quantity at the reference price; fixed: the quantity",
        default=None,
        unit="unit/month",
        minimum=0,
    )
    elasticity: float | None = _column(
        "isoelastic: short-run price elasticity (negative)", default=None, maximum=0
    )
    choke: float | None = _column(
        "isoelastic: price above which nothing is bought", default=None, unit="USD/unit"
    )
    shortfall_price: float | None = _column(
        "fixed: value of a unit not served; blank means it must be served",
        default=None,
        unit="USD/unit",
        minimum=0,
    )
    spot_share: float | None = _column(
        "most its users can buy outside their term contracts, share of quantity; the contracts of the cover "
        "classes of a sector are cut in proportion.  Blank: users buy where they like",
        default=None,
        minimum=0,
    )
    spot_cost: float = _column(
        "what buying outside contracts costs more", default=0.0, unit="USD/unit", minimum=0
    )
    elasticity_long: float | None = _column("elasticity after full adaptation", default=None, maximum=0)
    adapt_months: float | None = _column("time constant of adaptation", default=None, unit="month", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Provenance):
    material: str = _column("what is offered", references="materials")
    region: str = _column("where", references="regions")
    supplier: str = _column("by whom", default="all")
    form: str = _column("shape of the curve", choices=("linear", "isoelastic", "fixed"))
    intercept: float | None = _column("linear: price at which supply starts", default=None, unit="USD/unit")
    slope: float | None = _column(
        "linear: rise of price per unit of quantity", default=None, unit="USD/unit/(unit/month)", minimum=0
    )
    price: float | None = _column("isoelastic: reference price", default=None, unit="USD/unit", minimum=0)
    quantity: float | None = _column(
        "isoelastic: quantity at the reference price; fixed: the quantity available",
        default=None,
        unit="unit/month",
        minimum=0,
    )
    elasticity: float | None = _column("isoelastic: price elasticity (positive)", default=None, minimum=0)
    capacity: float | None = _column("most that can be offered", default=None, unit="unit/month", minimum=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Provenance):
    material: str = _column("what is held", references="materials")
    region: str = _column("where", references="regions")
    holder: str = _column("`market`, or who holds it", default="market")
    sector: str = _column("the only sector it serves; blank serves the market", default="")
    cover_class: str = _column("the only users of the sector it serves; blank serves all", default="")
    opening: float = _column("amount at the start", default=0.0, unit="unit", minimum=0)
    capacity: float | None = _column(
        "most that can be held; blank is unbounded", default=None, unit="unit", minimum=0
    )
    holding_cost: float = _column(
        "cost of holding a unit for a month", default=0.0, unit="USD/unit/month", minimum=0
    )
    cover_days: float | None = _column(
        "days of use held in normal times", default=None, unit="day", minimum=0
    )
    resale_cost: float | None = _column(
        "cost of selling back to the market; blank means it never does",
        default=None,
        unit="USD/unit",
        minimum=0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Provenance):
    contract: str = _column("key")
    material: str = _column("what", references="materials")
    origin: str = _column("seller's region", references="regions")
    destination: str = _column("buyer's region", references="regions")
    sector: str = _column("the buying sector; blank is any", default="")
    quantity: float = _column("most the buyer may take", unit="unit/month", minimum=0)
    take_or_pay: float = _column("share of quantity that must be taken", default=0.0, minimum=0, maximum=1)
    price_basis: str = _column("index formula of the price", default="")
    lag_months: float = _column("time in transit", default=0.0, unit="month", minimum=0)
    cost: float = _column("freight and handling", default=0.0, unit="USD/unit", minimum=0)
    start: str = _column("first month", default="", period=True)
    end: str = _column("last month", default="", period=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Provenance):
    table: str = _column("table whose column is converted")
    column: str = _column("column whose numbers are in `unit`")
    unit: str = _column("unit the numbers are written in, e.g. kg/year or USD/kg")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    source: str = _column("key")
    title: str = _column("title", default="")
    publisher: str = _column("publisher", default="")
    date: str = _column("date of publication", default="")
    url: str = _column("address", default="")
    grade: str = _column("A to D", default="", choices=("", "A", "B", "C", "D"))
    note: str = _column("remark", default="")


Record = (
    Region
    | Material
    | Content
    | RecipeFlow
    | Facility
    | Lane
    | Limit
    | Demand
    | Supply
    | Stock
    | Contract
    | Control
    | UnitRow
    | SourceRow
)

TABLES: Mapping[str, type[Any]] = {
    "regions": Region,
    "materials": Material,
    "contents": Content,
    "recipes": RecipeFlow,
    "facilities": Facility,
    "lanes": Lane,
    "limits": Limit,
    "demand": Demand,
    "supply": Supply,
    "stocks": Stock,
    "contracts": Contract,
    "controls": Control,
    "units": UnitRow,
    "sources": SourceRow,
}

KEYS: Mapping[str, tuple[str, ...]] = {
    "regions": ("region",),
    "materials": ("material",),
    "contents": ("material", "element"),
    "recipes": ("recipe", "material"),
    "facilities": ("facility", "recipe"),
    "lanes": ("material", "origin", "destination"),
    "limits": ("limit_group",),
    "demand": ("material", "region", "sector", "cover_class"),
    "supply": ("material", "region", "supplier"),
    "stocks": ("material", "region", "holder", "sector", "cover_class"),
    "contracts": ("contract",),
    "controls": ("control", "material", "origin", "destination", "sector", "holder"),
    "units": ("table", "column"),
    "sources": ("source",),
}


def columns_of(table: str) -> dict[str, Column]:
    """Column name to meaning, in order; raises KeyError for an unknown table."""
    return {item.name: cast(Column, item.metadata["column"]) for item in fields(TABLES[table])}


def required_columns(table: str) -> tuple[str, ...]:
    """Columns without a default."""
    return tuple(item.name for item in fields(TABLES[table]) if item.default is MISSING)
