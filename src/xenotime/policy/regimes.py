"""Regimes a control can be in, and what each makes of its row (M17).

A control is written as a law; what rules at a time is a regime of it.  ``""`` is the law as written.
A branch of a look-ahead is written ``control=regime@month`` joined by semicolons: from `month` on that
regime rules, before it the law as written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xenotime.world.tables import Control

AS_WRITTEN = ""
REGIMES = ("open", "licensed", "closed", "suspended")
FREE = ("open", "suspended")  # nothing binds: never so meant, or so for the time being
FORESEEN = "0000-01"  # what is believed needs no announcement, so it counts as announced since ever
BETWEEN = (";", "=", "@")  # signs a believed control may not have in its name


def regime_text(regimes: Mapping[str, str], begins: Mapping[str, str]) -> str:
    """A branch in one line, from the regime of each control in doubt and the month it begins."""
    return ";".join(f"{control}={regime}@{begins[control]}" for control, regime in regimes.items())


def regime_of(control: str, regime: str) -> str:
    """The regime of one control in a branch, with the month it begins: ``regime@month``."""
    stated = dict(part.split("=", 1) for part in regime.split(";") if part)
    return stated.get(control, AS_WRITTEN)


def under_regime(row: Control, regime: str, month: str = "") -> Control | None:
    """The row as it binds in `month` under ``regime@begins``; None where it does not bind at all.

    A blank `month` is a time when everything has begun; without ``@begins`` the regime always rules.
    """
    name, _, begins = regime.partition("@")
    if name == AS_WRITTEN or (month and month < begins):  # months as text are in the order of time
        return row
    if name in FREE:
        return None
    until = "" if row.until and row.until < begins else row.until  # what comes back has no written end
    if name == "closed":
        return replace(
            row,
            instrument="ban",
            value=None,
            announced=FORESEEN,
            in_force=begins,
            enforced="",
            until=until,
        )
    if row.in_force <= begins:  # in force by then as written, so its processing has been under way
        return replace(row, announced=FORESEEN, until=until)
    return replace(row, announced=FORESEEN, in_force=begins, enforced="", until=until)
