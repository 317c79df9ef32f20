"""One clearing: the program solved, polished, verified, and read back in the words of the market."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from xenotime.displays import Displayed
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.demand import Chain, supply_chain, use_chain
from xenotime.market.engines import Array, Engine
from xenotime.market.horizon import STATIC, Horizon
from xenotime.market.network import Network, build_network
from xenotime.market.polish import Point
from xenotime.market.program import Program, as_qp, build_program
from xenotime.market.sides import reduced_cost
from xenotime.market.solving import solve_program
from xenotime.market.terms import Terms, open_terms
from xenotime.market.verify import Verification
from xenotime.market.windows import shares_in_rows
from xenotime.world.world import World

REFINE = (30.0, 3000.0)  # grids around the last prices; chord error falls to 1e-8 of price


@dataclass(frozen=True, slots=True)
class Clearing(Displayed):
    """A verified solution.

    Attributes
    ----------
    program : what was solved
    point : columns x, duals y of balances and m of limits (both carry the weight pi beta^t)
    check : the measured conditions
    loose : which duals the optimum leaves open, once somebody has asked (see `intervals`)
    """

    program: Program
    point: Point
    check: Verification
    loose: list[tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]] = field(
        default_factory=list, repr=False, compare=False
    )

    def amount(self, kind: str, period: int = 0) -> Array:
        """Columns of one kind in one tree node (per month; stocks in units)."""
        return np.asarray(self.point.x[self.program.layout.block(period, kind)])

    def price(self, period: int = 0) -> Array:
        """(M1) dual of each node's balance over pi beta^t, USD per unit."""
        count = len(self.program.network.nodes)
        return np.asarray(self.point.y[period * count : (period + 1) * count] / self.program.weight[period])

    def joint_rent(self, period: int = 0) -> Array:
        """(M2)-(M4) dual of each joint limit, USD per unit of its weight.

        A limit over a span of months has one rent in all its months, that of the balance at its end.
        """
        program = self.program
        count = len(program.network.joint)
        scale = program.weight[period] * program.horizon.length[period]
        duals = self.point.m.reshape(len(program.horizon), count)
        entered = shares_in_rows(program.horizon, program.terms)[:, period]
        return np.asarray((entered * duals).sum(axis=0) / scale)

    def limit_use(self, period: int = 0) -> Array:
        """Weighted flows and activities of a month in each joint limit."""
        lanes, plants, supplied = (
            self.amount("lane", period),
            self.amount("plant", period),
            self.supplied(period),
        )
        weight, used, first = self.program.terms[period].weight, [], 0
        for limit in self.program.network.joint:
            amounts = [float(lanes[lane]) for lane, _ in limit.lanes]
            amounts += [float(plants[plant]) for plant, _ in limit.facilities]
            amounts += [float(supplied[row]) for row, _ in limit.supplies]
            used.append(float(np.dot(weight[first : first + len(amounts)], amounts)))
            first += len(amounts)
        return np.array(used)

    def margin(self, kind: str, period: int = 0) -> Array:
        """Value made less cost, taxes and joint rents of each column: the rent per unit of its own bounds."""
        program = self.program
        qp = as_qp(program)
        values = -reduced_cost(qp, self.point.x, self.point.y, self.point.m)
        scale = program.weight[period] * program.horizon.length[period]
        return np.asarray(values[program.layout.block(period, kind)] / scale)

    def consumption(self, period: int = 0) -> Array:
        """Use per demand row."""
        uses = self.amount("use", period)
        return np.bincount(self.program.segment_owner, uses, len(self.program.network.demand)).astype(
            np.float64
        )

    def supplied(self, period: int = 0) -> Array:
        """Amount per supply row."""
        amounts = self.amount("supply", period)
        return np.bincount(self.program.supply_owner, amounts, len(self.program.network.supply)).astype(
            np.float64
        )

    def stock(self, period: int = 0) -> Array:
        """Closing stock per stock row."""
        return self.amount("working", period) + self.amount("free", period)

    def volume(self, period: int = 0) -> Array:
        """Amount that passes each node in a month: all that enters it from outside and from its plants."""
        program = self.program
        network = program.network
        made = network.recipes.maximum(0) @ self.amount("plant", period)
        into = np.zeros(len(network.nodes))
        np.add.at(into, network.lanes.destination, self.amount("lane", period))
        np.add.at(into, network.supply_node, self.supplied(period))
        return np.asarray(made + into)

    def table(self, name: str, period: int = 0) -> list[dict[str, Any]]:
        """Tidy rows: prices, flows, activities, consumption, supply, shortfalls, rents or disposal."""
        from xenotime.market.readout import table  # the readout needs this class; imported when asked for

        return table(self, name, period)

    @property
    def objective(self) -> float:
        """Area under the use curves less all costs; taxes and rents are transfers and do not count."""
        program = self.program
        x = self.point.x
        quadratic, linear = program.P.copy(), program.c.copy()
        return float(-(0.5 * quadratic @ (x * x) + linear @ x) + self._tax_on_freight())

    def _tax_on_freight(self) -> float:
        """The tariff on freight sits in P and c; it is a transfer, so it is taken out of the objective."""
        program = self.program
        lanes, total = program.network.lanes, 0.0
        for period in range(len(program.horizon)):
            flow = self.amount("lane", period)
            scale = program.weight[period] * program.horizon.length[period]
            rate = program.terms[period].tariff
            cost = lanes.cost + program.terms[period].lane_adder + 0.5 * lanes.slope * flow
            total += float(np.sum(scale * rate * cost * flow))
        return total


def clear_static(
    world: World | Network,
    month: str = "",
    terms: Terms | None = None,
    engine: Engine | None = None,
    refine: bool = True,
    polished: bool = True,
) -> Clearing:
    """One static clearing: every lag is zero, nothing is stored.

    With `refine`, isoelastic curves are cut ever finer around the prices found, so that the
    answer is that of the curves themselves to 1e-8 of price.
    """
    network = build_network(world, month) if isinstance(world, World) else world
    terms = terms if terms is not None else open_terms(network, month)
    engine = engine if engine is not None else default_engine(network)
    uses = tuple(use_chain(row) for row in network.demand)
    supplies = tuple(supply_chain(row) for row in network.supply)
    clearing = _static(network, STATIC, terms, uses, supplies, engine, polished, None)
    forms = [row.form for row in network.demand] + [row.form for row in network.supply]
    for finer in REFINE if refine and "isoelastic" in forms else ():
        price = clearing.price()
        uses = tuple(
            use_chain(row, float(price[node]), finer)
            for row, node in zip(network.demand, network.demand_node, strict=True)
        )
        supplies = tuple(
            supply_chain(row, float(price[node]), finer)
            for row, node in zip(network.supply, network.supply_node, strict=True)
        )
        clearing = _static(network, STATIC, terms, uses, supplies, engine, polished, clearing.point)
    return clearing


def _static(
    network: Network,
    horizon: Horizon,
    terms: Terms,
    uses: tuple[Chain, ...],
    supplies: tuple[Chain, ...],
    engine: Engine,
    polished: bool,
    start: Point | None,
) -> Clearing:
    program = build_program(network, horizon, (terms,), uses, supplies)
    point, check = solve_program(program, engine, "static clearing", start, polished)
    return Clearing(program, point, check)


def default_engine(network: Network) -> Engine:
    """HiGHS's simplex where nothing curves (a linear program has corners), our interior point elsewhere."""
    curved = (
        any(plant.cost_slope for plant in network.facilities)
        or bool(np.any(network.lanes.slope))
        or any(row.form != "fixed" and row.slope != 0 for row in network.demand)
        or any(row.form != "fixed" and row.slope != 0 for row in network.supply)
    )
    return make_engine(DEFAULT_ENGINE if curved else "highs")
