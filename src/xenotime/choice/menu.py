"""A menu checked against a world: levers of each package at their sizes, and which rule each other out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from xenotime.choice.menu_entries import ANY_CONTROL, SCALED, MenuFile, PartnerEntry
from xenotime.errors import InputProblems, Problem
from xenotime.market.network import Network, build_network
from xenotime.months import month_number, month_of
from xenotime.policy.lever_checks import read_levers
from xenotime.policy.lever_conflicts import conflicts
from xenotime.policy.levers import Lever
from xenotime.talks.leverage.controls_on import NEVER
from xenotime.world.problems import unknown_name
from xenotime.world.tables import Control
from xenotime.world.world import World

Pick = tuple[int, ...]  # places of the offers of a package, in order; the empty one is doing nothing


@dataclass(frozen=True, slots=True)
class Offer:
    """One lever at one size; `lever` is its place in the menu."""

    lever: int
    name: str
    size: float

    def label(self) -> str:
        """Name, with its size where that is not one."""
        return self.name if self.size == 1 else f"{self.name} x{self.size:g}"


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu that fits a world.

    levers : in the order of the file, at size one, with months and prices in USD per unit
    rivals : pairs of levers, by place, that cannot be bought together
    """

    name: str
    data: MenuFile
    levers: tuple[Lever, ...]
    offers: tuple[Offer, ...]
    rivals: frozenset[tuple[int, int]]

    def label(self, pick: Pick) -> str:
        """A package in words."""
        return " + ".join(self.offers[place].label() for place in pick) or "nothing"

    def fits(self, pick: Pick) -> bool:
        """Whether a lever stands in it once, and none beside its rival."""
        levers = sorted(self.offers[place].lever for place in pick)
        once = len(set(levers)) == len(levers)
        return once and not any(pair in self.rivals for pair in combinations(levers, 2))


def make_menu(name: str, data: MenuFile, world: World, start: str) -> Menu:
    """Check a menu against a world; raises InputProblems with everything that does not fit it."""
    file = f"{name}.toml"
    owned = tuple(_owned(entry.plain(), data.sponsor) for entry in data.lever)
    network = build_network(world, start)
    levers, problems = _read(owned, world, file)
    for lever, entry in zip(levers, data.lever, strict=False):
        problems += conflicts((sized(lever, max(entry.sizes)),), network, file)
    regions = [row.region for row in world.regions]
    for column, names in (("regions", data.side()), ("partner.region", [p.region for p in data.partner])):
        problems += [unknown_name(file, column, region, regions) for region in names if region not in regions]
    if problems:
        raise InputProblems(problems)
    offers = tuple(
        Offer(place, entry.lever, size) for place, entry in enumerate(data.lever) for size in entry.sizes
    )
    return Menu(name, data, levers, offers, _rivals(data, levers, network))


def _read(owned: tuple[Lever, ...], world: World, file: str) -> tuple[tuple[Lever, ...], list[Problem]]:
    """Levers as runs take them; what two cannot do together is a rivalry and no fault."""
    try:
        return read_levers(owned, world, file, (ANY_CONTROL,)), []
    except InputProblems:
        levers, problems = list[Lever](), list[Problem]()
        for lever in owned:
            try:
                levers += read_levers((lever,), world, file, (ANY_CONTROL,))
            except InputProblems as fault:
                problems += fault.problems
        return tuple(levers), problems


def _owned(lever: Lever, sponsor: str) -> Lever:
    """The lever with the sponsor of the menu, which it need not name."""
    return Lever.model_validate(
        {**{k: getattr(lever, k) for k in lever.model_fields_set}, "sponsor": sponsor}
    )


def _rivals(data: MenuFile, levers: tuple[Lever, ...], network: Network) -> frozenset[tuple[int, int]]:
    """Pairs the menu rules out, and pairs that would be refused in one case."""
    names = [entry.lever for entry in data.lever]
    stated = {
        (min(pair), max(pair))
        for place, entry in enumerate(data.lever)
        for pair in ((place, names.index(other)) for other in entry.excludes)
    }
    alone = [len(conflicts((lever,), network, "")) for lever in levers]
    found = {
        (one, other)
        for one, other in combinations(range(len(levers)), 2)
        if len(conflicts((levers[one], levers[other]), network, "")) > alone[one] + alone[other]
    }
    return frozenset(stated | found)


def sized(lever: Lever, size: float) -> Lever:
    """The lever with its amounts times `size`."""
    grown = {key: value * size for key in SCALED if (value := getattr(lever, key))}
    return lever.model_copy(update=grown)


def closed(lever: Lever) -> Lever:
    """A lever that is not bought: in the tables, so that all runs have one shape, and never at work."""
    return lever.model_copy(update={"announced": NEVER, "start": NEVER, "until": "", "opening": 0.0})


def joined(lever: Lever, partner: PartnerEntry) -> Lever:
    """The lever with a partner who draws on it and adds its share."""
    if lever.lever not in partner.levers:
        return lever
    members = (*lever.members, partner.region) if lever.members else ()
    return sized(lever, 1 + partner.share).model_copy(update={"members": members})


def levers_of(menu: Menu, pick: Pick, partner: PartnerEntry | None = None) -> tuple[Lever, ...]:
    """Every lever of the menu, those of the package at their sizes and the others closed."""
    size = {menu.offers[place].lever: menu.offers[place].size for place in pick}
    levers = []
    for place, lever in enumerate(menu.levers):
        own = sized(lever, size[place]) if place in size else closed(lever)
        levers.append(joined(own, partner) if partner is not None and place in size else own)
    return tuple(levers)


def under_case(levers: Sequence[Lever], controls: Sequence[Control]) -> tuple[Lever, ...]:
    """Levers whose release waits for any control, waiting for the first of the case's; there may be none."""
    dated = sorted(
        (month_number(month_of(row.in_force)), n) for n, row in enumerate(controls) if row.in_force
    )
    if not dated:
        return tuple(levers)
    first = controls[dated[0][1]].control
    return tuple(
        lever.model_copy(update={"control": first}) if lever.control == ANY_CONTROL else lever
        for lever in levers
    )
