"""Where the source raises which problem, and what it says there, read off the calls themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xenotime"
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+$")
RAISERS = {"Problem", "one_problem", "add", "_add", "each", "UnitFault", "CellFault", "Check", "_row_check"}
LEAST_PARTS = 4  # a tuple that starts with a code and is shorter is no message kept for later


@dataclass(frozen=True, slots=True)
class Site:
    """One call that raises.

    code : of the problem, "" for no answer and for a fault of ours;  path : under the root kind : Problem,
    NoAnswer or InternalFault;  parts : literal texts of the call, with marks for what is filled in
    """

    kind: str
    code: str
    path: str
    parts: tuple[str, ...]


@cache
def sites() -> tuple[Site, ...]:
    """Every place of the source that raises a problem, says there is no answer, or tells a fault of ours."""
    found: list[Site] = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found += [Site(kind, code, place, parts) for kind, code, parts in _raised(node)]
    return tuple(found)


def _raised(node: ast.AST) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("NoAnswer", "InternalFault"):
            yield name, "", tuple(said(one) for one in node.args)
        elif name in RAISERS and node.args and (code := _code(node.args[0])):
            # in one_problem the row and the column follow the four parts, elsewhere they come before
            last = node.args[1:5] if name == "one_problem" else node.args[1:]
            yield "Problem", code, tuple(said(one) for one in last)
    elif isinstance(node, ast.Tuple) and len(node.elts) >= LEAST_PARTS and (code := _code(node.elts[0])):
        texts = tuple(said(one) for one in node.elts[1:])
        if " " in texts[-1]:  # a remedy, where a row of names would end in a name
            yield "Problem", code, texts


def _code(node: ast.expr) -> str:
    is_code = isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    return str(node.value) if is_code and isinstance(node, ast.Constant) else ""


def said(node: ast.expr) -> str:
    """The text of an expression; what is filled in at run time is an ellipsis, other code is ""."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    if isinstance(node, ast.IfExp):
        both = [text for text in (said(node.body), said(node.orelse)) if text]
        return " / ".join(both)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return f"{said(node.left) or '…'}{said(node.right) or '…'}"
    return ""


def codes_in_source() -> set[str]:
    """Codes that some call of the source raises, or keeps to raise."""
    return {site.code for site in sites() if site.code}


def literals() -> set[str]:
    """Every text of the source that has the form of a code, whatever it is used for."""
    found = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
                found.add(node.value)
    return found
