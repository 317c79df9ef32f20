"""Uncertain numbers and headline numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xenotime.figures.rows import Labels, plain, sector_words
from xenotime.figures.style import number_text, percent_text
from xenotime.months import month_number, month_text

Row = Mapping[str, Any]
EVERYWHERE = "WLD"
STRUCTURE = {
    "structure/foresight": "how far buyers and holders look ahead",
    "structure/demand": "whether use falls in a straight line as prices rise",
    "structure/stocks": "whether users of a sector share their stocks",
}
MONTHS = ("first month of shortage", "shortage over")


def number_words(name: str, labels: Labels) -> str:
    """An uncertain number for people, from its name."""
    kind, *parts = name.split("/")
    if name in STRUCTURE:
        return STRUCTURE[name]
    if kind == "choke":
        return f"price at which {sector_words(parts[0])} stops buying ({plain(parts[1])})"
    if kind == "elasticity":
        return f"how {sector_words(parts[0])} answers to price, {parts[1]} run"
    if kind == "cover":
        holder, sector, region, material = parts
        where = "" if region == EVERYWHERE else f" in {labels.region(region)}"
        who = sector_words(sector) if holder == "user" else f"{plain(holder)}s"
        return f"days of cover of {who}{where} ({plain(material)})"
    words = " ".join(plain(part) for part in parts if part != "-")
    if kind == "row":
        return f"{plain(parts[0])}: {' '.join(plain(part) for part in parts[1:] if part != '-')}"
    return {
        "capacity": f"capacity of {words}",
        "growth": f"expected growth of {words}",
        "project": f"projects: {words}",
        "regime": f"which regime of {words} comes true",
        "control": f"the control: {words}",
        "behaviour": f"behaviour: {words}",
    }.get(kind, plain(name))


def headline_words(row: Row, labels: Labels) -> str:
    """A headline number for people."""
    outcome, about = row["outcome"], row["about"]
    return {
        "peak price": f"highest price of {labels.material(about)} outside, times that without the control",
        "least availability": f"least of {about} left to a region outside, of its use without the control",
        "output lost": f"output lost by {sector_words(about)} outside, in months of output",
        "months late": f"how late {sector_words(about)} outside delivers, in months",
        "first month of shortage": "first month in which a sector outside goes short",
        "shortage over": "first month after the last shortage outside",
    }[outcome]


def value_words(row: Row, value: float, months: list[str]) -> str:
    """A value of a headline number with the sign of its unit."""
    outcome = row["outcome"]
    if outcome in MONTHS:
        return _month(outcome, value, months)
    if outcome == "least availability":
        return percent_text(value)
    return f"{number_text(value)} x" if outcome == "peak price" else number_text(value)


def _month(outcome: str, value: float, months: list[str]) -> str:
    at = round(value)
    if outcome == "first month of shortage" and at >= len(months):
        return "never"
    if outcome == "shortage over" and at <= 0:
        return "no shortage"
    if at >= len(months):
        return f"after {months[-1]}"
    return month_text(month_number(months[0]) + at)


def band_words(row: Row, months: list[str]) -> str:
    """A headline number as it may be told: its middle and range, or the range alone and why."""
    low, high = (value_words(row, row[name], months) for name in ("low", "high"))
    span = low if low == high else f"{low} to {high}"
    if low == high:
        return f"{low} in nine draws of ten"
    if row["shown"] == "assumed":
        return f"assumed: {span}"
    if row["shown"] == "range":
        return f"{span} (too little of it explained for a middle)"
    return f"{value_words(row, row['median'], months)}, nine draws in ten {span}"
