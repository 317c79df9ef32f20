"""Matter and reachability by hand arithmetic; the other checks are read in tests/messages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xenotime.world.check_matter import element_balances
from xenotime.world.checks import check_world
from xenotime.world.notes import Note, world_notes
from xenotime.world.tables import Content, Demand, Facility, Lane, Limit, Material, RecipeFlow, Supply
from xenotime.world.world import World

KEPT = {"disposable": True, "disposal_cost": 1.0}


def chain(made: float = 0.8) -> World:
    """Ore out of the ground, smelted 2 : 1 to metal, shipped and wanted."""
    return World(
        materials=(Material(material="ore", **KEPT), Material(material="metal", **KEPT)),  # type: ignore[arg-type]
        contents=(
            Content(material="ore", element="Nd", share=0.5),
            Content(material="metal", element="Nd", share=made),
        ),
        recipes=(
            RecipeFlow(recipe="dig", material="ore", amount=1.0),
            RecipeFlow(recipe="dig", material="fuel", amount=-1.0),
            RecipeFlow(recipe="melt", material="ore", amount=-2.0),
            RecipeFlow(recipe="melt", material="metal", amount=1.0),
        ),
        facilities=(
            Facility(facility="mine", region="A", recipe="dig"),
            Facility(facility="smelter", region="A", recipe="melt"),
        ),
        supply=(Supply(material="fuel", region="A", form="linear", intercept=0.0, slope=1.0),),
        lanes=(Lane(material="metal", origin="A", destination="B"),),
        demand=(Demand(material="metal", region="B", form="linear", intercept=9.0, slope=1.0),),
    )


def with_fuel(world: World) -> World:
    return world.with_tables(materials=(*world.materials, Material(material="fuel")))


def codes(world: World) -> list[str]:
    return [problem.code for problem in check_world(with_fuel(world))]


def test_a_balance_is_what_hand_arithmetic_says() -> None:
    dig, melt = element_balances(chain())
    assert (dig.recipe, dig.taken, dig.made, dig.is_extraction) == ("dig", 0.0, 0.5, True)
    assert (melt.recipe, melt.taken, melt.made, melt.is_extraction) == ("melt", 1.0, 0.8, False)
    assert melt.lost == pytest.approx(0.2)


def test_losing_matter_is_a_note_and_making_it_a_problem() -> None:
    assert codes(chain(0.8)) == []
    assert Note("loss", "recipes", "melt", "20.00% of Nd is lost (0.2 of 1)") in world_notes(chain(0.8))
    assert codes(chain(1.0)) == []
    assert "loss" not in {note.kind for note in world_notes(chain(1.0))}
    assert codes(with_output(1.01)) == ["creates-matter"]


def with_output(amount: float) -> World:
    flows = chain(1.0).recipes
    return chain(1.0).with_tables(recipes=(*flows[:3], replace(flows[3], amount=amount)))


def test_an_element_from_nowhere_is_created_too() -> None:
    world = chain()
    extra = Content(material="metal", element="Dy", share=0.01)
    assert codes(world.with_tables(contents=(*world.contents, extra))) == ["creates-matter"]


@pytest.mark.parametrize(
    ("unit", "expected"), [("t", ["shares-not-summing"]), ("t_REO", ["shares-not-summing"]), ("piece", [])]
)
def test_only_masses_have_shares(unit: str, expected: list[str]) -> None:
    motor = Material(material="motor", unit=unit, disposable=False)
    contents = (Content(material="motor", element="Nd", share=1.6),)
    assert [p.code for p in check_world(World(materials=(motor,), contents=contents))] == expected


def test_contents_without_materials_leave_disposal_unsaid() -> None:
    (problem,) = check_world(World(contents=(Content(material="ore", element="Nd", share=0.5),)))
    assert problem.code == "free-disposal"
    assert "no row for 'ore'" in problem.found


def test_a_sound_chain_is_reachable() -> None:
    assert [note.kind for note in world_notes(chain(1.0))] == ["extraction"]


def test_dead_ends_are_noted() -> None:
    cut = chain().with_tables(lanes=())
    assert [(note.table, note.key) for note in world_notes(cut) if note.kind == "unreachable"] == [
        ("demand", "metal / B / all"),
        ("facilities", "mine / dig"),
        ("facilities", "smelter / melt"),
    ]


def test_a_plant_without_input_is_noted() -> None:
    starved = chain().with_tables(supply=())
    texts = [note.text for note in world_notes(starved) if note.kind == "unreachable"]
    assert "its input fuel has no source in A" in texts
    assert any(text.startswith("nothing can come here") for text in texts)


def test_a_by_product_that_must_go_and_cannot_is_noted() -> None:
    world = chain()
    slag = RecipeFlow(recipe="melt", material="slag", amount=0.5)
    stuck = world.with_tables(
        recipes=(*world.recipes, slag),
        materials=(*world.materials, Material(material="slag", disposable=False)),
    )
    assert any("slag has nowhere to go from A" in note.text for note in world_notes(stuck))


def test_an_unused_recipe_is_noted() -> None:
    world = chain()
    assert Note("unused-recipe", "recipes", "melt", "no facility uses it") in world_notes(
        world.with_tables(facilities=world.facilities[:1])
    )


def test_bounds_choices_months_and_names_are_looked_at_in_built_worlds() -> None:
    wrong = World(
        facilities=(
            Facility(facility="f", region="A", recipe="r", capacity=-1.0, status="open", start="2025"),
        ),
        limits=(Limit(limit_group="g", limit=1.0),),
    )
    assert sorted(problem.code for problem in check_world(wrong)) == [
        "bad-choice",
        "bad-month",
        "below-minimum",
        "unknown-name",
        "unused-limit",
    ]
