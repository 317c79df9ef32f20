"""Actions: what they make arrive, what they cost, and how they are held against each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from unit.exposure.plants import PLANTS, closed, luck, scene_of, still
from xenotime.exposure.actions import EFFECTS, Option, changed, cost_of, has_lighter, options_of, read_actions
from xenotime.exposure.plan import best_plan
from xenotime.exposure.plant_file import OptionEntry
from xenotime.exposure.ranking import Table, weigh
from xenotime.exposure.scenes import Scene
from xenotime.exposure.supply import Flow
from xenotime.facts.load import load_facts

OTHER = Flow(np.full(40, 0.5), licensed=False, by_departure=False, basis="others")
LIGHT = Flow(np.ones(40), licensed=False, by_departure=False, basis="light")
SURE = (OptionEntry(action="safety_stock", lead_weeks=2), OptionEntry(action="earlier_orders", lead_weeks=1))


def options(scene: Scene, *told: OptionEntry) -> dict[str, Option]:
    rows = read_actions(load_facts(), told or SURE)
    return {f"{o.row.action}/{o.weeks:g}": o for o in options_of(scene, 0, rows, 40)}


def sure(option: Option, **fields: float) -> Option:
    return replace(option, row=replace(option.row, odds=1.0, low=0.0, high=0.0, **fields))


def test_every_action_of_the_facts_has_an_effect() -> None:
    assert {row.action for row in load_facts().rows("company_actions")} == set(EFFECTS)


def test_stock_is_made_as_fast_as_its_maker_can_and_stops_at_the_control(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    small = sure(options(scene)["safety_stock/4"], lead_weeks=2.0)
    more = changed(small, scene, OTHER, LIGHT, still()) - scene.arriving[:, :, 0]
    # 0.3 a week, leaving from week 2 and, by week 8 of the control, six times
    assert more[0].sum() == pytest.approx(6 * 0.3)
    assert np.flatnonzero(more[0])[0] == 2 + 3


def test_earlier_orders_bring_nothing_more_in_the_end(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed(share=1.0))
    early = sure(options(scene)["earlier_orders/4"], lead_weeks=1.0)
    new = changed(early, scene, OTHER, LIGHT, still())
    assert new.sum() == pytest.approx(scene.arriving[:, :, 0].sum())
    assert np.all(np.cumsum(new, axis=1) >= np.cumsum(scene.arriving[:, :, 0], axis=1) - 1e-12)


def test_a_second_source_delivers_its_share_of_what_others_can(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    second = sure(options(scene)["second_source/0"], lead_weeks=20.0, share=0.4)
    more = changed(second, scene, OTHER, LIGHT, still()) - scene.arriving[:, :, 0]
    assert more[0, :20].sum() == 0
    assert more[0, 20:] == pytest.approx(0.4 * 0.5)


def test_a_licence_a_grade_and_a_pool(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    kinds = options(scene)
    general = changed(sure(kinds["licence_class/0"], lead_weeks=5.0), scene, OTHER, LIGHT, still())
    assert np.flatnonzero(general[0, 11:])[0] + 11 == 8 + 5 + 3  # control, lead, under way
    other = changed(sure(kinds["redesign/0"], lead_weeks=20.0), scene, OTHER, LIGHT, still())
    assert np.flatnonzero(other[0, 11:])[0] + 11 == 20 + 3
    pool = changed(sure(kinds["alliance_pool/6"], lead_weeks=2.0), scene, OTHER, LIGHT, still())
    assert (pool - scene.arriving[:, :, 0])[0, 8] == 6


def test_what_replaces_one_source_leaves_the_other(tmp_path: Path) -> None:
    plants = PLANTS.replace('licence = "individual"', 'licence = "individual"\nshare = 0.75', 1)
    plants += '\n[[supply]]\npart = "M"\ncountry = "JPN"\nshare = 0.25\ndelivery_weeks = 1\n'
    scene = scene_of(tmp_path, closed(), plants=plants)
    assert scene.arriving[0, 20:, 0] == pytest.approx(0.25)  # what Japan makes goes on
    general = sure(options(scene)["licence_class/0"], lead_weeks=5.0)
    assert changed(general, scene, OTHER, LIGHT, still())[0, 20:] == pytest.approx(1.0)


def test_what_does_not_come_about_changes_nothing(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    never = replace(
        options(scene)["safety_stock/4"], row=replace(options(scene)["safety_stock/4"].row, odds=0.0)
    )
    assert np.array_equal(changed(never, scene, OTHER, LIGHT, still()), scene.arriving[:, :, 0])


def test_costs_by_hand(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    part = scene.line.parts[0]
    assert part.worth == pytest.approx(100 * 10 * 1.0)  # units a week, pieces, USD
    row = replace(
        options(scene)["second_source/0"].row, one_off=5.0, premium=0.2, share=0.5, odds=0.5, lead_weeks=30.0
    )
    assert cost_of(row, part, 0.0, 40) == pytest.approx(5 + 0.2 * 0.5 * 1000 * 10 * 0.5)
    stock = options(scene)["safety_stock/4"].row
    assert cost_of(stock, part, 4.0, 52) == pytest.approx(0.12 * 52 / (365.25 / 7) * 4 * 1000)


def test_only_a_magnet_with_heavy_elements_has_a_lighter_grade() -> None:
    goods = ("NdFeB_SH", "NdFeB_N", "NdFeB_Ce", "SmCo", "Dy_oxide", "Ga_metal", "")
    assert [has_lighter(good) for good in goods] == [True, *[False] * 6]


def test_the_user_knows_better(tmp_path: Path) -> None:
    scene = scene_of(tmp_path, closed())
    told = (OptionEntry(action="redesign", possible=False), OptionEntry(action="offtake", one_off=7.0))
    kinds = options(scene, *told)
    assert "redesign/0" not in kinds
    assert kinds["offtake/0"].row.one_off == 7.0


def table_of(
    folder: Path, chosen: list[Option], draws: int = 30
) -> tuple[Table, tuple[Scene, ...], dict[tuple[str, int, int], tuple[Flow, Flow | None]]]:
    chance = luck(draws, transit_spread=0.0)
    first, mild = (
        scene_of(folder, closed(), chance),
        replace(scene_of(folder, closed(3, 5), chance), case="mild"),
    )
    flows: dict[tuple[str, int, int], tuple[Flow, Flow | None]] = {
        (scene.case, 0, part): (OTHER, LIGHT) for scene in (first, mild) for part in (0, 1)
    }
    del chosen
    return Table((first, mild), chance), (first, mild), flows


def test_ranking_by_hand(tmp_path: Path) -> None:
    table, scenes, flows = table_of(tmp_path, [])
    own = list(options(scenes[0]).values())
    found = weigh(table, own, flows)
    nothing = found[0]
    assert nothing.option is None
    assert nothing.weeks == 0.0
    assert nothing.stop == {"shut": 1.0, "mild": 1.0}
    for item in found[1:]:
        assert item.per_week is None or item.per_week == pytest.approx(item.cost / item.weeks)
        for case in ("shut", "mild"):
            best = min(other.loss[case] + other.cost for other in found)
            assert item.regret >= item.loss[case] + item.cost - best - 1e-6
    assert min(item.regret for item in found) >= 0


@pytest.mark.parametrize("budget", [0.0, 600.0, 30_000.0, None])
def test_the_plan_is_the_best_of_all_sets(tmp_path: Path, budget: float | None) -> None:
    """Against trying every set, by the same measure: the loss without overtime, on the weeks of the grid."""
    table, scenes, flows = table_of(tmp_path, [], draws=6)
    kinds = options(scenes[0])
    own = [
        replace(kinds[name], cost=cost)
        for name, cost in (
            ("safety_stock/4", 500.0),
            ("earlier_orders/4", 900.0),
            ("earlier_orders/8", 1400.0),
            ("second_source/0", 20_000.0),
            ("alliance_pool/6", 150.0),
        )
    ]
    weighed = weigh(table, own, flows)
    grid, weeks = 2, np.arange(1, 40, 2)

    def worth(chosen: list[Option]) -> float:
        losses = []
        for scene in scenes:
            held = np.cumsum(scene.arriving, axis=1)
            for option in chosen:
                held[:, :, 0] += np.cumsum(
                    table.arriving[option.name, scene.case] - scene.arriving[:, :, 0], axis=1
                )
            behind = (weeks + 1)[None, :, None] - scene.stock[:, None, :] - held[:, weeks, :]
            losses.append(np.maximum(behind.max(axis=(1, 2)), 0.0) * 100 * 10)
        return float(np.mean(losses)) + sum(option.cost for option in chosen)

    best = np.inf
    for number in range(2 ** len(own)):
        chosen = [option for place, option in enumerate(own) if number >> place & 1]
        names = [option.row.action for option in chosen]
        if names.count("earlier_orders") < 2 and (budget is None or sum(o.cost for o in chosen) <= budget):
            best = min(best, worth(chosen))
    plan = best_plan(table, weighed, budget, grid)
    assert worth(list(plan.options)) == pytest.approx(best, rel=1e-5)
    assert plan.expected + plan.cost == pytest.approx(best, rel=1e-5)
    assert budget is None or plan.cost <= budget + 1e-6


def test_a_plan_without_options_is_nothing(tmp_path: Path) -> None:
    table, _, flows = table_of(tmp_path, [])
    plan = best_plan(table, weigh(table, [], flows), None, 2)
    assert plan.options == ()
    assert plan.stop["shut"] == 1.0
