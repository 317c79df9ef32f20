"""Actions held against each other: cost a week of security, and regret over the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xenotime.exposure.actions import Option, changed
from xenotime.exposure.luck import Luck
from xenotime.exposure.scenes import Scene
from xenotime.exposure.supply import Flow
from xenotime.exposure.weeks import Ran
from xenotime.market.network import Array

NOTHING = "nothing"
NOTICED = 0.05  # weeks of security below which an action is said to give none


@dataclass(frozen=True, slots=True)
class Weighed:
    """An action weighed.

    loss : USD of margin lost by case, mean over draws;  stop : chance of a stop by case
    weeks : of output kept that would be lost, mean over draws and cases: weeks of security
    later : weeks by which the first stop comes later
    per_week : cost over weeks, None where it adds none;  regret : largest over the cases (USD)
    """

    option: Option | None
    cost: float
    loss: Mapping[str, float]
    stop: Mapping[str, float]
    weeks: float
    later: float
    per_week: float | None
    regret: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """All scenes and what each action makes arrive, by option and case.

    base : arrivals of the scenes themselves are in them;  arriving : by (option's name, case), draws x weeks
    """

    scenes: tuple[Scene, ...]
    luck: Luck
    arriving: dict[tuple[str, str], Array] = field(default_factory=dict)

    def cases(self) -> tuple[str, ...]:
        """Names of the cases."""
        return tuple(dict.fromkeys(scene.case for scene in self.scenes))

    def of(self, case: str) -> list[Scene]:
        """Scenes of a case, by line."""
        return [scene for scene in self.scenes if scene.case == case]


def lost(scene: Scene, ran: Ran) -> Array:
    """USD of margin lost in each draw: output given up or still missing at the end."""
    entry = scene.line.entry
    return np.asarray(ran.short() * entry.units_per_week * entry.margin_per_unit)


def weigh(
    table: Table, options: Sequence[Option], flows: Mapping[tuple[str, int, int], tuple[Flow, Flow | None]]
) -> tuple[Weighed, ...]:
    """Every action by itself, doing nothing first; `flows` of other sources by case, line and part."""
    plain = {(scene.case, scene.place): scene.run() for scene in table.scenes}
    found = [_of(table, plain, None, plain)]
    for option in options:
        own = dict(plain)
        for scene in table.scenes:
            if scene.place != option.place:
                continue
            other, light = flows[scene.case, scene.place, option.part]
            new = changed(option, scene, other, light, table.luck)
            table.arriving[option.name, scene.case] = new
            arriving = scene.arriving.copy()
            arriving[:, :, option.part] = new
            own[scene.case, scene.place] = scene.run(arriving=arriving)
        found.append(_of(table, own, option, plain))
    return with_regret(found)


def _of(
    table: Table,
    own: Mapping[tuple[str, int], Ran],
    option: Option | None,
    plain: Mapping[tuple[str, int], Ran],
) -> Weighed:
    cases = table.cases()
    cost = option.cost if option is not None else 0.0
    loss = {case: sum(float(lost(s, own[case, s.place]).mean()) for s in table.of(case)) for case in cases}
    stop = {case: first_stop_share(own[case, s.place] for s in table.of(case)) for case in cases}
    touched = [s for s in table.scenes if option is None or s.place == option.place]
    pairs = [(own[s.case, s.place], plain[s.case, s.place]) for s in touched]
    weeks = float(np.mean([(old.short() - new.short()).mean() for new, old in pairs])) if pairs else 0.0
    later = float(np.mean([(new.stop - old.stop).mean() for new, old in pairs])) if pairs else 0.0
    per_week = cost / weeks if weeks > NOTICED else None
    return Weighed(option, cost, loss, stop, weeks, later, per_week)


def first_stop_share(runs: Iterable[Ran]) -> float:
    """Chance that any of the lines stops in the time looked at."""
    stops = [ran.stop < ran.made.shape[1] for ran in runs]
    return float(np.any(stops, axis=0).mean()) if stops else 0.0


def with_regret(found: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """(M29) Regret of an action under a case: its loss and cost less the least of any action.

    The largest over the cases is kept.
    """
    cases = tuple(found[0].loss)
    best = {case: min(item.loss[case] + item.cost for item in found) for case in cases}
    return tuple(
        Weighed(
            item.option,
            item.cost,
            item.loss,
            item.stop,
            item.weeks,
            item.later,
            item.per_week,
            max(item.loss[case] + item.cost - best[case] for case in cases),
        )
        for item in found
    )
