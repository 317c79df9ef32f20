"""Pages written by hand with parts that are made: what stands between two marks is written by a function.

A mark is ``<!-- made: NAME -->`` and the part ends at ``<!-- end: NAME -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
MARK = re.compile(r"<!-- made: (?P<name>[a-z-]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)


def filled(name: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """The page `name` under docs/ with its made parts filled; raises KeyError for one nobody fills."""
    page = (DOCS / name).read_text(encoding="utf-8")
    return MARK.sub(lambda match: _part(match["name"], parts), page)


def _part(name: str, parts: Mapping[str, Callable[[], str]]) -> str:
    return f"<!-- made: {name} -->\n\n{parts[name]().strip()}\n\n<!-- end: {name} -->"


def marks_of(name: str) -> list[str]:
    """Names of the made parts of a page, in its order."""
    return [match["name"] for match in MARK.finditer((DOCS / name).read_text(encoding="utf-8"))]
