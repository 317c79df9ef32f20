"""Run the benchmarks and write RESULTS.md: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks.commands import Drawn, Timed
from benchmarks.compare import Cell, Effort, run_all
from benchmarks.foresight import Difference, differences, foresight_page
from benchmarks.growth import growth_page
from benchmarks.instances import KINDS, Instance, instances, kept
from benchmarks.machine import Machine, measure_machine
from benchmarks.numbers import Floor, floor_of
from benchmarks.sittings import once
from benchmarks.targets import targets_page
from benchmarks.users import many_draws, starts, users_page, whole_runs
from benchmarks.worker import OURS
from benchmarks.write import results

PARTS = ("engines", "foresight", "users", "draws")
PAGE = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure all and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="smaller networks and one seed only, shorter limits"
    )
    parser.add_argument("--without", nargs="*", default=[], choices=PARTS, help="parts that are left out")
    parser.add_argument("--keep", type=Path, help="folder in which measurements stay, for more sittings")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=KINDS, help="programs to compare")
    parser.add_argument("--limit", type=float, help="seconds a method may take for one program")
    parser.add_argument("--months", type=int, help="months of the roll")
    parser.add_argument("--repeats", type=int, help="how often a single program is solved")
    given = parser.parse_args()
    limit = given.limit or (60.0 if given.quick else 300.0)
    months = given.months or (6 if given.quick else 24)
    effort = Effort(
        repeats=given.repeats or (3 if given.quick else 5), months=months, limit=limit, total=4 * limit
    )
    command = "python -m benchmarks" + (" --quick" if given.quick else "")
    command += f" --limit {given.limit:g}" if given.limit else ""
    command += f" --months {given.months}" if given.months else ""
    command += f" --repeats {given.repeats}" if given.repeats else ""
    command += f" --without {' '.join(given.without)}" if given.without else ""
    page = Page(measure_machine(), effort, command)
    with tempfile.TemporaryDirectory(prefix="xenotime-benchmarks-") as place:
        folder = given.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        if "users" not in given.without:
            page.timings += once(folder, "starts", lambda: list(starts()))
            page.timings += once(folder, "whole runs", lambda: list(whole_runs()))
            page.write()
        if "draws" not in given.without:
            page.drawn += once(folder, "draws", lambda: list(many_draws(given.quick)))
            page.write()
        if "foresight" not in given.without:
            page.foresight += differences(folder)
            page.write()
        if "engines" not in given.without:
            _engines(page, given.quick, folder, given.kinds)
    print(f"written: {PAGE.name}")


@dataclass
class Page:
    """What has been measured so far; it is written as it grows, so that a run cut short leaves it."""

    machine: Machine
    effort: Effort
    command: str
    cells: list[Cell] = field(default_factory=list)
    floors: list[Floor] = field(default_factory=list)
    foresight: list[Difference] = field(default_factory=list)
    timings: list[Timed] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)

    def write(self) -> None:
        """Under a temporary name first."""
        measured = results(
            self.cells, self.floors, self.machine, self.effort, self.command, version("xenotime")
        )
        parts = [measured.rstrip()]
        parts += [targets_page(self.cells, self.foresight, self.timings, self.drawn)]
        parts += [foresight_page(self.foresight)] if self.foresight else []
        parts += [users_page(self.timings, self.drawn)] if self.timings or self.drawn else []
        parts += [growth_page(self.cells)] if self.cells else []
        half = PAGE.with_suffix(".part")
        half.write_text("\n\n".join(parts) + "\n", "utf-8")
        half.rename(PAGE)


def _engines(page: Page, quick: bool, folder: Path, kinds: list[str]) -> None:
    """Every method on every instance, and the floors under ours."""
    chosen = [instance for instance in instances(quick) if instance.kind in kinds]
    for cell in run_all(chosen, page.effort, folder):
        page.cells.append(cell)
        if cell.method == OURS and cell.instance.kind in ("month", "look-ahead"):
            for path in kept(folder / cell.instance.folder)[:1]:
                page.floors += once(
                    folder, f"{cell.instance.folder} floor", partial(_floor, page, cell.instance, path)
                )
        page.write()


def _floor(page: Page, instance: Instance, path: Path) -> list[Floor]:
    found = floor_of(instance, path, page.machine, page.effort.limit)
    return [found] if found is not None else []


if __name__ == "__main__":
    main()
