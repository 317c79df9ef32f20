"""When a figure was first published, where the document read is a later one: rules kept as data.

A rule says for some rows of one table how many months after the end of its period such a figure appears, and
how far the first edition may lie from the one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xenotime.facts.column import Figure, column, number, words
from xenotime.months import month_number, month_text

LAST_OF = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Figure):
    rule: str = column("key")
    table: str = column("table it is about")
    where: str = words("rows it is about: column=value, parted by semicolons; blank is all")
    lag_months: float = number(
        "months from the end of the period to the first publication; below zero for what is announced before",
        "month",
    )
    revision: float = number("how far the first edition may lie from the figure read", "share", 0, 1)


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """Month a figure could first be known, and the rule that says so where it is not the row's own date.

    revision : relative half-width of what a first edition may differ by; 0 where the figure itself was known
    grade : worst grade the figure can have had then; blank for the row's own
    """

    month: str
    rule: str = ""
    revision: float = 0.0
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Publications:
    """The rules, by table."""

    rules: dict[str, tuple[tuple[Publication, tuple[tuple[str, str], ...]], ...]]

    def first_known(self, table: str, row: Any) -> FirstKnown:
        """The earlier of the row's own date and of the first rule that fits it."""
        own = str(getattr(row, "knowable_from", ""))
        for rule, terms in self.rules.get(table, ()):
            if all(str(getattr(row, name, "")) == value for name, value in terms):
                end = last_month(_period(table, rule, row))
                if not end:
                    break
                month = month_text(month_number(end) + int(rule.lag_months))
                if month < own:
                    return FirstKnown(month, rule.rule, rule.revision, rule.grade)
        return FirstKnown(own)


def read_publications(rows: Iterable[Publication]) -> Publications:
    """Rules by table, in file order."""
    found: dict[str, list[tuple[Publication, tuple[tuple[str, str], ...]]]] = {}
    for rule in rows:
        parts = [part.partition("=") for part in rule.where.split(";") if part]
        found.setdefault(rule.table, []).append((rule, tuple((name, value) for name, _, value in parts)))
    return Publications({name: tuple(rules) for name, rules in found.items()})


def _period(table: str, rule: Publication, row: Any) -> str:
    """Period a row is about: its year or period, a plant's first month, else that of the rule."""
    if table == "facilities":
        return str(row.start)
    for name in ("year", "period"):
        if hasattr(row, name):
            return str(getattr(row, name))
    return rule.refers_to


def last_month(period: str) -> str:
    """Last month of a year, month, day, quarter, half or span of months; blank for a blank period."""
    if not period:
        return ""
    end = period.partition("..")[2] or period
    year, _, part = end.partition("-")
    if not part:
        return f"{year}-12"
    if part in LAST_OF:
        return f"{year}-{LAST_OF[part]:02d}"
    return re.sub(r"^([0-9]{4}-[0-9]{2}).*$", r"\1", end)
