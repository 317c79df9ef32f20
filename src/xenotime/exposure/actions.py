"""What can be done about a part: each action as goods that arrive otherwise, with lead time, cost and consent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.lines import Part
from xenotime.exposure.luck import Luck, passed, under_way
from xenotime.exposure.plant_file import OptionEntry
from xenotime.exposure.scenes import Scene
from xenotime.exposure.supply import Flow
from xenotime.market.network import Array
from xenotime.world.cover_classes import TAIL, spread_of

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

YEAR = 365.25 / 7  # weeks
# Sizes that are weighed, in steps of the table; what is ordered already is a matter of weeks.
SIZED: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {"safety_stock": (1, 2, 4, 6), "earlier_orders": (1, 2)}
)
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
        if row.action == "redesign" and own.group.good.market in ("NdFeB_N", "NdFeB_Ce", ""):
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


def cost_of(row: Any, part: Part, held: float, weeks: int) -> float:
    """(M28) Cost over W weeks: set-up + yearly W / 52 h v + premium s v max(W - lead, 0) odds.

    h weeks held, s share delivered, v worth of a week's need.  What is held keeps its worth and is no cost.
    """
    holding = row.yearly * weeks / YEAR * held * part.worth
    delivered = row.premium * row.share * part.worth * max(weeks - row.lead_weeks, 0.0) * row.odds
    return float(row.one_off + holding + delivered)


def changed(option: Option, scene: Scene, other: Flow, light: Flow | None, luck: Luck) -> Array:
    """What arrives of the part when the action is taken, draws x weeks.

    other : what makers outside the controlling country can send;  light : what comes of a grade without heavy
        elements from the same country, None where there is none
    """
    act = EFFECTS[option.row.action]
    base = scene.arriving[:, :, option.part]
    lead = _lead(option, luck)
    happens = luck.uniform(option.row.action, scene.line.entry.line, "odds") < option.row.odds
    return np.where(happens[:, None], act(option, scene, base, lead, other, light, luck), base)


def _lead(option: Option, luck: Luck) -> Array:
    low, high = option.row.low, option.row.high
    spread = spread_of(low, high)
    drawn = option.row.lead_weeks * np.exp(
        spread * np.clip(luck.normal(option.row.action, "lead"), -TAIL, TAIL)
    )
    return np.asarray(drawn)


def _bought(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """More of the same, as fast as it can be made: it must get past the control like any other order."""
    source, flow = scene.line.parts[option.part].sources[0], scene.flows[option.part][0]
    name = f"{scene.line.entry.line}/{scene.line.parts[option.part].name}/0"
    way = under_way(source, name, luck)[:, None]
    week = np.broadcast_to(np.arange(base.shape[1]), base.shape)
    since = week - np.ceil(lead[:, None] + way)
    made = np.where(since >= 0, np.clip(option.weeks - option.row.rate * since, 0.0, option.row.rate), 0.0)
    sent = np.floor(week - way) if flow.by_departure else week
    return base + made * passed(flow, sent, name, luck)


def _called_off(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """The next orders sooner, and as much less of those after them."""
    more = _bought(option, scene, base, lead, other, light, luck) - base
    week = np.arange(base.shape[1])[None, :]
    last = np.where(more > 0, week, -1).max(axis=1)[:, None]
    spared = (last >= 0) & (week > last) & (week <= last + option.weeks)
    return base * ~spared + more


def _beside(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """Another source beside the first, from the day it delivers, of what it can make."""
    weeks = base.shape[1]
    week = np.broadcast_to(np.arange(weeks), base.shape)
    share = passed(other, week, f"{option.row.action}/{scene.line.entry.line}", luck)
    return base + option.row.share * share * (week >= lead[:, None])


def _general(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """Deliveries as normal, from the licence that follows the control."""
    begins = scene.held_from[option.part]
    if begins is None:
        return base
    return _as_normal(scene, option, base, begins + lead, None, luck)


def _other_grade(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """The part in a grade that is not listed, from the day it is approved."""
    return _as_normal(scene, option, base, lead, light, luck)


def _as_normal(
    scene: Scene, option: Option, base: Array, begins: Array, flow: Flow | None, luck: Luck
) -> Array:
    """Arrivals at the rate of `flow` (all of the need without one) for what leaves from `begins` on."""
    source = scene.line.parts[option.part].sources[0]
    name = f"{scene.line.entry.line}/{scene.line.parts[option.part].name}/0"
    week = np.broadcast_to(np.arange(base.shape[1]), base.shape)
    share = passed(flow, week, name, luck) if flow is not None else np.ones(base.shape)
    since = np.asarray(begins + under_way(source, name, luck))[:, None]
    return np.where(week >= since, np.maximum(share, 0.0), base)


def _pool(
    option: Option, scene: Scene, base: Array, lead: Array, other: Flow, light: Flow | None, luck: Luck
) -> Array:
    """A share of a common stock, once, when it stands and a control holds the part back."""
    begins = scene.held_from[option.part]
    if begins is None:
        return base
    return base + option.weeks * _at(np.ceil(np.maximum(lead, begins)).astype(np.int64), base.shape[1])


def _at(week: Array, weeks: int) -> Array:
    """One in the week of each draw, draws x weeks; nothing where it is beyond the end."""
    return (np.arange(weeks)[None, :] == week[:, None]).astype(float)


Effect = Callable[[Option, Scene, Array, Array, Flow, Flow | None, Luck], Array]
EFFECTS: Mapping[str, Effect] = {
    "safety_stock": _bought,
    "earlier_orders": _called_off,
    "second_source": _beside,
    "licence_class": _general,
    "offtake": _beside,
    "redesign": _other_grade,
    "swarf_return": _beside,
    "alliance_pool": _pool,
}
