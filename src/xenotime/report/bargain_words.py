"""What a bargain document says, as sentences and rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xenotime.figures.style import money_text, number_text

Data = dict[str, Any]
ANYWHERE = "at any weights"
KINDS = {"exposure": "assumed part of exposure", "loss": "published loss", "run": "run"}


def amounts(values: dict[str, float]) -> str:
    """Payoffs of all players in one text."""
    return ", ".join(f"{player} {money_text(value)}" for player, value in values.items())


def region_words(rows: Sequence[Data]) -> str:
    """Where in political weights an equilibrium holds, as inequalities."""
    by: dict[str, list[str]] = {}
    for row in rows:
        by.setdefault(row["player"], []).append(_range(row))
    parts = [f"w({player}) {' or '.join(ranges)}" for player, ranges in by.items() if ranges != ["any"]]
    return "; ".join(parts) if parts else ANYWHERE


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
                ends_words(robust),
            )
        )
    return rows


def ends_words(found: Data | None) -> str:
    """At how many ends of all ranges something is an equilibrium."""
    return f"{found['holds']} of {found['of']}" if found else "–"


def over_ends_rows(data: Data) -> list[tuple[str, ...]]:
    """Combinations that are equilibria at some ends of the ranges, at the game's weights."""
    return [(" / ".join(row["moves"]), ends_words(row)) for row in data["over_ends"]]


def answer_words(data: Data) -> Iterator[str]:
    """What holds, at which weights, and how sure that is."""
    for row in data["equilibria"]:
        if row["kind"] == "mixed":
            continue
        played = " / ".join(row["moves"])
        text = f"{played} is an equilibrium at the weights assumed, and {_where(row['region'])}"
        if row["robust"]:
            text += f"; it stays one at {ends_words(row['robust'])} ends of the ranges of what moves cost"
        yield f"{text}."
    if data["game"]["kind"] == "simultaneous" and not any(r["kind"] == "pure" for r in data["equilibria"]):
        yield "No combination of moves is an equilibrium at the weights assumed."
    stable = [row for row in data["coalitions"] if row["stable"]]
    if data["coalitions"]:
        told = "; ".join(", ".join(row["members"]) or "nobody" for row in stable) or "none"
        yield f"Coalitions that nobody would leave or join: {told}."


def _where(region: Sequence[Data]) -> str:
    words = region_words(region)
    return words if words == ANYWHERE else f"wherever {words}"


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


CLAUSE_HEADER = ("clause", "what it does", "worth", "the deal then", "needs discount factors of", "assumed")


def clause_rows(data: Data) -> list[tuple[str, ...]]:
    """What each clause is worth to each side."""
    return [
        (
            *(row["clause"], row["what"], amounts(row["worth"]), kept_words(row)),
            *(patience_words(row), row["assumed"]),
        )
        for row in data["clauses"]
    ]


def patience_words(row: Data) -> str:
    """Least discount factors a month at which a deal is kept, player by player."""
    return ", ".join(
        f"{player} {'none is enough' if least is None else number_text(least)}"
        for player, least in row["least_discount"].items()
    )


CLUB_HEADER = (
    "members",
    "payoffs",
    "would leave",
    "would join",
    "gain by leaving",
    "gains can be shared",
    "stable",
    "holds where",
)


def club_rows(data: Data) -> list[tuple[str, ...]]:
    """Every coalition with who would leave or join."""
    return [
        (
            ", ".join(row["members"]) or "nobody",
            amounts(row["payoffs"]),
            _who(row, "leaves"),
            _who(row, "joins"),
            amounts(row["free_riding"]) or "–",
            "yes" if row["can_be_shared"] else "no",
            "yes" if row["stable"] else "no",
            region_words(row["region"]),
        )
        for row in data["coalitions"]
    ]


def _who(row: Data, what: str) -> str:
    close = set(row["too_close"])
    return ", ".join(f"{name}{' (too close)' if name in close else ''}" for name in row[what]) or "nobody"


PLAYER_HEADER = ("player", "a visible win is worth", "from", "to", "discount factor a month", "assumed")


def player_rows(data: Data) -> list[tuple[str, ...]]:
    """Who plays and what is assumed of them."""

    def end(value: float | None) -> str:
        return "–" if value is None else money_text(value)

    return [
        (
            row["player"],
            money_text(row["weight"]),
            end(row["weight_low"]),
            end(row["weight_high"]),
            number_text(row["discount"]),
            row["assumed"],
        )
        for row in data["players"]
    ]


MOVE_HEADER = ("player", "move", "what it does", "assumed")


def move_rows(data: Data) -> list[tuple[str, ...]]:
    """Moves with the levers and the control they are."""
    return [
        (
            row["player"],
            row["move"],
            ", ".join([*row["levers"], *([row["control"]] if row["control"] else [])]) or "nothing",
            row["assumed"],
        )
        for row in data["moves"]
    ]


WIN_HEADER = ("when", "wins seen at home", "assumed")


def win_rows(data: Data) -> list[tuple[str, ...]]:
    """Which combinations are visible wins, and for whom."""
    players = [row["player"] for row in data["players"]]
    return [
        (
            " / ".join(row["moves"]),
            ", ".join(f"{p} {v:+g}" for p, v in zip(players, row["values"], strict=True) if v),
            row["assumed"],
        )
        for row in data["wins"]
    ]


def other_words(data: Data) -> Iterator[str]:
    """Alternating offers and the core, where the game asks for them."""
    offers, core = data["offers"], data["core"]
    if offers is not None:
        when = "they go separate ways" if offers["round"] is None else f"agreed in round {offers['round']}"
        why = "an outside option decides" if offers["outside_option_decides"] else "no outside option decides"
        yield (
            f"Alternating offers over {money_text(offers['pie'])} {offers['unit']}: {when}, "
            f"{amounts(offers['shares'])} ({why})."
        )
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
            KINDS.get(row["kind"], row["kind"]),
            row["source"],
        )
        for row in data["costs"]
    ]
