"""The page of the mathematics: every numbered equation, with the code that is it and its tests."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maker.text import NOTICE, code, joined, plain, table

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xenotime"
EQUATION = re.compile(r"\(M(\d+)([a-z]?)\)(?:\s*(?:-|to|,|and)\s*\(M\d+[a-z]?\))*")
SHOWN = 3  # titles of a number in the table at the top
MOST_TESTS = 4  # files of tests that are linked; a name used everywhere is best read in the first
INTRODUCTION = """One equation, one function. What stands in a box is the docstring of the function that is
the equation: where it holds, its terms, their units and what its dual means. It is written in plain signs,
so that the page, the code and a terminal show the same text; the link under a title opens the code, the
ones after it the tests that hold it against hand arithmetic, properties or published results. An equation
with a number like M2 to M4 stands under its first. What the numbers mean together is told by [how the
engine solves a month](design/0003-engine.md) and the other [decisions](index.md)."""


@dataclass(frozen=True, slots=True, order=True)
class Equation:
    """A function whose docstring starts with the number of the equation that it is."""

    number: int
    label: str
    title: str
    name: str
    path: str
    text: str


@cache
def equations() -> tuple[Equation, ...]:
    """Every equation of the package, in order of number."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            heading, _, text = (ast.get_docstring(node) or "").partition("\n")
            match = EQUATION.match(heading)
            if match:
                title = heading[match.end() :].strip(" :.")
                place = path.relative_to(ROOT).as_posix()
                name = f"{module}.{node.name}"
                found.append(Equation(int(match[1]), match[0], title, name, place, text.strip("\n")))
    return tuple(sorted(found))


@cache
def importers() -> dict[str, tuple[str, ...]]:
    """Files of tests by the full name of what they import, also through a module they import."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        place = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xenotime"):
                for item in node.names:
                    found[f"{node.module}.{item.name}"].add(place)
                    modules[item.asname or item.name] = f"{node.module}.{item.name}"
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
            ):
                found[f"{modules[node.value.id]}.{node.attr}"].add(place)
    return {name: tuple(sorted(places)) for name, places in found.items()}


@cache
def users() -> dict[str, frozenset[str]]:
    """Modules of the package that import from a module, by the module."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xenotime"):
                found[str(node.module)].add(module)
    return {name: frozenset(modules) for name, modules in found.items()}


def _of_modules(modules: Iterable[str]) -> list[str]:
    """Files of tests that import anything from the modules."""
    starts = tuple(f"{module}." for module in modules)
    places = {place for name, files in importers().items() if name.startswith(starts) for place in files}
    return sorted(places) if starts else []


def tests_of(equation: Equation) -> tuple[str, ...]:
    """Files of tests that call the equation by name; else those of its module; else those of who uses it."""
    module = equation.name.rpartition(".")[0]
    folder = Path(equation.path).relative_to("src/xenotime").parent.as_posix()
    mirror = f"tests/unit/{folder}/test_{Path(equation.path).name}"
    chosen = (
        list(importers().get(equation.name, ()))
        or ([mirror] if (ROOT / mirror).exists() else _of_modules([module]))
        or _of_modules(users().get(module, ()))
    )
    chosen.sort(key=lambda place: (place != mirror, not place.startswith(f"tests/unit/{folder}"), place))
    return tuple(chosen[:MOST_TESTS])


def equations_page() -> str:
    """Every numbered equation, found by its number in the table at the top."""
    by_number: dict[int, list[Equation]] = defaultdict(list)
    for equation in equations():
        by_number[equation.number].append(equation)
    rows = [(f"[M{number}](#m{number})", _in_short(group)) for number, group in sorted(by_number.items())]
    parts = [NOTICE, "# Equations", INTRODUCTION, table(("number", "what it says"), rows)]
    for number, group in sorted(by_number.items()):
        parts.append(f"## M{number}")
        for equation in group:
            parts += _part(equation)
    return joined(parts)


def _in_short(group: list[Equation]) -> str:
    """The first titles under a number, and how many more there are."""
    told = "; ".join(plain(one.title) for one in group[:SHOWN])
    return told if len(group) <= SHOWN else f"{told}; and {len(group) - SHOWN} more"


def _part(equation: Equation) -> list[str]:
    label = "" if equation.label == f"(M{equation.number})" else f" {equation.label}"
    links = f"[`{equation.name}`](../{equation.path})"
    tests = ", ".join(f"[{Path(place).stem}](../{place})" for place in tests_of(equation))
    parts = [f"**{plain(equation.title)}**{label}", f"{links}" + (f" · tests: {tests}" if tests else "")]
    if equation.text:
        parts.append(code("text", equation.text))
    return parts
