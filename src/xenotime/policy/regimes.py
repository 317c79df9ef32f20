"""Regimes a control can be in, and what each makes of its row (M17).

A control is written as a law; what rules at a time is a regime of it.  ``""`` is the law as written.
"""

from __future__ import annotations

from dataclasses import replace

from xenotime.world.tables import Control

AS_WRITTEN = ""
REGIMES = ("open", "licensed", "closed", "suspended")


def regime_of(control: str, regime: str) -> str:
    """The regime of one control in a branch, written as ``control=regime`` joined by semicolons."""
    stated = dict(part.split("=", 1) for part in regime.split(";") if part)
    return stated.get(control, AS_WRITTEN)


def under_regime(row: Control, regime: str) -> Control | None:
    """The row as it binds under `regime`; None where it does not bind at all."""
    if regime in (AS_WRITTEN, "licensed"):
        return row
    if regime in ("open", "suspended"):
        return None
    return replace(row, instrument="ban", value=None)
