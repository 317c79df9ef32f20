"""The brief of a company's exposure: what is in the bill, its licences, when lines stop, what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.figures.plants import action_gains, element_worth, stop_odds
from xenotime.figures.style import money_text, number_text, percent_text
from xenotime.report import exposed_words as words
from xenotime.report.pictures import Picture, picture
from xenotime.report.short import Brief, Rows, Said
from xenotime.report.short_sources import Cited, each_once

Data = dict[str, Any]
ACTIONS = 5  # drawn, those that save most
NAMED = 3  # actions of the best set told by name
ASSUMED = 4  # assumptions told
LEAST = 1 / 200  # of the worth of the bill: a control on less is not told


def exposure_brief(document: Data) -> Brief:
    """Of an exposure, with or without plants."""
    data = document["data"]
    return Brief(
        f"Exposure: {data['title']}",
        "What is in it, what needs a licence, when do lines stop, and what should be done?",
        tuple(_answer(data)),
        tuple(_pictures(data)),
        Rows("Every line under every case", words.STOP_HEADER, tuple(words.stop_rows(data)), (2, 6, 7, 8)),
        tuple(_changes(data)),
        tuple(_sources(data)),
        _command(data),
    )


def worst_stop(data: Data) -> Data | None:
    """The line and case with the greatest odds of a stop, the dearest of those; None without plants."""
    rows: list[Data] = data["stops"]
    return max(rows, key=lambda row: (row["value"], row["margin_lost"]["mean"]), default=None)


def _answer(data: Data) -> Iterator[Said]:
    yield "What is in it", _held(data)
    yield "Licences", _licences(data)
    stop = worst_stop(data)
    if stop is None:
        yield "Lines", "no plants and no case were given, so when a line stops cannot be told."
        return
    yield "Lines", _stops(stop)
    yield "Lost then", _lost(stop)
    yield "What to do", _plan(data, stop["case"])


def _held(data: Data) -> str:
    rows = data["elements"]
    value, low, high, usd = (sum(row[name] for row in rows) for name in ("value", "low", "high", "usd"))
    bill = data["bill"]
    text = (
        f"{number_text(value)} g of {_families(data)} ({number_text(low)} to {number_text(high)}) in one of "
        f"each product, worth {money_text(usd)} USD as oxides on {data['at']}, in "
        f"{bill['lines_with_elements']:,} of {bill['lines']:,} lines"
    )
    worth: dict[str, float] = {}
    for row in rows:
        worth[row["element"]] = worth.get(row["element"], 0.0) + row["usd"]
    if usd > 0:
        first = max(worth, key=lambda name: worth[name])
        text += f"; {first} is {percent_text(worth[first] / usd)} of the worth"
    return f"{text}."


def _families(data: Data) -> str:
    return " and ".join(data["bill"]["families"])


def _licences(data: Data) -> str:
    rows = sorted((row for row in data["licences"] if row["value"] >= LEAST), key=lambda row: -row["value"])
    if not rows:
        return f"nothing in the bill falls under a control as of {data['at']}."
    first = rows[0]
    others = len({row["control"] for row in rows} - {first["control"]})
    more = f"; {others} more control{'s' if others > 1 else ''} on some of it" if others else ""
    return (
        f"{percent_text(first['value'])} of the worth falls under {first['control']} ({first['status']}), by "
        f"{first['leg']}{more}. This is exposure and no loss."
    )


def _stops(row: Data) -> str:
    weeks = row["weeks_looked_at"]
    if row["value"] == 0:
        return f"none stops in any case within {weeks} weeks, in any draw."
    text = (
        f"at its worst {row['line']} under {row['case']} stops in {percent_text(row['value'])} of draws "
        f"within {weeks} weeks"
    )
    if row["date"]:
        last = row["date_high"] or "after the end"
        text += f", in the middle on {row['date']} (nine in ten from {row['date_low']} to {last})"
    return f"{text}; first runs out {row['first_part']} ({percent_text(row['first_part_share'])} of stops)."


def _lost(row: Data) -> str:
    if row["value"] == 0:
        return "nothing."
    parts = [
        f"{say(own['mean'])} {what} ({say(own['low'])} to {say(own['high'])})"
        for own, what, say in (
            (row["units_lost"], "units", number_text),
            (row["revenue_lost"], "USD of revenue", money_text),
            (row["margin_lost"], "USD of margin", money_text),
        )
    ]
    late = row["months_late"]
    return (
        f"{'; '.join(parts)}; what is missed comes {number_text(late['mean'])} months late "
        f"({number_text(late['low'])} to {number_text(late['high'])}), means with nine in ten draws."
    )


def _plan(data: Data, case: str) -> str:
    """The best set of actions, and what it does under the worst case."""
    plan = data["plan"]
    if plan is None or not plan["actions"]:
        return "no set of actions is worth its cost under these cases."
    limit = "no budget given" if plan["budget"] is None else f"a budget of {money_text(plan['budget'])} USD"
    named, more = plan["actions"][:NAMED], len(plan["actions"]) - NAMED
    nothing = next(row for row in data["actions"] if row["action"] == "nothing")
    (odds, loss), (left, lost) = (
        (_of(row["stop_by_case"], case), _of(row["loss_by_case"], case)) for row in (nothing, plan)
    )
    return (
        f"with {limit}, the best set costs {money_text(plan['cost'])} USD: {'; '.join(named)}"
        f"{f'; and {more} more' if more > 0 else ''}. Under {case} it takes the odds of a stop from "
        f"{percent_text(odds)} to {percent_text(left)} and the margin lost from {money_text(loss)} to "
        f"{money_text(lost)} USD (means over draws; no range is worked out for a set)."
    )


def _of(rows: list[Data], case: str) -> float:
    return next(float(row["value"]) for row in rows if row["case"] == case)


def _pictures(data: Data) -> Iterator[Picture]:
    if data["lines"]:
        yield picture("stops", stop_odds(data["lines"], "When lines stop."))
    yield picture("elements", element_worth(data["elements"], "What the bill holds, by worth."))
    best = sorted(data["actions"], key=lambda row: -row["saved"])[:ACTIONS]
    if any(row["saved"] > 0 for row in best):
        yield picture(
            "gains", action_gains(best, "What the actions that save most save and cost."), wide=True
        )


def _changes(data: Data) -> Iterator[str]:
    """The cheapest relief, what was assumed of goods and parts, and lines nobody could read."""
    kept = [row for row in data["actions"] if row["cost_per_week"] is not None]
    for row in kept[:2]:
        yield (
            f"{row['what']}: {number_text(row['weeks_of_security'])} weeks of output kept for "
            f"{money_text(row['cost'])} USD, there after {row['lead_low']:g} to {row['lead_high']:g} weeks; "
            f"{row['agree'] or 'nobody'} must agree."
        )
    for of, assumed, grade in list(dict.fromkeys(words.assumed_rows(data)))[:ASSUMED]:
        yield f"Assumed of {of}: {assumed} (grade {grade})."
    if data["bill"]["lines_not_read"]:
        count = f"{data['bill']['lines_not_read']:,}"
        yield f"{count} lines could not be read and count as without {_families(data)}."


def _sources(data: Data) -> Iterator[Cited]:
    """Who says which control holds, the largest share first; then those of the actions and of our numbers."""
    told = [(row["source"], row["grade"], row["control"]) for row in sorted(data["licences"], key=_by_share)]
    told += [(row["source"], row["grade"], "") for row in (*data["actions"], *data["numbers"])]
    return each_once(told)


def _by_share(row: Data) -> float:
    return -float(row["value"])


def _command(data: Data) -> str:
    cases = "".join(f" --case {shlex.quote(row['case'])}" for row in data["cases"])
    plants = " --plant plants.toml" if data["cases"] else ""
    draws = f" --draws {data['draws']}" if data["draws"] else ""
    when = "" if data["cases"] else f" --at {data['at']}"
    bill = shlex.quote(data["bill"]["file"])
    return f"xenotime exposure {bill}{plants}{cases}{draws}{when} --json exposure.json"
