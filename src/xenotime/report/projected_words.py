"""What a project document says in sentences and rows: its worth, what kills it, what it does to others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.figures.style import money_text, percent_text

Data = dict[str, Any]
MOST = 12
OF = {"value": "its value", "debt": "its debt"}


def opening_words(data: Data) -> Iterator[str]:
    """Value and odds as planned, and the nearest killer, case by case."""
    for plan in data["plan"]:
        case = plan["case"]
        rows = [row for row in data["values"] if row["case"] == case]
        whole = rows[0]
        late = plan["slip_months"]
        yield (
            f"Under {case}: worth {money_text(whole['value'])} USD of {plan['today']} on the mean (nine in "
            f"ten draws from {money_text(whole['low'])} to {money_text(whole['high'])}), more than nothing "
            f"in {percent_text(whole['odds_positive'])} of draws; first output planned for {plan['start']}, "
            f"{late:.0f} months later in the middle."
        )
        if whole["odds_debt_covered"] is not None:
            yield (
                f"Every payment of its debt is made in {percent_text(whole['odds_debt_covered'])} of draws; "
                f"banks lend {money_text(whole['lent'])} USD."
            )
        none = next((row for row in rows if row["supports"] == "none"), None)
        if none is not None:
            yield (
                f"Without any support it is worth {money_text(none['value'])} USD"
                + (
                    f" and covers its debt in {percent_text(none['odds_debt_covered'])} of draws."
                    if none["odds_debt_covered"] is not None
                    else "."
                )
            )
        for row in data["killers"]:
            if row["case"] == case and row["value"] is not None:
                yield killer_words(row)


YEAR_HEADER = (
    "case",
    "year from",
    "cash before payments, USD",
    "payments, USD",
    "cover",
    "flow before banks, USD",
)


def year_rows(data: Data) -> list[tuple[str, ...]]:
    """Years with their cash and what is due."""
    return [
        (
            row["case"],
            row["from"],
            _near_nothing(row["cash"]),
            _near_nothing(row["payments"]),
            f"{row['cash'] / row['payments']:.2f}" if row["payments"] > 0 else "–",
            _near_nothing(row["value"]),
        )
        for row in data["years"]
    ]


def killer_words(row: Data) -> str:
    """One killer in a sentence."""
    what, of = row["what"], OF[row["of"]]
    if row["unit"] == "switched off":
        return f"Switching off {what} kills {of}."
    if row["unit"] == "months":
        return f"A delay of {row['value']:.0f} months kills {of}."
    name = {"price": "Prices of what it makes", "capex": "Cost of building", "cost": "Own cost"}[what]
    verb = "kills" if row["alive_as_planned"] else "would bring to life"
    return f"{name} at {percent_text(row['value'])} of those taken {verb} {of}."


VALUE_HEADER = (
    "case",
    "supports",
    "value, USD",
    "5 %",
    "95 %",
    "odds above nothing",
    "odds debt covered",
    "least cover",
    "loses, USD",
)


def value_rows(data: Data) -> list[tuple[str, ...]]:
    """Variants of the project."""
    return [
        (
            row["case"],
            row["supports"],
            money_text(row["value"]),
            money_text(row["low"]),
            money_text(row["high"]),
            percent_text(row["odds_positive"]),
            "–" if row["odds_debt_covered"] is None else percent_text(row["odds_debt_covered"]),
            "–" if row["cover_ratio"] is None else f"{row['cover_ratio']:.2f}",
            money_text(row["loses"]) if row["loses"] else "–",
        )
        for row in data["values"]
    ]


KILLER_HEADER = (
    "case",
    "what",
    "of",
    "changes at",
    "unit",
    "alive as planned",
    "mean value there, USD",
    "only",
)


def killer_rows(data: Data) -> list[tuple[str, ...]]:
    """Killers; a dash is that nothing tried does it."""
    return [
        (
            row["case"],
            row["what"],
            row["of"],
            _at(row),
            row["unit"],
            "yes" if row["alive_as_planned"] else "no",
            _near_nothing(row["mean_value"]),
            "yes" if row["only"] else "first found",
        )
        for row in data["killers"]
    ]


def _near_nothing(value: float) -> str:
    return "0" if abs(value) < 1 else money_text(value)


def _at(row: Data) -> str:
    if row["value"] is None:
        return "–"
    if row["unit"] == "switched off":
        return "yes"
    return f"{row['value']:.0f}" if row["unit"] == "months" else f"{row['value']:.2f}"


EFFECT_HEADER = ("case", "opened", "good", "region", "change", "furthest", "in", "without it, USD")


def effect_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Prices of others, the furthest first within each case."""
    shown = []
    for case in dict.fromkeys(row["case"] for row in data["effects"]):
        own = [row for row in data["effects"] if row["case"] == case]
        shown += own[:most]
    return [
        (
            row["case"],
            row["opened"],
            row["material"],
            row["region"],
            f"{100 * row['value']:+.1f} %",
            f"{100 * row['furthest']:+.1f} %",
            row["furthest_month"],
            money_text(row["without"]),
        )
        for row in shown
    ]


SUPPORT_HEADER = (
    "case",
    "support",
    "kind",
    "sponsor",
    "amount",
    "unit",
    "from",
    "until",
    "source",
    "assumed",
)


def support_rows(data: Data) -> list[tuple[str, ...]]:
    """Who promises what."""
    return [
        (
            row["case"],
            row["name"],
            row["kind"],
            row["sponsor"] or "–",
            money_text(row["value"]),
            row["unit"],
            row["start"] or "–",
            row["until"] or "–",
            row["source"] or "–",
            row["assumed"] or "–",
        )
        for row in data["supports"]
    ]


PAYMENT_HEADER = (
    "quarter",
    "paid, USD",
    "terms on tonnes sold",
    "off by",
    "terms on tonnes made",
    "index on record, USD/t",
    "index that fits",
    "grade",
    "source",
)


def payment_rows(data: Data) -> list[tuple[str, ...]]:
    """Published payments under the floor, held against its terms."""
    return [
        (
            row["quarter"],
            money_text(row["paid"]),
            money_text(row["by_sales"]),
            f"{100 * (row['by_sales'] / row['paid'] - 1):+.0f} %",
            money_text(row["by_output"]),
            f"{row['index']:,.0f} ({row['index_period']})",
            f"{row['implied_index']:,.0f}",
            row["grade"],
            row["source"],
        )
        for row in data["payments"]
    ]


NUMBER_HEADER = ("number", "value", "range", "unit", "grade", "source", "why")


def number_rows(data: Data) -> list[tuple[str, ...]]:
    """Numbers of the project and where each comes from."""
    return [
        (
            row["name"],
            f"{row['value']:,.6g}",
            "–" if row["low"] == row["high"] else f"{row['low']:,.6g} to {row['high']:,.6g}",
            row["unit"],
            row["grade"] or "–",
            row["source"],
            row["note"] or "–",
        )
        for row in data["numbers"]
    ]
