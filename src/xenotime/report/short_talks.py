"""The briefs of leverage and of a game: who holds the stronger hand, and what would hold at the table."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from xenotime.report import bargain_words as game
from xenotime.report import leverage_words as words
from xenotime.report.bargain_page import bargain_content
from xenotime.report.leverage_causes import rise_words
from xenotime.report.leverage_page import leverage_content
from xenotime.report.pictures import Picture
from xenotime.report.short import PICTURES, SENTENCES, Brief, Rows, Said
from xenotime.report.short_sources import Cited, each_once

Data = dict[str, Any]
RISES = 2  # rises of leverage that are told
DRAWN = ("surface-on", "gap", "made-of")  # pictures of the page of leverage
NO_BAND = "none; no draws were asked for (--draws), so no number carries a band."


def leverage_brief(document: Data) -> Brief:
    """Of leverage: the stronger hand, how long it lasts, and what makes it shrink."""
    data = document["data"]
    shown = {made.name: made for made in leverage_content(document).pictures}
    return Brief(
        f"Leverage of {words.names(data, 'by')} over {words.names(data, 'on')}",
        f"Who loses what by {words.control_words(data)}, for how long, and who can wait?",
        tuple(_stronger(data))[:SENTENCES],
        tuple(shown[name] for name in DRAWN if name in shown),
        None,
        tuple(_moves_it(data)),
        tuple(_studies(data)),
        _leverage_command(data),
    )


def _stronger(data: Data) -> Iterator[Said]:
    yield "The stronger hand", words.stronger_words(data)
    yield from (("How long", text) for text in words.half_life_words(data))
    if told := words.driver_words(data):
        yield "What makes it shrink", told
    yield "Range", words.band_words(data) or NO_BAND


def _moves_it(data: Data) -> Iterator[str]:
    """Facts that would change it, where it rises instead of falling, and what is not in it."""
    for text in words.fact_words(data):
        yield f"A fact: {text}."
    for row in data["rises"][:RISES]:
        yield rise_words(data, row)
    yield words.NOT_IN_IT


def _studies(data: Data) -> Iterator[Cited]:
    """What a stopped line is worth, by the best grade first, then the studies held beside ours."""
    figures = sorted(data["stakes"]["figures"], key=lambda row: row["grade"])
    told = [(row["source"], row["grade"], "") for row in figures]
    return each_once([*told, *((row["study"], "", "") for row in data["published"])])


def _leverage_command(data: Data) -> str:
    control = data["control"]
    sides = " ".join(f"--{side} {shlex.quote(','.join(data[side]))}" for side in ("by", "on"))
    case = "" if control["case"] == words.FULL_BAN else f" --case {shlex.quote(control['case'])}"
    only = " --only" if control["goods_go_to"] == "to others" else ""
    starts = ",".join(str(start) for start in control["starts"])
    draws = f" --draws {data['draws']['asked']}" if data["draws"]["asked"] else ""
    return (
        f"xenotime leverage {sides}{case}{only} --starts {starts} --months {control['months']}{draws} "
        "--json leverage.json"
    )


def bargain_brief(document: Data) -> Brief:
    """Of a solved game: what holds, at which weights, and whether the deal keeps itself."""
    data = document["data"]
    shown: tuple[Picture, ...] = bargain_content(document).pictures
    held = [("What holds", text) for text in game.answer_words(data)]
    deal = [("The deal", " ".join(game.deal_words(data)))] if data["deal"] else []
    sure = [("Range", _ends(data))]
    others = [("Offers and groups", text) for text in game.other_words(data)]
    answer = [*held[: SENTENCES - len(deal) - len(sure)], *deal, *sure, *others]
    rows = Rows("Equilibria", game.EQUILIBRIUM_HEADER, tuple(game.equilibrium_rows(data)))
    return Brief(
        data["game"]["title"],
        data["game"]["question"],
        tuple(answer[:SENTENCES]),
        shown[:PICTURES],
        rows,
        tuple(_at_other_weights(data)),
        tuple(_costs(data)),
        f"xenotime bargain {shlex.quote(data['game']['name'])} --json game.json",
    )


def _ends(data: Data) -> str:
    rows = [f"{' / '.join(row['moves'])} at {game.ends_words(row)}" for row in data["over_ends"]]
    if not rows:
        return "none; the game states no ranges of what moves cost."
    return f"over the ends of what moves may cost, an equilibrium is {'; '.join(rows[:3])}."


def _at_other_weights(data: Data) -> Iterator[str]:
    """Where in weights the answer changes, what clauses do, what is assumed of the players."""
    for row in data["elsewhere"]:
        yield f"{' / '.join(row['moves'])} would hold wherever {game.region_words(row['region'])}."
    for row in data["clauses"]:
        yield f"With {row['clause']} ({row['what']}), the deal {game.kept_words(row)}."
    for row in data["players"]:
        if row["assumed"]:
            yield f"Assumed of {row['player']}: {row['assumed']}"


def _costs(data: Data) -> Iterator[Cited]:
    """What the game is taken from, then where its costs are from, the largest first; each once."""
    for entry in data["game"]["citation"]:
        yield Cited("", str(entry))
    largest = sorted(data["costs"], key=lambda row: -abs(row["value"]))
    yield from each_once((row["source"], "", row["cause"]) for row in largest)
