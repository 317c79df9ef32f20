"""Rises of leverage in words, with what makes them, and the parts of a loss put together for people."""

from __future__ import annotations

from xenotime.figures.style import money_text, percent_text
from xenotime.report.leverage_words import Data, names
from xenotime.talks.leverage.rises import GROUPS

TOLD = 0.05  # of all causes together: a smaller one is not told
CAUSES = {
    ("on", "tonnes not served"): ("more of {on}'s lines stop", "fewer of {on}'s lines stop"),
    ("on", "tonnes served"): (
        "{on} pays more, net of its stocks and cargoes, for what it still gets",
        "{on} pays less, net of its stocks and cargoes, for what it still gets",
    ),
    ("on", "producers"): (
        "{on}'s producers gain less or lose more",
        "{on}'s producers gain more from scarcity",
    ),
    ("on", "taxes and rents"): ("{on} has less from taxes and rents", "{on} has more from taxes and rents"),
    ("by", "tonnes not served"): ("fewer of {by}'s lines stop", "more of {by}'s lines stop"),
    ("by", "tonnes served"): (
        "{by}'s users and stock owners lose less",
        "{by}'s users and stock owners lose more",
    ),
    ("by", "producers"): ("{by}'s producers lose less", "{by}'s producers lose more"),
    ("by", "taxes and rents"): ("{by} has more from taxes and rents", "{by} has less from taxes and rents"),
}


def rise_words(data: Data, row: Data) -> str:
    """One rise of leverage and what makes it, largest causes first."""
    before, after = plain(row["before"]), plain(row["after"])
    if row["basis"] == "starts":
        text = (
            f"Begun in {row['last']} months instead of {_begun(row['first'])}, leverage of "
            f"{row['duration']} months rises from {before} to {after} USD"
        )
    else:
        text = (
            f"Begun {_begun(row['start_after'])}, the gap of a month rises from {before} in month "
            f"{row['first']} to {after} USD in month {row['last']}"
        )
    if row["draws_that_agree"] is not None:
        text += f" (a rise in {percent_text(row['draws_that_agree'])} of draws)"
    size = sum(abs(cause["value"]) for cause in row["causes"]) or 1.0
    told = [_cause(data, cause) for cause in row["causes"] if abs(cause["value"]) >= TOLD * size]
    return f"{text}: {'; '.join(told)}."


def _begun(after: int) -> str:
    return f"in {after} months" if after else "now"


def _cause(data: Data, cause: Data) -> str:
    more, less = CAUSES[cause["side"], cause["group"]]
    words = (more if cause["value"] >= 0 else less).format(on=names(data, "on"), by=names(data, "by"))
    sign = 1.0 if cause["value"] >= 0 else -1.0
    uses = [
        f"{use['material']} in {use['sector'].replace('_', ' ')} {signed(use['value'])}"
        for use in cause["uses"]
        if sign * use["value"] > 0
    ]
    return f"{words} ({signed(cause['value'])}{': ' + ', '.join(uses) if uses else ''})"


def plain(amount: float) -> str:
    """An amount with a sign where it is below zero."""
    return signed(amount) if amount < 0 else money_text(amount)


def signed(amount: float) -> str:
    """An amount with its sign: ``+1.2 billion``."""
    return f"{'+' if amount >= 0 else '−'}{money_text(abs(amount))}"


def part_rows(data: Data) -> list[Data]:
    """Parts of the loss put together so that what users pay holders at home does not show on both sides."""
    found: dict[tuple[int, str, str], float] = {}
    group = {part: name for name, parts in GROUPS.items() for part in parts}
    for row in data["parts"]:
        key = row["start_after"], row["side"], group[row["part"]]
        found[key] = found.get(key, 0.0) + row["value"]
    return [
        {"start_after": start, "side": side, "part": part, "value": value}
        for (start, side, part), value in found.items()
    ]
