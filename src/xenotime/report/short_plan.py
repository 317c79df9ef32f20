"""The brief of packages: what is lost without one, what the best one leaves, costs and depends on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.choice.menu_file import menu_names, shipped_menu
from xenotime.figures.style import money_text
from xenotime.report import planned_words as words
from xenotime.report.planned_page import plan_content
from xenotime.report.short import SENTENCES, Brief, Rows
from xenotime.report.short_sources import Cited, each_once

Data = dict[str, Any]
DRAWN = ("frontier", "loss", "regret")  # pictures of the page of packages
COLUMNS = (0, 1, 3, 4, 5, 7, 13)  # of the frontier, those a printed page has room for
ASSUMED = 3  # assumptions told


def plan_brief(document: Data) -> Brief:
    """Of packages on the frontier of outlay against loss."""
    data = document["data"]
    shown = {made.name: made for made in plan_content(document).pictures}
    header = tuple(words.FRONTIER_HEADER[place] for place in COLUMNS)
    rows = tuple(tuple(row[place] for place in COLUMNS) for row in words.package_rows(data["frontier"]))
    return Brief(
        data["title"],
        data["question"] or "Which package holds the loss down best for the money?",
        tuple(("", text) for text in words.opening_words(data))[:SENTENCES],
        tuple(shown[name] for name in DRAWN if name in shown),
        Rows("The frontier", header, rows, tuple(range(1, len(COLUMNS)))),
        tuple(_changes(data)),
        tuple(_sources(data)),
        _command(data),
    )


def _changes(data: Data) -> Iterator[str]:
    """Where it is regretted most, what partners add, what was assumed."""
    own = [row for row in data["regret"] if row["package"] == data["best"] and row["value"] > 0]
    if own:
        worst = max(own, key=lambda row: row["value"])
        yield (
            f"It is regretted most under {worst['case']} with {worst['variant']}: "
            f"{money_text(worst['value'])} USD worse than the best package there."
        )
    else:
        yield "Of the packages that were run, none within the budget is better in any case under any variant."
    for row in data["partners"]:
        yield words.partner_words(row, data)
    for text in data["assumed"][:ASSUMED]:
        yield f"Assumed: {text}"


def _sources(data: Data) -> Iterator[Cited]:
    for entry in data["citation"]:
        yield Cited("", str(entry))
    yield from each_once((row["source"], "", row["lever"]) for row in data["menu"])


def _command(data: Data) -> str:
    """Cases are named only where they are not the menu's own."""
    shipped = shipped_menu(data["sponsor"]) if data["sponsor"] in menu_names() else None
    is_shipped = shipped is not None and shipped.title == data["title"]
    menu = f"--sponsor {shlex.quote(data['sponsor'])}" if is_shipped else "--menu menu.toml"
    own = {entry.case for entry in shipped.case} if is_shipped and shipped is not None else set()
    named = [row["case"] for row in data["cases"]]
    cases = "".join(f" --case {shlex.quote(name)}" for name in named) if set(named) != own else ""
    draws = f" --draws {data['rolled_draws']}" if data["rolled_draws"] else ""
    return (
        f"xenotime plan {menu} --budget {data['budget']:.15g}{cases}{draws} --months {data['months']} "
        f"--seed {data['seed']} --json plan.json"
    )
