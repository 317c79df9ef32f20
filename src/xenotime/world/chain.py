"""Materials, recipes and element contents of the rare-earth chain, from assays, yields and grades.

A recipe's amounts are per unit of activity: a tonne of oxide equivalent fed to cracking and separation, a
tonne made at mines, furnaces and magnet plants.  What an element loses on the way is the recipe's stated
yield and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xenotime.world.numbers import FactTables, Numbers, Yields
from xenotime.world.parts import Recipe

DIDYMIUM = ("Nd", "Pr")
COMPONENTS = {
    "NdPr": "NdPr_metal",
    "Dy": "DyFe_alloy",
    "Tb": "Tb_metal",
    "Gd": "GdFe_alloy",
    "Ho": "HoFe_alloy",
    "Ce": "Ce_metal",
    "La": "La_metal",
    "Sm": "Sm_metal",
}
IRON_ALLOYS = ("DyFe_alloy", "GdFe_alloy", "HoFe_alloy")
LIGHT_CUT = ("La", "Ce", "Pr", "Nd")
RETIRED = "H"  # the grade that stands for magnets from scrapped goods


@dataclass(frozen=True, slots=True)
class Substance:
    """A material: its stage, element mass per tonne, and the cost of putting surplus away or None."""

    stage: str
    contents: tuple[tuple[str, float], ...]
    disposal_cost: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Substances and recipes by name."""

    substances: Mapping[str, Substance]
    recipes: Mapping[str, Recipe]


@dataclass(frozen=True, slots=True)
class Basis:
    """What every recipe builder needs.

    factor : kg of element per kg of oxide
    mix : mass shares of Nd and Pr oxide in NdPr oxide
    unfinished : elements separated as carbonate first, because more is separated than sold
    """

    factor: Mapping[str, float]
    mix: Mapping[str, float]
    groups: Mapping[str, str]
    unfinished: frozenset[str]
    yields: Yields
    numbers: Numbers

    def kinds(self, element: str) -> tuple[str, str]:
        """Names under which a recovery in separation may stand, narrowest first."""
        if element in DIDYMIUM:
            return f"{element}_oxide", "NdPr_oxide"
        return f"{element}_oxide", "light_oxides" if self.groups[element] == "light" else "heavy_oxides"

    def product(self, element: str) -> str:
        """What separation yields of an element."""
        return f"{element}_carbonate" if element in self.unfinished else f"{element}_oxide"


def read_basis(facts: FactTables, numbers: Numbers) -> Basis:
    """Elements, didymium mix, and the elements with a finishing cost, from the facts."""
    elements = facts.rows("elements")
    factor = {row.element: float(row.oxide_to_metal) for row in elements}
    groups = {row.element: row.group for row in elements}
    neodymium = numbers["NdPr_oxide_share_Nd"]
    unfinished = frozenset(element for element in factor if f"finishing_cost_{element}" in numbers)
    return Basis(
        factor, {"Nd": neodymium, "Pr": 1 - neodymium}, groups, unfinished, Yields(facts, numbers), numbers
    )


def renormalised_assays(facts: FactTables) -> dict[str, dict[str, float]]:
    """Share of each element in a tonne of oxides, by feed; published assays sum to 97-103 %, these to one."""
    raw: dict[str, dict[str, float]] = {}
    for row in facts.rows("assays"):
        raw.setdefault(row.feed, {})[row.element] = float(row.share)
    found = {}
    for feed in facts.rows("feeds"):
        shares = raw.get(feed.assay_of or feed.feed)
        if shares:
            total = sum(shares.values())
            found[feed.feed] = {element: share / total for element, share in shares.items() if share > 0}
    return found


def build_chain(
    facts: FactTables,
    basis: Basis,
    feeds: list[str],
    assays: Mapping[str, Mapping[str, float]],
    grades: Mapping[str, Mapping[str, float]],
) -> Chain:
    """The chain for the named feeds (oxide shares) and magnet grades (metal shares by component)."""
    described = {row.feed: row for row in facts.rows("feeds")}
    substances: dict[str, Substance] = {}
    recipes: dict[str, Recipe] = {}
    _add_oxides(basis, substances, recipes)
    for feed in feeds:
        add_feed(basis, described[feed], assays[feed], substances, recipes)
    _add_metals(basis, substances, recipes)
    for grade, shares in grades.items():
        _add_grade(basis, grade, shares, substances, recipes)
    return Chain(substances, recipes)


def _add_oxides(basis: Basis, substances: dict[str, Substance], recipes: dict[str, Recipe]) -> None:
    for element, factor in basis.factor.items():
        substances[f"{element}_oxide"] = Substance("separated_oxide", ((element, factor),))
        if element in basis.unfinished:
            cost = basis.numbers["surplus_storage_cost"]
            note = "separated but not yet purified, calcined and sold; tonnes of oxide equivalent"
            substances[f"{element}_carbonate"] = Substance(
                "separated_carbonate", ((element, factor),), cost, note
            )
            made = basis.yields.recovery("finishing", f"{element}_oxide")
            flows = ((f"{element}_carbonate", -1.0), (f"{element}_oxide", made))
            recipes[f"finish_{element}"] = Recipe(recipe=f"finish_{element}", stage="finishing", flows=flows)
    didymium = tuple((element, basis.mix[element] * basis.factor[element]) for element in DIDYMIUM)
    substances["NdPr_oxide"] = Substance("separated_oxide", didymium)
    parts = tuple((f"{element}_oxide", basis.mix[element]) for element in DIDYMIUM)
    recovered = basis.yields.recovery("didymium_split", "NdPr_oxide")
    split = (("NdPr_oxide", -1.0), *((material, amount * recovered) for material, amount in parts))
    recipes["split_NdPr"] = Recipe(recipe="split_NdPr", stage="splitting", flows=split)


def add_feed(
    basis: Basis,
    row: Any,
    assay: Mapping[str, float],
    substances: dict[str, Substance],
    recipes: dict[str, Recipe],
) -> None:
    """Mine, cracking, and the three ways to separate one feed."""
    feed, route = row.feed, row.route
    if route == "byproduct":
        made = tuple((f"{element}_oxide", share) for element, share in assay.items())
        recipes[f"mine_{feed}"] = Recipe(recipe=f"mine_{feed}", stage="mine", flows=made)
        return
    mass = tuple((element, share * basis.factor[element]) for element, share in assay.items())
    carbonate, concentrate = f"mixed_carbonate_{feed}", f"concentrate_{feed}"
    substances[carbonate] = Substance("mixed_carbonate", mass)
    if route == "concentrate":
        substances[concentrate] = Substance("concentrate", mass)
        cracked = (
            (concentrate, -1.0),
            (carbonate, basis.yields.recovery("cracking", *minerals(row.mineral))),
        )
        recipes[f"crack_{feed}"] = Recipe(recipe=f"crack_{feed}", stage="cracking", flows=cracked)
    mined = ((carbonate if route == "carbonate" else concentrate, 1.0),)
    recipes[f"mine_{feed}"] = Recipe(recipe=f"mine_{feed}", stage="mine", flows=mined)
    full = _separated(basis, assay)
    recipes[f"separate_{feed}"] = Recipe(
        recipe=f"separate_{feed}", stage="separation", flows=((carbonate, -1.0), *full)
    )
    heavy = {element: share for element, share in assay.items() if element not in LIGHT_CUT}
    cut = sum(heavy.values())
    if cut <= 0:
        return
    within = {element: share / cut for element, share in heavy.items()}
    mixed = f"heavy_concentrate_{feed}"
    substances[mixed] = Substance(
        "heavy_concentrate",
        tuple((e, share * basis.factor[e]) for e, share in within.items()),
        basis.numbers["heavy_concentrate_storage_cost"],
        "samarium to lutetium and yttrium, not separated",
    )
    light = {element: share for element, share in assay.items() if element in LIGHT_CUT}
    cut_flows = (
        *_separated(basis, light),
        (mixed, cut * basis.yields.recovery("separation", "heavy_concentrate", "light_oxides")),
    )
    recipes[f"separate_light_{feed}"] = Recipe(
        recipe=f"separate_light_{feed}", stage="separation", flows=((carbonate, -1.0), *cut_flows)
    )
    recipes[f"separate_heavy_{feed}"] = Recipe(
        recipe=f"separate_heavy_{feed}", stage="separation", flows=((mixed, -1.0), *_separated(basis, within))
    )


def minerals(mineral: str) -> tuple[str, ...]:
    """The minerals of a description, first one first: `monazite (secondary phosphates)` is monazite."""
    return tuple(part.split("(")[0].strip() for part in mineral.split("+"))


def _separated(basis: Basis, assay: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Oxides from a tonne of feed: Nd and Pr leave together at the didymium mix, the rest of them alone."""
    got = {e: share * basis.yields.recovery("separation", *basis.kinds(e)) for e, share in assay.items()}
    flows: dict[str, float] = {}
    if all(got.get(element, 0.0) > 0 for element in DIDYMIUM):
        together = min(got[element] / basis.mix[element] for element in DIDYMIUM)
        flows["NdPr_oxide"] = together
        for element in DIDYMIUM:
            got[element] -= together * basis.mix[element]
    floor = basis.numbers["least_output"]
    for element, amount in got.items():
        if amount > floor:
            flows[basis.product(element)] = amount
    return tuple(flows.items())


def _add_metals(basis: Basis, substances: dict[str, Substance], recipes: dict[str, Recipe]) -> None:
    """Metals and iron alloys from oxides, a tonne each."""
    for component, metal in COMPONENTS.items():
        purity = basis.numbers[f"content_{metal}"] if metal in IRON_ALLOYS else 1.0
        elements = _metal_elements(basis, component)
        stage = "alloy" if metal in IRON_ALLOYS else "metal"
        substances[metal] = Substance(stage, tuple((e, purity * share) for e, share in elements.items()))
        oxide = f"{component}_oxide"
        per_oxide = sum(share for _, share in substances[oxide].contents)
        need = purity / (per_oxide * basis.yields.recovery("reduction", metal))
        recipes[f"reduce_{metal}"] = Recipe(
            recipe=f"reduce_{metal}", stage=stage, flows=((oxide, -need), (metal, 1.0))
        )


def _metal_elements(basis: Basis, component: str) -> dict[str, float]:
    """Mass shares of elements in a pure metal."""
    if component != "NdPr":
        return {component: 1.0}
    mass = {element: basis.mix[element] * basis.factor[element] for element in DIDYMIUM}
    return {element: value / sum(mass.values()) for element, value in mass.items()}


def _add_grade(
    basis: Basis,
    grade: str,
    shares: Mapping[str, float],
    substances: dict[str, Substance],
    recipes: dict[str, Recipe],
) -> None:
    """Finished magnets of a grade, the swarf of making them, and oxides from the swarf."""
    name = "SmCo" if grade == "SmCo" else f"NdFeB_{grade}"
    stage = "magnet_smco" if grade == "SmCo" else "magnet_ndfeb"
    family = "SmCo" if grade == "SmCo" else "NdFeB"
    metals = {part: share for part, share in shares.items() if part in COMPONENTS and share > 0}
    mass: dict[str, float] = {}
    for part, share in metals.items():
        for element, within in _metal_elements(basis, part).items():
            mass[element] = mass.get(element, 0.0) + share * within
    contents = tuple(sorted(mass.items()))
    substances[name] = Substance("sintered_magnet", contents)
    swarf = f"swarf_{grade if grade == 'SmCo' else name}"
    substances[swarf] = Substance("swarf", contents, basis.numbers["swarf_disposal_cost"])
    kept = basis.yields.recovery("machining", name, family)
    cast = basis.yields.recovery("strip_casting", name, family) * basis.yields.recovery(
        "sintering", name, family
    )
    inputs = []
    for part, share in metals.items():
        metal = COMPONENTS[part]
        purity = sum(value for _, value in substances[metal].contents)
        inputs.append((metal, -share / purity / kept / cast))
    flows = (*inputs, (name, 1.0), (swarf, 1 / kept - 1))
    recipes[f"make_{name}"] = Recipe(recipe=f"make_{name}", stage=stage, flows=flows)
    if family == "SmCo":
        return  # its scrap goes to cobalt refiners, and the samarium with it
    recipes[f"recycle_{swarf}"] = _recycling(basis, swarf, metals, "swarf_recovery", family)
    if grade == RETIRED:
        retired = f"eol_{name}"
        substances[retired] = Substance("end_of_life", contents)
        recipes[f"recycle_{retired}"] = _recycling(basis, retired, metals, "eol_recovery", family)
        recipes[f"collect_{retired}"] = Recipe(
            recipe=f"collect_{retired}", stage="collection", flows=((retired, 1.0),)
        )


def _recycling(basis: Basis, scrap: str, metals: Mapping[str, float], process: str, family: str) -> Recipe:
    """A tonne of oxides back from scrap."""
    oxides: dict[str, float] = {}
    for part, share in metals.items():
        per_oxide = (
            sum(basis.mix[e] * basis.factor[e] for e in DIDYMIUM) if part == "NdPr" else basis.factor[part]
        )
        name = f"{part}_oxide" if part == "NdPr" else basis.product(part)
        oxides[name] = share / per_oxide * basis.yields.recovery(process, family)
    total = sum(oxides.values())
    made = tuple((name, amount / total) for name, amount in oxides.items())
    return Recipe(recipe=f"recycle_{scrap}", stage="recycling", flows=((scrap, -1 / total), *made))
