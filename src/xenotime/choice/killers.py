"""What kills a project: the price, delay, cost or policy at which its value is gone, or its debt is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from xenotime.choice.flows import AS_PLANNED, Change
from xenotime.choice.project import Project
from xenotime.choice.value import Outcome

Try = Callable[[Change], Outcome]
STEPS = 30  # halvings: the threshold is known to a part in 10^9 of its bracket
LONGEST_DELAY = 60  # months that are tried
# Multiples tried in turn, away from the plan; a change of sign between two of them is then halved.
FALLS = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)
RISES = (1.0, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
VALUE, DEBT = "value", "debt"


@dataclass(frozen=True, slots=True)
class Killer:
    """One thing that would kill it.

    what : price, delay, capex, cost, or the name of a support;  of : value or debt
    at : multiple or months at which it is gone, None where nothing tried does it
    alive : whether it lives as planned;  then `at` says what kills it, else what would bring it to life
    value, odds : mean value (USD) and odds of covering the debt there
    only : whether there is no second change further out: it is proven, or every month was tried
    """

    what: str
    of: str
    at: float | None
    unit: str
    alive: bool
    value: float
    odds: float
    only: bool = True


def is_alive(outcome: Outcome, of: str, odds: float) -> bool:
    """(M42) worth more than nothing on the mean, or debt covered in at least the share `odds` of draws."""
    return outcome.mean > 0 if of == VALUE else outcome.odds >= odds


def threshold(alive: Callable[[float], bool], tried: tuple[float, ...]) -> float | None:
    """(M42) where `alive` first changes along `tried`, halved; None where it never does."""
    before = alive(tried[0])
    for low, high in pairwise(tried):
        if alive(high) != before:
            for _ in range(STEPS):
                middle = (low + high) / 2
                low, high = (middle, high) if alive(middle) == before else (low, middle)
            return high
    return None


def _whole(alive: Callable[[float], bool], most: int) -> float | None:
    """First whole number of months at which `alive` changes; every month is tried."""
    before = alive(0.0)
    return next((float(month) for month in range(1, most + 1) if alive(float(month)) != before), None)


def price_is_proven(project: Project) -> bool:
    """Whether value and cash cannot fall where the market's prices rise: no floor looks at another month or
    place, and none pays for a fall in full of which the plant bears less."""
    goods = {good.material: good for good in project.outputs()}
    return all(
        floor.lag_months == 0
        and floor.average_months == 1
        and project.index_of(floor) == goods[floor.material].place
        and (1 - project.royalty) * goods[floor.material].payable >= 1
        for floor in project.floors
    )


def find_killers(tell: Try, project: Project, odds: float) -> Iterator[Killer]:
    """All killers of a project; `tell` works a variant out, `odds` are those below which a debt is lost."""
    known: dict[Change, Outcome] = {}

    def outcome(change: Change) -> Outcome:
        if change not in known:
            known[change] = tell(change)
        return known[change]

    for of in (VALUE, DEBT):
        lives = is_alive(outcome(AS_PLANNED), of, odds)
        for what, unit in (("price", "multiple"), ("capex", "multiple"), ("cost", "multiple")):
            worse = FALLS if what == "price" else RISES
            better = RISES if what == "price" else FALLS

            def holds(level: float, what: str = what, of: str = of) -> bool:
                return is_alive(outcome(_changed(what, level)), of, odds)

            at = threshold(holds, worse if lives else better)
            only = what != "price" or price_is_proven(project)
            yield _killer(what, of, at, unit, lives, outcome, only)
        late = _whole(lambda m, of=of: is_alive(outcome(Change(delay=int(m))), of, odds), LONGEST_DELAY)  # type: ignore[misc]
        yield _killer("delay", of, late if lives else None, "months", lives, outcome)
        for name in project.support_names():
            gone = outcome(Change(without=frozenset({name})))
            kills = lives and not is_alive(gone, of, odds)
            yield Killer(name, of, 0.0 if kills else None, "switched off", lives, gone.mean, gone.odds)


def _changed(what: str, level: float) -> Change:
    changes: dict[str, float] = {what: level}
    return replace(AS_PLANNED, **changes)  # type: ignore[arg-type]


def _killer(
    what: str,
    of: str,
    at: float | None,
    unit: str,
    lives: bool,
    outcome: Callable[[Change], Outcome],
    only: bool = True,
) -> Killer:
    if at is None:
        change = AS_PLANNED
    else:
        change = Change(delay=int(at)) if what == "delay" else _changed(what, at)
    found = outcome(change)
    return Killer(what, of, at, unit, lives, found.mean, found.odds, only)
