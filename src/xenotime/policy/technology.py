"""Bans on technology (M15): what is built abroad without it takes longer and costs more."""

from __future__ import annotations

from xenotime.policy.controls import Policy, binding


def technology_factor(
    policy: Policy, seen_in: str, month: str, region: str, stage: str
) -> tuple[float, float]:
    """(M15) Factors on lead time and capital cost of a project of `stage` in `region`, as of `month`.

    The strictest ban known in `seen_in` and in force in `month` counts; the region that bans is not
    held up.  (1, 1) where none applies.
    """
    lead, cost = 1.0, 1.0
    for _, row in binding(policy, seen_in, month):
        abroad = row.origin != region and row.destination in ("", region)
        if row.instrument == "technology_ban" and abroad and row.stage in ("", stage):
            lead = max(lead, float(row.value or 1.0))
            cost = max(cost, float(row.cost_factor or 1.0))
    return lead, cost
