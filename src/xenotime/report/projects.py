"""Which plants are planned, built, running up, idle or closed, month by month."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from xenotime.dynamics.fleet import FINANCED, IDLE, STAGES, Fleet
from xenotime.dynamics.projects import capacity_share, months_to_start, normal_pace
from xenotime.dynamics.trajectory import Trajectory
from xenotime.months import month_number, month_text

Row = dict[str, Any]


def project_rows(run: Trajectory) -> list[Row]:
    """Per month, every facility that was a project at the start, and any other while it is idle or closed.

    share : part of its capacity it can use
    start : month of its first output at normal pace, if money that is not found yet is found at once;
        blank where it runs or has run
    financed : whether money was found
    """
    fleet = run.setup.fleet
    rows = []
    for item in run.months:
        part = item.before.projects
        share = capacity_share(fleet, part)
        ahead = months_to_start(fleet, part, normal_pace(fleet))
        for place in np.flatnonzero(fleet.project | (fleet.managed & (part.stage >= IDLE))):
            plant, wait = fleet.plants[place], ahead[place]
            first = "" if np.isnan(wait) else month_text(month_number(item.month) + int(np.ceil(wait)))
            rows.append(
                {
                    "month": item.month,
                    "facility": plant.facility,
                    "name": plant.name,
                    "region": plant.region,
                    "kind": plant.kind,
                    "stage": STAGES[part.stage[place]],
                    "share": float(share[place]),
                    "start": first,
                    "financed": bool(part.stage[place] >= FINANCED),
                    "unit": "share",
                }
            )
    return rows


def fleet_text(fleet: Fleet) -> str:
    """All that decides how plants fare but the market: numbers, durations, costs, and where each began."""
    arrays = (fleet.months, fleet.capex, fleet.required_return, fleet.first.stage, fleet.first.left)
    return repr((asdict(fleet.numbers), [array.tolist() for array in arrays]))
