"""What a bargain document says, as sentences and rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xenotime.figures.style import money_text, number_text

Data = dict[str, Any]


def amounts(values: dict[str, float]) -> str:
    """Payoffs of all players in one text."""
    return ", ".join(f"{player} {money_text(value)}" for player, value in values.items())


def region_words(rows: Sequence[Data]) -> str:
    """Where in political weights an equilibrium holds, as inequalities."""
    by: dict[str, list[str]] = {}
    for row in rows:
        by.setdefault(row["player"], []).append(_range(row))
    parts = [f"w({player}) {' or '.join(ranges)}" for player, ranges in by.items() if ranges != ["any"]]
    return "; ".join(parts) if parts else "at any weights"


def _range(row: Data) -> str:
    low, high = row["weight_from"], row["weight_to"]
    if row.get("nowhere"):
        return "nowhere"
    if low is None and high is None:
        return "any"
    if low is None:
        return f"<= {money_text(high)}"
    if high is None:
        return f">= {money_text(low)}"
    return f"in {money_text(low)} to {money_text(high)}"


EQUILIBRIUM_HEADER = ("kind", "what is played", "payoffs", "holds where", "over ends of ranges")


def equilibrium_rows(data: Data) -> list[tuple[str, ...]]:
    """Equilibria with the weights at which they hold."""
    rows: list[tuple[str, ...]] = []
    for row in data["equilibria"]:
        played = " / ".join(row["moves"]) or "; ".join(
            f"{mix['player']} {mix['move']} {number_text(mix['chance'])}" for mix in row["mixtures"]
        )
        robust = row["robust"]
        rows.append(
            (
                row["kind"],
                played,
                amounts(row["payoffs"]),
                region_words(row["region"]),
                f"{robust['holds']} of {robust['of']}" if robust else "–",
            )
        )
    return rows


def elsewhere_rows(data: Data) -> list[tuple[str, ...]]:
    """Combinations that would be equilibria at other weights."""
    return [(" / ".join(row["moves"]), region_words(row["region"])) for row in data["elsewhere"]]


POINT_HEADER = ("point", "payoffs", "reached by")


def point_rows(data: Data) -> list[tuple[str, ...]]:
    """Disagreement, ideal and points of agreement."""
    return [
        (
            row["point"],
            amounts(row["payoffs"]),
            "; ".join(f"{' / '.join(mix['moves'])} {number_text(mix['part'])}" for mix in row["mixture"])
            or "–",
        )
        for row in data["points"]
    ]


def kept_words(row: Data) -> str:
    """Whether a deal keeps itself."""
    if row["keeps_itself"]:
        return "keeps itself"
    month = row["until_month"]
    if month == 1:
        return f"does not keep itself: {row['reneges']} gains by reneging from the first month"
    return f"keeps itself until month {month}, when {row['reneges']} gains by reneging"


def deal_words(data: Data) -> Iterator[str]:
    """The deal, its worth, and the patience it needs."""
    deal = data["deal"]
    if deal is None:
        return
    yield (
        f"The deal {' / '.join(deal['moves'])} instead of {' / '.join(deal['otherwise'])} is worth "
        f"{amounts(deal['worth'])} over {deal['horizon']} months, and {kept_words(deal)}."
    )
    for player, least in deal["least_discount"].items():
        yield (
            f"{player} keeps it at no discount factor."
            if least is None
            else f"{player} keeps it at a discount factor of {number_text(least)} a month or more."
        )


CLAUSE_HEADER = ("clause", "what it does", "worth", "the deal then")


def clause_rows(data: Data) -> list[tuple[str, ...]]:
    """What each clause is worth to each side."""
    return [(row["clause"], row["what"], amounts(row["worth"]), kept_words(row)) for row in data["clauses"]]


CLUB_HEADER = ("members", "payoffs", "would leave", "would join", "gains can be shared", "stable")


def club_rows(data: Data) -> list[tuple[str, ...]]:
    """Every coalition with who would leave or join."""
    return [
        (
            ", ".join(row["members"]) or "nobody",
            amounts(row["payoffs"]),
            ", ".join(row["leaves"]) or "nobody",
            ", ".join(row["joins"]) or "nobody",
            "yes" if row["can_be_shared"] else "no",
            "yes" if row["stable"] else "no",
        )
        for row in data["coalitions"]
    ]


def other_words(data: Data) -> Iterator[str]:
    """Alternating offers and the core, where the game asks for them."""
    offers, core = data["offers"], data["core"]
    if offers is not None:
        when = "they go separate ways" if offers["round"] is None else f"agreed in round {offers['round']}"
        why = " (an outside option decides)" if offers["outside_option_decides"] else ""
        yield f"Alternating offers: {when}, {amounts(offers['shares'])}{why}."
    if core is not None:
        yield (
            f"The core is empty: some group could still gain {money_text(core['excess'])} more."
            if core["empty"]
            else f"The core is not empty; one division in it: {amounts(core['shares'])}."
        )


COST_HEADER = ("move", "by", "what", "borne by", "a month", "low", "high", "kind", "source")


def cost_rows(data: Data) -> list[tuple[str, ...]]:
    """What moves cost whom, and where the figure comes from."""
    return [
        (
            row["move"],
            row["player"],
            row["cause"],
            row["borne_by"],
            money_text(row["value"]),
            money_text(row["low"]),
            money_text(row["high"]),
            row["kind"],
            row["source"],
        )
        for row in data["costs"]
    ]
