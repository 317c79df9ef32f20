"""The page of the command line, read off the commands themselves."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from typing import Any, get_args

import typer.main

from maker.text import NOTICE, code, joined, table

WORDS = {int: "whole number", float: "number", str: "text", bool: "yes or no"}
EXITS = """Exit codes: 0 done; 1 the question has no valid answer, and why is said; 2 the input is wrong, a
table of problems is on stderr and nothing was written ([what each means](trouble.md)); 3 a fault of
xenotime. `--json -` prints to standard output and nothing else goes there; progress goes to stderr, and
only to a terminal."""


def root_command() -> Any:
    """The command line as click sees it."""
    return typer.main.get_command(importlib.import_module("xenotime.cli").app)


def commands(path: str = "xenotime", command: Any = None) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it, in order of the alphabet."""
    command = root_command() if command is None else command
    if hasattr(command, "commands"):
        for name in sorted(command.commands):
            yield from commands(f"{path} {name}", command.commands[name])
    else:
        yield path, command


def commands_page() -> str:
    """Every command: what it does, how it is called, its arguments and options with their defaults."""
    known = list(commands())
    rows = [
        (f"[`{path}`](#{path.replace(' ', '-')})", _first_paragraph(command.help)) for path, command in known
    ]
    parts = [NOTICE, "# Commands", EXITS, table(("command", "does"), rows)]
    for path, command in known:
        parts += [f"## `{path}`", inspect.cleandoc(command.help or "").split("\f")[0], _usage(path, command)]
        arguments = [_row(parameter) for parameter in command.params if parameter.name != "help"]
        if arguments:
            parts.append(table(("argument", "meaning", "takes", "default"), arguments))
    return joined(parts)


def _first_paragraph(text: str | None) -> str:
    return " ".join(inspect.cleandoc(text or "").split("\f")[0].split("\n\n")[0].split())


def _usage(path: str, command: Any) -> str:
    words = [path]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            word = str(parameter.metavar or parameter.name).upper() + ("..." if parameter.nargs == -1 else "")
            words.append(word if parameter.required else f"[{word}]")
        elif parameter.required:
            words.append(f"{parameter.opts[0]} {_takes(parameter)}")
    return code("text", " ".join([*words, "[OPTIONS]"]))


def _row(parameter: Any) -> tuple[str, str, str, str]:
    is_option = parameter.param_type_name == "option"
    names = (
        parameter.opts + parameter.secondary_opts
        if is_option
        else [str(parameter.metavar or parameter.name).upper()]
    )
    meaning = _first_paragraph(getattr(parameter, "help", ""))
    if getattr(parameter, "multiple", False):
        meaning += "; may be given several times"
    default = parameter.default
    if parameter.required:
        said = "**required**"
    elif default is None or default == "" or getattr(parameter, "is_flag", False) or callable(default):
        said = ""
    else:
        said = f"`{default}`"
    return ", ".join(f"`{name}`" for name in names), meaning, _takes(parameter), said


def _takes(parameter: Any) -> str:
    """What is written after an option; nothing after a flag."""
    if getattr(parameter, "is_flag", False):
        return ""
    described = parameter.type_descriptor
    kinds = [
        kind for kind in (get_args(described.annotation) or (described.annotation,)) if kind is not type(None)
    ]
    name = WORDS.get(kinds[0], "text")
    low, high = described.parameter_info.min, described.parameter_info.max
    if low is not None and high is not None:
        return f"{name}, {low:g} to {high:g}"
    if low is not None:
        return f"{name}, at least {low:g}"
    return name if high is None else f"{name}, at most {high:g}"
