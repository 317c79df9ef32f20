"""Entries of a project file: goods, supports with their dates, debt; read strictly."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

_STRICT = ConfigDict(extra="forbid", frozen=True)


class GoodEntry(BaseModel):
    """What a unit of activity gives (amount above zero) or takes (below).

    payable : share of the market's price it fetches;  price : USD/unit instead of the market's
    """

    model_config = _STRICT

    material: str
    region: str = ""
    amount: float = Field(allow_inf_nan=False)
    payable: float = Field(default=1.0, ge=0, le=2, allow_inf_nan=False)
    price: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class FloorEntry(BaseModel):
    """A sponsor pays the difference between a floor and an index, and takes a share of what is above it.

    price : USD/unit;  quantity : most it holds for (unit/month), all if left out
    lag_months, average_months : the index is the mean of so many months, the last of them so long before
    """

    model_config = _STRICT

    name: str
    sponsor: str = ""
    material: str
    price: float = Field(gt=0, allow_inf_nan=False)
    quantity: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    upside_share: float = Field(default=0.0, ge=0, le=1)
    upside_from: str = ""
    start: str = ""
    until: str = ""
    index_region: str = ""
    lag_months: int = Field(default=0, ge=0, le=24)
    average_months: int = Field(default=1, ge=1, le=24)
    source: str = ""
    assumed: str = ""


class OfftakeEntry(BaseModel):
    """A buyer takes up to a quantity (unit/month) at a fixed price (USD/unit)."""

    model_config = _STRICT

    name: str
    sponsor: str = ""
    material: str
    quantity: float = Field(gt=0, allow_inf_nan=False)
    price: float = Field(gt=0, allow_inf_nan=False)
    start: str = ""
    until: str = ""
    source: str = ""
    assumed: str = ""


class GrantEntry(BaseModel):
    """Money that is not paid back (USD), paid in one month; blank is the first month of building."""

    model_config = _STRICT

    name: str
    sponsor: str = ""
    amount: float = Field(gt=0, allow_inf_nan=False)
    start: str = ""
    source: str = ""
    assumed: str = ""


class LoanEntry(BaseModel):
    """Money lent by a sponsor (USD) on its own terms, paid back in even payments after a time of grace.

    start : month it is paid out; blank is the first of building.  Interest of the time of grace is added
    """

    model_config = _STRICT

    name: str
    sponsor: str = ""
    amount: float = Field(gt=0, allow_inf_nan=False)
    rate: float = Field(ge=0, le=1)
    years: float = Field(gt=0, le=50)
    grace_months: int = Field(default=0, ge=0, le=240)
    start: str = ""
    source: str = ""
    assumed: str = ""


class CreditEntry(BaseModel):
    """A sponsor pays for every unit made (USD/unit)."""

    model_config = _STRICT

    name: str
    sponsor: str = ""
    material: str
    price: float = Field(gt=0, allow_inf_nan=False)
    start: str = ""
    until: str = ""
    source: str = ""
    assumed: str = ""


class DebtEntry(BaseModel):
    """What banks lend: share of the cost of building that grants and loans leave, rate a year, years."""

    model_config = _STRICT

    share: float | None = Field(default=None, ge=0, le=1)
    rate: float | None = Field(default=None, ge=0, le=1)
    years: float | None = Field(default=None, gt=0, le=50)
    grace_months: int | None = Field(default=None, ge=0, le=240)
    reserve_months: float | None = Field(default=None, ge=0, le=60)


class ProjectFile(BaseModel):
    """Keys of a project file; what is left out is taken from the plant, its kind, or what is assumed.

    facility : plant of the world it is;  recipe : recipe of the world it runs, instead of goods
    capacity : activity/month;  cost, late_cost : USD per unit of activity, USD a month while it is late
    today : month money is worth what it says, and from which the way ahead is counted
    """

    model_config = _STRICT

    title: str = ""
    question: str = ""
    world: str = ""
    facility: str = ""
    recipe: str = ""
    region: str = ""
    kind: str = ""
    today: str = ""
    start: str = ""
    capacity: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    load: float | None = Field(default=None, gt=0, le=1)
    life_years: float | None = Field(default=None, gt=0, le=60)
    capex: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    build_months: int | None = Field(default=None, ge=1, le=240)
    ramp_months: float | None = Field(default=None, ge=0, le=240)
    slip_months: float | None = Field(default=None, ge=0, le=240)
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    fixed_share: float | None = Field(default=None, ge=0, le=1)
    royalty: float | None = Field(default=None, ge=0, le=1)
    tax: float | None = Field(default=None, ge=0, le=1)
    required_return: float | None = Field(default=None, ge=0, le=1)
    good: tuple[GoodEntry, ...] = ()
    floor: tuple[FloorEntry, ...] = ()
    offtake: tuple[OfftakeEntry, ...] = ()
    grant: tuple[GrantEntry, ...] = ()
    loan: tuple[LoanEntry, ...] = ()
    credit: tuple[CreditEntry, ...] = ()
    debt: DebtEntry = DebtEntry()
    assumed: tuple[str, ...] = ()
    citation: tuple[str, ...] = ()


SUPPORTS = ("floor", "offtake", "grant", "loan", "credit")
