"""What a plan document says in sentences and rows: the best package, who gains, what partners add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.figures.style import money_text, percent_text

Data = dict[str, Any]
MOST = 12


def opening_words(data: Data) -> Iterator[str]:
    """The answer in a few sentences, each with its range."""
    nothing = _of(data, "nothing")
    best = _of(data, data["best"])
    yield (
        f"Doing nothing, {_side(data)} loses {money_text(nothing['value'])} USD over {data['months']} "
        "months on "
        f"the mean of {len(data['cases'])} cases by their odds and {len(data['variants'])} variants "
        f"(nine in ten draws from {money_text(nothing['low'])} to {money_text(nothing['high'])}); in "
        "the worst "
        f"tenth {money_text(nothing['tail'])}."
    )
    if nothing["value"] < 0:
        yield (
            "A loss below zero is a gain: within these months what its traders and makers hold rises by more "
            "than its users lose."
        )
    if best["package"] == "nothing":
        yield (
            f"No package within {money_text(data['budget'])} USD of {data['sponsor']} saves anything "
            "the runs "
            "can tell from nothing."
        )
        return
    yield (
        f"For {money_text(data['budget'])} USD the best package run is {best['package']}: it leaves "
        f"{money_text(best['value'])} USD ({money_text(best['low'])} to {money_text(best['high'])}), "
        "so it saves "
        f"{money_text(best['saving'])} give or take {_error(best['saving_error'])}, "
        + ("more than sampling could make." if best["sure"] else "which sampling alone could make.")
    )
    yield f"{data['sponsor']} must be able to lay out {money_text(best['outlay'])} USD. {_cost_words(best)}"
    yield from _sooner(best, nothing)
    yield from _regret_words(data, best)
    for row in data["partners"]:
        yield partner_words(row, data)


def _cost_words(best: Data) -> str:
    """What is gone for good, or what came back on top, over cases and variants."""
    low, high = best["cost_low"], best["cost_high"]
    if best["cost"] >= 0:
        return (
            f"By the end it has cost {money_text(best['cost'])} ({money_text(low)} to "
            f"{money_text(high)} over cases "
            "and variants), stock at its worth without the control."
        )
    return (
        f"By the end it has got back {money_text(-best['cost'])} more than it paid (from "
        f"{money_text(-high)} to "
        f"{money_text(-low)} over cases and variants): what is released is sold to its own users at "
        "prices of "
        "shortage, which are assumed (grade D). That is no gain of the country, and is not in what is saved."
    )


def _of(data: Data, package: str) -> Data:
    return next(row for row in data["packages"] if row["package"] == package)


def _side(data: Data) -> str:
    return ", ".join(data["regions"])


def _sooner(best: Data, nothing: Data) -> Iterator[str]:
    if best["first_effect"]:
        yield (
            f"It tells from {best['first_effect']}; {percent_text(best['served'])} of normal use "
            "is served "
            f"on the mean of the months instead of {percent_text(nothing['served'])}, and stores last "
            f"{best['cover']:.1f} months at the end instead of {nothing['cover']:.1f}."
        )
    if best["agree"]:
        yield f"Besides the sponsor, {', '.join(best['agree'])} must agree."


def _regret_words(data: Data, best: Data) -> Iterator[str]:
    if data["minimax"] == data["best"]:
        yield (
            f"It is also the one of least regret: at most {money_text(best['regret'])} USD worse than "
            "the best in "
            "any case under any variant."
        )
    else:
        other = _of(data, data["minimax"])
        yield (
            f"Least regret has {other['package']}: at most {money_text(other['regret'])} USD worse "
            "than the best "
            f"in any case under any variant, against {money_text(best['regret'])} for the package above."
        )


def partner_words(row: Data, data: Data) -> str:
    """What one partner adds."""
    if row["value"] is None:
        return f"{row['partner']} shares none of the levers of the package and so adds nothing to it."
    return (
        f"With {row['partner']} joining, adding {money_text(row['partner_outlay'])} USD and bearing "
        "what that "
        f"costs, {_side(data)} {_gain(row['value'], row['low'], row['high'])} and {row['partner']} "
        f"{_gain(row['partner_gain'], row['partner_low'], row['partner_high'])}."
    )


def _gain(value: float, low: float, high: float) -> str:
    """Gains so much, or loses so much."""
    verb = "gains" if value >= 0 else "loses"
    ends = sorted((low, high), key=lambda end: end * (1 if value >= 0 else -1))
    first, last = (end if value >= 0 else -end for end in ends)
    return f"{verb} {money_text(abs(value))} USD ({money_text(first)} to {money_text(last)})"


FRONTIER_HEADER = (
    "package",
    "outlay, USD",
    "cost, USD",
    "loss left, USD",
    "5 %",
    "95 %",
    "worst tenth, USD",
    "saves, USD",
    "give or take",
    "sure",
    "served",
    "cover, months",
    "acts from",
    "largest regret, USD",
)


def package_rows(rows: list[Data]) -> list[tuple[str, ...]]:
    """Packages with what they cost and leave."""
    return [
        (
            _ranked(row),
            money_text(row["outlay"]),
            money_text(row["cost"]),
            money_text(row["value"]),
            money_text(row["low"]),
            money_text(row["high"]),
            money_text(row["tail"]),
            money_text(row["saving"]) if row["saving"] else "–",
            _error(row["saving_error"]),
            "yes" if row["sure"] else "no",
            percent_text(row["served"]),
            f"{row['cover']:.2f}",
            row["first_effect"] or "–",
            money_text(row["regret"]) if row["regret"] is not None else "above budget",
        )
        for row in rows
    ]


def _ranked(row: Data) -> str:
    return f"{row['rank']}: {row['package']}" if row["rank"] is not None else str(row["package"])


def _error(error: float) -> str:
    """Twice a standard error; one below a dollar is none."""
    return money_text(2 * error) if 2 * error >= 1 else "0"


SHORT = (0, 1, 3, 6, 7, 8, 9, 12, 13)  # columns a terminal has room for
SHORT_HEADER = tuple(FRONTIER_HEADER[place] for place in SHORT)


def short_rows(rows: list[Data]) -> list[tuple[str, ...]]:
    """The same in fewer columns."""
    return [tuple(row[place] for place in SHORT) for row in package_rows(rows)]


LEVER_HEADER = ("lever and size", "saves alone, USD", "give or take", "outlay, USD", "acts from", "verdict")


def lever_rows(data: Data) -> list[tuple[str, ...]]:
    """Every offer alone, in the quick scenes."""
    return [
        (
            row["offer"],
            "no answer" if row["value"] is None else money_text(row["value"]),
            "–" if row["error"] is None else _error(row["error"]),
            "–" if row["outlay"] is None else money_text(row["outlay"]),
            row["first_effect"] or "not within the run",
            "changes nothing" if row["idle"] else "helps" if row["sure"] else "not told from nothing",
        )
        for row in data["levers"]
    ]


REGRET_HEADER = ("package", "case", "variant", "loss left, USD", "regret, USD")


def regret_rows(data: Data) -> list[tuple[str, ...]]:
    """Loss and regret by case and variant."""
    return [
        (
            _ranked(row),
            row["case"],
            row["variant"],
            money_text(row["loss"]),
            money_text(row["value"]) if row["value"] else "–",
        )
        for row in data["regret"]
    ]


PARTY_HEADER = ("party", "gains, USD", "least", "most")


def party_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Who gains by the best package and who loses."""
    return [
        (row["party"], money_text(row["value"]), money_text(row["low"]), money_text(row["high"]))
        for row in data["parties"][:most]
    ]


BILL_HEADER = ("lever", "payer", "recipient", "what", "USD")


def bill_rows(data: Data, most: int = MOST) -> list[tuple[str, ...]]:
    """Who pays whom."""
    return [
        (row["lever"], row["payer"], row["recipient"], row["what"], money_text(row["value"]))
        for row in data["bills"][:most]
    ]


DEPENDENCE_HEADER = ("package", "stage", "month", "made where the control comes from", "least", "most")


def dependence_rows(data: Data) -> list[tuple[str, ...]]:
    """Dependence by stage."""
    return [
        (
            row["package"],
            row["stage"].replace("_", " "),
            row["month"],
            percent_text(row["value"]),
            percent_text(row["low"]),
            percent_text(row["high"]),
        )
        for row in data["dependence"]
    ]


MENU_HEADER = (
    "lever",
    "what",
    "kind",
    "good or plant",
    "sizes",
    "must agree",
    "not with",
    "source",
    "assumed",
)


def menu_rows(data: Data) -> list[tuple[str, ...]]:
    """What was on offer and on whose word."""
    return [
        (
            row["lever"],
            row["title"],
            row["kind"].replace("_", " "),
            row["goods"] or "–",
            ", ".join(f"{size:g}" for size in row["sizes"]),
            ", ".join(row["agree"]) or "–",
            ", ".join(row["excludes"]) or "–",
            row["source"] or "–",
            row["assumed"] or "–",
        )
        for row in data["menu"]
    ]
