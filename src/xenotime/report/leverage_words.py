"""What a leverage document says in sentences: who holds the stronger hand, by how much, until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.figures.style import money_text, number_text, percent_text
from xenotime.talks.leverage.surface import shown

Data = dict[str, Any]
FACTS_TOLD = 3
FULL_BAN = "full-ban"
FINE = 5e-3  # of a value: a narrower band would print the same number twice
SIZES = ((1e9, "billion"), (1e6, "million"))
MANY_TIMES = 100.0  # beyond it a ratio to a loss near nothing says no more than that


def names(data: Data, side: str) -> str:
    """A side in words, as one."""
    return " + ".join(data[side])


def control_words(data: Data) -> str:
    """Which control it is, from when."""
    control = data["control"]
    if control["case"] == FULL_BAN:
        return f"{control['instrument']} from {control['start']}, goods go {control['goods_go_to']}"
    return f"{control['instrument']} of {control['case']}, from {control['start']}"


def stronger_words(data: Data) -> str:
    """Who holds the stronger hand now, by how much and until when."""
    now = min(row["start_after"] for row in data["hands"])
    row = max((r for r in data["hands"] if r["start_after"] == now), key=lambda found: found["duration"])
    if row["stronger"] == "neither":
        return "Neither side loses anything by the control."
    side, other = ("by", "on") if row["stronger"] == "by" else ("on", "by")
    text = (
        f"{names(data, side)} holds the stronger hand: over {row['duration']} months {names(data, other)} "
        f"loses {money_text(row['gap'])} USD more"
    )
    own = row[f"loss_{side}"]
    if own < 0:
        text += f", and {names(data, side)} gains {money_text(-own)}"
    elif row["ratio"] is not None:
        many = row["ratio"] >= MANY_TIMES
        text += (
            ", more than a hundred times as much" if many else f", {number_text(row['ratio'])} times as much"
        )
    if row["low"] is not None:
        text += f" (nine in ten draws: {money_text(row['low'])} to {money_text(row['high'])}"
        text += f"; {percent_text(row['draws_that_agree'])} of draws agree who it is)"
    if row["until"] is None:
        return f"{text}. That does not turn within what was rolled."
    return f"{text}. From month {row['until']} on, each further month costs the stronger side more."


def half_life_words(data: Data) -> Iterator[str]:
    """Both half-lives of the loss, with their bands."""
    for row in data["half_life"]:
        if row["measure"] != "loss":
            continue
        if row["basis"] == "starts":
            yield (
                f"Half-life of leverage of {row['duration']} months as the control comes later: "
                f"{life_words(row)}."
            )
        elif row["peak"] == row["duration"] > 1:
            yield (
                f"While the control lasts the gap of a month still grows at the end of what was rolled "
                f"({money_text(row['first'])} USD in month {row['peak']}): no half-life can be told yet."
            )
        else:
            yield (
                f"While the control lasts the gap of a month is largest in month {row['peak']}; its "
                f"half-life from then on: {life_words(row)}."
            )


def life_words(row: Data) -> str:
    """A half-life with how it is known and its band."""
    fall = f"from {money_text(row['first'])} to {money_text(row['last'])} USD over what was rolled"
    if row["months"] is None:
        text = f"none ({fall})"
    elif row["how"] == "fitted":
        text = f"{number_text(row['months'])} months, by the rate seen ({fall})"
    else:
        text = f"{number_text(row['months'])} months"
    if row["low"] is not None:
        text += f"; nine in ten draws: {number_text(row['low'])} to {number_text(row['high'])} months"
    if row["draws_without_one"]:
        text += f"; in {row['draws_without_one']} of {row['draws']} draws it does not halve"
    return text


def band_words(data: Data) -> str:
    """What the bands are over."""
    found = data["draws"]
    return f"Bands: {found['answered']} draws over {found['over']}." if found["answered"] else ""


NOT_IN_IT = (
    "Not in it: jobs and plants that stand still (they are taken to find other use at once), what the other "
    "side answers (see `xenotime bargain`), buyers who stay away afterwards, and industries further down "
    "than the makers, which input-output studies add."
)


def _lost(amount: float) -> str:
    return f"loses {money_text(amount)}" if amount >= 0 else f"gains {money_text(-amount)}"


def end_words(data: Data, row: Data) -> str:
    """An end that was rolled, beside what the path books for it."""
    return (
        f"An end after {row['duration']} months, rolled {row['months_after']} further: "
        f"{names(data, row['side'])} {_lost(row['rolled'])} USD; by the path it {_lost(row['path'])}."
    )


def fact_words(data: Data) -> Iterator[str]:
    """The facts that would change the answer most."""
    for row in data["facts"][:FACTS_TOLD]:
        yield (
            f"{row['number']}: {percent_text(row['share'])} of the variance; now "
            f"{number_text(row['low'])} to {number_text(row['high'])} {row['unit']} (grade {row['grade']})"
        )


def driver_rows(data: Data) -> list[tuple[str, ...]]:
    """Rows of driver, what is switched off, leverage at both ends, and both half-lives; as it is first."""
    lives = {row["basis"]: row for row in data["half_life"] if row["measure"] == "loss"}
    whole = lives.get("starts", lives["within"])
    gaps = driver_ends(data)["nothing"]
    rows: list[tuple[str, ...]] = [
        (
            "nothing",
            "stocks, substitution and projects as they are",
            money_text(gaps[0]),
            money_text(gaps[1]),
            _life(whole["months"], whole["how"]),
            _life(lives["within"]["months"], lives["within"]["how"]),
        )
    ]
    for row in data["drivers"]:
        rows.append(
            (
                row["driver"],
                row["without"],
                money_text(row["first"]),
                money_text(row["last"]),
                _life(row["starts_months"], row["starts_how"]),
                _life(row["within_months"], row["within_how"]),
            )
        )
    return rows


def driver_words(data: Data) -> str:
    """Which mechanism takes most off the fall of leverage when it is switched off."""
    if not data["drivers"] or len(data["control"]["starts"]) < 2:
        return ""
    rows = driver_ends(data)
    fall = rows["nothing"][0] - rows["nothing"][1]
    if fall <= 0:
        return "Leverage does not fall from the first start to the last: nothing makes it shrink."
    shares = {name: 1 - (first - last) / fall for name, (first, last) in rows.items() if name != "nothing"}
    told = ", ".join(
        f"{name} {signed_percent(share)}" for name, share in sorted(shares.items(), key=lambda item: -item[1])
    )
    return (
        f"Of its fall of {money_text(fall)} USD from the first start to the last, what goes when a "
        f"mechanism is switched off: {told} (below zero: it would fall more without; they need not add up)."
    )


def driver_ends(data: Data) -> dict[str, tuple[float, float]]:
    """Leverage of the longest duration at the first and the last start, as it is and without each driver."""
    ends = []
    for at in (data["control"]["starts"][0], data["control"]["starts"][-1]):
        mine = [row for row in data["hands"] if row["start_after"] == at]
        row = max(mine, key=lambda found: found["duration"])
        ends.append(row["loss_on"] - row["loss_by"])
    found = {"nothing": (ends[0], ends[1])}
    return found | {row["driver"]: (row["first"], row["last"]) for row in data["drivers"]}


def signed_percent(share: float) -> str:
    """A share that may be below zero, as per cent."""
    return f"{'−' if share < 0 else ''}{percent_text(abs(share))}"


DRIVER_HEADER = (
    "switched off",
    "what that means",
    "leverage now",
    "at the last start",
    "half-life over starts",
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
            found.append(
                (
                    row["study"],
                    row["region"],
                    _dials(row),
                    stated,
                    "–" if row["ours"] is None else money_text(row["ours"]),
                    "–" if row["ratio"] is None else number_text(row["ratio"]),
                    row["method"],
                    row["grade"],
                )
            )
    return found


def _dials(row: Data) -> str:
    """What a study assumes of the control; blank where it has none, as exposure has."""
    if row["cut"] is None or row["months"] is None:
        return ""
    return f"{percent_text(row['cut'])} of {row['goods'] or 'everything'}, {row['months']} months"


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
    if row["low"] is None or row["high"] - row["low"] <= FINE * abs(row["value"]):
        return text
    largest = max(abs(row[name]) for name in ("value", "low", "high"))
    size, word = next(((size, word) for size, word in SIZES if largest >= size), (1.0, ""))
    value, low, high = (number_text(row[name] / size) for name in ("value", "low", "high"))
    return f"{value} ({low} to {high}) {word}".rstrip()


def shown_durations(data: Data) -> tuple[int, ...]:
    """Durations worth a column."""
    return shown(data["control"]["months"])
