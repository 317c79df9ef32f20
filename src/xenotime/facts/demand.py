"""Tables of the demand side: who uses what, what magnets hold, how use answers, what things cost and move."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import Figure, choice, column, name_of, number, words, year

WORLD = ("WLD", "ROW")
MARKETS = ("inside_china", "fob_china", "europe", "usa", "world")
ANY_PLACE = (
    "any",
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
CLASSES = ("concentrate", "mixed_carbonate", "oxide", "metal", "magnet", "swarf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Figure):
    element: str = name_of("elements", "element")
    sector: str = column("who uses it, magnets apart")
    region: str = name_of("regions", "where")
    year: int = year("year")
    quantity: float = number("used", "t oxide/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetDemand(Figure):
    magnet_grade: str = name_of("grades.magnet_grade", "magnet grade")
    sector: str = column("who buys the magnets")
    region: str = name_of("regions", "where magnets are first used")
    year: int = year("year")
    quantity: float = number("bought", "t finished magnets/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetGrade(Figure):
    magnet_grade: str = column("magnet grade")
    component: str = column("metal, or Fe_B for the rest")
    share: float = number("mass share in the finished magnet", "t/t", 0, 1)
    year: int = year("year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elasticity(Figure):
    sector: str = column("sector, all, or an observed episode")
    horizon: str = choice("within a year, or after adaptation", "short", "long")
    elasticity: float = number("price elasticity of quantity", "1", None, 0)
    adapt_months: float = number("time constant of adaptation", "month", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choke(Figure):
    sector: str = column("sector")
    material_class: str = choice("class", *CLASSES)
    choke_multiple: float = number("multiple of the base price at which demand stops", "1", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover(Figure):
    holder: str = choice("who holds it", "user", "trader", "producer", "government")
    sector: str = column("sector it serves, or all")
    region: str = name_of("regions", "where; WLD is every region without its own row", WORLD)
    material_class: str = choice("class", *CLASSES)
    days: float = number("days of use held", "day", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory(Figure):
    holder: str = choice("kind of holder", "user", "trader", "producer", "government")
    name: str = column("holder")
    region: str = name_of("regions", "where")
    material_class: str = choice("class", *CLASSES)
    material: str = column("materials, parted by semicolons, or all")
    year: int = year("year")
    quantity: float = number("held", "t", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Figure):
    material: str = column("material")
    market: str = choice("where it is paid", *MARKETS)
    period: str = column("period", "period")
    price: float = number("price without value-added tax", "USD/t", 0)
    kind: str = choice(
        "average or single quote",
        "annual_average",
        "nine_month_average",
        "quarter_average",
        "month_average",
        "quote",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceVolume(Figure):
    material: str = column("material")
    market: str = choice("where it is paid", *MARKETS)
    period: str = column("period", "period")
    volume: float = number("tonnes that change hands at the price", "t", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Figure):
    material_class: str = choice(
        "class; customs_ is product weight of whole tariff items, beside the others and not to be added",
        *CLASSES,
        "customs_compounds_metals",
        "customs_concentrate",
    )
    material: str = words("material; blank is the whole class")
    origin: str = name_of("regions", "from", (*WORLD, *ANY_PLACE))
    destination: str = name_of("regions", "to", (*WORLD, *ANY_PLACE))
    year: int = year("year")
    quantity: float = number("moved", "t/yr", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transit(Figure):
    origin_group: str = name_of("regions.group", "from area")
    destination_group: str = name_of("regions.group", "to area")
    mode: str = choice("how", "sea", "inland", "air")
    days: float = number("door to door", "day", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freight(Figure):
    origin_group: str = name_of("regions.group", "from area")
    destination_group: str = name_of("regions.group", "to area")
    material_class: str = choice("class", *CLASSES)
    freight: float = number("freight and handling", "USD/t", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(Figure):
    material_class: str = choice("class", *CLASSES)
    origin: str = name_of("regions", "from; rows that fit add up", ANY_PLACE)
    destination: str = name_of("regions", "who levies it", ANY_PLACE)
    year_from: int = year("first year")
    year_to: int = year("last year")
    rate: float = number("share of landed value before duty", "1", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTax(Figure):
    material_class: str = choice("class", *CLASSES)
    material: str = words("material; blank is the rest of the class")
    origin: str = name_of("regions", "who levies it", ANY_PLACE)
    destination: str = name_of("regions", "to", ANY_PLACE)
    year_from: int = year("first year")
    year_to: int = year("last year")
    rate: float = number("share of the price at the origin", "1", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRefund(Figure):
    material_class: str = choice("class, or all", "all", *CLASSES)
    origin: str = name_of("regions", "country")
    year_from: int = year("first year")
    year_to: int = year("last year")
    kind: str = choice("the tax, or the part refunded on export", "vat", "refund")
    rate: float = number("share of the price without tax", "1", 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Downstream(Figure):
    sector: str = column("sector")
    region: str = name_of("regions", "where", WORLD)
    material_class: str = choice("class", *CLASSES)
    measure: str = choice("which value", "output_value", "value_added")
    value: float = number("yearly value at stake per tonne used; exposure, never loss", "USD/t", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth(Figure):
    sector: str = column("sector or group of sectors")
    from_: int = year("first year")
    to: int = year("last year")
    scenario: str = column("scenario or source family")
    cagr: float = number("growth a year", "1/yr", -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime(Figure):
    sector: str = column("sector that uses magnets")
    years: float = number("mean time from sale to scrap", "yr", 0)
    spread: float = number("standard deviation over the mean", "1", 0)
