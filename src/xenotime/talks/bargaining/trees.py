"""Games in which moves follow each other and are seen: backward induction, and where in weights it holds.

Source of the method: Kuhn (1953); Selten (1978), Theory and Decision 9, 127-159, for the chain store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xenotime.talks.bargaining.regions import EVERY, Interval, where_no_less

Outcome = tuple[tuple[float, ...], tuple[float, ...]]  # economic payoffs and visible wins, per player
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Node:
    """A decision of one player, or an end.

    player : place of who moves, -1 at an end;  choices : move to node;  outcome : of an end
    """

    name: str
    player: int
    choices: tuple[tuple[str, str], ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A subgame-perfect plan.

    chosen : move at every node;  path : (node, move) as it is played;  payoffs : per player
    region : per player, the weights at which no choice of its own, anywhere in the tree, would be better
    ties : nodes at which another move is as good: there are other plans
    """

    chosen: Mapping[str, str]
    path: tuple[tuple[str, str], ...]
    payoffs: tuple[float, ...]
    region: tuple[Interval, ...]
    ties: tuple[str, ...]


def backward_induction(nodes: Mapping[str, Node], root: str, weights: tuple[float, ...]) -> Plan:
    """The plan best at every node given the same later on; of equal moves the one named first.

    Raises KeyError for a choice that leads to a node that is not there.
    """
    chosen: dict[str, str] = {}
    ends: dict[str, Outcome] = {}
    ties: list[str] = []
    region: list[Interval] = [EVERY] * len(weights)
    for name in _from_the_end(nodes, root):
        node = nodes[name]
        if node.outcome is not None:
            ends[name] = node.outcome
            continue
        player, weight = node.player, weights[node.player]
        pairs = {move: _pair(ends[to], player) for move, to in node.choices}
        best = max(pairs, key=lambda move: pairs[move][0] + weight * pairs[move][1])
        top = pairs[best][0] + weight * pairs[best][1]
        equal = [m for m, (e, v) in pairs.items() if e + weight * v >= top - TIE * max(1.0, abs(top))]
        best = equal[0]
        if len(equal) > 1:
            ties.append(name)
        chosen[name] = best
        ends[name] = ends[dict(node.choices)[best]]
        part = where_no_less(pairs[best], [pair for move, pair in pairs.items() if move != best])
        common = region[player].meets(part) if part is not None else None
        region[player] = common if common is not None else Interval(weight, weight)
    return Plan(
        chosen, tuple(_path(nodes, root, chosen)), _worth(ends[root], weights), tuple(region), tuple(ties)
    )


def _from_the_end(nodes: Mapping[str, Node], root: str) -> list[str]:
    """Nodes below `root`, each after all that follow it."""
    order: list[str] = []
    seen: set[str] = set()
    stack: list[tuple[str, bool]] = [(root, False)]
    while stack:
        name, done = stack.pop()
        if done:
            order.append(name)
        elif name not in seen:
            seen.add(name)
            stack.append((name, True))
            stack += [(to, False) for _, to in nodes[name].choices]
    return order


def _pair(outcome: Outcome, player: int) -> tuple[float, float]:
    return outcome[0][player], outcome[1][player]


def _worth(outcome: Outcome, weights: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(e + w * v for e, v, w in zip(*outcome, weights, strict=True))


def _path(nodes: Mapping[str, Node], root: str, chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    name = root
    while nodes[name].outcome is None:
        move = chosen[name]
        yield name, move
        name = dict(nodes[name].choices)[move]


def in_turn(
    players: tuple[str, ...],
    moves: tuple[tuple[str, ...], ...],
    order: tuple[int, ...],
    outcomes: Mapping[tuple[int, ...], Outcome],
) -> dict[str, Node]:
    """The tree in which players move once each, in `order`, and see what was done before; root is blank.

    outcomes : by combination of moves, in the order of `players`
    """
    nodes: dict[str, Node] = {}

    def grow(name: str, done: dict[int, int]) -> None:
        if len(done) == len(order):
            profile = tuple(done[player] for player in range(len(players)))
            nodes[name] = Node(name, -1, (), outcomes[profile])
            return
        player = order[len(done)]
        choices = tuple((move, f"{name}/{move}" if name else move) for move in moves[player])
        nodes[name] = Node(name, player, choices)
        for place, (_, to) in enumerate(choices):
            grow(to, {**done, player: place})

    grow("", {})
    return nodes
