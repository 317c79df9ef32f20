"""The brief of a project: worth, debt, what its sponsors are worth to it, what kills it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.figures.projects import effect_bars, price_bands, value_bars
from xenotime.figures.style import money_text, percent_text
from xenotime.report import projected_words as words
from xenotime.report.pictures import Picture, picture
from xenotime.report.projected_page import PRICED
from xenotime.report.short import Brief, Rows, Said
from xenotime.report.short_sources import Cited, each_once

Data = dict[str, Any]
EFFECTS = 7  # prices of others drawn, the furthest first


def project_brief(document: Data) -> Brief:
    """Of a project under its cases; the first case is the one told."""
    data = document["data"]
    return Brief(
        f"Project: {data['title']}",
        data["question"] or "What is it worth, does it cover its debt, and what would kill it?",
        tuple(_answer(data)),
        tuple(_pictures(data)),
        Rows("With and without its supports", words.VALUE_HEADER, tuple(words.value_rows(data)), range_of(9)),
        tuple(_changes(data)),
        tuple(_sources(data)),
        _command(data),
    )


def range_of(columns: int) -> tuple[int, ...]:
    """Columns that hold numbers: all but the first two."""
    return tuple(range(2, columns))


def _answer(data: Data) -> Iterator[Said]:
    plan = data["plan"][0]
    case = plan["case"]
    rows = [row for row in data["values"] if row["case"] == case]
    whole, none = rows[0], next((row for row in rows if row["supports"] == "none"), None)
    yield (
        "Worth",
        f"under {case} {money_text(whole['value'])} USD of {plan['today']} on the mean (nine in ten "
        f"draws from {money_text(whole['low'])} to {money_text(whole['high'])}), more than nothing in "
        f"{percent_text(whole['odds_positive'])} of draws.",
    )
    yield "Debt", _debt(whole)
    yield "Supports", _supports(none)
    yield (
        "When",
        f"first output is planned for {plan['start']}; it comes {plan['slip_months']:.0f} months later "
        f"in the middle ({plan['slip_low']:.0f} to {plan['slip_high']:.0f}).",
    )
    yield "Other cases", _others(data, case)


def _debt(whole: Data) -> str:
    if whole["odds_debt_covered"] is None:
        return "there is none."
    return (
        f"every payment is made in {percent_text(whole['odds_debt_covered'])} of draws; the least cover in "
        f"the middle is {whole['cover_ratio']:.2f}, and banks lend {money_text(whole['lent'])} USD."
    )


def _supports(none: Data | None) -> str:
    if none is None:
        return "there is none, so nothing can be taken away."
    return (
        f"without any it is worth {money_text(none['value'])} USD ({money_text(none['low'])} to "
        f"{money_text(none['high'])}), which is {money_text(none['loses'])} USD less."
    )


def _others(data: Data, case: str) -> str:
    rows = [row for row in data["values"] if row["case"] != case and row["supports"] == "all"]
    if not rows:
        return "none was asked for; worth under another policy may differ by much."
    told = [
        f"{money_text(row['value'])} USD under {row['case']} ({money_text(row['low'])} to "
        f"{money_text(row['high'])})"
        for row in rows
    ]
    return f"{'; '.join(told)}."


def _pictures(data: Data) -> Iterator[Picture]:
    yield picture("values", value_bars(data["values"], "What it is worth."))
    yield picture(
        "prices",
        price_bands(data["prices"], PRICED),
    )
    if data["effects"]:
        far = sorted(data["effects"], key=lambda row: -abs(row["value"]))[:EFFECTS]
        yield picture("effects", effect_bars(far, "What its opening does to prices."))


def _changes(data: Data) -> Iterator[str]:
    """What kills it or brings it to life, case by case; then the least known of its numbers."""
    for row in data["killers"]:
        if row["value"] is not None:
            yield f"{words.killer_words(row)} (under {row['case']})"
    for row in data["numbers"]:
        if row["low"] < row["high"] and row["grade"] == "D":
            yield (
                f"{row['name']}: {row['value']:,.6g} {row['unit']}, between {row['low']:,.6g} and "
                f"{row['high']:,.6g} (grade D)."
            )


def _sources(data: Data) -> Iterator[Cited]:
    """What its plan is taken from, who promises what, and where its numbers stand; each once."""
    for entry in data["citation"]:
        yield Cited("", str(entry))
    known = sorted((row for row in data["numbers"] if row["grade"]), key=lambda row: row["grade"])
    told = [(row["source"], "", row["name"]) for row in data["supports"]]
    yield from each_once([*told, *((row["source"], row["grade"], "") for row in known)])


def _command(data: Data) -> str:
    cases = "".join(f" --case {shlex.quote(row['case'])}" for row in data["plan"])
    draws = f" --draws {data['draws']}" if data["draws"] else ""
    months = f" --months {data['plan'][0]['months_run']}"
    return f"xenotime project {shlex.quote(data['project'])}{cases}{draws}{months} --json project.json"
