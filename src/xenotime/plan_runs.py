"""Runs of packages: scenes (cases, variants, draws), the run without a control, and a package in a scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from xenotime.choice.measures import Seen, see, watch
from xenotime.choice.menu import Menu, Pick, levers_of, under_case
from xenotime.choice.menu_entries import PartnerEntry
from xenotime.choice.purse import Purse, cost, outlay, still_owed, tied_up
from xenotime.choice.scored import CAPITAL, Scored, keep, kept
from xenotime.dynamics.step import Setup, first_state, step
from xenotime.dynamics.trajectory import ROUGH
from xenotime.ensembles.rolled import setup_of as drawn_setup
from xenotime.ensembles.rolled import world_of
from xenotime.ensembles.study import Study, draw
from xenotime.ensembles.variants import DEMAND, FORESIGHT, SHORT, STOCKS, straight_uses
from xenotime.errors import InternalFault, NoAnswer
from xenotime.leverage_draws import drawn_stakes
from xenotime.market.choose import make_engine
from xenotime.market.network import Array
from xenotime.market.threads import one_thread
from xenotime.months import month_number, month_range
from xenotime.policy.case import Case
from xenotime.policy.levers import Lever
from xenotime.policy.package import Package
from xenotime.rolls import setup_of as plain_setup
from xenotime.talks.leverage.accounts import MonthAccount, month_account, open_books
from xenotime.talks.leverage.controls_on import NEVER, beginning
from xenotime.talks.leverage.losses import Losses, losses
from xenotime.talks.leverage.rolls import Shelf, key_of, roll
from xenotime.talks.leverage.stakes import Stakes
from xenotime.world.world import World

RULES = 2  # of how a package is scored; counted up when kept runs no longer compare


@dataclass(frozen=True, slots=True)
class Variant:
    """One answer to how the market works: months foreseen, and whether demand is straight."""

    name: str
    look_ahead: tuple[int, ...]
    straight: bool = False


# The first is the cheapest to roll: offers alone and pairs are tried in it.
VARIANTS = (
    Variant("half a year foreseen", SHORT),
    Variant("a year foreseen", ROUGH),
    Variant("straight demand", SHORT, True),
)
LOOK_AHEADS = (ROUGH, SHORT)


@dataclass(frozen=True, slots=True)
class Scene:
    """A case under a variant, as it stands or in one draw.

    package : what the case adds to the world;  stakes : what a stopped line is worth, as stated
    study, quantiles, number : of the draw; without a study the case is taken as it stands
    staked : quantiles of the stakes by draw; one for each draw of the losses
    """

    case: Case
    variant: Variant
    world: World
    package: Package
    months: int
    engine: str
    stakes: Stakes
    staked: tuple[Mapping[str, float], ...]
    study: Study | None = None
    quantiles: Array | None = None
    number: int = -1

    def labels(self) -> tuple[str, ...]:
        """Months of the run."""
        return month_range(self.case.data.start, self.months)

    def name(self) -> str:
        """Case, variant and draw in words."""
        drawn = f", draw {self.number + 1}" if self.number >= 0 else ""
        return f"{self.case.name}, {self.variant.name}{drawn}"


@dataclass(frozen=True, slots=True)
class FreeJob:
    """The run of a scene without its control, to be rolled in whatever process."""

    scene: Scene
    menu: Menu
    shelf: Shelf


@dataclass(frozen=True, slots=True)
class PackageJob:
    """A package in a scene; `free` are the months without the control, `file` is kept under `key`."""

    scene: Scene
    menu: Menu
    pick: Pick
    partner: PartnerEntry | None
    free: tuple[MonthAccount, ...]
    file: Path | None
    key: str


def do(job: FreeJob | PackageJob) -> tuple[MonthAccount, ...] | Scored:
    """One job; raises NoAnswer of the run without the control, a package without an answer says why."""
    if isinstance(job, FreeJob):
        with one_thread():
            return _free(job)
    done = kept(job.file, job.key)
    if done is None:
        try:
            with one_thread():
                done = _package(job)
        except (NoAnswer, InternalFault) as error:
            done = Scored(failure=f"{job.scene.name()}: {type(error).__name__}: {error}")
        keep(job.file, job.key, done)
    return done


def setup_in(scene: Scene, package: Package) -> Setup:
    """A run of `package` in a scene, ready to roll."""
    variant = scene.variant
    if scene.study is None or scene.quantiles is None:
        setup = plain_setup(scene.case, scene.world, package, scene.months, variant.look_ahead)
        return straight_uses(setup) if variant.straight else setup
    drawn = draw(scene.study, scene.number, scene.quantiles)
    structure = {
        FORESIGHT: float(LOOK_AHEADS.index(variant.look_ahead)),
        DEMAND: float(variant.straight),
        STOCKS: 0.0,
    }
    drawn = replace(drawn, values={**drawn.values, **structure})
    return drawn_setup(scene.study, drawn, world_of(scene.study, drawn), package)


def with_levers(scene: Scene, levers: tuple[Lever, ...], control: bool) -> Package:
    """What the case does with these levers beside its own, with its controls or without."""
    mine = (*scene.package.levers, *under_case(levers, scene.package.controls))
    if control:
        return replace(scene.package, levers=mine)
    never = beginning(scene.package.controls, NEVER)
    return replace(scene.package, controls=never, beliefs=(), levers=mine)


def _free(job: FreeJob) -> tuple[MonthAccount, ...]:
    scene = job.scene
    setup = setup_in(scene, with_levers(scene, levers_of(job.menu, ()), False))
    return roll(setup, scene.labels(), make_engine(scene.engine), None, job.shelf).accounts


def _package(job: PackageJob) -> Scored:
    scene, menu = job.scene, job.menu
    levers = levers_of(menu, job.pick, job.partner)
    setup = setup_in(scene, with_levers(scene, levers, True))
    books, engine = open_books(setup), make_engine(scene.engine)
    names = tuple(lever.lever for lever in levers)
    controllers = tuple(sorted({row.origin for row in scene.package.controls if row.origin}))
    stages = {row.material: row.stage for row in scene.world.materials}
    watched = watch(setup, menu.data.side(), controllers, menu.data.sponsor, names, stages)
    state, point = first_state(setup), None
    accounts, seen = [], []
    for month in scene.labels():
        booked = step(setup, state, month, engine, point)
        account = month_account(books, month, state, booked.clearing, booked.after)
        seen.append(see(setup, watched, month, state.levers, booked, account))
        accounts.append(account)
        state, point = booked.after, booked.clearing.point
    mine = np.array([order.lever.lever in names for order in setup.levers.stores], dtype=bool)
    opening = np.array([order.lever.opening for order in setup.levers.stores])
    free = tuple(
        replace(item, vaults=np.where(mine, opening, item.vaults)) if len(mine) else item for item in job.free
    )
    path = losses(books, scene.stakes, free, accounts)
    purse = Purse(
        _bought(setup, mine, opening),
        np.array([item.paid for item in seen]),
        np.array([item.received for item in seen]),
        np.array([_held(setup, mine, a.vaults, f.price) for a, f in zip(accounts, free, strict=True)]),
        _owed(levers, scene, setup.behaviour.discount),
        setup.behaviour.discount,
    )
    return _scored(scene, menu, path, purse, tuple(seen))


def _bought(setup: Setup, mine: Array, opening: Array) -> float:
    """What stock held at the start cost, at prices of the base month (USD)."""
    price = setup.base.price()
    nodes = [order.node for order in setup.levers.stores]
    return float(sum(o * max(price[n], 0.0) for o, n, m in zip(opening, nodes, mine, strict=True) if m))


def _held(setup: Setup, mine: Array, vaults: Array, price: Array) -> float:
    nodes = [order.node for order in setup.levers.stores]
    return float(sum(v * max(price[n], 0.0) for v, n, m in zip(vaults, nodes, mine, strict=True) if m))


def _owed(levers: tuple[Lever, ...], scene: Scene, discount: float) -> float:
    last = month_number(scene.labels()[-1])
    return sum(
        still_owed(lever, last - month_number(lever.until or lever.start), discount)
        for lever in levers
        if lever.kind == "loan" and lever.start != NEVER and lever.amount
    )


def _scored(scene: Scene, menu: Menu, path: Losses, purse: Purse, seen: tuple[Seen, ...]) -> Scored:
    names = path.parties
    sponsor = menu.data.sponsor
    side = [at for at, name in enumerate(names) if name in (*menu.data.side(), sponsor)]
    payer = names.index(sponsor) if sponsor in names else side[0]
    tied = tied_up(purse)
    loss = path.loss()
    before_capital = loss[:, side].sum(axis=1)
    loss[:, payer] += tied
    capital = np.zeros(len(names))
    capital[payer] = tied[-1]
    parts = {name: np.asarray(values[-1]) for name, values in path.parts.items()} | {CAPITAL: capital}
    drawn = []
    for quantiles in scene.staked:
        other = drawn_stakes(scene.stakes, quantiles)
        drawn.append(float(path.staked(scene.stakes, other)[-1, side].sum() + tied[-1]))
    return Scored(
        path.months,
        names,
        loss,
        parts,
        np.asarray(before_capital),
        np.array(drawn),
        purse.bought,
        outlay(purse),
        cost(purse),
        seen,
    )


def job_key(study_key: str, scene: Scene, menu: Menu, pick: Pick, partner: PartnerEntry | None) -> str:
    """Of everything that decides the run of a package in a scene."""
    bought = repr(levers_of(menu, pick, partner))
    staked = repr(scene.staked) if scene.study is None else repr((scene.staked, scene.study.key))
    said = (study_key, scene.case.text, repr(scene.variant), str(scene.number), str(scene.months), staked)
    return key_of(*said, bought, repr(menu.data.side()), menu.data.sponsor, str(RULES))
