"""The Python face: what every command does, as functions that return records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xenotime.api_talks import bargain, case_of, ledger, leverage, read, world_of
from xenotime.ensembles.places import find_world
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation
from xenotime.notebook import document, pictures
from xenotime.policy.case import Case, load_case
from xenotime.policy.statics import clear_world
from xenotime.world.world import World

if TYPE_CHECKING:
    from xenotime.choice.answer import Valued
    from xenotime.choice.plan_answer import Planned
    from xenotime.ensembles.ensemble import Told
    from xenotime.exposure.answer import Exposed
    from xenotime.facts.load import Facts
    from xenotime.runs import Run
    from xenotime.studies import Study
    from xenotime.world.predict import Prediction, Score

SHIPPED = "2024-12"


def load_world(place: str | Path = SHIPPED) -> World:
    """The shipped world of a month, or a folder of tables.

    ``2024-12`` and ``2009-12`` are base years on all that is known today.  Any other month from a base year's
    end to two years after it (``2010-06``, ``2025-03``) is built from what was known by then: figures
    published later give way where an earlier one can stand in, and are listed in ``built["later_facts"]``
    where none can.  ``2010-06:full`` keeps them all, ``2009-12:strict`` holds a base year to its own month.

    Raises InputProblems with every fault of a folder, or of a month no world can be built for.
    """
    return find_world(place)


def solve(world: World | str | Path, month: str = "", engine: str = "") -> Clearing:
    """One static clearing of a world or of a folder of tables.

    Every lag is zero and nothing is stored; the controls of the world are in force.  Raises
    InputProblems for a faulty world, NoAnswer when nothing satisfies its limits, InternalFault when
    the result fails its checks.
    """
    return clear_world(world_of(world), month, make_engine(engine) if engine else None)


def hindcast(
    date: str = SHIPPED, years: Sequence[int] = (2022, 2023)
) -> tuple[tuple[Prediction, ...], tuple[Score, ...]]:
    """Production of other years with the costs of the base year frozen, and its score against no change."""
    from xenotime.facts.load import load_facts
    from xenotime.world.predict import predict_production, score_predictions

    def clear(world: World) -> dict[tuple[str, str], float]:
        done = solve(world, world.date)
        return {(row["facility"], row["recipe"]): row["value"] for row in done.table("activities")}

    found = predict_production(load_world(date), load_facts(), years, clear)
    return found, score_predictions(found)


def run(
    world: World,
    case: Case,
    months: int | None = None,
    engine: str = DEFAULT_ENGINE,
    look_ahead: Sequence[int] = (),
) -> Run:
    """Roll a case beside its baseline; see :class:`xenotime.runs.Run`.

    look_ahead : lengths of the periods foreseen (months); blank is those of the command
    """
    from xenotime.dynamics.trajectory import FAST
    from xenotime.runs import run_case

    return run_case(world, case, months, engine, look_ahead=tuple(look_ahead) or FAST)


def ensemble(
    world: World | str | Path,
    case: Case,
    draws: int,
    *,
    workers: int = 1,
    client: Any = None,
    out: str | Path = "",
    months: int | None = None,
    seed: int = 2026,
    design: str = "sobol",
    look_aheads: Sequence[Sequence[int]] = (),
    engine: str = DEFAULT_ENGINE,
    tell: Told | None = None,
) -> Study:
    """Roll a case `draws` times over what is not known; see :class:`xenotime.studies.Study`.

    world : a world, or where one is found; workers build a shipped one by name themselves
    workers : processes beside each other;  client : a Dask client, or the address of its scheduler
    out : folder, or address fsspec can open, where draws are kept and taken up again; blank keeps none
    look_aheads : look-aheads (lengths of periods in months) to draw from
    """
    from xenotime.studies import run_study

    return run_study(
        world,
        case,
        draws,
        workers=workers,
        client=client,
        out=str(out),
        months=months,
        seed=seed,
        design=design,
        look_aheads=tuple(tuple(item) for item in look_aheads),
        engine=engine,
        tell=tell,
    )


def expose(
    bill: str | Path,
    plants: str | Path | None = None,
    cases: Sequence[str | Case] = (),
    *,
    world: World | str | Path | None = None,
    facts: Facts | str | Path | None = None,
    at: str = "",
    draws: int = 0,
    seed: int = 2026,
    tell: Told | None = None,
) -> Exposed:
    """What a bill of materials holds; with plants and cases, when lines stop and what can be done.

    bill : CSV or Excel, or a shipped example such as ``motor-maker``
    plants : TOML file of plants, lines and stock; those of a shipped example where cases are given
    cases : names or cases the lines are run under;  draws : of each case over what is not known
    facts : a folder of rows of your own to add to the shipped facts, as for another mineral
    at : day YYYY-MM-DD whose controls are taken

    See :class:`xenotime.exposure.answer.Exposed`; ``xenotime.report.exposed.exposure_document`` tells it as
    tables.  Raises InputProblems with every fault of the files.
    """
    from xenotime.company_study import Wanted
    from xenotime.company_study import expose as work_out
    from xenotime.exposure.plant_file import example

    shipped = example(str(bill))
    if shipped is not None:
        bill, plants = shipped / "bill.csv", plants or (shipped / "plants.toml" if cases else None)
    named = list(map(case_of, cases))
    return work_out(bill, plants, named, world, at, Wanted(draws=draws, seed=seed), facts, tell)


def value_project(
    source: str | Path,
    cases: Sequence[str | Case] = ("baseline-2025",),
    *,
    world: World | str | Path | None = None,
    facts: Facts | str | Path | None = None,
    draws: int = 0,
    saved: Sequence[str | Path] = (),
    seed: int = 2026,
    effect: bool = True,
    tell: Told | None = None,
) -> Valued:
    """Value of a mine or plant with and without each support, odds of covering its debt, and what kills it.

    source : a project file, a plant of the world or a shipped example
    cases : names or cases prices are taken from;  draws : of each case over what is not known
    saved : folders of ensembles of the cases, whose draws are taken instead of rolling any
    facts : a folder of rows of your own to add to the shipped facts
    effect : two runs more for each case, what its opening does to others' prices

    See :class:`xenotime.choice.answer.Valued`; ``xenotime.report.projected.project_document`` tells it as
    tables.  Raises InputProblems with every fault of the file.
    """
    from xenotime.project_prices import Wanted
    from xenotime.project_study import value_project as work_out

    named = list(map(case_of, cases))
    asked = Wanted(draws=draws, seed=seed, effect=effect, saved=tuple(map(str, saved)))
    return work_out(source, named, world, asked, facts, tell)


def plan(
    sponsor: str,
    budget: float,
    cases: Sequence[str | Case] = (),
    *,
    menu: str | Path | None = None,
    world: World | str | Path | None = None,
    draws: int = 0,
    seed: int = 2026,
    months: int = 0,
    out: str | Path = "",
    tell: Told | None = None,
) -> Planned:
    """Packages of a sponsor's levers on the frontier of outlay against loss, with regret across variants.

    sponsor : who pays, such as ``USA``;  budget : USD its outlay may reach
    cases : names or cases, with even odds; those of the menu with theirs if left out
    menu : TOML file of levers on offer; the shipped one of the sponsor if left out
    draws : of each case over what is not known;  out : folder in which runs are kept and taken up again

    See :class:`xenotime.choice.plan_answer.Planned`; ``xenotime.report.planned.plan_document`` tells it as
    tables.  Raises InputProblems with every fault of the menu.
    """
    from xenotime.plan_study import Wanted
    from xenotime.plan_study import plan as work_out

    named = [case if isinstance(case, Case) else load_case(case) for case in cases]
    wanted = Wanted(budget, draws, seed, months)
    return work_out(sponsor, wanted, menu, named, world, out=Path(out) if out else None, tell=tell)


def brief(document: str | Path | Mapping[str, Any], out: str | Path = "") -> str:
    """A short brief to send, as one HTML text that opens and prints without a network.

    document : a document of a run, an ensemble, an exposure, a project, leverage or a game, or the file that
        ``--json`` has written;  out : file it is written to

    Raises InputProblems for a file that holds no document, and for one of a kind that has no brief.
    """
    from xenotime.report.files import write_text
    from xenotime.report.short import read_document, render_brief

    found = read_document(document) if isinstance(document, (str, Path)) else document
    text = render_brief(found)
    if out:
        write_text(Path(out), text)
    return text


def explain_saved(folder: Path, material: str, region: str, month: str, market: str = "spot") -> Explanation:
    """Explain a price of a run kept in a folder."""
    from xenotime.runs import explain_cell, load_run, position_of

    _, trajectory = load_run(folder, load_world)
    return explain_cell(trajectory.clearing(position_of(trajectory, month)), material, region, market)


__all__ = [
    "bargain",
    "brief",
    "document",
    "ensemble",
    "explain_saved",
    "expose",
    "hindcast",
    "ledger",
    "leverage",
    "load_case",
    "load_world",
    "pictures",
    "plan",
    "read",
    "run",
    "solve",
    "value_project",
]
