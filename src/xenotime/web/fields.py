"""Fields of forms: each with its label, and with what was said before still in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xenotime.errors import InputProblems, Problem
from xenotime.report.markup import Html, tag

Said = Mapping[str, Any]


def said_in(said: Said, name: str, otherwise: str = "") -> str:
    """The text of a field, trimmed; `otherwise` where the field was not sent at all."""
    value = said.get(name)
    return value.strip() if isinstance(value, str) else otherwise


def field(name: str, label: str, value: str, **more: str) -> Html:
    """One line of text."""
    return tag("label", f"{label} ", tag("input", name=name, value=value, **more))


def number(name: str, label: str, value: str, low: int, high: int) -> Html:
    """A whole number."""
    limits = {"min": str(low), "max": str(high)}
    return tag("label", f"{label} ", tag("input", name=name, value=value, type="number", **limits))


def area(name: str, label: str, value: str, **more: str) -> Html:
    """Several lines of text."""
    return tag("label", f"{label} ", tag("textarea", f"\n{value}", name=name, **more))


def chooser(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, **more: str) -> Html:
    """One of several; options are codes and what is shown."""
    made = [
        tag("option", shown, value=code, **({"selected": ""} if code == chosen else {}))
        for code, shown in options
    ]
    return tag("label", f"{label} ", tag("select", *made, name=name, autocomplete="off", **more))


def tick(name: str, label: str, on: bool) -> Html:
    """Yes or no; a hidden field beside it says that it was asked, for an empty box sends nothing."""
    box = tag("input", type="checkbox", name=name, value="1", **({"checked": ""} if on else {}))
    asked = tag("input", type="hidden", name=f"{name}.shown", value="1")
    return tag("label", box, tag("span", label), asked, class_="check")


def ticked(said: Said, name: str, otherwise: bool = False) -> bool:
    """Whether a box was ticked; `otherwise` where the form was not sent."""
    return bool(said.get(name)) if said.get(f"{name}.shown") or said.get(name) else otherwise


def upload(name: str, label: str, accept: str) -> Html:
    """A file of the visitor's."""
    return tag("label", f"{label} ", tag("input", type="file", name=name, accept=accept))


class Checked:
    """Reads the fields of one form and collects every fault, so that all are told at once."""

    def __init__(self, said: Said, form: str) -> None:
        self.said, self.form = said, form
        self.problems: list[Problem] = []

    def fault(self, code: str, column: str, found: str, expected: str, remedy: str) -> None:
        """Note a fault of a field."""
        self.problems.append(Problem(code, self.form, None, column, found, expected, remedy))

    def whole(self, name: str, label: str, low: int, high: int, otherwise: int) -> int:
        """A whole number within its limits."""
        text = said_in(self.said, name)
        if not text:
            return otherwise
        if text.isascii() and text.isdecimal() and len(text) < 9 and low <= int(text) <= high:
            return int(text)
        self.fault("bad-value", label, repr(text[:40]), f"a whole number from {low} to {high}", "correct it")
        return otherwise

    def end(self) -> None:
        """Raise InputProblems with every fault noted."""
        if self.problems:
            raise InputProblems(self.problems)
