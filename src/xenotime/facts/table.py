"""Every table of the facts: record, key, main figure, meaning.  The one place that says what there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from xenotime.facts import company, demand, observed, politics, published, reading, supply, words
from xenotime.facts.column import Column, columns_of, header_of
from xenotime.facts.publication import Publication
from xenotime.facts.source import Missing, Source

PARTS = ("supply", "demand", "politics")


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes
    ----------
    name, record : name, and the record type of its rows
    key : columns that tell rows apart
    meaning : what one row is
    figure : column of the main figure; blank in tables without one
    basis : what the figure is a quantity of
    files : its CSV files, which are read as one table
    scoring : whether it is used only to score results and is no input of a world
    """

    name: str
    record: type[Any]
    key: tuple[str, ...]
    meaning: str
    figure: str = ""
    basis: str = ""
    files: tuple[str, ...] = ()
    scoring: bool = False

    def columns(self) -> dict[str, Column]:
        """Header of a column to its meaning, in the order of the file."""
        return {header_of(name): info for name, info in columns_of(self.record).items()}

    def unit(self, row: Any) -> str:
        """Unit of the main figure of `row`."""
        unit = columns_of(self.record)[self.figure].unit
        return str(row.unit) if unit == "see unit" else unit


def _table(name: str, record: type[Any], key: str, meaning: str, figure: str = "", basis: str = "") -> Table:
    scoring = name.startswith("observed_")
    file = f"observed/{name}.csv" if scoring else f"{name}.csv"
    return Table(name, record, tuple(key.split()), meaning, figure, basis, (file,), scoring)


def _parts(name: str, record: type[Any], key: str, meaning: str) -> Table:
    return Table(
        name, record, tuple(key.split()), meaning, files=tuple(f"{name}_{part}.csv" for part in PARTS)
    )


_ALL = (
    _parts("sources", Source, "source", "a document, or a stated method of ours"),
    _parts("missing", Missing, "topic what", "something looked for and not found"),
    _table("elements", supply.Element, "element", "an element", "oxide_to_metal", "stoichiometry"),
    _table("regions", supply.Region, "region", "a country or the rest of an area"),
    _table("feeds", supply.Feed, "feed", "a deposit or kind of ore, and whose assay stands for it"),
    _table(
        "assays",
        supply.Assay,
        "feed element",
        "share of an element in an ore",
        "share",
        "of all rare-earth oxide",
    ),
    _table("facilities", supply.Facility, "facility", "a plant, or a named aggregate of plants"),
    _table(
        "capacities", supply.Capacity, "facility year basis", "nameplate of a plant", "capacity", "see basis"
    ),
    _table(
        "mine_production",
        supply.MineProduction,
        "region feed year",
        "mine output",
        "production",
        "contained oxide",
    ),
    _table("quotas", supply.Quota, "region kind year", "production quota", "quota", "contained oxide"),
    _table(
        "stage_output",
        supply.StageOutput,
        "stage product region year",
        "output of a stage",
        "output",
        "product",
    ),
    _table("reserves", supply.Reserve, "region year", "reserves", "reserve", "contained oxide"),
    _table("yields", supply.Yield, "process product", "share recovered", "recovery", "of the input"),
    _table(
        "costs",
        supply.Cost,
        "process facility_or_region product_basis refers_to",
        "operating cost",
        "cost",
        "inputs excluded, money of the year",
    ),
    _table(
        "lead_times",
        supply.LeadTime,
        "stage region what facility_or_sample",
        "how long projects take",
        "duration_years",
        "calendar time",
    ),
    _table(
        "project_stages",
        supply.ProjectStage,
        "kind region phase",
        "how long a stage of a project takes",
        "months",
        "calendar time",
    ),
    _table(
        "capex",
        supply.Capex,
        "facility_or_region kind",
        "cost of building",
        "capex",
        "nameplate, money of the year",
    ),
    _table(
        "lifetimes", demand.Lifetime, "sector", "how long goods with magnets last", "years", "sale to scrap"
    ),
    _table(
        "uses",
        demand.Use,
        "element sector region year",
        "use of an element outside magnets",
        "quantity",
        "oxide",
    ),
    _table(
        "magnet_demand",
        demand.MagnetDemand,
        "magnet_grade sector region year",
        "magnets bought",
        "quantity",
        "finished magnets",
    ),
    _table(
        "grades",
        demand.MagnetGrade,
        "magnet_grade component year",
        "what a magnet grade is made of",
        "share",
        "metal",
    ),
    _table(
        "elasticities", demand.Elasticity, "sector horizon", "how use answers price", "elasticity", "prior"
    ),
    _table(
        "choke",
        demand.Choke,
        "sector material_class",
        "price at which use stops",
        "choke_multiple",
        "of the base price",
    ),
    _table(
        "cover",
        demand.Cover,
        "holder sector region material_class refers_to",
        "days of use held",
        "days",
        "own use",
    ),
    _table(
        "inventories",
        demand.Inventory,
        "holder name region material year",
        "tonnes held",
        "quantity",
        "product",
    ),
    _table(
        "prices", demand.Price, "material market period kind", "price", "price", "without value-added tax"
    ),
    _table(
        "price_volumes",
        demand.PriceVolume,
        "material market period",
        "tonnes behind a price",
        "volume",
        "product",
    ),
    _table(
        "trade",
        demand.Trade,
        "material_class material origin destination year",
        "trade",
        "quantity",
        "product",
    ),
    _table(
        "transit",
        demand.Transit,
        "origin_group destination_group mode",
        "time in transit",
        "days",
        "door to door",
    ),
    _table(
        "freight",
        demand.Freight,
        "origin_group destination_group material_class",
        "freight",
        "freight",
        "product",
    ),
    _table(
        "tariffs",
        demand.Tariff,
        "material_class origin destination year_from",
        "import duty",
        "rate",
        "landed value",
    ),
    _table(
        "export_taxes",
        demand.ExportTax,
        "material_class material origin destination year_from",
        "export duty",
        "rate",
        "price at the origin",
    ),
    _table(
        "vat_refund",
        demand.VatRefund,
        "material_class origin year_from kind",
        "value-added tax and its refund",
        "rate",
        "price without tax",
    ),
    _table(
        "downstream",
        demand.Downstream,
        "sector region material_class measure",
        "value at stake",
        "value",
        "exposure, never loss",
    ),
    _table("growth", demand.Growth, "sector from to scenario", "growth of a sector", "cagr", "quantity"),
    _table(
        "publication",
        Publication,
        "rule",
        "how soon a kind of figure is first published",
        "lag_months",
        "after the end of its period",
    ),
    _table("controls_record", politics.ControlRecord, "control", "a measure with its separate dates"),
    _table(
        "export_quotas",
        politics.QuotaList,
        "control first holder part",
        "an export quota as a list allotted it",
        "quota",
        "legal amount",
    ),
    _table("events", politics.Event, "event", "a dated statement, talk, deal or delivery"),
    _table("commitments", politics.Commitment, "commitment", "a promise, and what became of it"),
    _table(
        "delivered_series",
        words.Delivered,
        "series start end",
        "what was delivered over a time; no input of a world",
        "value",
        "see series",
    ),
    _table("normal_flows", words.NormalFlow, "series", "a flow before a control", "level", "a month"),
    _table(
        "commitment_measures",
        words.Measure,
        "commitment measure",
        "what a promise is held against",
        "target",
        "see test",
    ),
    _table("commitments_unmeasured", words.Unmeasured, "commitment", "a promise that cannot be measured"),
    _table(
        "seasonal_profiles",
        words.SeasonalShare,
        "profile month",
        "how a year's flow is spread",
        "share",
        "of the year",
    ),
    _table("chain_links", words.ChainLink, "commitment stage table row", "a link from a promise to a deed"),
    _table(
        "event_readings", words.Reading, "event", "how an event reads: who, what kind of act, how concrete"
    ),
    _table("regime_spells", words.Spell, "spell", "a time in which one regime of law ruled"),
    _table("belief_numbers", politics.Assumed, "name", "a number the belief assumes", "value", "see note"),
    _table(
        "published_losses",
        published.PublishedLoss,
        "study region kind cut months",
        "an estimate of loss or exposure others have published",
        "value",
        "as the study defines it",
    ),
    _table(
        "linked_levers",
        published.LinkedLever,
        "lever",
        "a measure that is linked to controls at the table, and what it costs whom",
        "value",
        "a month while it lasts",
    ),
    *(_table(*declared) for declared in reading.READER_TABLES),
    _table("levers", politics.Lever, "lever", "a policy lever actually used"),
    _table("disruptions", politics.Disruption, "disruption", "a stoppage, survey or count of licences"),
    _table(
        "assumptions", politics.Assumed, "name", "a number the world-builder assumes", "value", "see note"
    ),
    _table("behaviour", politics.Assumed, "name", "a number the dynamics assume", "value", "see note"),
    _table(
        "priors",
        observed.Prior,
        "name",
        "what was thought of a number before it is fitted",
        "value",
        "see unit",
    ),
    _table(
        "exchange_rates",
        observed.ExchangeRate,
        "currency year",
        "an exchange rate",
        "value",
        "mean of the year",
    ),
    _table(
        "project_numbers",
        politics.Assumed,
        "name",
        "a number projects, idling and recycling assume",
        "value",
        "see note",
    ),
    *(_table(*declared) for declared in company.SHEETS),
    _table(
        "observed_prices",
        observed.ObservedPrice,
        "material market period day basis kind",
        "a price seen; for scoring only, no input",
        "value",
        "as published",
    ),
    _table(
        "observed_exports",
        observed.ObservedExport,
        "product origin destination period",
        "exports seen; for scoring only, no input",
        "value",
        "see coverage",
    ),
    _table(
        "observed_production",
        observed.ObservedProduction,
        "region stage product period vintage",
        "output seen; for scoring only, no input",
        "value",
        "contained oxide",
    ),
    _table(
        "observed_quota_use",
        observed.ObservedQuotaUse,
        "region category measure period",
        "export quotas and their use; for scoring only, no input",
        "value",
        "see unit",
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
BY_RECORD: Mapping[type[Any], str] = MappingProxyType(
    {table.record: table.name for table in _ALL if table.record is not politics.Assumed}
)
