"""Cases that stand beside the shipped examples: what their planners could fear before anything was known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from xenotime.exposure.plant_file import example, example_names
from xenotime.policy.case import Case, load_case


@cache
def beside_examples() -> Mapping[str, Path]:
    """Files by name, such as ``motor-maker/feared-stop``."""
    found: dict[str, Path] = {}
    for name in example_names():
        folder = example(name)
        if folder is not None:
            cases = sorted(file for file in folder.glob("*.toml") if file.name != "plants.toml")
            found |= {f"{name}/{file.stem}": file for file in cases}
    return found


def case_of(name: str) -> Case:
    """A case as the pages name it; raises InputProblems for a name nobody offers."""
    return load_case(beside_examples().get(name, name))
