"""A world whose packages can be valued by hand, its ban, and menus for it."""

from __future__ import annotations

from pathlib import Path

from xenotime.choice.menu import Menu, make_menu
from xenotime.choice.menu_file import parse_menu
from xenotime.policy.case import Case, load_case
from xenotime.world.tables import Demand, Facility, Lane, Material, RecipeFlow, Region
from xenotime.world.world import World

MONTHS = 4  # of which three are under the ban
BAN = """title = "Nothing leaves A"
question = "What if A closes?"
start = "2025-01"
months = 4
behaviour = "assumed"

[[control]]
control = "ban"
instrument = "ban"
materials = ["heavy", "light"]
origin = "A"
announced = "2025-02"
in_force = "2025-02"
assumed = "Invented."
"""
CALM = BAN.split("\n[[control]]")[0]
HEAD = """title = "What <B> may buy"
sponsor = "B"
months = 4
"""
HEAVY = """
[[lever]]
lever = "heavy-stock"
kind = "stockpile"
material = "heavy"
region = "B"
opening = 10
release = 5
control = "*"
start = "2025-01"
assumed = "Invented."
"""
LIGHT = HEAVY.replace("heavy", "light")
IDLE = """
[[lever]]
lever = "gift"
kind = "grant"
facility = "home"
amount = 100
start = "2025-01"
assumed = "Invented."
"""
PARTNER = """
[[partner]]
region = "C"
levers = ["heavy-pool"]
share = 1.0
assumed = "Invented."
"""
POOL = HEAVY.replace("heavy-stock", "heavy-pool").replace(
    'kind = "stockpile"', 'kind = "allied_pool"\nmembers = ["B"]\nagree = ["C"]'
)
WHOLE = HEAD + HEAVY + LIGHT + IDLE


def shop() -> World:
    """A makes heavy at 50 and light at 40 without end; B wants 100 - 5 q and 60 - 2 q of them, C heavy alike.

    So B buys ten of each a month and has a surplus of 250 and 100; C of 250.  A plant of B makes nothing.
    """
    return World(
        name="shop",
        date="2024-12",
        regions=tuple(Region(region=name) for name in "ABC"),
        materials=tuple(
            Material(material=name, stage=stage)
            for name, stage in (("heavy", "oxide"), ("light", "oxide"), ("stone", "ore"))
        ),
        recipes=tuple(
            RecipeFlow(recipe=f"make_{name}", material=name, amount=1.0)
            for name in ("heavy", "light", "stone")
        ),
        facilities=(
            Facility(facility="dear", region="A", recipe="make_heavy", cost=50.0, cost_slope=1e-3),
            Facility(facility="cheap", region="A", recipe="make_light", cost=40.0, cost_slope=1e-3),
            Facility(
                facility="home", region="B", recipe="make_stone", capacity=1.0, cost=1.0, cost_slope=1e-3
            ),
        ),
        demand=(
            Demand(material="heavy", region="B", sector="mill", form="linear", intercept=100.0, slope=5.0),
            Demand(material="light", region="B", sector="mill", form="linear", intercept=60.0, slope=2.0),
            Demand(material="heavy", region="C", sector="mill", form="linear", intercept=100.0, slope=5.0),
        ),
        lanes=tuple(
            Lane(material=name, origin="A", destination=place, cost=0.0)
            for name, place in (("heavy", "B"), ("light", "B"), ("heavy", "C"))
        ),
    )


def menu_of(text: str = WHOLE) -> Menu:
    """A menu read against the shop."""
    return make_menu("menu", parse_menu(text, "menu.toml"), shop(), "2025-01")


def case_of(folder: Path, text: str = BAN, name: str = "ban") -> Case:
    """A case as read from a file."""
    file = folder / f"{name}.toml"
    file.write_text(text, "utf-8")
    return load_case(file)
