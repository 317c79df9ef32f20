"""What one period under one regime imposes on the market: bounds, adders, rates, allowances.

The market knows arrays and bounds, never politics: policies are compiled to these.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from xenotime.market.network import Array, Network
from xenotime.months import month_number
from xenotime.world.tables import Facility


@dataclass(frozen=True, slots=True)
class Terms:
    """Arrays per plant, lane, demand row, supply row and joint limit.

    `allowance` is per month, or what is left of a span of months where `window` numbers that span (-1: none).
    `weight` is that of each member of each joint limit, limit after limit (lanes, plants, supply rows).
    `lane_cause` names, by lane index, the control that set the lane's upper bound, and who receives its rent.
    """

    plant_low: Array
    plant_high: Array
    plant_adder: Array
    lane_low: Array
    lane_high: Array
    lane_adder: Array
    export_tax: Array
    tariff: Array
    use_scale: Array
    supply_scale: Array
    allowance: Array
    window: Array
    weight: Array
    lane_cause: dict[int, tuple[str, str]] = field(default_factory=dict)


def open_terms(network: Network, month: str = "") -> Terms:
    """The terms with nothing imposed but what the world's own tables say, in `month` (blank: any month)."""
    shared = {member for limit in network.joint if limit.kind == "capacity" for member, _ in limit.facilities}
    high = np.array(
        [_plant_high(plant, column in shared) for column, plant in enumerate(network.facilities)], dtype=float
    )
    runs = np.array([is_running(plant, month) for plant in network.facilities], dtype=float)
    lanes = network.lanes
    use_scale, supply_scale = np.ones(len(network.demand)), np.ones(len(network.supply))
    use_scale[list(network.orders)] = 0.0
    supply_scale[list(network.releases)] = 0.0
    return Terms(
        plant_low=runs * np.array([plant.min_load for plant in network.facilities], dtype=float),
        plant_high=np.where(runs > 0, high, 0.0),
        plant_adder=np.zeros(len(network.facilities)),
        lane_low=lanes.low.copy(),
        lane_high=lanes.high.copy(),
        lane_adder=np.zeros(len(lanes.cost)),
        export_tax=lanes.export_tax.copy(),
        tariff=lanes.tariff.copy(),
        use_scale=use_scale,
        supply_scale=supply_scale,
        allowance=np.array([limit.allowance for limit in network.joint], dtype=float),
        window=np.full(len(network.joint), -1.0),
        weight=np.array([weight for limit in network.joint for weight in limit.weights()], dtype=float),
    )


def _plant_high(plant: Facility, shared: bool) -> float:
    if plant.capacity is None or shared or plant.capacity_use == 0:
        return np.inf
    return plant.capacity / plant.capacity_use


def plants_in_sight(network: Network) -> npt.NDArray[np.bool_]:
    """Plants that operate or have a date to start; the others need money first, and years after it."""
    return np.array([plant.status == "operating" for plant in network.facilities], dtype=bool)


def is_running(plant: Facility, month: str) -> bool:
    """Operating plants run from their start to their end, both included; others never."""
    if plant.status != "operating":
        return False
    if not month:
        return True
    now = month_number(month)
    begun = not plant.start or month_number(plant.start) <= now
    return begun and (not plant.end or now <= month_number(plant.end))
