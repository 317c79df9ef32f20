"""Levers: what a government does for supply or demand of its own, as frozen records with dates.

A lever is known from the month it is announced (blank: its start), works from `start` to `until`,
both included, and is paid by its sponsor.  Which keys a kind takes is in `KINDS`; reading checks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from xenotime.months import month_number

COMMON = ("lever", "kind", "sponsor", "announced", "start", "until", "assumed", "source", "price_unit")
LEVER_DATES = ("announced", "start", "until", "upside_from")
IN_MONEY_PER_UNIT = ("price", "trigger", "cost", "freight")


class Lever(BaseModel):
    """One lever of a case.

    A stock that is `reserved` goes to users alone, not to the market, where whoever pays most would have it.
    Amounts are in USD, quantities in units per month, prices in `price_unit` (USD per unit of the
    material where it is blank); a lever that has been read holds months and USD per unit.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    lever: str
    kind: str
    sponsor: str = ""
    announced: str = ""
    start: str = ""
    until: str = ""
    facility: str = ""
    material: str = ""
    region: str = ""
    members: tuple[str, ...] = ()
    sector: str = ""
    recipes: tuple[str, ...] = ()
    form: str = ""
    amount: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    share: float | None = Field(default=None, ge=0, le=1)
    rate: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    years: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    permit_factor: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    construction_factor: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    capex_factor: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    delay_months: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    quantity: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    target: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    opening: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    release: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    reserved: bool = False
    price: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    trigger: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    control: str = ""
    price_unit: str = ""
    index_material: str = ""
    index_region: str = ""
    lag_months: int = Field(default=1, ge=1, le=24)
    average_months: int = Field(default=1, ge=1, le=24)
    upside_share: float = Field(default=0.0, ge=0, le=1)
    upside_from: str = ""
    take_or_pay: float = Field(default=1.0, ge=0, le=1)
    cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    freight: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    transit_months: float = Field(default=0.0, ge=0, le=24)
    closes: tuple[str, ...] = ()
    assumed: str = ""
    source: str = ""

    def places(self) -> tuple[str, ...]:
        """Regions it works in: its members, or its one region; none where it names neither."""
        return self.members or ((self.region,) if self.region else ())


@dataclass(frozen=True, slots=True)
class Kind:
    """Keys a kind of lever takes.

    needs : all of them;  one_of : groups of which at least one key is given;  may : what else it takes
    """

    needs: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    may: tuple[str, ...] = ()

    def takes(self) -> tuple[str, ...]:
        """Every key of the kind, the common ones included."""
        chosen = tuple(key for group in self.one_of for key in group)
        return (*COMMON, *self.needs, *chosen, *self.may)


_STORE = Kind(
    needs=("sponsor", "material", "region", "start"),
    one_of=(("quantity", "opening"), ("trigger", "control", "quantity")),
    may=("target", "price", "release", "reserved"),
)
KINDS: Mapping[str, Kind] = {
    "permitting": Kind(("permit_factor",), (("facility", "region", "members"),)),
    "grant": Kind(("sponsor", "facility", "amount", "start")),
    "loan": Kind(("sponsor", "facility", "rate", "years", "start"), (("amount", "share"),)),
    "tax_credit": Kind(
        ("sponsor", "start"), (("facility", "region", "members"), ("amount", "share", "price")), ("material",)
    ),
    "price_floor": Kind(
        ("sponsor", "form", "price", "material", "start"),
        (("facility", "region", "members"),),
        (
            "quantity",
            "target",
            "index_material",
            "index_region",
            "lag_months",
            "average_months",
            "upside_share",
            "upside_from",
        ),
    ),
    "equity": Kind(("sponsor", "facility", "amount", "start"), may=("share",)),
    "offtake": Kind(
        ("sponsor", "facility", "material", "region", "quantity", "price", "start"),
        may=("sector", "take_or_pay", "freight", "transit_months"),
    ),
    "stockpile": _STORE,
    "recycling_mandate": Kind(
        ("sponsor", "material", "recipes", "price", "start"),
        (("region", "members"), ("quantity", "share")),
    ),
    "technology_sharing": Kind(("members",), may=("share", "start", "construction_factor", "capex_factor")),
    "investment_screening": Kind(("sponsor", "closes", "start"), (("facility", "region", "members"),)),
    "standards": Kind(
        ("start",), (("facility", "region", "members"), ("cost", "delay_months")), ("recipes",)
    ),
    "allied_pool": Kind(
        (*_STORE.needs, "members"), _STORE.one_of, (*_STORE.may, "freight", "transit_months")
    ),
}
FORMS = ("difference", "purchase", "border")  # of a price floor: paid per tonne, bought, levied on imports


def is_known(lever: Lever, seen_in: str) -> bool:
    """Whether it has been announced by `seen_in`; blank is a time when all have been."""
    said = lever.announced or lever.start
    return not said or not seen_in or month_number(said) <= month_number(seen_in)


def is_active(lever: Lever, seen_in: str, month: str) -> bool:
    """Whether it works in `month` as foreseen in `seen_in`; both ends of its time are included."""
    if not is_known(lever, seen_in):
        return False
    if not month:
        return not lever.until
    now = month_number(month)
    begun = not lever.start or month_number(lever.start) <= now
    return begun and (not lever.until or now <= month_number(lever.until))


def overlap(one: Lever, other: Lever) -> bool:
    """Whether there is a month in which both work."""
    latest = max((month_number(m) for m in (one.start, other.start) if m), default=None)
    first_end = min((month_number(m) for m in (one.until, other.until) if m), default=None)
    return latest is None or first_end is None or latest <= first_end
