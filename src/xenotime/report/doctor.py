"""`xenotime doctor`: what is installed, and a self-check that solves a small world with every engine."""

from __future__ import annotations

import platform
import time
from importlib import metadata

import numpy as np
from rich.console import Console

from xenotime.market.choose import DEFAULT_ENGINE, ENGINES, make_engine
from xenotime.market.clearing import clear_static
from xenotime.world.tables import Demand, Lane, Supply
from xenotime.world.world import World

LIBRARIES = ("numpy", "scipy", "piqp", "highspy", "clarabel", "xarray", "plotly", "pydantic", "typer", "rich")
AGREEMENT = 1e-6  # of price: what the engines are tested to


def examine(console: Console) -> int:
    """Print the state of the installation; 0 when the default engine and one other agree, 1 otherwise."""
    console.print(
        f"xenotime {metadata.version('xenotime')}, Python {platform.python_version()}, {platform.system()}",
        highlight=False,
    )
    for name in LIBRARIES:
        try:
            console.print(f"  {name} {metadata.version(name)}", highlight=False)
        except metadata.PackageNotFoundError:
            console.print(f"  {name} not installed")
    prices = {}
    for name in ENGINES:
        begun = time.perf_counter()
        try:
            clearing = clear_static(_small_world(), engine=make_engine(name))
        except ImportError as error:
            console.print(f"  engine {name}: not found ({error.name})")
            continue
        prices[name] = clearing.price()
        console.print(
            f"  engine {name}: solved and verified ({clearing.check.ran}, "
            f"{time.perf_counter() - begun:.2f} s)",
            highlight=False,
        )
    first = prices.get(DEFAULT_ENGINE)
    agree = (
        first is not None
        and sum(bool(np.all(np.abs(other - first) <= AGREEMENT * np.abs(first))) for other in prices.values())
        >= 2
    )
    console.print(
        "engines agree" if agree else "engines missing or not agreeing: reinstall from the lock file"
    )
    return 0 if agree else 1


def _small_world() -> World:
    """A good made in one place, wanted in two, taxed on the way."""
    return World(
        supply=(Supply(material="good", region="here", form="linear", intercept=10.0, slope=1.0),),
        demand=(
            Demand(
                material="good", region="here", form="isoelastic", price=30.0, quantity=5.0, elasticity=-0.3
            ),
            Demand(material="good", region="there", form="linear", intercept=100.0, slope=2.0),
        ),
        lanes=(
            Lane(material="good", origin="here", destination="there", cost=5.0, tariff=0.1, export_tax=0.2),
        ),
    )
