"""A run as the user meets it: a case beside its baseline, kept in a folder, explained later."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.beside import WORTH_IT, beside
from xenotime.displays import Displayed
from xenotime.dynamics.checkpoint import UNEVEN, month_arrays, month_from
from xenotime.dynamics.keep import arrays_of, from_arrays, join_uneven, uneven_part
from xenotime.dynamics.state import State
from xenotime.dynamics.trajectory import FAST, Progress, Seen, Trajectory
from xenotime.errors import one_problem
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation, explain
from xenotime.market.intervals import price_intervals
from xenotime.policy.case import Case, load_case
from xenotime.policy.package import NOTHING, Package, read_package
from xenotime.report.document import run_document
from xenotime.report.envelope import to_json
from xenotime.rolls import Roll, check_look_ahead, setup_of
from xenotime.world.fingerprint import fingerprint
from xenotime.world.problems import known_name
from xenotime.world.world import World

if TYPE_CHECKING:
    import xarray


@dataclass(frozen=True, slots=True)
class Run(Displayed):
    """A case run beside its baseline."""

    case: Case
    package: Package
    trajectory: Trajectory
    baseline: Trajectory

    def document(self) -> dict[str, Any]:
        """The JSON document, see docs/schema."""
        return run_document(self.case, self.trajectory, self.baseline, self.package.controls)

    def explain(self, material: str, region: str, month: str, market: str = "spot") -> Explanation:
        """The price of a cell as an exact sum; raises InputProblems for a name the run does not have."""
        clearing = self.trajectory.clearing(position_of(self.trajectory, month))
        return explain_cell(clearing, material, region, market)

    @property
    def price(self) -> xarray.DataArray:
        """Prices, month x material x region, USD per unit; NaN where the optimum leaves it undetermined."""
        return self._cube("prices", ("month", "material", "region"), "USD/unit", market="spot")

    @property
    def flow(self) -> xarray.DataArray:
        """Flows, month x material x origin x destination, units per month."""
        return self._cube("flows", ("month", "material", "origin", "destination"), "unit/month")

    @property
    def shortfall(self) -> xarray.DataArray:
        """Shortfalls, month x material x region x sector, units per month."""
        return self._cube("shortfalls", ("month", "material", "region", "sector"), "unit/month")

    def _cube(self, table: str, dimensions: tuple[str, ...], unit: str, **only: str) -> xarray.DataArray:
        import xarray

        rows = [row for row in self.trajectory.table(table) if all(row[k] == v for k, v in only.items())]
        axes = {d: sorted({str(row[d]) for row in rows}) for d in dimensions}
        axes["month"] = list(self.trajectory.labels())
        place = {d: {name: i for i, name in enumerate(names)} for d, names in axes.items()}
        cube = np.full([len(axes[d]) for d in dimensions], np.nan)
        for row in rows:
            if row["value"] is not None:
                at = tuple(place[d][str(row[d])] for d in dimensions)
                cube[at] = row["value"] + (0.0 if np.isnan(cube[at]) else cube[at])  # ways of one name add up
        return xarray.DataArray(cube, dims=dimensions, coords=axes, name=table, attrs={"units": unit})


def position_of(run: Trajectory, month: str) -> int:
    """Place of a month in a run; raises InputProblems when it is not in it."""
    return known_name("month", month, run.labels())


def explain_cell(clearing: Clearing, material: str, region: str, market: str = "spot") -> Explanation:
    """Explain one price of a clearing by names."""
    nodes = clearing.program.network.nodes
    pool = "" if market == "spot" else market
    if (material, region, pool) not in clearing.program.network.place:
        known_name("material", material, tuple(sorted({m for m, _, _ in nodes})))
        known_name("region", region, tuple(sorted({r for m, r, _ in nodes if m == material})))
        known_name(
            "market",
            market,
            tuple(sorted({p or "spot" for m, r, p in nodes if (m, r) == (material, region)})),
        )
    node = clearing.program.network.place[material, region, pool]
    low, high = price_intervals(clearing)
    return explain(clearing, node, bool(high[node] <= low[node]))


def run_case(
    world: World,
    case: Case,
    months: int | None = None,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    keep: Path | None = None,
    look_ahead: tuple[int, ...] = FAST,
    processes: int = 1,
    seen: Seen | None = None,
) -> Run:
    """Run a case and its baseline.

    look_ahead : lengths of the periods foreseen (months), the first of them one
    keep : folder in which months are kept as they are made; a run that was stopped goes on from there
    processes : from two on, a second process rolls the baseline meanwhile; the same bytes
    seen : is given each month of the case as soon as it is made

    Raises InputProblems when a control names what the world does not have, NoAnswer when a month has none.
    """
    make_engine(engine)  # an unknown name is told before anything is worked out
    package = read_package(case, world)
    count = case.data.months if months is None else months
    if count < 1:
        raise one_problem("bad-value", "months", str(count), "at least 1", "give a number of months to run")
    check_look_ahead(look_ahead)
    asked = Roll(world, case, count, engine, look_ahead)
    if package == NOTHING:
        only = asked.roll(package, _place(keep, "case"), progress, seen)
        return Run(case, package, only, only)
    if processes < 2 or count < WORTH_IT:
        trajectory = asked.roll(package, _place(keep, "case"), progress, seen)
        return Run(case, package, trajectory, asked.roll(NOTHING, _place(keep, "baseline"), progress))
    with tempfile.TemporaryDirectory(prefix="xenotime-") as scratch:
        shelf = keep or Path(scratch)
        lean = replace(asked, world=replace(world, built={}))
        with beside(lean.roll, NOTHING, shelf / "baseline") as wait:
            trajectory = asked.roll(package, _place(keep, "case"), progress, seen)
            wait()
        return Run(case, package, trajectory, asked.roll(NOTHING, shelf / "baseline", progress))


def _place(keep: Path | None, name: str) -> Path | None:
    return keep / name if keep is not None else None


def claim_folder(folder: Path) -> Path:
    """Make sure a run can be kept in `folder`, before anything is worked out; gives where its months wait.

    Raises InputProblems when `folder` exists and is not a run, or cannot be written.
    """
    taken = folder.is_file() or (
        folder.is_dir() and any(folder.iterdir()) and not (folder / "run.json").is_file()
    )
    if taken:
        raise one_problem(
            "folder-in-use",
            str(folder),
            "a folder that is not a run",
            "a new or an old run's folder",
            "give another --out",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise one_problem(
            "cannot-write",
            str(folder),
            str(error.strerror),
            "a place that can be written",
            "give another --out",
        ) from error
    return folder.with_name(f".{folder.name}.months")


def save_run(run: Run, folder: Path, load: str, document: dict[str, Any] | None = None) -> Path:
    """Write run.json, the solutions and how to load the world; all or nothing, under a temporary name first.

    load : name of the shipped world's date, or path of the user's folder
    document : the run's document where it has been made already, which takes as long as many months
    Raises InputProblems when `folder` exists and is not a run.
    """
    claim_folder(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".run-") as made:
        draft = Path(made) / "run"
        draft.mkdir()
        (draft / "run.json").write_text(to_json(document or run.document()), "utf-8")
        (draft / "case.toml").write_text(run.case.text, "utf-8")
        how = {
            "world": load,
            "case": run.case.name,
            "engine": run.trajectory.engine,
            "look_ahead": run.trajectory.setup.horizon.length,
            "fingerprint": fingerprint(run.trajectory.world),
        }
        (draft / "run.meta.json").write_text(json.dumps(how), "utf-8")
        np.savez_compressed(draft / "solutions.npz", allow_pickle=False, **_arrays(run.trajectory))
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    shutil.rmtree(folder.with_name(f".{folder.name}.months"), ignore_errors=True)
    return folder


def _arrays(run: Trajectory) -> dict[str, Any]:
    months = [month_arrays(item) for item in run.months]
    kept: dict[str, Any] = {}
    for name in months[0]:
        if name in UNEVEN:
            kept[name], kept[f"{name}.end"] = join_uneven(each[name] for each in months)
        else:
            kept[name] = np.stack([each[name] for each in months])
    return kept | arrays_of(run.after, "after.")


def load_run(folder: Path, find_world: Callable[[str], World]) -> tuple[Case, Trajectory]:
    """A saved run's case and trajectory, with its solutions; `find_world` turns what was saved into a world.

    Raises InputProblems when the folder is not a saved run.
    """
    if not (folder / "run.meta.json").is_file():
        raise one_problem(
            "not-a-run",
            str(folder),
            "no run.meta.json",
            "a folder written by `xenotime run --out`",
            "run the case with --out first",
        )
    how = json.loads((folder / "run.meta.json").read_text("utf-8"))
    parsed = load_case(folder / "case.toml")
    case = Case(how["case"], parsed.data, parsed.text)
    world = find_world(how["world"])
    if fingerprint(world) != how["fingerprint"]:
        raise one_problem(
            "world-changed",
            str(folder),
            "a world that is no longer the one the run was made on",
            "the same tables",
            "run the case again, or put the world's tables back",
        )
    with np.load(folder / "solutions.npz", allow_pickle=False) as stored:
        kept = {name: stored[name] for name in stored.files}
    ahead = tuple(how["look_ahead"])
    setup = setup_of(case, world, read_package(case, world), len(kept["month"]), ahead)
    months = tuple(month_from(_one(kept, position)) for position in range(len(kept["month"])))
    return case, Trajectory(world, setup, months, how["engine"], from_arrays(State, kept, "after."))


def _one(kept: dict[str, Any], position: int) -> dict[str, Any]:
    """Arrays of one month."""
    found = {name: uneven_part(kept[name], kept[f"{name}.end"], position) for name in UNEVEN}
    return found | {
        name: values[position]
        for name, values in kept.items()
        if name not in found and not name.startswith("after.") and not name.endswith(".end")
    }
