"""What can be done about a part: each action as goods that arrive otherwise, with lead time, cost and
consent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.lines import Part
from xenotime.exposure.luck import Luck, arrivals, passed, under_way
from xenotime.exposure.plant_file import OptionEntry
from xenotime.exposure.scenes import Scene
from xenotime.exposure.supply import Flow, Source
from xenotime.market.network import Array
from xenotime.world.cover_classes import TAIL, spread_of

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

YEAR = 365.25 / 7  # weeks
# Sizes that are weighed, in steps of the table; what is ordered already is a matter of weeks.
SIZED: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"safety_stock": (1, 2, 4, 6), "earlier_orders": (1, 2)}
)
MAGNETS, LIGHTEST = "NdFeB_", ("NdFeB_N", "NdFeB_Ce")
REPLACING = ("licence_class", "redesign")  # change how all of a part comes, so at most one of them is taken


@dataclass(frozen=True, slots=True)
class Option:
    """One action on one part of one line.

    row : of the table, with what the user knows better;  place, part : of line and part;  size : steps
    weeks : of need it adds once;  cost : USD over the time looked at, middle
    """

    name: str
    row: Any
    place: int
    part: int
    weeks: float
    cost: float
    words: str


def read_actions(facts: Facts, told: Sequence[OptionEntry]) -> tuple[Any, ...]:
    """Rows of the table, with what the user knows better; actions the user rules out are left out."""
    better = {entry.action: entry for entry in told}
    found = []
    for row in facts.rows("company_actions"):
        entry = better.get(row.action)
        if entry is None:
            found.append(row)
        elif entry.possible:
            names = ("lead_weeks", "share", "weeks", "odds", "premium", "one_off")
            said = {name: getattr(entry, name) for name in names if getattr(entry, name) is not None}
            if "lead_weeks" in said:
                said |= {"low": said["lead_weeks"], "high": said["lead_weeks"]}
            found.append(replace(row, **said))
    return tuple(found)


def options_of(scene: Scene, part: int, rows: Sequence[Any], weeks: int) -> Iterator[Option]:
    """Every action that could be taken for a part of a line, stocks in several sizes."""
    own = scene.line.parts[part]
    label = f"{scene.line.entry.line}: {own.name}"
    for row in rows:
        if row.action == "licence_class" and not any(flow.licensed for flow in scene.flows[part]):
            continue
        if row.action == "redesign" and not has_lighter(own.group.good.market):
            continue
        for step in SIZED.get(row.action, (1,)):
            held = row.weeks * step
            size = f", {held:g} weeks" if held else ""
            name = f"{row.action}/{scene.line.entry.line}/{own.name}" + (
                f"/{held:g}" if row.action in SIZED else ""
            )
            yield Option(
                name,
                row,
                scene.place,
                part,
                held,
                cost_of(row, own, held, weeks),
                f"{row.what}{size} ({label})",
            )


def has_lighter(market: str) -> bool:
    """Whether a good is a magnet with heavy elements, of which there are grades with less."""
    return market.startswith(MAGNETS) and market not in LIGHTEST


def cost_of(row: Any, part: Part, held: float, weeks: int) -> float:
    """(M28) Cost over W weeks: set-up + yearly W / 52 h v + premium s v max(W - lead, 0) odds.

    h weeks held, s share delivered, v worth of a week's need.  What is held keeps its worth and is no cost.
    """
    holding = row.yearly * weeks / YEAR * held * part.worth
    delivered = row.premium * row.share * part.worth * max(weeks - row.lead_weeks, 0.0) * row.odds
    return float(row.one_off + holding + delivered)


@dataclass(frozen=True, slots=True)
class Taken:
    """An action taken on a part of a scene.

    base : what arrives without it, draws x weeks;  lead : weeks to its first effect, by draw
    other : what makers outside the controlling country can send;  light : what comes of a grade without heavy
        elements from the same country, None where there is none
    """

    option: Option
    scene: Scene
    base: Array
    lead: Array
    other: Flow
    light: Flow | None
    luck: Luck

    def source(self) -> Source:
        """The first source of the part, which is the one actions are about."""
        return self.scene.line.parts[self.option.part].sources[0]

    def name(self) -> str:
        """Name under which that source's luck is drawn."""
        return f"{self.scene.line.parts[self.option.part].luck()}/0"

    def own(self) -> Array:
        """What arrives of the first source alone, draws x weeks."""
        part = self.scene.line.parts[self.option.part]
        flow = self.scene.flows[self.option.part][0]
        return arrivals(self.source(), flow, self.name(), self.luck, listed=bool(part.orders))

    def way(self) -> Array:
        """Weeks under way, draws x 1."""
        return under_way(self.source(), self.name(), self.luck)[:, None]

    def week(self) -> Array:
        """Number of each week, draws x weeks."""
        return np.broadcast_to(np.arange(self.base.shape[1], dtype=float), self.base.shape)


def changed(option: Option, scene: Scene, other: Flow, light: Flow | None, luck: Luck) -> Array:
    """What arrives of the part with the action, draws x weeks; as before where it does not come about."""
    base = scene.arriving[:, :, option.part]
    own = scene.line.parts[option.part]
    happens = luck.uniform(option.row.action, own.luck(), "odds") < option.row.odds
    taken = Taken(option, scene, base, _lead(option, luck), other, light, luck)
    return np.where(happens[:, None], EFFECTS[option.row.action](taken), base)


def _lead(option: Option, luck: Luck) -> Array:
    spread = spread_of(option.row.low, option.row.high)
    drawn = np.exp(spread * np.clip(luck.normal(option.row.action, "lead"), -TAIL, TAIL))
    return np.asarray(option.row.lead_weeks * drawn)


def _bought(taken: Taken) -> Array:
    """More of the same, as fast as it can be made: it must get past the control like any other order."""
    row, flow, way = taken.option.row, taken.scene.flows[taken.option.part][0], taken.way()
    since = taken.week() - np.ceil(taken.lead[:, None] + way)
    made = np.where(since >= 0, np.clip(taken.option.weeks - row.rate * since, 0.0, row.rate), 0.0)
    sent = np.floor(taken.week() - way) if flow.by_departure else taken.week()
    return np.asarray(taken.base + made * passed(flow, sent, taken.name(), taken.luck))


def _called_off(taken: Taken) -> Array:
    """The next orders sooner, and as much less of those after them."""
    more, week = _bought(taken) - taken.base, taken.week()
    last = np.where(more > 0, week, -1.0).max(axis=1)[:, None]
    spared = (last >= 0) & (week > last) & (week <= last + taken.option.weeks)
    return np.asarray(taken.base - taken.own() * spared + more)


def _beside(taken: Taken) -> Array:
    """Another source beside the first, from the day it delivers, of what it can make."""
    row = taken.option.row
    name = f"{row.action}/{taken.scene.line.parts[taken.option.part].luck()}"
    share = passed(taken.other, taken.week(), name, taken.luck)
    return np.asarray(taken.base + row.share * share * (taken.week() >= taken.lead[:, None]))


def _general(taken: Taken) -> Array:
    """Deliveries as normal, from the licence that follows the control."""
    begins = taken.scene.held_from[taken.option.part]
    return taken.base if begins is None else _as_normal(taken, begins + taken.lead, None)


def _other_grade(taken: Taken) -> Array:
    """The part in a grade that is not listed, from the day it is approved."""
    return _as_normal(taken, taken.lead, taken.light)


def _as_normal(taken: Taken, begins: Array, flow: Flow | None) -> Array:
    """The first source at the rate of `flow` (all of its share without one), for what leaves from
    `begins` on.
    """
    week = taken.week()
    share = passed(flow, week, taken.name(), taken.luck) if flow is not None else np.ones(week.shape)
    then = taken.base - taken.own() + taken.source().share * share
    return np.where(week >= begins[:, None] + taken.way(), then, taken.base)


def _pool(taken: Taken) -> Array:
    """A share of a common stock, once, when it stands and a control holds the part back."""
    begins = taken.scene.held_from[taken.option.part]
    if begins is None:
        return taken.base
    opens = np.ceil(np.maximum(taken.lead, begins))[:, None]
    return np.asarray(taken.base + taken.option.weeks * (taken.week() == opens))


EFFECTS: Mapping[str, Callable[[Taken], Array]] = MappingProxyType(
    {
        "safety_stock": _bought,
        "earlier_orders": _called_off,
        "second_source": _beside,
        "licence_class": _general,
        "offtake": _beside,
        "redesign": _other_grade,
        "swarf_return": _beside,
        "alliance_pool": _pool,
    }
)
