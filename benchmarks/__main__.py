"""Run the benchmarks and write RESULTS.md: ``python -m benchmarks [--quick]``."""

from __future__ import annotations

import argparse
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.compare import Cell, Effort, run_all
from benchmarks.instances import kept
from benchmarks.machine import measure_machine
from benchmarks.numbers import Floor, floor_of
from benchmarks.worker import OURS
from benchmarks.write import results

PAGE = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure all and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="smaller networks and one seed only, shorter limits"
    )
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
    machine = measure_machine()
    with tempfile.TemporaryDirectory(prefix="xenotime-benchmarks-") as place:
        folder = Path(place)
        cells: list[Cell] = []
        floors: list[Floor] = []
        for cell in run_all(given.quick, effort, folder):
            cells.append(cell)
            if cell.method == OURS and cell.instance.kind != "roll":
                for path in kept(folder / cell.instance.folder)[:1]:
                    found = floor_of(cell.instance, path, machine, limit)
                    floors += [found] if found is not None else []
            # written as it grows, so that a run cut short leaves what it measured
            partial = PAGE.with_suffix(".part")
            partial.write_text(results(cells, floors, machine, effort, command, version("xenotime")))
            partial.rename(PAGE)
    print(f"written: {PAGE.name}")


if __name__ == "__main__":
    main()
