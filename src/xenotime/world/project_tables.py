"""Activities and lanes as rows of the tables of a world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xenotime.world.parts import Activity, Route
from xenotime.world.tables import Facility, Lane

NO_KIND = ("finishing", "splitting")  # steps of a whole region that start and stop as they like


def facility_row(activity: Activity, capacity: float | None, cost: float, slope: float) -> Facility:
    """One row of the facilities table (capacity activity/month, cost USD/activity)."""
    row = activity.row
    return Facility(
        facility=activity.facility,
        region=activity.region,
        recipe=activity.recipe,
        capacity=capacity,
        cost=cost,
        cost_slope=slope,
        status=str(row.get("status", "operating")),
        start=str(row.get("start", "") or ""),
        end=str(row.get("end", "") or ""),
        kind="" if activity.stage in NO_KIND else activity.stage,
        project=str(row.get("project", "") or ""),
        planned_start=str(row.get("planned_start", "") or ""),
        slip_months=_number(row.get("slip_months")),
        name=str(row.get("name", "")),
        operator=str(row.get("operator", "")),
        lat=_number(row.get("lat")),
        lon=_number(row.get("lon")),
        source=activity.source,
        grade=activity.grade,
    )


def _number(value: Any) -> float | None:
    return float(value) if value not in (None, "") else None


def project_facilities(activities: Iterable[Activity]) -> tuple[Facility, ...]:
    """Projects at their sourced cost: nothing is known that would calibrate it."""
    found = []
    for activity in activities:
        rise = activity.rise * activity.cost
        slope = rise / activity.capacity if activity.capacity else rise
        found.append(facility_row(activity, activity.capacity, activity.cost, slope))
    return tuple(found)


def lane_of(route: Route, cost: float, slope: float) -> Lane:
    """A lane of the tables from its route, at `cost` (USD/t) rising by `slope` (USD/t per t a month)."""
    return Lane(
        material=route.material,
        origin=route.origin,
        destination=route.destination,
        cost=cost,
        cost_slope=slope,
        lag_months=route.lag_months,
        tariff=route.tariff,
        export_tax=route.export_tax,
        source=route.source,
        grade=route.grade,
        note=route.note,
    )


def project_lanes(routes: Iterable[tuple[Route, float]]) -> tuple[Lane, ...]:
    """Lanes at their sourced cost, each with its convexity (USD/t per t/month)."""
    return tuple(lane_of(route, route.cost, slope) for route, slope in routes)
