"""What a leverage document says in sentences: who holds the stronger hand, by how much, until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.figures.style import money_text, number_text, percent_text

Data = dict[str, Any]
FACTS_TOLD = 3


def names(data: Data, side: str) -> str:
    """A side in words."""
    return " and ".join(data[side])


def stronger_words(data: Data) -> str:
    """Who holds the stronger hand now, by how much and until when."""
    rows = [
        row for row in data["hands"] if row["start_after"] == min(r["start_after"] for r in data["hands"])
    ]
    row = max(rows, key=lambda found: found["duration"])
    if row["stronger"] == "neither":
        return "Neither side loses anything by the control."
    side, other = ("by", "on") if row["stronger"] == "by" else ("on", "by")
    text = (
        f"{names(data, side)} holds the stronger hand: over {row['duration']} months {names(data, other)} "
        f"loses {money_text(row['gap'])} USD more"
    )
    if row["ratio"] is not None:
        text += f", {number_text(row['ratio'])} times as much"
    if row["low"] is not None:
        text += f" (nine in ten draws: {money_text(row['low'])} to {money_text(row['high'])})"
    if row["until"] is None:
        return f"{text}. That does not turn within what was rolled."
    return f"{text}. From month {row['until']} on, each further month costs the stronger side more."


def half_life_words(data: Data) -> Iterator[str]:
    """Both half-lives of the loss, with their bands."""
    for row in data["half_life"]:
        if row["measure"] != "loss":
            continue
        about = (
            f"Leverage of {row['duration']} months halves as the control comes later"
            if row["basis"] == "starts"
            else "While the control lasts, the gap of a month halves after its largest"
        )
        yield f"{about}: {life_words(row)}."


def life_words(row: Data) -> str:
    """A half-life with how it is known and its band."""
    if row["months"] is None:
        fall = f"from {money_text(row['first'])} to {money_text(row['last'])} USD"
        text = f"not within what was rolled ({fall})"
    elif row["how"] == "fitted":
        text = f"{number_text(row['months'])} months, by the rate seen and beyond what was rolled"
    else:
        text = f"{number_text(row['months'])} months"
    if row["low"] is not None:
        text += f" (nine in ten draws: {number_text(row['low'])} to {number_text(row['high'])})"
    if row["draws_without_one"]:
        text += f"; in {row['draws_without_one']} of {row['draws']} draws it does not halve"
    return text


def fact_words(data: Data) -> Iterator[str]:
    """The facts that would change the answer most."""
    for row in data["facts"][:FACTS_TOLD]:
        yield (
            f"{row['number']}: {percent_text(row['share'])} of the variance; now "
            f"{number_text(row['low'])} to {number_text(row['high'])} {row['unit']} (grade {row['grade']})"
        )


def driver_rows(data: Data) -> list[tuple[str, ...]]:
    """Rows of driver, what is switched off, leverage at both ends, and both half-lives."""
    return [
        (
            row["driver"],
            row["without"],
            money_text(row["first"]),
            money_text(row["last"]),
            _life(row["starts_months"], row["starts_how"]),
            _life(row["within_months"], row["within_how"]),
        )
        for row in data["drivers"]
    ]


DRIVER_HEADER = (
    "switched off",
    "what that means",
    "leverage now",
    "at the last start",
    "half-life",
    "within",
)


def _life(months: float | None, how: str) -> str:
    if months is None:
        return "does not halve"
    return f"{number_text(months)}{' (fitted)' if how == 'fitted' else ''}"


def published_rows(data: Data, kind: str) -> list[tuple[str, ...]]:
    """Published figures of one kind beside ours."""
    found: list[tuple[str, ...]] = []
    for row in data["published"]:
        if row["kind"] == kind:
            stated = (
                f"{row['stated']:g} {row['stated_unit']}"
                if row["value"] is None
                else money_text(row["value"])
            )
            about = f"{percent_text(row['cut'])} of {row['goods'] or 'everything'}, {row['months']} months"
            found.append(
                (
                    row["study"],
                    row["region"],
                    about if row["cut"] is not None else "",
                    stated,
                    "–" if row["ours"] is None else money_text(row["ours"]),
                    "–" if row["ratio"] is None else number_text(row["ratio"]),
                    row["method"],
                    row["grade"],
                )
            )
    return found


PUBLISHED_HEADER = (
    "study",
    "of",
    "dials",
    "published, USD",
    "ours, USD",
    "ours / theirs",
    "how theirs is made",
    "grade",
)


def surface_rows(data: Data, side: str, measure: str, durations: tuple[int, ...]) -> list[tuple[str, ...]]:
    """One line for each start with the loss at a few durations, with its band where there is one."""
    rows = [row for row in data["surface"] if row["side"] == side and row["measure"] == measure]
    lines: list[tuple[str, ...]] = []
    for start in sorted({row["start_after"] for row in rows}):
        by = {row["duration"]: row for row in rows if row["start_after"] == start}
        label = f"in {start} months" if start else "now"
        lines.append((label, *(_cell(by[d]) for d in durations if d in by)))
    return lines


def _cell(row: Data) -> str:
    text = money_text(row["value"])
    return text if row["low"] is None else f"{text} ({money_text(row['low'])} to {money_text(row['high'])})"


def shown_durations(data: Data) -> tuple[int, ...]:
    """Durations worth a column."""
    most = data["control"]["months"]
    return tuple(d for d in dict.fromkeys((1, 3, 6, 12, 18, most)) if d <= most)
