"""Whole commands as a user starts them: seconds from start to end, and the largest process among them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CASE = "april-2025"
KILO = 1024.0


@dataclass(frozen=True, slots=True)
class Timed:
    """One command: what it is about, seconds (median of `repeats`), megabytes of the largest process."""

    what: str
    seconds: float
    megabytes: float
    repeats: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An ensemble: how many draws of how many months by how many processes, and what it took."""

    draws: int
    months: int
    workers: int
    seconds: float
    megabytes: float
    failed: int


def timed(arguments: list[str], repeats: int, what: str, limit: float = 1800.0) -> Timed:
    """Run ``python ARGUMENTS`` `repeats` times; raises CalledProcessError where it fails."""
    found = [_run([sys.executable, *arguments], limit) for _ in range(repeats)]
    return Timed(what, median(seconds for seconds, _ in found), max(peak for _, peak in found), repeats)


def ensemble(draws: int, months: int, workers: int, limit: float = 1800.0) -> Drawn:
    """``xenotime ensemble`` into a new folder."""
    with tempfile.TemporaryDirectory(prefix="xenotime-draws-") as place:
        out = Path(place) / "draws"
        command = [sys.executable, "-m", "xenotime", "ensemble", CASE, "--draws", str(draws)]
        command += ["--months", str(months), "--workers", str(workers), "--out", str(out)]
        seconds, peak = _run(command, limit)
        kept = len(list(out.glob("draw-*.parquet")))
    return Drawn(draws, months, workers, seconds, peak, draws - kept)


def _run(command: list[str], limit: float) -> tuple[float, float]:
    """Seconds, and megabytes of the largest process: the command or one it started."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    wrapped = [sys.executable, "-m", "benchmarks.commands", *command]
    begun = time.perf_counter()
    told = subprocess.run(
        wrapped,
        capture_output=True,
        text=True,
        timeout=limit,
        check=True,
        env=os.environ | threads,
        cwd=Path(__file__).parents[1],
    )
    seconds = time.perf_counter() - begun
    found = re.search(r"^SPENT ([\d.]+) ([\d.]+)$", told.stderr, re.MULTILINE)
    return (float(found[1]), float(found[2])) if found else (seconds, float("nan"))


def main(command: list[str]) -> int:
    """Run a command and say on stderr what it and its own took; a process of its own, so peaks do not mix."""
    import resource

    begun = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KILO
    print(f"SPENT {seconds:.3f} {peak:.1f}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
