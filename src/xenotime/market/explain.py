"""Any price along the marginal tonne, and any shortage as the constraints that bind (note 2.2).

From the node asked about, each step names the column that sets the price there - a lane, a plant,
stock carried over, a user - and splits the price exactly.  It follows single-output columns to
where the value comes from.  At a joint recipe one output's price is what its users pay: the step
shows the whole identity with co-product credits, and the marginal tonne's users and rivals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from xenotime.displays import Displayed
from xenotime.market.clearing import Clearing
from xenotime.market.identity import Column, Term, column_name, identity, locate, row_name
from xenotime.market.network import BESIDE
from xenotime.market.sensitivity import marginal_response

DEPTH = 25
SHOWN_RESPONSES = 6
WORTH_NAMING = 1e-6  # of the price: smaller rents are the solver's rounding
SMALL_RESPONSE = 0.005  # of the extra tonne: below it a response is not named


@dataclass(frozen=True, slots=True)
class Step:
    """One link: the price of `what` is the sum of `terms`; it enters the price asked `share` times."""

    what: str
    through: str
    price: float
    share: float
    joint: bool
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What one more tonne at the node would do: `change` per tonne of column `name`."""

    name: str
    kind: str
    change: float


@dataclass(frozen=True, slots=True)
class Binding:
    """A constraint that holds the good back: its rent per unit and what would relieve it."""

    name: str
    rent: float
    relief: str


@dataclass(frozen=True, slots=True)
class Explanation(Displayed):
    """Steps from the price asked about to data and named duals; `leaves` sum to the price."""

    what: str
    price: float
    determined: bool
    steps: tuple[Step, ...]
    leaves: tuple[Term, ...]
    set_by: tuple[Response, ...]
    against_controls: tuple[Step, ...]
    bindings: tuple[Binding, ...]


def explain(clearing: Clearing, node: int, determined: bool = True) -> Explanation:
    """Explain the price of `node` in the first period of `clearing`."""
    steps: list[Step] = []
    leaves: list[Term] = []
    _walk(clearing, node, 1.0, steps, leaves, {node})
    price = float(clearing.price()[node])
    return Explanation(
        what=row_name(clearing, node),
        price=price,
        determined=determined,
        steps=tuple(steps),
        leaves=tuple(_merged(leaves)),
        set_by=tuple(set_by(clearing, node)),
        against_controls=tuple(_controlled_lanes(clearing, node)),
        bindings=tuple(_bindings(clearing, node)),
    )


def leaves_of(clearing: Clearing, node: int) -> tuple[Term, ...]:
    """The data and named duals whose sum the price of `node` is, without the story around them."""
    leaves: list[Term] = []
    _walk(clearing, node, 1.0, [], leaves, {node})
    return tuple(_merged(leaves))


def _walk(
    clearing: Clearing, row: int, share: float, steps: list[Step], leaves: list[Term], path: set[int]
) -> None:
    column = marginal_column(clearing, row)
    if column is None:
        name = row_name(clearing, row)
        leaves.append(Term("input", f"price of {name}", share * _price(clearing, row), row))
        return
    terms = identity(clearing, column, row)
    joint = any(term.kind == "co_product" for term in terms) and column.kind == "plant"
    steps.append(
        Step(
            row_name(clearing, row),
            column_name(clearing, column),
            _price(clearing, row),
            share,
            joint,
            tuple(terms),
        )
    )
    for term in terms:
        follow = (
            term.row >= 0
            and term.kind == "input"
            and term.row not in path
            and len(path) < DEPTH
            and not joint
        )
        price = _price(clearing, term.row) if term.row >= 0 else 0.0
        if follow and price != 0.0:
            _walk(clearing, term.row, share * term.amount / price, steps, leaves, path | {term.row})
        else:
            leaves.append(Term(term.kind, _leaf_name(term), share * term.amount, term.row))


def _leaf_name(term: Term) -> str:
    if term.kind == "co_product":
        return f"credit for {term.name}"
    if term.kind == "later_arrival":
        return f"rest of the cargo, as {term.name}"
    return f"price of {term.name}" if term.kind == "input" else term.name


def _price(clearing: Clearing, row: int) -> float:
    return float(clearing.point.y[row] / clearing.program.weight[row // len(clearing.program.network.nodes)])


def marginal_column(clearing: Clearing, row: int) -> Column | None:
    """The column that sets the price at a balance.

    First what brings goods there and is free to bring more or less (a lane, a single-output plant,
    supply), then stock held for later or thrown away, then a joint plant, then the marginal user, then what
    would take goods away, then what brings goods at its limit, whose rent is then part of the price.
    """
    program, point = clearing.program, clearing.point
    by_row = _rows_of(clearing)
    first, last = by_row.indptr[row], by_row.indptr[row + 1]
    best: tuple[tuple[int, float], Column] | None = None
    for index, value in zip(by_row.indices[first:last], by_row.data[first:last], strict=True):
        column = locate(clearing, int(index))
        amount = abs(value) * point.x[index]
        rank = _rank(
            column, value > 0, bool(point.side[index] == 0), amount > 0, _outputs(program.A, int(index))
        )
        if rank is not None and (best is None or (rank, -amount) < best[0]):
            best = ((rank, -amount), column)
    return best[1] if best else None


def _rank(column: Column, brings: bool, free: bool, active: bool, outputs: int) -> int | None:
    if not active and not free:
        return None
    if free and brings:
        if column.kind == "lane" or (column.kind == "plant" and outputs == 1) or column.kind == "supply":
            return 0
        if column.kind == "plant":
            return 4
    if free and not brings and column.kind in ("working", "free"):
        return 2  # held for later: worth what it is expected to fetch, less the carrying
    if free and not brings and column.kind == "disposal":
        return 3  # a surplus is worth minus what it costs to be rid of, whatever it was made with
    if free and not brings:
        return 5 if column.kind == "use" else 6
    if brings and active:
        return 7
    return None


def _outputs(A: sp.csc_matrix, index: int) -> int:
    first, last = A.indptr[index], A.indptr[index + 1]
    return int(np.sum(A.data[first:last] > 0))


def _rows_of(clearing: Clearing) -> sp.csr_matrix:
    return clearing.program.A.tocsr()


def _merged(terms: list[Term]) -> Iterator[Term]:
    """Terms of one name added together, largest first."""
    total: dict[tuple[str, str], float] = {}
    for term in terms:
        total[term.kind, term.name] = total.get((term.kind, term.name), 0.0) + term.amount
    for (kind, name), amount in sorted(total.items(), key=lambda item: -abs(item[1])):
        yield Term(kind, name, amount)


def set_by(clearing: Clearing, row: int) -> Iterator[Response]:
    """Who would use one more tonne, and which source it would push out: what sets the price at the margin."""
    change = marginal_response(clearing, row)
    program = clearing.program
    width = program.layout.width
    named: dict[tuple[str, str], float] = {}
    for index in np.flatnonzero(np.abs(change[:width]) > SMALL_RESPONSE):
        column = locate(clearing, int(index))
        if column.kind in ("use", "plant", "supply", "disposal", "working", "free"):
            key = (column_name(clearing, column), column.kind)
            named[key] = named.get(key, 0.0) + float(change[index])
    ranked = sorted(named.items(), key=lambda item: -abs(item[1]))[:SHOWN_RESPONSES]
    return (Response(name, kind, amount) for (name, kind), amount in ranked)


def _controlled_lanes(clearing: Clearing, node: int) -> Iterator[Step]:
    """The same price against each source a control holds back: its price + freight + taxes + named rent."""
    program = clearing.program
    lanes = program.network.lanes
    for lane in sorted(program.terms[0].lane_cause):
        if lanes.destination[lane] == node:
            column = locate(clearing, program.layout.block(0, "lane").start + lane)
            rows = program.A.indices[program.A.indptr[column.index] : program.A.indptr[column.index + 1]]
            landing = [row for row in rows if row % len(program.network.nodes) == node]
            if landing:
                terms = tuple(identity(clearing, column, int(landing[0])))
                yield Step(
                    row_name(clearing, int(landing[0])),
                    column_name(clearing, column),
                    _price(clearing, int(landing[0])),
                    1.0,
                    False,
                    terms,
                )


def _bindings(clearing: Clearing, node: int) -> Iterator[Binding]:
    """Constraints with a rent upstream of the node, dearest first."""
    program, network = clearing.program, clearing.program.network
    upstream = _upstream(clearing, node)
    found: dict[str, Binding] = {}
    plants = program.layout.block(0, "plant")
    least = WORTH_NAMING * max(abs(float(clearing.price()[node])), 1e-300)
    margin = clearing.margin("plant"), clearing.margin("lane")
    reach = network.recipes.tocsc()
    for member, plant in enumerate(network.facilities):
        makes = reach.indices[reach.indptr[member] : reach.indptr[member + 1]]
        if margin[0][member] > least and upstream & {int(i) for i in makes}:
            at_zero = program.high[plants][member] == 0
            name = f"capacity of {plant.name or plant.facility}" + (" (not running)" if at_zero else "")
            found[name] = Binding(name, float(margin[0][member]), f"more capacity there ({plant.region})")
    for member, label in enumerate(network.lanes.label):
        if margin[1][member] > least and int(network.lanes.destination[member]) in upstream:
            cause = program.terms[0].lane_cause.get(member)
            if cause is None and label[0] in BESIDE and program.terms[0].lane_high[member] == 0:
                continue  # a way that is not open holds nothing back
            way = f"{label[1]} {label[2]} -> {label[3]}"
            name = f"control {cause[0]} on {way}" if cause else f"limit of {way}"
            relief = "licences or an end of the control" if cause else "a higher limit"
            found[name] = Binding(name, float(margin[1][member]), relief)
    for index, limit in enumerate(network.joint):
        members = {int(network.lanes.destination[lane]) for lane, _ in limit.lanes}
        for plant_index, _ in limit.facilities:
            members |= {
                int(i) for i in reach.indices[reach.indptr[plant_index] : reach.indptr[plant_index + 1]]
            }
        if clearing.joint_rent()[index] > least and members & upstream:
            relief = "a larger allowance" if limit.kind == "control" else "more capacity there"
            found[limit.name] = Binding(
                f"{limit.kind.replace('_', ' ')} {limit.name}", float(clearing.joint_rent()[index]), relief
            )
    return iter(sorted(found.values(), key=lambda item: -item.rent))


def _upstream(clearing: Clearing, node: int) -> set[int]:
    """Nodes from which goods can come to `node`, by lanes and recipes."""
    network = clearing.program.network
    before: dict[int, set[int]] = {}
    for origin, destination in zip(network.lanes.origin, network.lanes.destination, strict=True):
        before.setdefault(int(destination), set()).add(int(origin))
    recipes = network.recipes.tocsc()
    for plant in range(recipes.shape[1]):
        rows = recipes.indices[recipes.indptr[plant] : recipes.indptr[plant + 1]]
        amounts = recipes.data[recipes.indptr[plant] : recipes.indptr[plant + 1]]
        for made in rows[amounts > 0]:
            before.setdefault(int(made), set()).update(int(i) for i in rows[amounts < 0])
    seen, queue = {node}, [node]
    while queue:
        for source in before.get(queue.pop(), ()):
            if source not in seen:
                seen.add(source)
                queue.append(source)
    return seen
