"""A project with every number it needs, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.choice.entries import CreditEntry, FloorEntry, GrantEntry, LoanEntry, OfftakeEntry
from xenotime.dynamics.project_times import Span


@dataclass(frozen=True, slots=True)
class Good:
    """What a unit of activity gives (amount above zero) or takes; `price` fixes it (USD/unit)."""

    material: str
    region: str
    amount: float
    payable: float = 1.0
    price: float | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Where its price is read."""
        return self.material, self.region


@dataclass(frozen=True, slots=True)
class Debt:
    """What banks lend: share of capital left to find, rate a year, months of payments and of grace after the
    planned start, payments held in an account."""

    share: float
    rate: float
    months: int
    grace: int
    reserve: float


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a number of a project comes from."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    grade: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """What is valued.

    today : month money is of;  start : planned first output;  capacity : activity/month
    load : share of capacity it runs at;  life : months of output;  capex : USD;  build : months to `start`
    ramp, slip : months to nameplate, and by which the plan comes late: middle, first and last tenth
    cost : USD/activity, of which `fixed_share` is due at any load;  royalty : share of sales
    recipe : of the world, blank where the file lists goods
    tax : share of profit, losses carried forward;  required_return : per year
    """

    name: str
    title: str
    region: str
    kind: str
    today: str
    start: str
    capacity: float
    load: float
    life: int
    capex: float
    build: int
    ramp: Span
    slip: Span
    cost: float
    fixed_share: float
    royalty: float
    tax: float
    required_return: float
    goods: tuple[Good, ...]
    debt: Debt
    floors: tuple[FloorEntry, ...] = ()
    offtakes: tuple[OfftakeEntry, ...] = ()
    grants: tuple[GrantEntry, ...] = ()
    loans: tuple[LoanEntry, ...] = ()
    credits: tuple[CreditEntry, ...] = ()
    basis: tuple[Basis, ...] = ()
    recipe: str = ""

    def support_names(self) -> tuple[str, ...]:
        """Names of all supports, in the order of their kinds."""
        groups = (self.floors, self.offtakes, self.grants, self.loans, self.credits)
        return tuple(entry.name for group in groups for entry in group)

    def outputs(self) -> tuple[Good, ...]:
        """What it makes."""
        return tuple(good for good in self.goods if good.amount > 0)

    def index_of(self, floor: FloorEntry) -> tuple[str, str]:
        """Where the index of a floor is read."""
        home = next(good.region for good in self.goods if good.material == floor.material)
        return floor.material, floor.index_region or home

    def places(self) -> tuple[tuple[str, str], ...]:
        """Every price it needs."""
        named = [good.place for good in self.goods if good.price is None]
        return tuple(dict.fromkeys([*named, *(self.index_of(floor) for floor in self.floors)]))
