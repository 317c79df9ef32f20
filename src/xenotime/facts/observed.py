"""Observed series, kept for scoring and never inputs of a world; and what scoring needs beside them."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.column import GRADES, Figure, Row, choice, column, name_of, number, year


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedPrice(Figure):
    material: str = column("material")
    market: str = choice("where it is paid", "inside_china", "fob_china", "europe", "usa", "world")
    basis: str = column("whose quote, purity")
    kind: str = choice("average or quote", "annual_average", "year_end", "quarter_average", "month", "quote")
    period: str = column("period; the month of a quote", "period")
    day: str = column("day of a quote", "date", blank=True)
    unit: str = choice("unit of the value, as published", "USD/t", "CNY/t")
    vat: float = number("rate of value-added tax that is inside the value", "1", 0, 1)
    value: float = number("price as published, per tonne; middle of a quoted range", "see unit", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedExport(Figure):
    product: str = column("element symbol, magnets, or an aggregate; aggregates never signal a control")
    coverage: str = column("what is counted")
    origin: str = name_of("regions", "from")
    destination: str = name_of("regions", "to", ("WLD",))
    period: str = column("period", "period")
    unit: str = choice("unit", "t")
    value: float = number("exported", "see unit", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedProduction(Figure):
    region: str = name_of("regions", "country; OTHER is USGS's rest", ("WLD", "OTHER"))
    stage: str = choice("stage", "mine")
    product: str = column("product")
    period: str = column("period", "period")
    vintage: str = choice("latest estimate held, or one revised since", "latest", "superseded")
    unit: str = choice("unit", "t REO")
    value: float = number("output", "see unit", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedQuotaUse(Figure):
    region: str = name_of("regions", "whose quota")
    category: str = choice(
        "part of the quota", "total", "light", "medium_heavy", "domestic_firms", "foreign_invested_firms"
    )
    measure: str = choice(
        "allowed (also as first confirmed or announced), exported, or smuggled by estimate",
        "quota",
        "quota_confirmed_december",
        "quota_confirmed_may",
        "quota_provisional",
        "exports",
        "smuggled",
    )
    period: str = column("period", "period")
    unit: str = choice("unit; the quota counts product weight", "t", "t product weight")
    value: float = number("amount", "see unit", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Figure):
    currency: str = choice("currency", "CNY")
    year: int = year("year")
    value: float = number("units of the currency for a dollar, mean of the year", "1/USD", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior(Row):
    name: str = column("behavioural number that is fitted")
    value: float = number("middle of the prior, which is lognormal", "see unit", 0)
    low: float = number("one in twenty lies below", "see unit", 0)
    high: float = number("one in twenty lies above", "see unit", 0)
    unit: str = column("unit")
    grade: str = column("grade", choices=GRADES)
    source: str = column("where it comes from; nothing after 2015", references="sources", also=("assumed",))
    refers_to: str = column("period the figure is about; never an episode it is scored on", "period")
    knowable_from: str = column("month in which this number could first be known", "month")
    note: str = column("reason", blank=True)
