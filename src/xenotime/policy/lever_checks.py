"""Levers read from a case and checked against a world, all problems at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from xenotime.errors import InputProblems, Problem
from xenotime.market.network import Network, build_network
from xenotime.months import month_of
from xenotime.policy.lever_conflicts import conflicts
from xenotime.policy.lever_orders import makers_of
from xenotime.policy.levers import FORMS, IN_MONEY_PER_UNIT, KINDS, LEVER_DATES, Lever
from xenotime.units import UnitFault, conversion_factor
from xenotime.world.problems import suggestion, unknown_name
from xenotime.world.world import World


def read_levers(
    entries: tuple[Lever, ...], world: World, file: str, controls: tuple[str, ...] = ()
) -> tuple[Lever, ...]:
    """The levers of a case with months and prices in USD per unit.

    controls : names of the case's controls, for which releases may wait

    Raises InputProblems with everything that is wrong with any of them, and with any two together.
    """
    if not entries:
        return ()
    scene = _scene(world, controls)
    problems = [*_twice(entries, file)]
    levers = []
    for entry in entries:
        found = [*_check_keys(entry, file)] or [*_check_names(entry, scene, file), *_check_sense(entry, file)]
        lever, faults = _in_world_units(entry, world, file)
        found += faults
        if not found:
            found += _check_place(lever, scene, file)
        problems += found
        if not found:
            levers.append(lever)
    problems += conflicts(tuple(levers), scene.network, file)
    if problems:
        raise InputProblems(problems)
    return tuple(levers)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Names a lever may use."""

    network: Network
    regions: tuple[str, ...]
    materials: tuple[str, ...]
    facilities: tuple[str, ...]
    recipes: tuple[str, ...]
    sectors: tuple[str, ...]
    controls: tuple[str, ...]


def _scene(world: World, controls: tuple[str, ...]) -> _Scene:
    network = build_network(world)
    return _Scene(
        network,
        tuple(row.region for row in world.regions) or tuple(sorted({r for _, r, _ in network.nodes})),
        tuple(row.material for row in world.materials) or tuple(sorted({m for m, _, _ in network.nodes})),
        tuple(dict.fromkeys(row.facility for row in world.facilities)),
        tuple(dict.fromkeys(row.recipe for row in world.facilities)),
        tuple(sorted({row.sector for row in world.demand})),
        tuple(sorted({*controls, *(row.control for row in world.controls)})),
    )


def _twice(entries: tuple[Lever, ...], file: str) -> Iterator[Problem]:
    names = [entry.lever for entry in entries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            "lever-twice",
            file,
            None,
            f"{name}.lever",
            f"{names.count(name)} levers of that name",
            "one",
            "rename",
        )


def _check_keys(entry: Lever, file: str) -> Iterator[Problem]:
    """The kind is known, what it needs is there, and nothing it does not understand."""
    if entry.kind not in KINDS:
        yield unknown_name(file, f"{entry.lever}.kind", entry.kind, tuple(KINDS))
        return
    kind, given = KINDS[entry.kind], entry.model_fields_set
    for key in kind.needs:
        if key not in given or getattr(entry, key) in (None, "", ()):
            yield Problem(
                "lever-needs",
                file,
                None,
                f"{entry.lever}.{key}",
                "nothing",
                f"a value, which a lever of kind {entry.kind} needs",
                f"add {key} = ...",
            )
    for group in kind.one_of:
        if not any(key in given for key in group):
            names = " or ".join(group)
            yield Problem(
                "lever-needs",
                file,
                None,
                f"{entry.lever}.{group[0]}",
                "nothing",
                f"{names}, of which a lever of kind {entry.kind} needs one",
                f"add {group[0]} = ...",
            )
    for key in sorted(given - set(kind.takes())):
        yield Problem(
            "lever-excludes",
            file,
            None,
            f"{entry.lever}.{key}",
            repr(getattr(entry, key)),
            f"keys of kind {entry.kind}: " + ", ".join(kind.takes()),
            f"remove {key}",
        )


def _check_names(entry: Lever, scene: _Scene, file: str) -> Iterator[Problem]:
    """Every name is one of the world or of the case."""
    for key, known in (
        ("facility", scene.facilities),
        ("material", scene.materials),
        ("index_material", scene.materials),
        ("region", scene.regions),
        ("index_region", scene.regions),
        ("sector", scene.sectors),
        ("control", scene.controls),
    ):
        name = getattr(entry, key)
        if name and name not in known:
            yield unknown_name(file, f"{entry.lever}.{key}", name, known)
    for name in entry.members:
        if name not in scene.regions:
            yield unknown_name(file, f"{entry.lever}.members", name, scene.regions)
    for pattern in entry.recipes:
        if not any(fnmatchcase(recipe, pattern) for recipe in scene.recipes):
            yield unknown_name(file, f"{entry.lever}.recipes", pattern, scene.recipes)


def _check_sense(entry: Lever, file: str) -> Iterator[Problem]:
    """Keys that only make sense together."""

    def needs(key: str, why: str) -> Problem:
        return Problem(
            "lever-needs",
            file,
            None,
            f"{entry.lever}.{key}",
            "nothing",
            f"a value: {why}",
            f"add {key} = ...",
        )

    if entry.kind == "price_floor":
        if entry.form not in FORMS:
            yield unknown_name(file, f"{entry.lever}.form", entry.form, FORMS)
        elif entry.form == "purchase" and (entry.quantity is None or not entry.region):
            yield needs(
                "quantity" if entry.quantity is None else "region", "a sponsor buys so much at a place"
            )
        elif entry.form != "purchase" and not entry.index_region:
            yield needs("index_region", "the floor is paid on the price published there")
        if entry.form == "border" and not entry.places():
            yield needs("members", "the levy is due on imports into them")
    stored = entry.kind in ("stockpile", "allied_pool")
    if stored and (entry.control or entry.trigger) and not (entry.release or entry.quantity):
        yield needs("release", "so much is released in a month")
    if stored and entry.quantity and not entry.price:
        yield needs("price", "nothing is bought above it")
    if entry.kind == "tax_credit" and entry.price is not None and not entry.material:
        yield needs("material", "the credit is paid per unit of it")
    if entry.start and entry.until and month_of(entry.start) > month_of(entry.until):
        yield Problem(
            "start-after-end",
            file,
            None,
            f"{entry.lever}.until",
            entry.until,
            f"a month not before {entry.start}",
            "put the months in order",
        )


def _check_place(lever: Lever, scene: _Scene, file: str) -> Iterator[Problem]:
    """What is bought, topped up or levied is traded or made where the lever says."""
    place = scene.network.place

    def absent(key: str, material: str, region: str) -> Problem:
        where = [r for m, r, pool in place if m == material and not pool]
        return Problem(
            "no-market",
            file,
            None,
            f"{lever.lever}.{key}",
            f"{material} in {region}",
            "a region where it is made, traded or used",
            suggestion(region, where, "name another region"),
        )

    stored = lever.kind in ("stockpile", "allied_pool", "offtake") or lever.form == "purchase"
    for region in (*((lever.region,) if lever.region else ()), *(lever.members if stored else ())):
        if stored and (lever.material, region, "") not in place:
            yield absent("region" if region == lever.region else "members", lever.material, region)
    index = lever.index_material or lever.material
    if lever.index_region and (index, lever.index_region, "") not in place:
        yield absent("index_region", index, lever.index_region)
    makes = lever.kind in ("offtake", "recycling_mandate") or lever.form == "difference"
    makes = makes or (lever.kind == "tax_credit" and lever.price is not None)
    if makes and not makers_of(scene.network, lever):
        target = lever.facility or ", ".join(lever.places()) or "this world"
        yield Problem(
            "no-such-product",
            file,
            None,
            f"{lever.lever}.material",
            f"{lever.material} of {target}",
            "a product of a plant the lever is aimed at",
            "see the table facilities and its recipes",
        )


def _in_world_units(entry: Lever, world: World, file: str) -> tuple[Lever, list[Problem]]:
    """The lever with dates as months and prices per unit of its material."""
    changed: dict[str, object] = {key: month_of(v) for key in LEVER_DATES if (v := getattr(entry, key))}
    if entry.price_unit:
        unit = {row.material: row.unit for row in world.materials}.get(entry.material, "t")
        try:
            factor = conversion_factor(entry.price_unit, f"USD/{unit}")
        except UnitFault as fault:
            column = f"{entry.lever}.price_unit"
            return entry, [Problem(fault.code, file, None, column, fault.found, fault.expected, fault.remedy)]
        prices = {key: getattr(entry, key) for key in IN_MONEY_PER_UNIT}
        changed |= {key: value * factor for key, value in prices.items() if value is not None}
        changed["price_unit"] = f"USD/{unit}"
    return entry.model_copy(update=changed), []
