"""The machine and what it can do: rates everything else is held against."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

PACKAGES = ("numpy", "scipy", "piqp", "highspy", "highspy-extras", "clarabel", "linopy")
ORDER = 1500  # of the matrices multiplied: past every cache, under a second
COPIED = 25_000_000  # doubles copied: 200 MB, past every cache
TRIES = 5


@dataclass(frozen=True, slots=True)
class Machine:
    """Names and measured rates, one thread."""

    processor: str
    cores: int
    system: str
    python: str
    packages: dict[str, str]
    flops: float  # floating-point operations a second of a dense product
    bandwidth: float  # bytes a second, read plus written, of a copy
    load: float  # runnable processes in the last minute before measuring


def measure_machine() -> Machine:
    """Medians of a few tries each."""
    draw = np.random.default_rng(0)
    left, right = draw.random((ORDER, ORDER)), draw.random((ORDER, ORDER))
    source, target = np.ones(COPIED), np.zeros(COPIED)
    products, copies = [], []
    load = os.getloadavg()[0]
    for _ in range(TRIES):
        begun = time.perf_counter()
        left @ right
        products.append(2.0 * ORDER**3 / (time.perf_counter() - begun))
        begun = time.perf_counter()
        np.copyto(target, source)
        copies.append(2.0 * source.nbytes / (time.perf_counter() - begun))
    return Machine(
        _processor(),
        os.cpu_count() or 1,
        platform.system(),
        platform.python_version(),
        {name: version(name) for name in PACKAGES},
        median(products),
        median(copies),
        load,
    )


def _processor() -> str:
    """Model name where the system tells it."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
