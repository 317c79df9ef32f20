"""A world: one consistent picture of a market at one date, immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from xenotime.displays import Displayed
from xenotime.world.tables import (
    Content,
    Contract,
    Control,
    Demand,
    Facility,
    Lane,
    Limit,
    Material,
    RecipeFlow,
    Region,
    SourceRow,
    Stock,
    Supply,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World(Displayed):
    """Frozen tables plus how they came to be.

    Attributes
    ----------
    name, date : label and month (YYYY-MM) the picture is of; date may be blank
    regions ... sources : the tables of :mod:`xenotime.world.tables`
    built : named lists of build records (``adjustments``, ``wedges``, ``proxies``, ``missing``),
        empty for a user's folder
    """

    name: str = "world"
    date: str = ""
    regions: tuple[Region, ...] = ()
    materials: tuple[Material, ...] = ()
    contents: tuple[Content, ...] = ()
    recipes: tuple[RecipeFlow, ...] = ()
    facilities: tuple[Facility, ...] = ()
    lanes: tuple[Lane, ...] = ()
    limits: tuple[Limit, ...] = ()
    demand: tuple[Demand, ...] = ()
    supply: tuple[Supply, ...] = ()
    stocks: tuple[Stock, ...] = ()
    contracts: tuple[Contract, ...] = ()
    controls: tuple[Control, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    built: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def with_tables(self, **tables: tuple[Any, ...]) -> World:
        """A copy with some tables replaced."""
        return replace(self, **tables)  # type: ignore[arg-type]  # keys are table names, checked by replace
