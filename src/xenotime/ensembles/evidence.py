"""What a fit may learn from: observed rows of the fitted time as logarithms, with their spread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xenotime.ensembles.door import Observed
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.measured import observed_value, predicted_value
from xenotime.ensembles.quotes import Rates
from xenotime.ensembles.series import Series
from xenotime.ensembles.targets import LOG, Target, make_targets
from xenotime.market.network import Array, Index

FITTED_KINDS = ("price", "gap", "quantity")  # the others are read off these and only scored
RANGE = 2 * 1.2815515655446004  # a stated range holds 80 %: this many standard deviations

Chosen = Callable[[Target], bool]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Targets a fit learns from.

    seen : ln of what was observed;  spread : standard deviation of it, from the stated range
    group : rows of one number share part of the model's error
    """

    targets: tuple[Target, ...]
    seen: Array
    spread: Array
    group: Index

    def only(self, chosen: Chosen) -> Evidence:
        """Those that `chosen` takes."""
        which = np.array([chosen(target) for target in self.targets], dtype=bool)
        kept = tuple(t for t, yes in zip(self.targets, which, strict=True) if yes)
        return Evidence(kept, self.seen[which], self.spread[which], self.group[which])


def gather(episode: Episode, observed: Observed, rates: Rates, model_base: Mapping[str, float]) -> Evidence:
    """Every target of the fitted kinds whose errors are taken in logarithms."""
    targets, seen, spread, names = [], [], [], []
    for target in make_targets(episode, observed):
        if target.kind not in FITTED_KINDS or target.scale != LOG:
            continue
        quote = observed_value(target, observed, rates, model_base)
        if quote is None or quote.value <= 0:
            continue
        low, high = (quote.low, quote.high) if 0 < quote.low < quote.high else (quote.value, quote.value)
        targets.append(target)
        seen.append(np.log(quote.value))
        spread.append(np.log(high / low) / RANGE)
        names.append((target.kind, target.element))
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    group = np.array([place[name] for name in names], dtype=np.int64)
    return Evidence(tuple(targets), np.array(seen), np.array(spread), group)


def outputs_of(evidence: Evidence, runs: Sequence[Series]) -> tuple[Evidence, Array]:
    """ln of what each run says of each target (runs x targets), and the evidence all runs speak of."""
    said = [[predicted_value(target, run) for target in evidence.targets] for run in runs]
    spoken = {
        target.target
        for at, target in enumerate(evidence.targets)
        if all((row[at] or 0.0) > 0 for row in said)
    }
    kept = evidence.only(lambda target: target.target in spoken)
    columns = [at for at, target in enumerate(evidence.targets) if target.target in spoken]
    return kept, np.log(np.array([[row[at] for at in columns] for row in said], dtype=float))
