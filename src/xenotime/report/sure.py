"""How sure, and why: what the terminal and the page of an ensemble both say."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp
from typing import Any

from xenotime.figures.rows import Labels
from xenotime.figures.style import number_text, percent_text
from xenotime.report.numbers import band_words, headline_words, number_words, value_words

Row = Mapping[str, Any]
FIRST = 5
NOT_DRAWN = (
    "Which regime comes true is drawn only where the case believes in several that begin within the run; "
    "else the control is the one the case writes, and what is believed of it moves expectations only.",
    "Quantities of use, contents, yields and recipes of shipped worlds are not drawn: the base year is made "
    "to balance with them, and every draw starts from that base year.",
    "A controller that bargains is not drawn: it waits for the bargaining layer.",
)


def labels_of(data: Row) -> Labels:
    """Names for people."""
    return Labels.of(data["materials"], data["regions"])


def headline_table(data: Row) -> list[tuple[str, str, str, str]]:
    """What, how much, how much of its spread is explained, and how much of it is assumed."""
    labels = labels_of(data)
    return [
        (
            headline_words(row, labels),
            band_words(row, data["months"]),
            percent_text(row["explained"]),
            percent_text(row["assumed"]),
        )
        for row in data["headline"]
    ]


def drivers(data: Row) -> list[tuple[str, str, str, str, str]]:
    """The numbers that matter most: what, range, for which headline and how much, grade, source."""
    labels, headlines = labels_of(data), {row["headline"]: row for row in data["headline"]}
    known = {row["number"]: row for row in data["numbers"]}
    found = []
    for shown in data["scatter"][:FIRST]:
        row = known[shown["number"]]
        found.append(
            (
                number_words(row["number"], labels),
                range_words(row),
                f"{percent_text(shown['share'])} of {headline_words(headlines[shown['headline']], labels)}",
                row["grade"],
                row["title"] or row["source"] or row["stated"],
            )
        )
    return found


def range_words(row: Row) -> str:
    """The range of an uncertain number."""
    if row["options"]:
        return " or ".join(row["options"])
    unit = f" {row['unit']}" if row["unit"] else ""
    return f"{_figure(row['low'])} to {_figure(row['high'])}{unit}"


def _figure(value: float) -> str:
    return number_text(value)


def next_rows(data: Row, most: int = FIRST) -> list[tuple[str, str, str, str, str]]:
    """Facts to check next: what, what is gained on the mean, its range, grade, source."""
    labels = labels_of(data)
    rows = [row for row in data["next_facts"] if row["headline"] == "all"][:most]
    return [
        (
            number_words(row["number"], labels),
            percent_text(row["share"]),
            range_words({**row, "options": ()}),
            row["grade"],
            row["title"] or row["source"] or row["stated"],
        )
        for row in rows
    ]


def draws_sentence(data: Row) -> str:
    """How many draws over how many numbers."""
    draws = data["draws"]
    kinds: dict[str, int] = {}
    for row in data["numbers"]:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
    listed = ", ".join(f"{count} of {kind}" for kind, count in kinds.items())
    failed = f"; {draws['failed']} have no answer and are left out" if draws["failed"] else ""
    return f"{draws['asked']} draws over {len(data['numbers'])} uncertain numbers ({listed}){failed}."


def answer_sentences(data: Row) -> list[str]:
    """The first headline number of each kind as a sentence."""
    labels, months, said, told = labels_of(data), data["months"], set(), []
    for row in data["headline"]:
        if row["outcome"] in said:
            continue
        said.add(row["outcome"])
        words = headline_words(row, labels)
        low, high = (value_words(row, row[name], months) for name in ("low", "high"))
        if low == high:
            told.append(f"{_upper(words)}: {low} in nine draws of ten.")
        elif row["shown"] == "assumed":
            told.append(
                f"{_upper(words)}: anywhere from {low} to {high}. More than half of this range "
                f"({percent_text(row['assumed'])}) is assumed: prices at which users stop, how they answer "
                "to price, and what they hold are estimates (grade D)."
            )
        elif row["shown"] == "range":
            told.append(
                f"{_upper(words)}: from {low} to {high}; more draws are needed to say what decides it."
            )
        else:
            half = " to ".join(value_words(row, row[name], months) for name in ("quarter", "three_quarters"))
            told.append(
                f"{_upper(words)}: {value_words(row, row['median'], months)} in the middle; half of the "
                f"draws lie in {half}, nine in ten in {low} to {high}."
            )
    return told


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def coverage_sentence(data: Row) -> str:
    """How often past outcomes fell inside the model's bands."""
    parts = [
        f"{percent_text(row['inside'])} of {row['targets']} outcomes of {row['episode']} ({row['sample']})"
        for row in data["coverage"]
        if row["outcome"] == "all" and row["facts"] == "as known"
    ]
    factor = number_text(exp(data["model_error"]))
    return (
        f"Held against the past, bands meant to hold 80 % held {'; '.join(parts)}. Those bands count the "
        f"model's own error, a factor of {factor} either way on prices; the bands here do not: they hold "
        "what follows from the facts, behaviour and structure drawn, and no more."
    )
