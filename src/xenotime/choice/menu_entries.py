"""Entries of a menu: levers a sponsor may pull in sizes to choose among, partners, cases and their odds.

A lever of a menu takes every key a lever of a case takes, so that one can be carried over into the other.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from xenotime.policy.levers import Lever

_STRICT = ConfigDict(extra="forbid", frozen=True)
ANY_CONTROL = "*"  # a release that waits for whichever control the case has
SCALED = ("opening", "target", "quantity", "release", "amount")  # what a size is a multiple of


class MenuLever(Lever):
    """A lever on offer.

    sizes : multiples of the amounts stated, one of which is bought; `SCALED` are the amounts
    excludes : levers that cannot be bought beside it;  agree : parties besides the sponsor who must agree
    """

    title: str = ""
    sizes: tuple[float, ...] = (1.0,)
    excludes: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()

    def plain(self) -> Lever:
        """The lever as a case would state it."""
        given = {key: getattr(self, key) for key in self.model_fields_set if key in Lever.model_fields}
        return Lever.model_validate(given)


class PartnerEntry(BaseModel):
    """A region that may join: it draws on the levers named, and adds its share to their amounts.

    share : of what the sponsor lays out alone, added and paid by the partner
    """

    model_config = _STRICT

    region: str
    levers: tuple[str, ...]
    share: float = Field(gt=0, le=10, allow_inf_nan=False)
    source: str = ""
    assumed: str = ""


class CaseEntry(BaseModel):
    """A case the packages are judged under, and its odds beside the others (any positive weight)."""

    model_config = _STRICT

    case: str
    odds: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    assumed: str = ""


class MenuFile(BaseModel):
    """Keys of a menu.

    regions : whose loss counts as the sponsor's; the sponsor alone where it is left out
    months : of each run;  odds of cases are scaled to one
    """

    model_config = _STRICT

    title: str
    question: str = ""
    sponsor: str
    regions: tuple[str, ...] = ()
    world: str = ""
    months: int = Field(default=0, ge=0, le=240)
    case: tuple[CaseEntry, ...] = ()
    lever: tuple[MenuLever, ...] = ()
    partner: tuple[PartnerEntry, ...] = ()
    assumed: tuple[str, ...] = ()
    citation: tuple[str, ...] = ()

    def side(self) -> tuple[str, ...]:
        """The regions whose loss is the sponsor's."""
        return self.regions or (self.sponsor,)
