"""The scenario tree a month looks ahead over (M11): periods, their lengths, their branching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Horizon:
    """Nodes of the tree, parents before children.

    Attributes
    ----------
    parent : index of the node before, -1 for the root
    probability : path probability, 1 at the root
    start, length : months elapsed at its begin, and its length in months
    regime : name of the regime that rules in it
    """

    parent: tuple[int, ...]
    probability: tuple[float, ...]
    start: tuple[int, ...]
    length: tuple[int, ...]
    regime: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.parent)

    def leaves(self) -> tuple[int, ...]:
        """Nodes without children."""
        inner = set(self.parent)
        return tuple(node for node in range(len(self)) if node not in inner)

    def path(self, node: int) -> tuple[int, ...]:
        """Nodes from the root to `node`."""
        steps = [node]
        while self.parent[steps[-1]] >= 0:
            steps.append(self.parent[steps[-1]])
        return tuple(reversed(steps))

    def descends(self, node: int, ancestor: int) -> bool:
        """Whether `ancestor` lies on the path to `node` (a node descends from itself)."""
        return ancestor in self.path(node)

    def weights(self, discount: float) -> npt.NDArray[np.float64]:
        """Probability times discount factor at the middle of nothing but the start: pi beta^t."""
        return np.array(self.probability) * discount ** np.array(self.start, dtype=float)


STATIC = Horizon((-1,), (1.0,), (0,), (1,), ("",))


def single_path(lengths: tuple[int, ...], regime: str = "") -> Horizon:
    """A tree with one branch: limited foresight under one regime."""
    starts = tuple(int(total) for total in np.cumsum((0, *lengths[:-1])))
    parents = tuple(range(-1, len(lengths) - 1))
    return Horizon(parents, (1.0,) * len(lengths), starts, lengths, (regime,) * len(lengths))


def branching(lengths: tuple[int, ...], split_after: int, regimes: dict[str, float], trunk: str) -> Horizon:
    """One trunk of `split_after` periods, then one branch per regime with its probability.

    Raises ValueError when the probabilities do not sum to one.
    """
    if abs(sum(regimes.values()) - 1) > 1e-9:
        raise ValueError("probabilities of the regimes must sum to one")
    stem = single_path(lengths[:split_after], trunk)
    parent, chance = list(stem.parent), list(stem.probability)
    start, length, regime = list(stem.start), list(stem.length), list(stem.regime)
    begin = sum(lengths[:split_after])
    for name, probability in regimes.items():
        before, elapsed = split_after - 1, begin
        for months in lengths[split_after:]:
            parent.append(before)
            before = len(parent) - 1
            chance.append(probability)
            start.append(elapsed)
            length.append(months)
            regime.append(name)
            elapsed += months
    return Horizon(tuple(parent), tuple(chance), tuple(start), tuple(length), tuple(regime))


def arrival_shares(horizon: Horizon, leaving: int, lag: float) -> tuple[dict[int, float], dict[int, float]]:
    """Where goods that leave evenly over node `leaving` arrive after `lag` months (M3).

    Returns the share of the departures arriving in each node on each path, and the share
    still at sea at each leaf below `leaving`.
    """
    begin = horizon.start[leaving] + lag
    end = begin + horizon.length[leaving]
    arriving: dict[int, float] = {}
    at_sea: dict[int, float] = {}
    for node in range(leaving, len(horizon)):
        if not horizon.descends(node, leaving):
            continue
        first, last = horizon.start[node], horizon.start[node] + horizon.length[node]
        overlap = min(end, last) - max(begin, first)
        if overlap > 0:
            arriving[node] = overlap / horizon.length[leaving]
    for leaf in horizon.leaves():
        if horizon.descends(leaf, leaving):
            landed = sum(arriving.get(node, 0.0) for node in horizon.path(leaf))
            if landed < 1 - 1e-12:
                at_sea[leaf] = 1 - landed
    return arriving, at_sea
