"""A world folder and a case file on disk, and a run of them made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from unit.dynamics.dynamic_worlds import floating
from xenotime.policy.case import Case, load_case
from xenotime.runs import Run, run_case
from xenotime.world.write import write_world

CASE = """title = "Heavy oxide stays at home"
question = "What if no heavy oxide leaves A?"
start = "2025-01"
months = 5

[[control]]
control = "ban"
instrument = "ban"
materials = ["heavy"]
origin = "A"
announced = "2025-03"
in_force = "2025-04"
assumed = "Invented."
"""
CALM = CASE.split("\n[[control]]")[0]


def write_inputs(folder: Path, case: str = CASE) -> tuple[Path, Path]:
    """A world folder and a case file below `folder`."""
    file = folder / "ban.toml"
    file.write_text(case, "utf-8")
    return write_world(floating(), folder / "world"), file


def case_of(folder: Path, text: str = CASE) -> Case:
    """The case as read from a file."""
    file = folder / "ban.toml"
    file.write_text(text, "utf-8")
    return load_case(file)


@cache
def banned_run(folder: Path) -> Run:
    """The run of `CASE`, made once per folder."""
    return run_case(floating(), case_of(folder))
