"""The brief of packages: what a budget buys, how surely, who gains, what a partner adds."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.figures.plans import frontier_plot, months_plot, regret_bars
from xenotime.figures.style import money_text
from xenotime.report import planned_words as words
from xenotime.report.pictures import Picture, picture
from xenotime.report.short import Brief, Rows, Said
from xenotime.report.short_sources import Cited, each_once

Data = dict[str, Any]
COLUMNS = (0, 1, 3, 4, 5, 7, 9)  # of the frontier: what a page of print has room for
GAINS = 1e6  # USD: less is not told of a party


def plan_brief(document: Data) -> Brief:
    """Of a sponsor's packages on the frontier."""
    data = document["data"]
    rows = tuple(tuple(row[place] for place in COLUMNS) for row in words.package_rows(data["frontier"]))
    header = tuple(words.FRONTIER_HEADER[place] for place in COLUMNS)
    return Brief(
        str(data["title"]),
        data["question"] or "Which package of levers holds the loss down best for the money?",
        tuple(_answer(data)),
        tuple(_pictures(data)),
        Rows("The frontier", header, rows, tuple(range(1, len(COLUMNS) - 1))),
        tuple(_changes(data)),
        tuple(_sources(data)),
        _command(data),
    )


def _answer(data: Data) -> Iterator[Said]:
    """Doing nothing, the best package, its money, who gains, and what a partner adds."""
    nothing, *rest = words.opening_words(data)
    yield "Doing nothing", nothing
    yield from zip(("Best", "Money"), rest, strict=False)
    yield "Who gains", _parties(data)
    yield "Partners", _partners(data)


def _parties(data: Data) -> str:
    rows = [row for row in data["parties"] if abs(row["value"]) >= GAINS]
    if not rows:
        return "nobody gains or loses so much that the runs could tell."
    first, last = rows[0], min(rows, key=lambda row: float(row["value"]))
    told = [_party(first)] + ([_party(last)] if last is not first else [])
    return f"{'; '.join(told)}."


def _party(row: Data) -> str:
    verb = "gains" if row["value"] >= 0 else "loses"
    low, high = sorted((abs(row["low"]), abs(row["high"])))
    if row["low"] < 0 < row["high"]:
        ends = f"from a loss of {money_text(-row['low'])} to a gain of {money_text(row['high'])}"
    else:
        ends = f"{money_text(low)} to {money_text(high)}"
    return f"{row['party']} {verb} {money_text(abs(row['value']))} USD ({ends})"


def _partners(data: Data) -> str:
    told = [words.partner_words(row, data) for row in data["partners"]]
    return told[0] if told else "the menu names nobody who might join."


def _pictures(data: Data) -> Iterator[Picture]:
    yield picture(
        "frontier",
        frontier_plot(data["packages"], data["budget"], "What money buys: loss left against outlay."),
    )
    yield picture("regret", regret_bars(data["regret"], "What it costs not to have known."))
    yield picture("served", months_plot(data["series"], "served", "What users take of normal use."))


def _changes(data: Data) -> Iterator[str]:
    """Where another package would have been better, then what was assumed."""
    best = [row for row in data["regret"] if row["package"] == data["best"] and row["value"] > 0]
    for row in sorted(best, key=lambda row: -float(row["value"])):
        yield (
            f"Under {row['case']} with {row['variant']} another package would have been better by "
            f"{money_text(row['value'])} USD."
        )
    yield from data["assumed"]


def _sources(data: Data) -> Iterator[Cited]:
    for entry in data["citation"]:
        yield Cited("", str(entry))
    yield from each_once((row["source"], "", row["title"]) for row in data["menu"] if row["source"])


def _command(data: Data) -> str:
    cases = "".join(f" --case {shlex.quote(row['case'])}" for row in data["cases"])
    draws = f" --draws {data['rolled_draws']}" if data["rolled_draws"] else ""
    return (
        f"xenotime plan --sponsor {shlex.quote(data['sponsor'])} --budget {data['budget']:.12g}{cases}"
        f"{draws} --months {data['months']} --seed {data['seed']} --json plan.json"
    )
