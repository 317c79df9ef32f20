"""Runs every method on every instance, each in its own process and under a time limit."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.instances import Instance, kept
from benchmarks.rivals import RIVALS
from benchmarks.sittings import once
from benchmarks.worker import OWN, SLOW

PRICES_AGREE = 1e-6  # relative, on every compared price
START_UP = 60.0  # seconds a worker may take to import, read, and clear base months before its first line


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how often.

    limit : seconds without a further program solved after which a method is stopped
    total : seconds after which it is stopped in any case
    """

    repeats: int
    months: int
    limit: float
    total: float


@dataclass(frozen=True, slots=True)
class Cell:
    """What one method did on one instance; `lines` is one record per program solved."""

    instance: Instance
    method: str
    lines: tuple[dict[str, Any], ...]
    asked: int
    stopped: float  # seconds after which it was stopped; 0 when it ended by itself
    fault: str

    def solved(self) -> list[dict[str, Any]]:
        """Records of programs it says it solved."""
        return [line for line in self.lines if line["status"] == "solved"]

    def seconds(self, part: str) -> float | None:
        """Median over repetitions, or over the months of a roll, of ``build`` or ``solve``."""
        found = [line[part] for line in self.solved()]
        return median(found) if found else None

    def median_total(self) -> float | None:
        """Median of building and solving together."""
        found = [line["build"] + line["solve"] for line in self.solved()]
        return median(found) if found else None

    def whole(self) -> float | None:
        """Seconds of all programs together, where all were solved."""
        done = self.solved()
        return sum(line["build"] + line["solve"] for line in done) if self.complete() else None

    def complete(self) -> bool:
        """Whether every program asked for was solved."""
        return len(self.solved()) >= self.asked

    def unsolved(self) -> int:
        """Programs tried that it did not solve; those never reached do not count here."""
        return len(self.lines) - len(self.solved())

    def worst(self) -> float | None:
        """Largest relative difference of a compared price; None for ourselves or without a solution."""
        found = [line["worst"] for line in self.solved() if "worst" in line]
        return max(found) if found else None

    def agrees(self) -> bool:
        """Whether every compared price of everything it solved is ours."""
        worst = self.worst()
        return self.method not in RIVALS or (worst is not None and worst <= PRICES_AGREE)

    def memory(self) -> float | None:
        """Megabytes added at the peak to what the process held before its first program."""
        return max(line["megabytes"] - line["before"] for line in self.lines) if self.lines else None


def run_all(chosen: list[Instance], effort: Effort, folder: Path) -> Iterator[Cell]:
    """Ours first, because it leaves the programs and prices the rivals are given."""
    for instance in chosen:
        place = folder / instance.folder
        place.mkdir(parents=True, exist_ok=True)
        for method in (*OWN[instance.kind], *RIVALS):
            if method in RIVALS and (method in SLOW.get(instance.kind, ()) or not kept(place)):
                continue
            name = f"{instance.folder} {method}"
            cell = once(folder, name, partial(run_one, instance, method, place, effort))
            took, worst = cell.median_total(), cell.worst()
            print(
                f"{instance.world:16} {instance.kind:10} {method:20}"
                f" {'-' if took is None else f'{took:9.3f} s'}  {len(cell.solved())}/{cell.asked} solved"
                f"  {'' if worst is None else f'worst price {worst:.0e}'} {cell.fault}",
                flush=True,
            )
            yield cell


def run_one(instance: Instance, method: str, place: Path, effort: Effort) -> Cell:
    """One worker; it is stopped when it exceeds the limits, and what it did until then counts."""
    roll = instance.kind == "roll"
    repeats = 1 if roll else effort.repeats
    asked = (len(kept(place)) if method in RIVALS else effort.months) if roll else repeats
    command = [sys.executable, "-m", "benchmarks.worker", method, instance.world, instance.kind]
    command += [str(place), str(repeats), str(effort.months)]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    lines: list[dict[str, Any]] = []
    begun = heard = time.monotonic()
    stopped = 0.0
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | threads,
        cwd=Path(__file__).parents[1],
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        read, errors = bytearray(), bytearray()
        with selectors.DefaultSelector() as ready:
            for stream in (process.stdout, process.stderr):
                os.set_blocking(stream.fileno(), False)
                ready.register(stream, selectors.EVENT_READ)
            while ready.get_map():
                for key, _ in ready.select(timeout=1.0):
                    piece = os.read(key.fd, 65536)
                    if not piece:
                        ready.unregister(key.fileobj)
                    (read if key.fileobj is process.stdout else errors).extend(piece)
                while b"\n" in read:
                    text, _, rest = bytes(read).partition(b"\n")
                    read = bytearray(rest)
                    if text.startswith(b"{"):  # solvers print banners of their own
                        lines.append(json.loads(text))
                        heard = time.monotonic()
                now = time.monotonic()
                allowed = effort.limit + (0.0 if lines else START_UP)
                if now - heard > allowed or now - begun > effort.total + START_UP:
                    stopped = now - heard if now - heard > allowed else now - begun
                    process.kill()
                    break
    fault = ""
    if not stopped and process.returncode != 0:
        told = errors.decode(errors="replace").strip().splitlines()
        fault = (
            f"crashed (signal {-process.returncode})" if process.returncode < 0 else "".join(told[-1:])[:160]
        )
    return Cell(instance, method, tuple(lines), asked, stopped, fault)
