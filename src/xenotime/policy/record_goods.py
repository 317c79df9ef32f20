"""Which materials of a world the words of the dated record mean: elements, classes of goods, all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from xenotime.world.world import World

MAINLY = 1 / 3  # of the elements in it: a mixed product counts as of the listed elements from there
SINGLE = ("separated_oxide", "separated_carbonate", "metal", "alloy")
MIXED = ("mixed_carbonate", "heavy_concentrate")
LISTED_MAGNETS = (
    "magnets",
    "dual_use",
)  # the dual-use list is that of elements and their magnets
PUT_IN = frozenset({"Sm", "Dy", "Tb"})  # what magnets are made with on purpose; others come as filler
CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "all": (*SINGLE, *MIXED, "concentrate"),
        "ores": ("concentrate", "mixed_carbonate"),
        "compounds": ("separated_oxide", "separated_carbonate", "mixed_carbonate"),
        "scrap": ("swarf", "end_of_life"),
    }
)


def goods_of(
    world: World, words: Iterable[str], least: float = 0.0, mainly: float = MAINLY
) -> tuple[str, ...]:
    """Names of the materials, in the world's order; none where the words name goods the world does not have.

    Magnets listed beside elements are those made with one of them, on purpose where such a one is listed.

    mainly : share of its elements that have to be listed for a mixed product to count
    least : share of its mass from which a magnet counts as made with an element; below it is a trace
    """
    named = set(words)
    contained: dict[str, dict[str, float]] = {}
    for row in world.contents:
        contained.setdefault(row.material, {})[row.element] = row.share
    elements = named & {row.element for row in world.contents}
    telling = elements & PUT_IN or elements
    magnets = bool(named.intersection(LISTED_MAGNETS)) if elements else "magnets" in named
    found = []
    for material in world.materials:
        inside = contained.get(material.material, {})
        total = sum(inside.values())
        listed = sum(share for element, share in inside.items() if element in elements)
        if (
            material.material in named
            or any(material.stage in CLASSES.get(word, ()) for word in named)
            or (material.stage in (*SINGLE, *MIXED) and total > 0 and listed >= mainly * total)
            or (
                material.stage == "sintered_magnet"
                and magnets
                and (not elements or any(inside.get(element, 0.0) > least for element in telling))
            )
        ):
            found.append(material.material)
    return tuple(found)
