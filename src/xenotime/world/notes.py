"""What is not wrong with a world but worth knowing: losses, dead ends, things nobody uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from xenotime.world.check_matter import ROUNDING, element_balances
from xenotime.world.tables import Contract, Lane
from xenotime.world.world import World

Node = tuple[str, str]  # material, region


@dataclass(frozen=True, slots=True)
class Note:
    """One remark.

    Attributes
    ----------
    kind : ``loss``, ``extraction``, ``unused-recipe`` or ``unreachable``
    table, key : the row it is about
    text : the remark
    """

    kind: str
    table: str
    key: str
    text: str


def world_notes(world: World) -> tuple[Note, ...]:
    """Every remark on `world`, in the order of its tables; never a reason to refuse it."""
    return (*_matter_notes(world), *_unused_recipes(world), *_unreachable(world))


def _matter_notes(world: World) -> Iterator[Note]:
    for balance in element_balances(world):
        if balance.is_extraction:
            text = f"{balance.made:g} of {balance.element} per unit of activity enters the world here"
            yield Note("extraction", "recipes", balance.recipe, text)
        elif balance.lost > balance.taken * ROUNDING:
            share = balance.lost / balance.taken
            text = f"{share:.2%} of {balance.element} is lost ({balance.lost:g} of {balance.taken:g})"
            yield Note("loss", "recipes", balance.recipe, text)


def _unused_recipes(world: World) -> Iterator[Note]:
    used = {row.recipe for row in world.facilities}
    for recipe in dict.fromkeys(row.recipe for row in world.recipes):
        if recipe not in used:
            yield Note("unused-recipe", "recipes", recipe, "no facility uses it")


def _unreachable(world: World) -> Iterator[Note]:
    sources, steps = _sources(world), _steps(world)
    reached = _closure(sources, [(frozenset(inputs), outputs) for inputs, outputs, _ in steps])
    wants: set[Node] = {(row.material, row.region) for row in world.demand}
    back = [(frozenset([output]), inputs) for inputs, outputs, _ in steps for output in outputs]
    wanted = _closure(wants, back)
    stuck = {row.material for row in world.materials if not row.disposable}
    for demand in world.demand:
        if (demand.material, demand.region) not in reached:
            key = f"{demand.material} / {demand.region} / {demand.sector}"
            yield Note(
                "unreachable",
                "demand",
                key,
                "nothing can come here: no supply, plant, stock or lane leads to it",
            )
    for inputs, outputs, facility in steps:
        if not facility:
            continue
        for material, region in inputs:
            if (material, region) not in reached:
                text = f"its input {material} has no source in {region}"
                yield Note("unreachable", "facilities", facility, text)
        if outputs and not any(node in wanted for node in outputs):
            yield Note("unreachable", "facilities", facility, "nobody can use anything it makes")
        for material, region in outputs:
            if (material, region) not in wanted and material in stuck:
                text = (
                    f"{material} has nowhere to go from {region} and may not be thrown away, so it cannot run"
                )
                yield Note("unreachable", "facilities", facility, text)


def _sources(world: World) -> set[Node]:
    nodes = {(row.material, row.region) for row in world.supply}
    return nodes | {(row.material, row.region) for row in world.stocks if row.opening > 0}


def _steps(world: World) -> list[tuple[tuple[Node, ...], tuple[Node, ...], str]]:
    """Everything that turns nodes into nodes: inputs, outputs, facility (``""`` for lanes)."""
    steps: list[tuple[tuple[Node, ...], tuple[Node, ...], str]] = []
    moves: tuple[Lane | Contract, ...] = (*world.lanes, *world.contracts)
    for row in moves:
        steps.append((((row.material, row.origin),), ((row.material, row.destination),), ""))
    flows: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for flow in world.recipes:
        flows[flow.recipe].append((flow.material, flow.amount))
    for plant in world.facilities:
        sides = flows[plant.recipe]
        inputs = tuple((material, plant.region) for material, amount in sides if amount < 0)
        outputs = tuple((material, plant.region) for material, amount in sides if amount > 0)
        steps.append((inputs, outputs, f"{plant.facility} / {plant.recipe}"))
    return steps


def _closure(start: Iterable[Node], rules: list[tuple[frozenset[Node], tuple[Node, ...]]]) -> set[Node]:
    """Nodes that follow from `start` when each rule gives its outputs once all its inputs are there."""
    missing = [len(needs) for needs, _ in rules]
    waiting: dict[Node, list[int]] = defaultdict(list)
    for index, (needs, _) in enumerate(rules):
        for node in needs:
            waiting[node].append(index)
    found: set[Node] = set()
    todo = [*start, *(node for needs, gives in rules if not needs for node in gives)]
    while todo:
        node = todo.pop()
        if node in found:
            continue
        found.add(node)
        for index in waiting[node]:
            missing[index] -= 1
            if missing[index] == 0:
                todo.extend(rules[index][1])
    return found
