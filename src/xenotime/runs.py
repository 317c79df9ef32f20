"""A run as the user meets it: a case beside its baseline, kept in a folder, explained later."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.dynamics.keep import arrays_of, from_arrays, join_uneven, uneven_part
from xenotime.dynamics.state import State
from xenotime.dynamics.trajectory import Month, Progress, Trajectory, prepare, run_months
from xenotime.errors import one_problem
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation, explain
from xenotime.market.intervals import price_intervals
from xenotime.market.polish import Point
from xenotime.market.verify import Verification
from xenotime.policy.case import Case, load_case
from xenotime.policy.package import NOTHING, Package, read_package
from xenotime.report.document import run_document
from xenotime.report.envelope import to_json
from xenotime.world.fingerprint import fingerprint
from xenotime.world.problems import suggestion
from xenotime.world.world import World

if TYPE_CHECKING:
    import xarray

POINT_ARRAYS = ("x", "y", "m", "side", "binding")


@dataclass(frozen=True, slots=True)
class Run:
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
                cube[tuple(place[d][str(row[d])] for d in dimensions)] = row["value"]
        return xarray.DataArray(cube, dims=dimensions, coords=axes, name=table, attrs={"units": unit})

    def _repr_html_(self) -> str:
        from html import escape

        title, months = escape(self.case.data.title), len(self.trajectory.months)
        return f"<b>{title}</b><br>{months} months, {escape(self.case.name)}"


def position_of(run: Trajectory, month: str) -> int:
    """Place of a month in a run; raises InputProblems when it is not in it."""
    return _known("month", month, run.labels())


def _known(what: str, name: str, names: tuple[str, ...]) -> int:
    if name in names:
        return names.index(name)
    raise one_problem(
        "unknown-name",
        what,
        repr(name),
        f"a {what} of this run",
        suggestion(name, names, f"use one of {', '.join(names[:6])} ..."),
    )


def explain_cell(clearing: Clearing, material: str, region: str, market: str = "spot") -> Explanation:
    """Explain one price of a clearing by names."""
    nodes = clearing.program.network.nodes
    pool = "" if market == "spot" else market
    if (material, region, pool) not in clearing.program.network.place:
        _known("material", material, tuple(sorted({m for m, _, _ in nodes})))
        _known("region", region, tuple(sorted({r for m, r, _ in nodes if m == material})))
        _known(
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
) -> Run:
    """Run a case, then its baseline.

    Raises InputProblems when a control names what the world does not have, NoAnswer when a month has none.
    """
    make_engine(engine)  # an unknown name is told before anything is worked out
    package = read_package(case, world)
    count = case.data.months if months is None else months
    if count < 1:
        raise one_problem("bad-value", "months", str(count), "at least 1", "give a number of months to run")
    setup = prepare(world, package, case.data.start)
    if package == NOTHING:
        only = run_months(world, setup, case.data.start, count, engine, progress)
        return Run(case, package, only, only)
    trajectory = run_months(world, setup, case.data.start, count, engine, progress)
    baseline = run_months(
        world, prepare(world, NOTHING, case.data.start), case.data.start, count, engine, progress
    )
    return Run(case, package, trajectory, baseline)


def save_run(run: Run, folder: Path, load: str, document: dict[str, Any] | None = None) -> Path:
    """Write run.json, the solutions and how to load the world; all or nothing, under a temporary name first.

    load : name of the shipped world's date, or path of the user's folder
    document : the run's document where it has been made already, which takes as long as many months
    Raises InputProblems when `folder` exists and is not a run.
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
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".run-") as made:
        draft = Path(made) / "run"
        draft.mkdir()
        (draft / "run.json").write_text(to_json(document or run.document()), "utf-8")
        (draft / "case.toml").write_text(run.case.text, "utf-8")
        how = {
            "world": load,
            "case": run.case.name,
            "engine": run.trajectory.engine,
            "fingerprint": fingerprint(run.trajectory.world),
        }
        (draft / "run.meta.json").write_text(json.dumps(how), "utf-8")
        np.savez_compressed(draft / "solutions.npz", allow_pickle=False, **_arrays(run.trajectory))
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    return folder


def _arrays(run: Trajectory) -> dict[str, Any]:
    months = run.months
    kept: dict[str, Any] = {"months": np.array(run.labels())}
    for name in POINT_ARRAYS:
        kept[name], kept[f"{name}.end"] = join_uneven(getattr(item.point, name) for item in months)
    states = [arrays_of(item.before) for item in months]
    states.append(arrays_of(run.after))
    kept |= {f"state.{name}": np.stack([each[name] for each in states]) for name in states[0]}
    kept["snapped"] = np.stack([item.snapped for item in months])
    kept["dust"] = np.stack([item.dust for item in months])
    kept["exact"] = np.array([item.point.exact for item in months])
    kept["checks"] = np.array([json.dumps(asdict(item.check)) for item in months])
    return kept


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
    setup = prepare(world, read_package(case, world), case.data.start)
    with np.load(folder / "solutions.npz", allow_pickle=False) as kept:
        columns = {name: kept[name] for name in kept.files}
    count = len(columns["months"])
    months = tuple(_month(columns, position) for position in range(count))
    return case, Trajectory(world, setup, months, how["engine"], _state(columns, count))


def _state(kept: dict[str, Any], position: int) -> State:
    here = {name: values[position] for name, values in kept.items() if name.startswith("state.")}
    return from_arrays(State, here, "state.")


def _month(kept: dict[str, Any], position: int) -> Month:
    found = {name: uneven_part(kept[name], kept[f"{name}.end"], position) for name in POINT_ARRAYS}
    point = Point(**found, exact=bool(kept["exact"][position]), rounds=0)
    said = json.loads(str(kept["checks"][position]))
    check = Verification(**{item.name: said[item.name] for item in fields(Verification)})
    state = _state(kept, position)
    snapped, dust = kept["snapped"][position], kept["dust"][position]
    return Month(str(kept["months"][position]), state, point, check, snapped, dust)
