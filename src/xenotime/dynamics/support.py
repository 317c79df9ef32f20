"""What levers and technology bans do to a project: neutral unless someone says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xenotime.dynamics.fleet import Fleet
from xenotime.world.tables import Facility


@dataclass(frozen=True, slots=True)
class ProjectSupport:
    """Help and hindrance of one project in one month.

    permit_time_factor, construction_time_factor, capex_factor : multiples of the normal
    grant : paid towards the cost of building (USD)
    loan_share, loan_rate : share of what is left that is lent by a sponsor, at so much a year
    equity : share of it taken by an investor who asks the sponsor's rate
    offtake_quantity, offtake_price : of the main product (unit/month, USD/unit), over the debt life
    floor_price : least a sponsor lets the main product fetch (USD/unit); zero is none
    barred : the project may not be financed (investment screening)
    """

    permit_time_factor: float = 1.0
    construction_time_factor: float = 1.0
    capex_factor: float = 1.0
    grant: float = 0.0
    loan_share: float = 0.0
    loan_rate: float = 0.0
    equity: float = 0.0
    offtake_quantity: float = 0.0
    offtake_price: float = 0.0
    floor_price: float = 0.0
    barred: bool = False


@dataclass(frozen=True, slots=True)
class TechnologyFactor:
    """What a ban on technology does to those who build without it: multiples of building time and cost."""

    lead_time_factor: float = 1.0
    capex_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Prospects:
    """What those who lend believe, and who helps; one entry per facility, or none for nobody.

    lasts : belief that a scarcity of today lasts over the debt life, None for the shipped prior
    """

    support: tuple[ProjectSupport, ...] = ()
    technology: tuple[TechnologyFactor, ...] = ()
    lasts: float | None = None

    def support_of(self, facility: int) -> ProjectSupport:
        """Support of a facility by its place in the fleet."""
        return self.support[facility] if self.support else ProjectSupport()

    def technology_of(self, facility: int) -> TechnologyFactor:
        """Technology factor of a facility by its place in the fleet."""
        return self.technology[facility] if self.technology else TechnologyFactor()


NOBODY = Prospects()


def gather(
    fleet: Fleet,
    support: Callable[[Facility], ProjectSupport],
    technology: Callable[[Facility], TechnologyFactor],
    lasts: float | None = None,
) -> Prospects:
    """Prospects of all projects of a fleet, asked one by one; plants that were no projects are not asked."""
    asked = list(zip(fleet.plants, fleet.project, strict=True))
    return Prospects(
        support=tuple(support(plant) if on else ProjectSupport() for plant, on in asked),
        technology=tuple(technology(plant) if on else TechnologyFactor() for plant, on in asked),
        lasts=lasts,
    )
