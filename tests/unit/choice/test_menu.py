"""A menu on a world: sizes, what is not bought, partners, rivals."""

from __future__ import annotations

import pytest

from unit.choice.menus import HEAD, HEAVY, LIGHT, PARTNER, POOL, WHOLE, menu_of
from xenotime.choice.menu import levers_of, under_case
from xenotime.errors import InputProblems
from xenotime.talks.leverage.controls_on import NEVER
from xenotime.world.tables import Control


def test_sizes_are_multiples_of_amounts_and_nothing_else() -> None:
    menu = menu_of(HEAD + HEAVY + "sizes = [1, 2]\n")
    assert [offer.label() for offer in menu.offers] == ["heavy-stock", "heavy-stock x2"]
    (lever,) = levers_of(menu, (1,))
    assert (lever.opening, lever.release, lever.sponsor) == (20.0, 10.0, "B")
    assert menu.label((1,)) == "heavy-stock x2"
    assert menu.label(()) == "nothing"


def test_what_is_not_bought_is_in_the_tables_and_never_works() -> None:
    menu = menu_of()
    heavy, light, gift = levers_of(menu, (1,))
    assert (heavy.start, heavy.opening) == (NEVER, 0.0)
    assert (light.start, light.opening) == ("2025-01", 10.0)
    assert gift.start == NEVER


def test_one_size_of_a_lever_and_no_rivals() -> None:
    menu = menu_of(HEAD + HEAVY + 'sizes = [1, 2]\nexcludes = ["light-stock"]\n' + LIGHT)
    assert menu.fits(())
    assert menu.fits((0,))
    assert not menu.fits((0, 1))
    assert not menu.fits((1, 2))


def test_levers_one_case_would_refuse_together_are_rivals_without_being_told() -> None:
    floor = """
[[lever]]
lever = "floor-{n}"
kind = "price_floor"
form = "difference"
facility = "home"
material = "stone"
price = 5
index_region = "B"
start = "2025-01"
assumed = "Invented."
"""
    menu = menu_of(HEAD + floor.format(n=1) + floor.format(n=2) + LIGHT)
    assert menu.rivals == {(0, 1)}


def test_a_partner_adds_its_share_and_draws_where_there_are_members() -> None:
    menu = menu_of(HEAD + POOL + LIGHT + PARTNER)  # light is not among its levers
    pool, light = levers_of(menu, (0, 1), menu.data.partner[0])
    assert (pool.opening, pool.release, pool.members) == (20.0, 10.0, ("B", "C"))
    assert (light.opening, light.members) == (10.0, ())


def test_a_release_that_waits_for_any_control_waits_for_the_first_of_the_case() -> None:
    levers = levers_of(menu_of(), (0, 1))
    late, early = (
        Control(control=name, instrument="ban", material="heavy", in_force=month)
        for name, month in (("late", "2025-05"), ("early", "2025-03"))
    )
    assert {lever.control for lever in under_case(levers, (late, early))} == {"early", ""}
    assert {lever.control for lever in under_case(levers, ())} == {"*", ""}


def test_everything_that_does_not_fit_the_world_is_told_at_once() -> None:
    text = WHOLE.replace('material = "heavy"', 'material = "havy"').replace('"home"', '"hme"')
    with pytest.raises(InputProblems) as caught:
        menu_of(text.replace("months = 4", 'regions = ["B", "X"]\nmonths = 4'))
    assert [problem.column for problem in caught.value.problems] == [
        "heavy-stock.material",
        "gift.facility",
        "regions",
    ]
