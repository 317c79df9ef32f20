"""What an exposure document says in sentences and rows: what is in the bill, when lines stop, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.figures.rows import plain
from xenotime.figures.style import money_text, number_text, percent_text

Data = dict[str, Any]
MOST = 12


def opening_words(data: Data) -> Iterator[str]:
    """What was read, what of it is exposed to whom, and when the first line stops."""
    bill = data["bill"]
    held = f"{bill['lines_with_elements']:,}" if bill["lines_with_elements"] else "none"
    families = " and ".join(bill["families"])
    yield f"{bill['lines']:,} lines, {held} with {families}; controls and prices as of {data['at']}."
    for row in data["licences"]:
        if row["value"] >= 1 / 200:
            yield (
                f"{row['control']} ({row['status']}): {percent_text(row['value'])} of the worth of "
                "elements in the bill "
                f"falls under it, by {row['leg']}."
            )
    for row in data["stops"]:
        yield stop_words(row)


def stop_words(row: Data) -> str:
    """When a line stops under a case."""
    if row["value"] == 0:
        who = f"{row['line']} under {row['case']}"
        return f"{who}: runs through all {row['weeks_looked_at']} weeks in every draw."
    text = f"{row['line']} under {row['case']}: stops in {percent_text(row['value'])} of draws"
    if row["date"]:
        last = row["date_high"] or "after the end"
        text += f", in the middle on {row['date']} (nine in ten from {row['date_low']} to {last})"
    return (
        f"{text}; first to run out: {row['first_part']} ({percent_text(row['first_part_share'])} of stops). "
        f"Lost: {number_text(row['units_lost']['mean'])} units, "
        f"{money_text(row['revenue_lost']['mean'])} USD of revenue, "
        f"{money_text(row['margin_lost']['mean'])} USD of margin; what is missed is "
        f"{number_text(row['months_late']['mean'])} months late."
    )


ELEMENT_HEADER = (
    "element",
    "stage",
    "separated in",
    "g in one of each product",
    "low",
    "high",
    "USD",
    "kg a year",
)


def element_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Elements by worth, products and plants added up."""
    sums: dict[tuple[str, str, str], list[float]] = {}
    for row in data["elements"]:
        key = (row["element"], row["stage"], row["separated_in"])
        own = sums.setdefault(key, [0.0] * 5)
        for at, name in enumerate(("value", "low", "high", "usd")):
            own[at] += row[name]
        own[4] += row["kg_per_year"] or 0.0
    ranked = sorted(sums.items(), key=lambda item: -item[1][3])[:most]
    return [
        (
            key[0],
            plain(key[1]),
            key[2],
            *(number_text(value) for value in own[:3]),
            money_text(own[3]),
            _dash(own[4]),
        )
        for key, own in ranked
    ]


def _dash(value: float) -> str:
    return number_text(value) if value else "–"


LICENCE_HEADER = ("control", "status", "leg", "share of worth", "lines", "source")


def licence_rows(data: Data) -> list[tuple[str, ...]]:
    """Controls by the share of the bill under them."""
    rows = sorted(data["licences"], key=lambda row: -row["value"])
    return [
        (
            row["control"],
            row["status"],
            row["leg"],
            percent_text(row["value"]),
            f"{row['lines']:,}",
            f"{row['source'] or 'the case'} ({row['grade']})",
        )
        for row in rows
    ]


TRACE_HEADER = ("part", "good", "control", "leg", "share", "why")


def trace_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Why goods fall under controls, the dearest first."""
    return [
        (row["part"], row["good"], row["control"], row["leg"], percent_text(row["value"]), row["why"])
        for row in data["traces"][:most]
    ]


STOP_HEADER = (
    "case",
    "line",
    "odds",
    "middle",
    "nine in ten",
    "first part",
    "units lost",
    "revenue lost",
    "months late",
)


def stop_rows(data: Data) -> list[tuple[str, ...]]:
    """Lines under cases."""
    return [
        (
            row["case"],
            row["line"],
            percent_text(row["value"]),
            row["date"] or "no stop",
            f"{row['date_low'] or 'no stop'} to {row['date_high'] or 'no stop'}",
            row["first_part"] or "–",
            number_text(row["units_lost"]["mean"]),
            money_text(row["revenue_lost"]["mean"]),
            number_text(row["months_late"]["mean"]),
        )
        for row in data["stops"]
    ]


ACTION_HEADER = (
    "rank",
    "action",
    "cost, USD",
    "weeks of output kept",
    "USD a week",
    "first stop later, weeks",
    "saves, USD",
    "regret, USD",
    "by regret",
    "lead, weeks",
    "who must agree",
)


def action_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Actions by cost a week of security; those that add none come last, by regret."""
    return [
        (
            str(row["rank"]),
            row["what"],
            money_text(row["cost"]),
            number_text(row["weeks_of_security"]),
            "–" if row["cost_per_week"] is None else money_text(row["cost_per_week"]),
            number_text(row["first_stop_later_weeks"]),
            money_text(row["saved"]),
            money_text(row["regret"]),
            str(row["rank_by_regret"]),
            f"{row['lead_low']:g} to {row['lead_high']:g}",
            row["agree"] or "nobody",
        )
        for row in data["actions"][:most]
    ]


SHORT = ("rank", "action", "cost, USD", "saves, USD", "USD a week", "lead, weeks", "who must agree")


def short_action_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Actions with the columns that fit a terminal."""
    places = [ACTION_HEADER.index(name) for name in SHORT]
    return [tuple(row[place] for place in places) for row in action_rows(data, most)]


def plan_words(data: Data) -> Iterator[str]:
    """The best set of actions, its cost, and what is left of loss and odds."""
    plan = data["plan"]
    if plan is None or not data["stops"]:
        return
    limit = "no budget given" if plan["budget"] is None else f"a budget of {money_text(plan['budget'])} USD"
    if not plan["actions"]:
        yield f"With {limit}, no set of actions is worth its cost under these cases."
        return
    yield (
        f"With {limit}, the best set costs {money_text(plan['cost'])} USD: "
        + "; ".join(plan["actions"])
        + "."
    )
    nothing = next(row for row in data["actions"] if row["action"] == "nothing")
    before = {row["case"]: row["value"] for row in nothing["stop_by_case"]}
    losses = {row["case"]: row["value"] for row in nothing["loss_by_case"]}
    after = {row["case"]: row["value"] for row in plan["loss_by_case"]}
    for row in plan["stop_by_case"]:
        case = row["case"]
        yield (
            f"Under {case}: odds of a stop {percent_text(before[case])} without it, "
            f"{percent_text(row['value'])} with it; "
            f"margin lost {money_text(losses[case])} USD without, {money_text(after[case])} USD with it."
        )


ASSUMED_HEADER = ("of", "assumed", "grade")


def assumed_rows(data: Data) -> list[tuple[str, ...]]:
    """What had to be assumed, of goods and of lines."""
    goods = [(row["good"], row["assumed"], row["grade"]) for row in data["goods"] if row["assumed"]]
    parts = [
        (f"{row['line']}: {row['part']}", row["assumed"], "D") for row in data["parts"] if row["assumed"]
    ]
    flows = [
        (
            f"{row['line']}: {row['part']} under {row['case']}",
            f"deliveries as those of {row['deliveries']}",
            "D",
        )
        for row in data["parts"]
    ]
    makers = [
        (row["supplier"], f"makes in {row['region']} where the bill names no country: {row['plants']}", "D")
        for row in data["suppliers"]
        if row["region"]
    ]
    return [*goods, *makers, *dict.fromkeys(parts), *flows]


UNREAD_HEADER = ("text", "lines", "g in one of each product")


def unread_rows(data: Data) -> list[tuple[str, ...]]:
    """Texts in which no material could be read."""
    return [(row["material"], f"{row['lines']:,}", number_text(row["value"])) for row in data["unread"]]
