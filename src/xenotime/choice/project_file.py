"""A project file is read: all its problems at once, each with where, found, expected, remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from xenotime.choice.entries import SUPPORTS, ProjectFile
from xenotime.errors import InputProblems, Problem
from xenotime.policy.toml_file import line_of, read_toml, text_of
from xenotime.world.problems import suggestion

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
DATES = ("today", "start", "until", "upside_from")


def load_project(path: str | Path) -> ProjectFile:
    """Read a project file; raises InputProblems for what is not TOML, unknown keys and bad values."""
    expected = "a TOML file of a project, a shipped example or a plant of the world"
    text = text_of(path, expected, suggestion(str(path), example_names(), "see docs/projects.md"))
    return parse_project(text, Path(path).name)


def parse_project(text: str, file: str) -> ProjectFile:
    """A project file from its text; raises as :func:`load_project`."""
    data = read_toml(text, file, ProjectFile)
    problems = [*_dates(data, file, text), *_goods(data, file, text), *_names(data, file, text)]
    if problems:
        raise InputProblems(problems)
    return data


def _dates(data: ProjectFile, file: str, text: str) -> Iterator[Problem]:
    entries = [("", data), *((kind, entry) for kind in SUPPORTS for entry in getattr(data, kind))]
    for kind, entry in entries:
        for key in DATES:
            value = getattr(entry, key, "")
            if value and not MONTH.fullmatch(value):
                where = f"{kind}.{key}" if kind else key
                yield Problem(
                    "bad-month",
                    file,
                    line_of(text, key, value),
                    where,
                    repr(value),
                    "YYYY-MM",
                    "write the month",
                )


def _goods(data: ProjectFile, file: str, text: str) -> Iterator[Problem]:
    """A project says what it makes in one of three ways, and what it makes is worth something."""
    if not (data.facility or data.recipe or data.good):
        yield Problem(
            "no-goods",
            file,
            None,
            "good",
            "no facility, recipe or good",
            "what a unit of activity takes and gives",
            "name a facility or recipe of the world, or add [[good]] with material and amount",
        )
    if data.good and not any(good.amount > 0 for good in data.good):
        yield Problem(
            "no-goods",
            file,
            line_of(text, "amount"),
            "good.amount",
            "inputs only",
            "at least one amount above zero",
            "add what it makes",
        )
    made = {good.material for good in data.good if good.amount > 0}
    if data.good:
        for kind in ("floor", "offtake", "credit"):
            for entry in getattr(data, kind):
                if entry.material not in made:
                    yield Problem(
                        "unknown-name",
                        file,
                        line_of(text, "material", entry.material),
                        f"{kind}.material",
                        repr(entry.material),
                        "a good the project makes: " + ", ".join(sorted(made)),
                        suggestion(entry.material, sorted(made), "name one of them"),
                    )


def _names(data: ProjectFile, file: str, text: str) -> Iterator[Problem]:
    names = [entry.name for kind in SUPPORTS for entry in getattr(data, kind)]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            at = line_of(text, "name", name)
            yield Problem("duplicate-key", file, at, "name", repr(name), "each support once", "rename one")


def template() -> str:
    """A project file to start from; every number in it is invented."""
    return (resources.files("xenotime.choice") / "project_template.toml").read_text("utf-8")


def example_names() -> tuple[str, ...]:
    """Names of the shipped examples, sorted."""
    folder = resources.files("xenotime") / "data" / "examples"
    return tuple(sorted(item.name for item in folder.iterdir() if (item / "project.toml").is_file()))


def example(name: str) -> Path | None:
    """File of a shipped example; None where there is none of that name."""
    if name not in example_names():
        return None
    return Path(str(resources.files("xenotime") / "data" / "examples" / name / "project.toml"))
