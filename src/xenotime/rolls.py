"""One roll of a run: what the case asks for made a setup, its months rolled, kept and taken up again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from xenotime.dynamics.behaviour import Behaviour, load_behaviour
from xenotime.dynamics.checkpoint import Checkpoint
from xenotime.dynamics.step import Setup
from xenotime.dynamics.trajectory import Progress, Seen, Trajectory, prepare, run_months, splitting_of
from xenotime.ensembles.frozen import load_frozen
from xenotime.errors import one_problem
from xenotime.facts.load import load_facts
from xenotime.market.horizon import single_path
from xenotime.market.network import Array
from xenotime.policy.case import Case
from xenotime.policy.package import Package
from xenotime.report.document import run_inputs
from xenotime.world.fingerprint import fingerprint
from xenotime.world.growth import BEYOND, growth_path
from xenotime.world.problems import known_name
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Roll:
    """What case and baseline share."""

    world: World
    case: Case
    months: int
    engine: str
    look_ahead: tuple[int, ...]

    def roll(
        self,
        package: Package,
        folder: Path | None,
        progress: Progress | None = None,
        seen: Seen | None = None,
    ) -> Trajectory:
        """Roll `package`, its months kept in `folder` and taken up from there, `seen` as they are made."""
        setup = setup_of(self.case, self.world, package, self.months, self.look_ahead)
        asked = [fingerprint(self.world), self.engine, run_inputs(self.case, setup)]
        key = hashlib.sha256("\n".join(asked).encode()).hexdigest()
        place = Checkpoint(folder, key) if folder is not None else None
        start = self.case.data.start
        return run_months(self.world, setup, start, self.months, self.engine, progress, place, seen)


def check_look_ahead(periods: tuple[int, ...]) -> None:
    """Raises InputProblems unless the month that is cleared is a period of its own."""
    if not periods or periods[0] != 1 or min(periods) < 1:
        raise one_problem(
            "bad-value",
            "--look-ahead",
            ",".join(map(str, periods)) or "nothing",
            "months of each period, the first of them 1, such as 1,5,6",
            "begin with 1",
        )


def setup_of(case: Case, world: World, package: Package, months: int, look_ahead: tuple[int, ...]) -> Setup:
    """What a run of `package` needs, with the behaviour and growth the case asks for.

    Raises NoAnswer where the case asks for fitted behaviour and its frozen file is not the one on record.
    """
    behaviour = behaviour_of(case)
    growth = expected_growth(case, world, months)
    return prepare(
        world,
        package,
        case.data.start,
        single_path(look_ahead),
        behaviour,
        splitting=splitting_of(look_ahead),
        growth=growth,
    )


def behaviour_of(case: Case) -> Behaviour:
    """The behaviour a case asks for: the middle of the frozen fit, or what was assumed before it.

    Raises NoAnswer where the frozen file is not the one on record.
    """
    return load_frozen().behaviour() if case.data.behaviour == "fitted" else load_behaviour()


def expected_growth(case: Case, world: World, months: int) -> Array | None:
    """Growth of demand the case asks for, as expected when it begins; None where it asks for none.

    Raises InputProblems for a scenario there is no figure of.
    """
    wanted = case.data.growth
    if not wanted:
        return None
    facts = load_facts()
    names = sorted({row.scenario for row in facts.rows("growth")})
    if wanted not in ("middle", *names):
        known_name("growth", wanted, ("middle", *names))
    scenario = "" if wanted == "middle" else wanted
    known = max(world.date, case.data.start)
    return growth_path(facts, world, case.data.start, months + BEYOND, known, scenario).scale
