"""What can go wrong, and how it is said.

Three kinds of failure are kept apart because three different people must act: the user
(`InputProblems`, exit code 2), nobody (`NoAnswer`, the question has no valid answer, exit
code 1) and us (`InternalFault`, exit code 3).  Every message has four parts: where, found,
expected, remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the input.

    Attributes
    ----------
    code : short stable name of the kind of fault, e.g. ``unknown-name``; every code has a test
    file : name of the file (or table) the fault is in
    row : 1-based line of the file as an editor shows it (header is line 1), or None
    column : column or key, or ``""``
    found, expected, remedy : the three remaining parts of the message
    """

    code: str
    file: str
    row: int | None
    column: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f":{self.row}"
        if self.column:
            place += f" [{self.column}]"
        return f"{place}: found {self.found}; expected {self.expected}; {self.remedy}"


class XenotimeError(Exception):
    """Base of every error xenotime raises on purpose."""

    exit_code = 3


class InputProblems(XenotimeError):
    """The input is wrong; carries all problems at once, never only the first."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NoAnswer(XenotimeError):
    """The question is well posed but has no valid answer (an infeasible program, say)."""

    exit_code = 1

    def __init__(self, where: str, found: str, expected: str, remedy: str) -> None:
        self.where, self.found, self.expected, self.remedy = where, found, expected, remedy
        super().__init__(f"{where}: found {found}; expected {expected}; {remedy}")


class InternalFault(XenotimeError):
    """A result of ours failed our own verification: a bug, to be reported, never shown as an answer."""

    exit_code = 3


def one_problem(
    code: str, file: str, found: str, expected: str, remedy: str, row: int | None = None, column: str = ""
) -> InputProblems:
    """Wrap a single fault, for readers that cannot go on after it."""
    return InputProblems([Problem(code, file, row, column, found, expected, remedy)])
