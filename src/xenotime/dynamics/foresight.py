"""The tree a month looks ahead over: what rules now, then one branch per regime believed possible (M11, M19).

The trunk is ruled by the law as written and known.  After it the look-ahead splits for good, with the
probabilities believed in that month, and every branch keeps its regimes to the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from xenotime.market.horizon import Horizon, branching
from xenotime.policy.beliefs import Belief, predicted, step_in
from xenotime.policy.controls import month_after
from xenotime.policy.regimes import AS_WRITTEN, FREE, regime_text

if TYPE_CHECKING:
    from xenotime.dynamics.step import Setup


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a look-ahead splits.

    lengths : months of each period on the way from now to a leaf, where there are two branches or more;
        fewer than without branches, for a month costs more than in proportion to its tree
    after : periods of the trunk
    most : branches that are kept, the most probable ones
    """

    lengths: tuple[int, ...] = (1, 1, 4, 6)
    after: int = 1
    most: int = 3


@dataclass(frozen=True, slots=True)
class Branches:
    """Regimes after the trunk with their probabilities, which sum to one; `left_out` is what was dropped."""

    probability: dict[str, float]
    left_out: float = 0.0


NO_DOUBT = Branches({})


def branches_of(beliefs: tuple[Belief, ...], month: str, splitting: Splitting) -> Branches:
    """(M19) Joint regimes of all controls in doubt as seen in `month`: independent beliefs multiply.

    At most `splitting.most` of them, the most probable, with their probabilities raised to sum to one.
    Empty where nothing is believed yet.
    """
    split = month_after(month, sum(splitting.lengths[: splitting.after]))
    known = [(belief, begins) for belief in beliefs if (begins := _begins(belief, month, split)) is not None]
    if not known:
        return NO_DOUBT
    chances = [_by_effect(predicted(belief, month, max(begins, split))) for belief, begins in known]
    joint: list[tuple[float, str]] = []
    for regimes in product(*chances):
        of = {
            name: (regime, begins)
            for (belief, begins), regime in zip(known, regimes, strict=True)
            for name in belief.controls
        }
        text = regime_text({name: pair[0] for name, pair in of.items()}, {n: p[1] for n, p in of.items()})
        joint.append((prod(row[name] for row, name in zip(chances, regimes, strict=True)), text))
    kept = sorted(joint, key=lambda pair: (-pair[0], pair[1]))[: splitting.most]
    whole, share = sum(chance for chance, _ in joint), sum(chance for chance, _ in kept)
    # in the order of the regimes, so that a branch keeps its place while probabilities move
    names = [text for _, text in joint if any(text == other for _, other in kept)]
    by_name = {text: chance for chance, text in kept}
    return Branches({name: by_name[name] / share for name in names}, max(0.0, whole - share))


def _begins(belief: Belief, month: str, split: str) -> str | None:
    """Month from which the believed regime rules: as stated, else once the trunk ends."""
    step = step_in(belief, month)
    return None if step is None else step.begins or split


def _by_effect(chances: Mapping[str, float]) -> dict[str, float]:
    """Regimes under which nothing binds are one branch, named after the likeliest of them."""
    free = [name for name in chances if name in FREE]
    named = max(free, key=lambda name: chances[name], default="")
    joined: dict[str, float] = {}
    for name, chance in chances.items():
        at = named if name in FREE else name
        joined[at] = joined.get(at, 0.0) + chance
    return joined


def horizon_of(setup: Setup, month: str) -> Horizon:
    """The tree of `month`: the setup's own where nothing is in doubt.

    One regime that is certain is a path like that of an announced control, with the same periods.  The shape
    of a tree depends on the number of its branches only.
    """
    found = branches_of(setup.beliefs, month, setup.splitting).probability
    if not found:
        return setup.horizon
    if len(found) == 1:
        lengths, after = setup.horizon.length, _periods_before(setup.horizon, setup.splitting)
    else:
        lengths, after = setup.splitting.lengths, setup.splitting.after
    return branching(lengths, after, found, AS_WRITTEN)


def _periods_before(horizon: Horizon, splitting: Splitting) -> int:
    """Periods of a single path that begin before the split."""
    split = sum(splitting.lengths[: splitting.after])
    return sum(1 for start in horizon.start if start < split)


def shape_of(horizon: Horizon) -> tuple[tuple[int, ...], ...]:
    """What the matrices of a program depend on; programs of one shape share them."""
    return horizon.parent, horizon.start, horizon.length
