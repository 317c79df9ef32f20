"""What levers and technology bans mean for every plant of a fleet, as foreseen in a month (M10, M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xenotime.dynamics.support import NOBODY, ProjectSupport, Prospects, TechnologyFactor
from xenotime.policy.controls import Policy
from xenotime.policy.lever_orders import Plan
from xenotime.policy.support import project_support, undo_ban
from xenotime.policy.technology import technology_factor
from xenotime.world.tables import Facility

if TYPE_CHECKING:
    from xenotime.dynamics.fleet import Fleet


def prospects_of(policy: Policy, levers: Plan, fleet: Fleet, month: str) -> Prospects:
    """Help and hindrance of each plant in `month`; nobody's where no lever and no ban reaches projects."""
    banned = any(item.row.instrument == "technology_ban" for item in policy.controls)
    if not levers.levers and not banned:
        return NOBODY
    support, technology = [], []
    for plant in fleet.plants:
        own, factor = _prospect(policy, levers, plant, month)
        support.append(own)
        technology.append(factor)
    return Prospects(tuple(support), tuple(technology))


def _prospect(
    policy: Policy, levers: Plan, plant: Facility, month: str
) -> tuple[ProjectSupport, TechnologyFactor]:
    given = project_support(levers.levers, month, month, plant)
    lead, cost = technology_factor(policy, month, month, plant.region, plant.kind)
    own = ProjectSupport(
        permit_time_factor=given.permit_time_factor,
        construction_time_factor=given.construction_time_factor,
        capex_factor=given.capex_factor,
        grant=given.grant,
        loan_share=given.loan_share,
        loan_rate=given.loan_rate,
        equity=given.equity,
        offtake_quantity=given.offtake_quantity,
        offtake_price=given.offtake_price,
        floor_price=given.floor_price,
        barred=bool(given.barred),
    )
    shared = given.technology_shared
    return own, TechnologyFactor(undo_ban(lead, shared), undo_ban(cost, shared))
