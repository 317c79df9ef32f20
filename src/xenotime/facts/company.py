"""Tables of a company's own question: what magnet classes stand, what products hold, what relief takes."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import Figure, Row, column, name_of, number, words
from xenotime.facts.politics import Assumed


@dataclass(frozen=True, slots=True, kw_only=True)
class MagnetClass(Figure):
    magnet_class: str = column("letters at the end of a grade such as N42SH; N is none")
    max_celsius: float = number("highest working temperature makers list", "degC", 0)
    stands_for: str = name_of("grades.magnet_grade", "grade whose composition and market stand for it")
    heavy_ratio: float = number("heavy rare earths over those of that grade", "1", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductContent(Figure):
    product: str = column("product, and what is counted")
    pattern: str = column("regular expression that finds it in a bill, in lower case")
    per: str = column("what the mass is per", choices=("piece", "MW"))
    magnet_class: str = column("class of its magnets where the bill names none", references="magnet_classes")
    mass: float = number("magnets in it", "g", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAction(Figure):
    action: str = column("key")
    what: str = column("what is done")
    agree: str = column("who must agree")
    lead_weeks: float = number("from decision to first effect", "week", 0)
    share: float = number("share of a line's need it covers once it works", "1", 0, 1)
    weeks: float = number("weeks of need it adds once", "week", 0)
    rate: float = number("of it in one week, as its maker has capacity left", "week/week", 0)
    odds: float = number("chance that it comes about", "1", 0, 1)
    premium: float = number("extra cost of what it delivers, share of price", "1", -1)
    one_off: float = number("cost of setting it up", "USD", 0)
    yearly: float = number("cost a year, share of the worth of what it holds", "1/yr", 0)
    origin: str = words("where its goods come from: same, other, or blank for no goods")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCode(Row):
    code: str = column("ISO 3166 code of two letters, or of three where the country has no region of its own")
    region: str = name_of("regions", "region it is, or the rest of the area it is in")
    source: str = name_of("sources", "where it comes from")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPayment(Figure):
    payment: str = column("key")
    lever: str = column("price floor it is of", references="levers")
    quarter: str = column("quarter it is for")
    paid: float = number("payment, as the company published it", "m USD")
    sold: float = number("product sold in the quarter", "t", 0)
    made: float = number("product made in the quarter", "t", 0)
    index: float = number("price on record in the quarter before", "USD/t", 0)
    index_period: str = column("month of that price", "month")


# name, record, key, meaning, main figure, what the figure is of
SHEETS: tuple[tuple[str, type[Row], str, str, str, str], ...] = (
    ("country_codes", CountryCode, "code", "a country as bills write it, and its region", "", ""),
    (
        "company_numbers",
        Assumed,
        "name",
        "a number a company's question assumes",
        "value",
        "see note",
    ),
    (
        "magnet_classes",
        MagnetClass,
        "magnet_class",
        "a class of magnets as their makers name it",
        "max_celsius",
        "as listed",
    ),
    (
        "product_contents",
        ProductContent,
        "product",
        "magnets in a product that a bill names without their mass",
        "mass",
        "finished magnets",
    ),
    (
        "company_actions",
        CompanyAction,
        "action",
        "what a buyer can do, how long it takes and who must agree",
        "lead_weeks",
        "calendar time",
    ),
    (
        "choice_numbers",
        Assumed,
        "name",
        "a number a project's question assumes where the project does not say",
        "value",
        "see note",
    ),
    (
        "floor_payments",
        FloorPayment,
        "payment",
        "what a price floor paid in a quarter, as published",
        "paid",
        "money",
    ),
)
