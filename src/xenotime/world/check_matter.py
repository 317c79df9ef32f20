"""Checks that matter is neither made nor thrown away unseen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from xenotime.units import is_mass
from xenotime.world.conversion import DEFAULT_UNIT
from xenotime.world.findings import Check, Finding
from xenotime.world.world import World

ROUNDING = 1e-6  # relative; written shares and amounts carry at least seven digits where it matters


@dataclass(frozen=True, slots=True)
class ElementBalance:
    """One element through one recipe, per unit of activity."""

    recipe: str
    element: str
    taken: float
    made: float
    row: int  # place in `World.recipes` of an output that holds the element, or else of an input

    @property
    def lost(self) -> float:
        """What goes in and does not come out."""
        return self.taken - self.made

    @property
    def is_extraction(self) -> bool:
        """Whether the element enters the world here, from the ground."""
        return self.taken == 0 and self.made > 0


def element_balances(world: World) -> tuple[ElementBalance, ...]:
    """Every element through every recipe, ordered by recipe and element.

    A material without contents holds none of the elements.
    """
    shares = _contents(world)
    sides: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    place: dict[tuple[str, str], int] = {}
    fed = {row.recipe for row in world.recipes if row.amount < 0 and row.material in shares}
    for index, row in enumerate(world.recipes):
        for element, share in shares.get(row.material, {}).items():
            key = row.recipe, element
            sides[key][0 if row.amount < 0 else 1] += abs(row.amount) * share
            if row.amount > 0 or key not in place:
                place[key] = index
    return tuple(
        ElementBalance(recipe, element, taken, made, place[recipe, element])
        for (recipe, element), (taken, made) in sorted(sides.items())
        if recipe in fed or made > 0
    )


def _contents(world: World) -> dict[str, dict[str, float]]:
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for row in world.contents:
        shares[row.material][row.element] = row.share
    return dict(shares)


def _creates_matter(world: World) -> Iterator[Finding]:
    shares = _contents(world)
    fed = {row.recipe for row in world.recipes if row.amount < 0 and row.material in shares}
    for balance in element_balances(world):
        if balance.recipe in fed and balance.made > balance.taken * (1 + ROUNDING):
            yield Finding(
                "recipes",
                balance.row,
                "amount",
                f"{balance.made:g} of {balance.element} out of recipe '{balance.recipe}'",
                f"at most the {balance.taken:g} of {balance.element} that goes in, per unit of activity",
            )


def _shares_not_summing(world: World) -> Iterator[Finding]:
    unit_of = {row.material: row.unit for row in world.materials}
    total: dict[str, float] = defaultdict(float)
    last: dict[str, int] = {}
    for index, row in enumerate(world.contents):
        total[row.material] += row.share
        last[row.material] = index
    for material, whole in total.items():
        if is_mass(unit_of.get(material, DEFAULT_UNIT)) and whole > 1 + ROUNDING:
            found = f"shares of '{material}' that sum to {whole:g}"
            yield Finding("contents", last[material], "share", found, "a sum of at most 1")


def _free_disposal(world: World) -> Iterator[Finding]:
    listed = {row.material for row in world.materials}
    holding = {row.material for row in world.contents if row.share > 0}
    expected = "a disposal_cost above 0, or disposable no, where contents are given"
    for index, material in enumerate(world.materials):
        if material.material in holding and material.disposable and material.disposal_cost == 0:
            yield Finding("materials", index, "disposal_cost", "0", expected)
    for name in sorted(holding - listed):
        yield Finding("materials", None, "material", f"no row for '{name}'", expected)


MATTER_CHECKS: tuple[Check, ...] = (
    Check(
        "shares-not-summing",
        ("contents", "materials"),
        "check the shares of this material: they are fractions of its mass, not percent",
        _shares_not_summing,
    ),
    Check(
        "creates-matter",
        ("contents", "recipes"),
        "lower the outputs, raise the inputs, or add the contents of an input that has none",
        _creates_matter,
    ),
    Check(
        "free-disposal",
        ("contents", "materials"),
        "say in materials.csv what it costs to throw the material away, however little",
        _free_disposal,
    ),
)
