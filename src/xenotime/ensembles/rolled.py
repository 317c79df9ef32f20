"""One roll of one draw: months cleared one after the other and read as they are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from xenotime.dynamics.account import contents_of_nodes
from xenotime.dynamics.backlog import missing_input
from xenotime.dynamics.step import Booked, Setup, first_state, step
from xenotime.dynamics.trajectory import prepare, splitting_of
from xenotime.ensembles.acting import drawn_world
from xenotime.ensembles.other_numbers import drawn_growth, with_project_numbers
from xenotime.ensembles.regimes import decided
from xenotime.ensembles.study import Draw, Study
from xenotime.ensembles.variants import DEMAND, FORESIGHT, STOCKS, straight_uses
from xenotime.market.choose import make_engine
from xenotime.market.horizon import single_path
from xenotime.market.intervals import undetermined
from xenotime.market.network import Array, Index
from xenotime.months import month_range
from xenotime.policy.package import Package
from xenotime.world.cover_classes import pool_users
from xenotime.world.world import World

Key = TypeVar("Key", bound=tuple[str, ...])
Node = tuple[str, str]
Use = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a roll shows, arrays of months x entries.

    nodes : (material, region) of open markets;  pairs : (element, region);  uses : (material, region, sector)
    sectors : (region, sector)
    price : USD/unit;  firm : whether the optimum determines it;  volume : unit/month behind it
    used : contained element used;  short, wanted : of uses, unit/month;  output : value of inputs used at
        reference prices;  late : mean wait so far of output not made in time (months; zero where none is)
    """

    months: tuple[str, ...]
    nodes: tuple[Node, ...]
    pairs: tuple[Node, ...]
    uses: tuple[Use, ...]
    sectors: tuple[Node, ...]
    price: Array
    firm: Array
    volume: Array
    used: Array
    short: Array
    wanted: Array
    output: Array
    late: Array


def world_of(study: Study, drawn: Draw) -> World:
    """The world of a draw: its facts, then its structure."""
    world = drawn_world(study.world, study.numbers, drawn.values)
    return pool_users(world) if drawn.values.get(STOCKS) == 1 else world


def setup_of(study: Study, drawn: Draw, world: World, package: Package) -> Setup:
    """A run of a draw ready to roll."""
    ahead = study.asked.look_aheads[int(drawn.values.get(FORESIGHT, 0.0))]
    growth = None
    if study.growth is not None:
        growth = drawn_growth(study.growth, study.growth_names, drawn.positions)
        growth = _as_rows(study.world, world, growth)
    setup = prepare(
        world,
        decided(package.with_numbers(drawn.controls), study.numbers, drawn.values, months_of(study)),
        study.case.data.start,
        single_path(ahead),
        drawn.behaviour,
        draw=drawn.seed,
        splitting=splitting_of(ahead),
        growth=growth,
    )
    projects = {name: value for name, value in drawn.values.items() if name.startswith("project/")}
    setup = with_project_numbers(setup, projects)
    return straight_uses(setup) if drawn.values.get(DEMAND) == 1 else setup


def months_of(study: Study) -> tuple[str, ...]:
    """Months of a study's runs."""
    return month_range(study.case.data.start, study.months)


def _as_rows(before: World, after: World, growth: Array) -> Array:
    """Growth for the demand rows of a world whose cover classes may have been pooled."""
    place = {(r.material, r.region, r.sector): i for i, r in enumerate(before.demand)}
    return growth[[place[r.material, r.region, r.sector] for r in after.demand]]


def roll(study: Study, drawn: Draw, world: World, package: Package) -> Rolled:
    """Roll the months; raises NoAnswer or InternalFault of a month."""
    setup = setup_of(study, drawn, world, package)
    solver, months = make_engine(study.asked.engine), months_of(study)
    reader = Reader(world, setup)
    state, point = first_state(setup), None
    rows = []
    for month in months:
        booked = step(setup, state, month, solver, point)
        rows.append(reader.read(booked))
        state, point = booked.after, booked.clearing.point
    read = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    return Rolled(months, reader.nodes, reader.pairs, reader.uses, reader.sectors, **read)


class Reader:
    """Takes what a roll shows off each month; cut once for a setup."""

    def __init__(self, world: World, setup: Setup) -> None:
        network = setup.policy.network
        spot = [(place, node) for place, node in enumerate(network.nodes) if not node[2]]
        self._spot = np.array([place for place, _ in spot], dtype=np.int64)
        self.nodes = tuple((material, region) for _, (material, region, _) in spot)
        self._users = np.array(network.users(), dtype=np.int64)
        rows = [network.demand[index] for index in self._users]
        elements, content = contents_of_nodes(world, network)
        regions = sorted({row.region for row in rows})
        self._content = content[:, network.demand_node[self._users]]
        self._region = np.array([regions.index(row.region) for row in rows], dtype=np.int64)
        self._shape = (len(elements), len(regions))
        self.pairs = tuple((element, region) for element in elements for region in regions)
        self.uses, self._use = _places([(row.material, row.region, row.sector) for row in rows])
        self.sectors, self._sector = _places([(row.region, row.sector) for row in rows])
        self._price = np.array([row.price or 0.0 for row in rows])
        self._wanted = np.array([row.quantity or 0.0 for row in rows])

    def read(self, booked: Booked) -> dict[str, Array]:
        """One month."""
        clearing = booked.clearing
        consumed = clearing.consumption()[self._users]
        used = np.zeros(self._shape)
        np.add.at(used.T, self._region, (self._content * consumed).T)
        orders = booked.after.backlog
        waited = self._by(self._sector, len(self.sectors), self._price * orders.waited[self._users])
        missed = orders.waiting + orders.lost + orders.late
        missed = self._by(self._sector, len(self.sectors), self._price * missed[self._users])
        return {
            "price": clearing.price()[self._spot],
            "firm": (~undetermined(clearing))[self._spot].astype(float),
            "volume": clearing.volume()[self._spot],
            "used": used.ravel(),
            "short": self._by(self._use, len(self.uses), missing_input(clearing)[self._users]),
            "wanted": self._by(self._use, len(self.uses), self._wanted),
            "output": self._by(self._sector, len(self.sectors), self._price * consumed),
            "late": np.divide(waited, missed, out=np.zeros_like(waited), where=missed > 0),
        }

    @staticmethod
    def _by(place: Index, count: int, amounts: Array) -> Array:
        return np.asarray(np.bincount(place, weights=amounts, minlength=count))


def _places(keys: list[Key]) -> tuple[tuple[Key, ...], Index]:
    """Keys sorted and without repeats, and the place of each."""
    known = tuple(sorted(set(keys)))
    at = {key: place for place, key in enumerate(known)}
    return known, np.array([at[key] for key in keys], dtype=np.int64)
