"""A company's answer without a run: a small bill, one line, an invented case."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from unit.exposure.bills import held_of, setting, two_makers
from unit.exposure.plants import BILL, PLANTS, TODAY, closed, luck, scene_of
from xenotime.exposure.actions import options_of, read_actions
from xenotime.exposure.answer import Exposed
from xenotime.exposure.elements import group_lines
from xenotime.exposure.plan import best_plan
from xenotime.exposure.plant_file import parse_plants
from xenotime.exposure.ranking import Table, weigh
from xenotime.exposure.supply import Flow
from xenotime.facts.load import load_facts
from xenotime.report.exposed import exposure_document


@cache
def answered() -> Exposed:
    """The answer with a line, actions and a plan."""
    folder, chance = Path(mkdtemp()), luck(60)
    given = setting(two_makers())
    held = held_of(folder, BILL + "P,Z,1,<b>gizmo</b>,7,,\n", given)
    scene = scene_of(folder, closed(share=0.3), chance)
    table = Table((scene,), chance)
    rows = read_actions(load_facts(), ())
    own = [option for part in (0, 1) for option in options_of(scene, part, rows, 40)]
    import numpy as np

    other = Flow(np.full(40, 0.5), licensed=False, by_departure=False, basis="others")
    flows = {("shut", 0, part): (other, other) for part in (0, 1)}
    weighed = weigh(table, own, flows)
    return Exposed(
        "2025-06",
        held,
        given,
        group_lines(held),
        "f" * 64,
        parse_plants(PLANTS, "plants.toml"),
        TODAY,
        chance,
        table,
        weighed,
        best_plan(table, weighed, 30_000.0, 2),
        {"shut": "China shuts <i>everything</i>"},
        {"shut": "2025-04"},
        ("shut, draw 3: NoAnswer: none",),
    )


@cache
def document() -> dict[str, Any]:
    """Its document."""
    return exposure_document(answered())
