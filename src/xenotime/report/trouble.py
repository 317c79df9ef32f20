"""What each code of a problem means, how it comes about and what to do: for the command `trouble`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from xenotime.errors import one_problem
from xenotime.facts.problems import CODES as FACT_CODES
from xenotime.world.problems import CODES as WORLD_CODES
from xenotime.world.problems import suggestion

if TYPE_CHECKING:
    from rich.console import Console

PAGE = "docs/trouble.md"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of problem.

    Attributes
    ----------
    code : as the last line under a table of problems names it
    means : what is wrong
    happens : how it usually comes about
    remedy : what to do
    """

    code: str
    means: str
    happens: str
    remedy: str


@cache
def troubles() -> dict[str, Trouble]:
    """Every kind of problem by its code, in order of the alphabet.

    What a reader's own register says of a code is what it means; the table adds what the register does not
    hold.
    """
    text = (resources.files("xenotime") / "report" / "trouble.toml").read_text("utf-8")
    means = dict(FACT_CODES) | dict(WORLD_CODES)
    told = tomllib.loads(text)
    return {
        code: Trouble(
            code, told[code].get("means") or means[code], told[code]["happens"], told[code]["remedy"]
        )
        for code in sorted(told)
    }


def explained(codes: Iterable[str]) -> list[Trouble]:
    """The kinds asked for, in that order; raises InputProblems for a code there is not."""
    known = troubles()
    found = []
    for code in codes:
        if code not in known:
            raise one_problem(
                "unknown-name",
                "trouble",
                repr(code),
                "the code of a problem",
                suggestion(code, known, "see `xenotime trouble` for all"),
            )
        found.append(known[code])
    return found


def show_troubles(console: Console, codes: Iterable[str]) -> None:
    """Print what the codes mean; without any, one line for each there is."""
    from rich.text import Text

    from xenotime.report.terminal import show_rows

    asked = explained(codes)
    if not asked:
        rows = [(trouble.code, trouble.means) for trouble in troubles().values()]
        show_rows(console, "Problems", ("code", "what it means"), rows)
        return
    for trouble in asked:
        console.print(Text(f"{trouble.code}: {trouble.means}", style="bold"))
        console.print(Text(f"  how it comes about  {trouble.happens}"))
        console.print(Text(f"  what to do          {trouble.remedy}"))
