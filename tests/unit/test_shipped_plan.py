"""Shipped menus fit the shipped world, and the example's answer holds what its page says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from xenotime.choice.menu import Menu, make_menu
from xenotime.choice.menu_file import menu_names, parse_menu, shipped_menu, template
from xenotime.ensembles.places import find_world
from xenotime.facts.load import load_facts
from xenotime.months import month_number
from xenotime.plan_study import Wanted, plan
from xenotime.policy.case import load_case


def menu(name: str) -> Menu:
    data = parse_menu(template(), "template") if name == "template" else shipped_menu(name)
    start = load_case(data.case[0].case).data.start
    return make_menu(name, data, find_world(data.world), start)


@pytest.mark.parametrize("name", ["template", *menu_names()])
def test_a_menu_fits_the_shipped_world(name: str) -> None:
    made = menu(name)
    assert len(made.levers) == len(made.data.lever)
    begins = load_case(made.data.case[0].case).data.start
    for lever in made.levers:
        assert month_number(lever.start) >= month_number(begins)


@pytest.mark.parametrize("name", menu_names())
def test_every_source_of_a_menu_is_on_record(name: str) -> None:
    known = load_facts().sources()
    data = shipped_menu(name)
    for entry in (*data.lever, *data.partner):
        assert entry.source in known, entry


@pytest.mark.slow
def test_the_example_of_a_ministry() -> None:
    found = plan("USA", Wanted(50e6))
    assert len(found.grid.variants) == 3
    losses = [found.loss(pick) for pick in found.frontier]
    assert all(later < earlier for earlier, later in pairwise(losses))
    assert found.best != ()
    assert found.saving(found.best).is_sure()
    names = {found.menu.offers[place].name for place in found.best}
    assert not names & {"mp-heavy-loan", "stillwater-grant", "permits"}  # nothing of them is built in time
    assert {item.partner.region for item in found.joined} == {"JPN", "DEU"}
