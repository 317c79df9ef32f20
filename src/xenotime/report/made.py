"""What each region makes, from the activity of its plants: the ground of the picture of the chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from xenotime.world.tables import RecipeFlow

Row = dict[str, Any]


def production_rows(
    activities: Iterable[Row],
    recipes: Iterable[RecipeFlow],
    stages: Mapping[str, str],
    units: Mapping[str, str],
) -> list[Row]:
    """Rows of `month`, `material`, `region`, `value`, `baseline`, `unit` (units per month).

    Parameters
    ----------
    activities : table `activities` of a run document
    recipes : inputs and outputs per unit of activity
    stages, units : stage and unit of each material

    Notes
    -----
    An input of the stage a recipe makes is subtracted (blending neodymium and praseodymium oxide
    makes no new oxide), so the sum over the materials of a stage is what that stage really made.
    """
    flows: defaultdict[str, list[RecipeFlow]] = defaultdict(list)
    for flow in recipes:
        flows[flow.recipe].append(flow)
    made = {
        recipe: {stages.get(flow.material, "") for flow in members if flow.amount > 0}
        for recipe, members in flows.items()
    }
    sums: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in activities:
        for flow in flows[row["recipe"]]:
            if stages.get(flow.material, "") in made[row["recipe"]]:
                cell = sums[row["month"], flow.material, row["region"]]
                cell[0] += row["value"] * flow.amount
                cell[1] += row["baseline"] * flow.amount
    return [
        {
            "month": month,
            "material": material,
            "region": region,
            "value": value,
            "baseline": baseline,
            "unit": f"{units.get(material, 't')}/month",
        }
        for (month, material, region), (value, baseline) in sums.items()
        if value or baseline
    ]
