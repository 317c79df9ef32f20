"""A case: a question about a world, as a TOML file that states controls and what is assumed.

The file is read strictly: an unknown key is an error with the nearest known one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from xenotime.displays import Displayed
from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.months import month_of
from xenotime.policy.beliefs import BeliefEntry
from xenotime.policy.control_entry import DATES, ControlEntry
from xenotime.policy.levers import LEVER_DATES, Lever
from xenotime.policy.toml_file import line_of, read_toml
from xenotime.world.problems import suggestion

__all__ = ["Case", "CaseFile", "ControlEntry", "case_names", "load_case", "parse_case"]

_STRICT = ConfigDict(extra="forbid", frozen=True)


class CaseFile(BaseModel):
    """Keys of a case file."""

    model_config = _STRICT

    title: str
    question: str
    world: str = "2024-12"
    start: str = "2025-01"
    months: int = Field(default=24, ge=1, le=600)
    growth: str = ""  # scenario demand is expected to grow by; blank is no growth, "middle" the middle one
    behaviour: Literal["fitted", "assumed"] = "fitted"  # middle of the frozen fit, or of what was assumed
    citation: tuple[str, ...] = ()
    control: tuple[ControlEntry, ...] = ()
    lever: tuple[Lever, ...] = ()
    belief: tuple[BeliefEntry, ...] = ()


# by the key their entries stand under, the innermost first
@dataclass(frozen=True, slots=True)
class Case(Displayed):
    """A named case; `data` is what the file says, `text` the file itself (for the fingerprint)."""

    name: str
    data: CaseFile
    text: str


def case_names() -> tuple[str, ...]:
    """Names of the shipped cases, sorted."""
    folder = resources.files("xenotime") / "cases"
    return tuple(sorted(item.name for item in folder.iterdir() if (item / "case.toml").is_file()))


def load_case(name_or_path: str | Path) -> Case:
    """A shipped case by name, or a case folder or TOML file of the user's.

    Raises InputProblems for an unknown name, a file that is not TOML, an unknown key or a bad value.
    """
    path = Path(name_or_path)
    if str(name_or_path) in case_names():
        text = (resources.files("xenotime") / "cases" / str(name_or_path) / "case.toml").read_text("utf-8")
        return parse_case(str(name_or_path), f"{name_or_path}/case.toml", text)
    file = path / "case.toml" if path.is_dir() else path
    if not file.is_file():
        raise one_problem(
            "unknown-case",
            str(name_or_path),
            "no shipped case and no file of that name",
            "a name listed by `xenotime cases`, a folder with case.toml, or a TOML file",
            suggestion(str(name_or_path), case_names(), "see `xenotime cases`"),
        )
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise one_problem(
            "wrong-encoding",
            file.name,
            f"bytes that are not UTF-8 at {error.start}",
            "a UTF-8 text file",
            "save the file as UTF-8",
        ) from error
    name = file.parent.name if file.name == "case.toml" else file.stem
    return parse_case(name, file.name, text)


def parse_case(name: str, file: str, text: str) -> Case:
    """The case of a file's text; `file` is the name told in messages.  Raises as `load_case`."""
    data = read_toml(text, file, CaseFile)
    dated = [(entry.control, key, getattr(entry, key)) for entry in data.control for key in DATES]
    dated += [(entry.lever, key, getattr(entry, key)) for entry in data.lever for key in LEVER_DATES]
    problems = [
        Problem(
            "bad-month",
            file,
            line_of(text, str(key)),
            f"{control}.{key}",
            repr(value),
            "YYYY-MM or YYYY-MM-DD",
            "write the month",
        )
        for control, key, value in dated
        if value and not _is_month(value)
    ]
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", data.start):
        problems.append(
            Problem(
                "bad-month",
                file,
                line_of(text, "start"),
                "case.start",
                repr(data.start),
                "YYYY-MM",
                "write the month",
            )
        )
    if problems:
        raise InputProblems(problems)
    return Case(name, data, text)


def _is_month(value: str) -> bool:
    try:
        month_of(value)
    except ValueError:
        return False
    return True
