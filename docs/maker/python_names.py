"""The page of the Python interface: public names with their signatures and docstrings."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import xenotime
from maker.text import NOTICE, code, joined, table

WIDTH = 100  # characters of a signature's line
INTRODUCTION = (
    "What `import xenotime as xt` gives. Results are labelled arrays with units and show themselves in a"
    " notebook."
    " What every command does is on [its own page](cli.md), what JSON holds on [another](json.md)."
)

RETURNED_WORDS = (
    "The records that the functions above return. They are frozen: nothing is written back into them."
)


def python_page() -> str:
    """The names promised to users of the Python interface, in the order the package lists them."""
    parts = [NOTICE, "# Python reference", INTRODUCTION, "## Names"]
    for name in xenotime.__all__:
        parts += _part(name)
    parts += ["## What comes back", RETURNED_WORDS]
    for thing in returned():
        parts += _record(thing)
    return joined(parts)


def returned() -> list[type]:
    """Classes that the public functions return, in the order of the functions."""
    found: dict[type, None] = {}
    for name in xenotime.__all__:
        thing = getattr(xenotime, name)
        if inspect.isfunction(thing):
            back = str(inspect.signature(thing).return_annotation).strip("'")
            kind = getattr(importlib.import_module(thing.__module__), back, None) or _imported(thing, back)
            if inspect.isclass(kind):
                found[kind] = None
    return list(found)


def _imported(function: Callable[..., object], name: str) -> object:
    """A class that the module of `function` imports for its types alone."""
    tree = ast.parse(Path(inspect.getfile(function)).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and name in {item.name for item in node.names}:
            return getattr(importlib.import_module(node.module), name)
    return None


def _record(thing: type) -> Iterator[str]:
    yield f"### `{thing.__name__}`"
    yield f"`{thing.__module__}.{thing.__name__}`"
    yield code("text", inspect.getdoc(thing) or "")
    rows = []
    for name, member in vars(thing).items():
        if name.startswith("_") or not (inspect.isfunction(member) or isinstance(member, property)):
            continue
        call = "" if isinstance(member, property) else _arguments(member)
        rows.append((f"`{name}{call}`", (inspect.getdoc(member) or "").split("\n\n")[0]))
    if rows:
        yield table(("has", "which is"), rows)


def _arguments(function: Callable[..., object]) -> str:
    names = [str(one).split(":")[0] for one in inspect.signature(function).parameters.values()]
    return f"({', '.join(name for name in names if name != 'self')})"


def _part(name: str) -> Iterator[str]:
    thing = getattr(xenotime, name)
    yield f"### `xenotime.{name}`"
    if inspect.isclass(thing) or inspect.isfunction(thing):
        signature = re.sub(r"(?<=[ \[])'([^']*)'", r"\1", str(inspect.signature(thing)))
        yield code("text", "\n".join(textwrap.wrap(name + signature, WIDTH, subsequent_indent="    ")))
        yield code("text", inspect.getdoc(thing) or "")
